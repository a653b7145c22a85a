import { Button } from 'antd';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { exampleLine, messagesOf, mostExampleText } from '../../../core/features/screening/model.ts';
import type { Example } from '../../../core/features/screening/rules/model.ts';
import { useMutate } from '../../api/hooks.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { exampleNamed } from './entry-problems.ts';
import type { Term } from './term-pages.ts';
import type { Sample } from './use-sample.ts';
import styles from './workbench.module.css';

type Problem = ProcedureOutput<'lexicons.checkDraft'>['problems'][number];

const mostExamples = 100;

/** The chosen entry's examples and whether each holds; the sample can be kept as another. */
export function WorkbenchExamples({
  version,
  editable,
  entry,
  onSaved,
  problems,
  checked,
  checking,
  examplesTotal,
  sample,
  askedFor,
  onNoneFails,
  onEmptied,
}: {
  readonly version: ProcedureOutput<'lexicons.versions'>[number];
  readonly editable: boolean;
  readonly entry: Term | null;
  /** Fetches the entry as it was saved. */
  readonly onSaved: () => Promise<unknown>;
  readonly problems: readonly Problem[];
  /** `problems` are those of the entry as it stands. */
  readonly checked: boolean;
  readonly checking: boolean;
  /** Examples of the whole draft; null where it is not known. */
  readonly examplesTotal: number | null;
  readonly sample: Sample;
  /** A problem of the entry led here: the first failing example is brought into sight. Another value: once more. */
  readonly askedFor: string | null;
  /** What led here is no failing example. */
  readonly onNoneFails: () => void;
  /** The last example was removed, and the focus with it. */
  readonly onEmptied: () => void;
}) {
  const { t } = useTranslation('workbench');
  const save = useMutate('lexicons.saveTerm');
  const [refreshing, setRefreshing] = useState(false);
  // The entry is saved as a whole: from what it was before, the next change would undo the last one.
  const busy = save.isPending || refreshing;
  // A message without a text says nothing.
  const [text, ...followedBy] = sample.messages
    .map((message) => message.text)
    .filter((said) => said.trim() !== '');
  const store = (examples: readonly Example[], onRefused?: () => void) => {
    if (entry === null) return;
    const { id, key: _key, revision, ...term } = entry;
    save.mutate(
      {
        versionId: version.id,
        id,
        revision,
        term: { ...term, options: { ...term.options, examples: [...examples] } },
      },
      {
        onError: () => onRefused?.(),
        // Refused, too: somebody else may have changed the entry, and the next try is to go from theirs.
        onSettled: () => {
          setRefreshing(true);
          void onSaved().finally(() => setRefreshing(false));
        },
      },
    );
  };
  const examples = entry?.options.examples ?? [];
  const lines = examples.map(exampleLine);
  const list = useRef<HTMLUListElement>(null);
  // Which one the keyboard stood on when it was removed, and of how many: its button goes when the entry comes without it.
  const removing = useRef<{ readonly id: Term['id']; readonly index: number; readonly of: number } | null>(
    null,
  );
  const remove = (index: number) => {
    if (entry === null || busy) return;
    removing.current = { id: entry.id, index, of: examples.length };
    store(examples.toSpliced(index, 1), () => {
      removing.current = null;
    });
  };
  useLayoutEffect(() => {
    const gone = removing.current;
    if (gone === null || entry?.id !== gone.id || examples.length >= gone.of) return;
    removing.current = null;
    const buttons = list.current?.querySelectorAll<HTMLElement>('[data-remove]') ?? [];
    const next = buttons[Math.min(gone.index, buttons.length - 1)];
    if (next) next.focus();
    else onEmptied();
  });
  const failing = new Set(
    problems
      .filter((problem) => problem.kind === 'example-fails' && problem.entry === entry?.text)
      .map((problem) => exampleNamed(lines, problem.detail)),
  );
  const known = entry !== null && examplesTotal !== null;
  const showFirstFailing = useEffectEvent(() => {
    const first = examples.findIndex((_, index) => failing.has(index));
    const line = list.current?.children[first];
    if (line instanceof HTMLElement) line.focus();
    else onNoneFails();
  });
  const answered = useRef<string | null>(null);
  useEffect(() => {
    if (askedFor === null || !known || answered.current === askedFor) return;
    answered.current = askedFor;
    showFirstFailing();
  }, [askedFor, known]);
  // The same again changes what is expected of it.
  const keep = (expect: Example['expect']) => {
    if (text === undefined) return;
    const kept: Example = { text, followedBy, expect };
    const said = JSON.stringify(messagesOf(kept));
    store([...examples.filter((example) => JSON.stringify(messagesOf(example)) !== said), kept]);
  };
  const why =
    entry === null
      ? 'examples.chooseEntry'
      : text === undefined
        ? 'examples.noText'
        : [text, ...followedBy].some((said) => said.length > mostExampleText)
          ? 'examples.tooLong'
          : examples.length >= mostExamples
            ? 'examples.tooMany'
            : null;
  const failed = problems.filter(({ kind }) => kind === 'example-fails').length;
  return (
    <div className={styles['examples']}>
      <div className={styles['bar']}>
        <h3 className={styles['title']}>
          {entry === null ? t('examples.title') : t('examples.titleOf', { text: entry.text })}
        </h3>
        {examplesTotal !== null && (
          <span className={styles['quiet']} role="status">
            {!checked
              ? checking && t('examples.checking')
              : failed === 0
                ? t('examples.draftPass', { count: examplesTotal })
                : t('examples.draftFail', { count: examplesTotal, failed })}
          </span>
        )}
      </div>
      {editable && (
        <div className={styles['bar']} role="group" aria-label={t('examples.keep')}>
          <span>{t('examples.keep')}</span>
          <Button size="small" disabled={why !== null} loading={busy} onClick={() => keep('hit')}>
            {t('rules:example.hit')}
          </Button>
          <Button size="small" disabled={why !== null} loading={busy} onClick={() => keep('no-hit')}>
            {t('rules:example.no-hit')}
          </Button>
          {why !== null && <span className={styles['quiet']}>{t(why)}</span>}
        </div>
      )}
      {entry !== null && examples.length === 0 && <p className={styles['quiet']}>{t('examples.none')}</p>}
      <ul ref={list} className={styles['list']}>
        {examples.map((example, index) => (
          <li key={JSON.stringify(messagesOf(example))} className={styles['example']} tabIndex={-1}>
            {version.state === 'draft' &&
              (checked ? (
                <span className={failing.has(index) ? styles['fail'] : styles['pass']}>
                  {t(failing.has(index) ? 'examples.fails' : 'examples.passes')}
                </span>
              ) : (
                <span className={styles['quiet']}>{t('examples.unchecked')}</span>
              ))}
            <span className={styles['quiet']}>{t(`rules:example.${example.expect}`)}</span>
            <span className={styles['exampleText']}>
              {messagesOf(example).map((said, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- messages have no identity but their place
                <span key={place} className={styles['exampleMessage']}>
                  <OutsideText text={said} />
                </span>
              ))}
            </span>
            <Button
              size="small"
              type="text"
              aria-label={t('examples.tryOf', { text: lines[index] ?? '' })}
              onClick={() => sample.replaceAll(messagesOf(example))}
            >
              {t('examples.try')}
            </Button>
            {editable && (
              <Button
                size="small"
                type="text"
                // Not disabled: that would take the focus from it, and with it the way to the next one.
                aria-disabled={busy}
                data-remove
                aria-label={t('examples.removeOf', { text: lines[index] ?? '' })}
                onClick={() => remove(index)}
              >
                {t('common:remove')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
