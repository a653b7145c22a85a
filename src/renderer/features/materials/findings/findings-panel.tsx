import { useTranslation } from 'react-i18next';

import {
  type ClaimedExemption,
  type PrecheckFinding,
  findingLevels,
} from '../../../../core/features/reviews/precheck/model.ts';
import { ErrorState } from '../../../components/ErrorState.tsx';
import { FindingCard } from './finding-card.tsx';
import styles from './findings.module.css';

export interface FindingsPanelProps {
  readonly findings: readonly PrecheckFinding[];
  /** A check of what was typed last is under way. */
  readonly checking: boolean;
  readonly error: unknown;
  readonly current: string | null;
  readonly exemptions: readonly ClaimedExemption[];
  readonly editable: boolean;
  readonly onGoTo: (finding: PrecheckFinding) => void;
  readonly canReplace: (finding: PrecheckFinding) => boolean;
  readonly onReplace: (finding: PrecheckFinding, text: string) => void;
  readonly onExemptions: (claimed: readonly ClaimedExemption[]) => void;
  readonly onRetry: () => void;
}

/** What the pre-check found, the grave first. */
export function FindingsPanel(props: FindingsPanelProps) {
  const { t } = useTranslation('precheck');
  const { findings, exemptions } = props;
  const ordered = findingLevels.flatMap((level) => findings.filter((finding) => finding.level === level));
  const count = (level: PrecheckFinding['level']) =>
    findings.filter((finding) => finding.level === level).length;
  return (
    <aside className={styles['panel']} aria-label={t('title')} aria-busy={props.checking}>
      <div className={styles['head']}>
        <h2>{t('title')}</h2>
        <p role="status" className={styles['quiet']}>
          {props.checking
            ? t('checking')
            : findings.length === 0
              ? t('nothing')
              : t('counts', { block: count('block'), warn: count('warn'), note: count('note') })}
        </p>
      </div>
      {props.error !== null && props.error !== undefined ? (
        <ErrorState error={props.error} onRetry={props.onRetry} />
      ) : (
        <ol className={styles['cards']}>
          {ordered.map((finding) => (
            <FindingCard
              key={finding.key}
              finding={finding}
              current={finding.key === props.current}
              claimed={exemptions.find(({ findingKey }) => findingKey === finding.key) ?? null}
              onGoTo={() => props.onGoTo(finding)}
              onReplace={props.canReplace(finding) ? (text) => props.onReplace(finding, text) : null}
              onClaim={
                props.editable
                  ? (exemption) => {
                      const others = exemptions.filter(({ findingKey }) => findingKey !== finding.key);
                      props.onExemptions(exemption === null ? others : [...others, exemption]);
                    }
                  : null
              }
            />
          ))}
        </ol>
      )}
    </aside>
  );
}
