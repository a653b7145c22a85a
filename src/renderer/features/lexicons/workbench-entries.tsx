import { Button, Input } from 'antd';
import { type RefObject, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { VirtualTable, type VirtualColumn } from '../../components/VirtualTable.tsx';
import { useFormat } from '../../use-format.ts';
import { DraftProblems } from './draft-problems.tsx';
import { pageSize, type Term, useTermPages } from './term-pages.ts';
import styles from './workbench.module.css';

type Problem = ProcedureOutput<'lexicons.checkDraft'>['problems'][number];
type Counts = ProcedureOutput<'lexicons.tryText'>['counts'];

/** The version's entries: which of them hit the sample, and whether their examples hold. */
export function WorkbenchEntries({
  version,
  editable,
  counts,
  problems,
  checked,
  checking,
  checkFailed,
  chosenText,
  chosen,
  place,
  shownFor,
  grid,
  onChoose,
  onProblem,
  onEdit,
}: {
  readonly version: ProcedureOutput<'lexicons.versions'>[number];
  readonly editable: boolean;
  /** How many hits each entry has in the sample. */
  readonly counts: Counts;
  readonly problems: readonly Problem[];
  /** `problems` are those of the draft as it stands; without it nothing is known of the examples. */
  readonly checked: boolean;
  readonly checking: boolean;
  readonly checkFailed: unknown;
  /** What the address names; `chosen` is that entry once it is there, and `place` where the whole list has it. */
  readonly chosenText: string | null;
  readonly chosen: Term | null;
  readonly place: number | null;
  /** Something outside of the list led to the chosen entry; another value did so again. */
  readonly shownFor: string | null;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly onChoose: (text: string) => void;
  readonly onProblem: (text: string) => void;
  readonly onEdit: (term: Term | 'new', categories: readonly string[]) => void;
}) {
  const { t } = useTranslation('workbench');
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim());
  const pages = useTermPages({ versionId: version.id, query, category: null, severity: null });
  const [held, setHeld] = useState<number | null>(null);
  const is = (at: number | null) => at !== null && pages.getRow(at)?.text === chosenText;
  const atHand = () => {
    const rows = Array.from({ length: Math.min(pages.total ?? 0, pageSize) }, (_, at) => at);
    return rows.find(is) ?? null;
  };
  // Chosen elsewhere (a hit, a problem): the row that the keyboard stood on is no longer it. A row that is not loaded yet is
  // where the host says; of a search only what is loaded is known.
  const listed =
    query !== '' ? atHand() : place !== null && (is(place) || !pages.getRow(place)) ? place : null;
  const index = is(held) ? held : listed;
  const [shown, setShown] = useState<string | null>(null);
  if (shownFor !== shown) {
    setShown(shownFor);
    // A search that doesn't find the entry hides what is to be shown.
    if (shownFor !== null && typed !== '' && atHand() === null) setTyped('');
  }
  const columns = useColumns(counts, checked ? problems : null);
  if (pages.error) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      <div className={styles['bar']}>
        <Input
          type="search"
          aria-label={t('lexicons:term.find')}
          placeholder={t('lexicons:term.find')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {editable && (
          <>
            <Button disabled={chosen === null} onClick={() => chosen && onEdit(chosen, pages.categories)}>
              {t('common:edit')}
            </Button>
            <Button onClick={() => onEdit('new', pages.categories)}>{t('add')}</Button>
          </>
        )}
      </div>
      <ErrorAlert error={checkFailed} />
      <DraftProblems versionId={version.id} problems={problems} checking={checking} onEntry={onProblem} />
      {pages.total === 0 ? (
        <EmptyState
          title={t(query === '' ? 'lexicons:term.none' : 'lexicons:term.noneFound')}
          description={t(query === '' ? 'lexicons:term.noneHint' : 'lexicons:term.noneFoundHint')}
        />
      ) : (
        <VirtualTable<Term>
          label={t('entries')}
          columns={columns}
          rowCount={pages.total ?? 0}
          getRow={pages.getRow}
          onVisibleRange={pages.onVisibleRange}
          selectedIndex={index}
          shownFor={shownFor}
          grid={grid}
          onSelect={(next) => {
            setHeld(next);
            const term = pages.getRow(next);
            if (term) onChoose(term.text);
          }}
          onActivate={(at) => {
            const term = pages.getRow(at);
            if (term && editable) onEdit(term, pages.categories);
          }}
        />
      )}
    </>
  );
}

function useColumns(
  counts: Counts,
  /** Null where they are not known. */
  problems: readonly Problem[] | null,
): readonly VirtualColumn<Term>[] {
  const { t } = useTranslation('workbench');
  const format = useFormat();
  return useMemo(() => {
    const found = new Map(counts.map(({ term, count }) => [term, format.number(count)]));
    const failing = new Map<string, number>();
    for (const { kind, entry } of problems ?? [])
      if (kind === 'example-fails') failing.set(entry, (failing.get(entry) ?? 0) + 1);
    return [
      {
        id: 'text',
        header: t('lexicons:term.text'),
        width: 110,
        grow: true,
        render: (term) => (
          <span className={term.enabled ? undefined : styles['off']} title={term.text}>
            {term.text}
          </span>
        ),
      },
      {
        id: 'hits',
        header: t('column.hits'),
        width: 76,
        align: 'end',
        render: (term) => found.get(term.text) ?? '',
      },
      {
        id: 'examples',
        header: t('column.examples'),
        width: 76,
        align: 'end',
        render: (term) => {
          const count = term.options.examples.length;
          const failed = failing.get(term.text) ?? 0;
          if (count === 0) return '';
          if (problems === null) return <span className={styles['quiet']}>{count}</span>;
          return failed === 0 ? (
            <span className={styles['pass']}>{t('examples.allPass', { count })}</span>
          ) : (
            <span className={styles['fail']}>{t('examples.someFail', { count: failed })}</span>
          );
        },
      },
    ];
  }, [t, format, counts, problems]);
}
