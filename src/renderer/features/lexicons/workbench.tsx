import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EntryEditor } from './entry-editor.tsx';
import { type LedBy, ledBy } from './sections.ts';
import type { Term } from './term-pages.ts';
import type { Sample } from './use-sample.ts';
import { WorkbenchEntries } from './workbench-entries.tsx';
import { WorkbenchExamples } from './workbench-examples.tsx';
import { WorkbenchHits } from './workbench-hits.tsx';
import { WorkbenchSample } from './workbench-sample.tsx';
import { type TriedHit, keyOfHit } from './tried-hits.ts';
import styles from './workbench.module.css';

type Version = ProcedureOutput<'lexicons.versions'>[number];

const none: ProcedureOutput<'lexicons.checkDraft'>['problems'] = [];
const noCounts: ProcedureOutput<'lexicons.tryText'>['counts'] = [];

/** Tries a version on sample texts: its entries, the text with its hits, and why each is one. */
export function Workbench({
  version,
  editable,
  sample,
}: {
  readonly version: Version;
  readonly editable: boolean;
  readonly sample: Sample;
}) {
  const { t } = useTranslation('workbench');
  const [search, setSearch] = useSearchParams();
  const [selected, setSelected] = useState<string | null>(null);
  const [editing, setEditing] = useState<Term | 'new' | null>(null);
  const [categories, setCategories] = useState<readonly string[]>([]);
  const middle = useRef<HTMLElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  // The address names the chosen entry: a problem listed elsewhere leads straight to it.
  const chosen = search.get('entry');
  const choose = (text: string, by: LedBy | null = null) => {
    const next = new URLSearchParams(search);
    next.set('entry', text);
    setSearch(next, { replace: true, state: by });
  };
  // Each navigation has a key: the same problem pressed again shows its entry again.
  const location = useLocation();
  const led = ledBy(location.state);
  const hasText = sample.input.texts.some((text) => text !== '');
  const tried = useProcedure(
    'lexicons.tryText',
    { versionId: version.id, ...sample.input },
    { enabled: hasText, keepPrevious: true },
  );
  const check = useProcedure(
    'lexicons.checkDraft',
    { versionId: version.id },
    { enabled: version.state === 'draft' },
  );
  const found = useProcedure(
    'lexicons.term',
    { versionId: version.id, by: { text: chosen ?? '' } },
    { enabled: chosen !== null, keepPrevious: true },
  );
  // While another one is fetched, the last one is still there: it is not the one that is chosen.
  const entry = found.data?.text === chosen ? found.data : null;
  const hits: readonly TriedHit[] = hasText ? (tried.data?.hits ?? []) : [];
  const counts = hasText ? (tried.data?.counts ?? noCounts) : noCounts;
  const draft = version.state === 'draft';
  const problems = draft ? (check.data?.problems ?? none) : none;
  // Whatever is being asked again was asked because something changed: the last answer may not hold any more.
  const checking = draft && check.isFetching;
  const checked = draft && check.isSuccess && !checking;
  const current = hits.find((hit) => keyOfHit(hit) === selected) ?? null;

  return (
    <div className={styles['workbench']}>
      <section className={styles['entries']} aria-label={t('entries')}>
        <WorkbenchEntries
          version={version}
          editable={editable}
          counts={counts}
          problems={problems}
          checked={checked}
          checking={checking}
          checkFailed={check.error}
          chosenText={chosen}
          chosen={entry}
          place={entry?.place ?? null}
          shownFor={led === null ? null : location.key}
          grid={grid}
          onChoose={(text) => choose(text)}
          onProblem={(text) => choose(text, 'problem')}
          onEdit={(term, known) => {
            setCategories(known);
            setEditing(term);
          }}
        />
      </section>
      <section ref={middle} className={styles['middle']} aria-label={t('sample.title')}>
        <WorkbenchSample
          sample={sample}
          hits={hits}
          current={current}
          onPick={(hit) => {
            setSelected(keyOfHit(hit));
            choose(hit.term, 'hit');
          }}
        />
        <WorkbenchExamples
          version={version}
          editable={editable}
          entry={entry}
          onSaved={() => found.refetch()}
          problems={problems}
          checked={checked}
          checking={checking}
          // What was last said of a draft is still in the cache once it is published.
          examplesTotal={draft ? (check.data?.examples ?? null) : null}
          sample={sample}
          askedFor={led === 'problem' ? location.key : null}
          onNoneFails={() => grid.current?.focus()}
          // The next example would be written there.
          onEmptied={() => middle.current?.querySelector('textarea')?.focus()}
        />
      </section>
      <aside className={styles['hits']} aria-label={t('hits.title')}>
        <WorkbenchHits
          version={version}
          answer={hasText ? tried : null}
          behind={sample.behind || tried.isPlaceholderData}
          selected={selected}
          onSelect={(hit) => {
            setSelected(keyOfHit(hit) === selected ? null : keyOfHit(hit));
            choose(hit.term, 'hit');
          }}
        />
      </aside>
      {editing !== null && (
        <EntryEditor
          versionId={version.id}
          lexiconFolds={version.settings.folds}
          term={editing === 'new' ? null : editing}
          categories={categories}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}
