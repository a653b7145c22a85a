import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { OutsideText } from '../../components/OutsideText.tsx';
import { withExpectation } from './entry-problems.ts';
import { useProblemWords } from './field-error.tsx';
import styles from './lexicons.module.css';
import type { VersionId } from './operand-field.tsx';

type Problem = ProcedureOutput<'lexicons.checkDraft'>['problems'][number];

/** More than these are counted, not listed. */
const mostShown = 20;

/** What keeps a draft from being published, each with the way to its entry; nothing where nothing does. */
export function DraftProblems({
  versionId,
  problems,
  checking,
  onEntry,
  onSettings,
}: {
  readonly versionId: VersionId;
  readonly problems: readonly Problem[];
  /** They are those of an older state, and the newer one is being checked. */
  readonly checking: boolean;
  readonly onEntry: (text: string) => void;
  /** For what is wrong with the version's tables; without it the reader is there already. */
  readonly onSettings?: () => void;
}) {
  const { t } = useTranslation('workbench');
  if (problems.length === 0) return null;
  return (
    <Alert
      type={checking ? 'warning' : 'error'}
      className={styles['problems'] ?? ''}
      title={t(checking ? 'problems.checking' : 'problems.title', { count: problems.length })}
      description={
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls
        <ul className={styles['warnings']} tabIndex={0} aria-label={t('problems.list')}>
          {problems.slice(0, mostShown).map((problem) => (
            <li key={`${problem.kind} ${problem.entry} ${problem.detail}`}>
              {problem.entry !== '' ? (
                <button type="button" className={styles['linkButton']} onClick={() => onEntry(problem.entry)}>
                  <OutsideText text={problem.entry} />
                </button>
              ) : (
                onSettings && (
                  <button type="button" className={styles['linkButton']} onClick={onSettings}>
                    {t('lexicons:sections.settings')}
                  </button>
                )
              )}{' '}
              <ProblemWords versionId={versionId} problem={problem} />
            </li>
          ))}
          {problems.length > mostShown && (
            <li>{t('lexicons:warning.more', { count: problems.length - mostShown })}</li>
          )}
        </ul>
      }
    />
  );
}

/** One problem in words; of a failing example also what it should do, which its entry knows. */
function ProblemWords({ versionId, problem }: { readonly versionId: VersionId; readonly problem: Problem }) {
  const words = useProblemWords();
  const found = useProcedure(
    'lexicons.term',
    { versionId, by: { text: problem.entry } },
    { enabled: problem.kind === 'example-fails' },
  );
  const { kind, detail } = withExpectation(problem, found.data?.options.examples ?? []);
  return words({ from: 'host', kind, detail });
}
