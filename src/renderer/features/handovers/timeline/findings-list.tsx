import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useMutate } from '../../../api/hooks.ts';
import { useFormat } from '../../../use-format.ts';
import { usePreferences } from '../../../preferences.ts';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { RiskTag } from '../risk-tag.tsx';
import { findingWords } from './finding-words.ts';
import styles from './timeline.module.css';

type Finding = ProcedureOutput<'handovers.timeline'>['findings'][number];
type Names = ProcedureOutput<'handovers.timeline'>['names'];

/** Signs first, the strongest on top; then broken rules of procedure; what was dismissed only when it is asked for. */
export function FindingsList({
  handover,
  findings,
  names,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly findings: readonly Finding[];
  readonly names: Names;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const mayDecide = handover.mayChange;
  const [withDismissed, setWithDismissed] = useState(false);
  const [dismissing, setDismissing] = useState<Finding | null>(null);
  const decide = useMutate('handovers.dismissFinding', { toast: false });
  const restore = useMutate('handovers.dismissFinding');
  const dismissed = findings.filter((finding) => finding.dismissed !== null).length;
  const shown = findings.filter((finding) => withDismissed || finding.dismissed === null);
  const groups = [
    { name: 'signs', findings: shown.filter(({ score }) => score > 0) },
    { name: 'procedure', findings: shown.filter(({ score }) => score === 0) },
  ] as const;
  // Broken rules of procedure stand with the sheet: here only where there are any.
  const filled = groups.filter(({ name, findings: own }) => name === 'signs' || own.length > 0);
  return (
    <>
      {dismissed > 0 && (
        <label className={styles['switch']}>
          <Switch size="small" checked={withDismissed} onChange={setWithDismissed} />
          {t('timeline.withDismissed', { count: dismissed, number: format.number(dismissed) })}
        </label>
      )}
      {filled.map((group) => (
        <section key={group.name} aria-labelledby={`findings-${group.name}`}>
          <h2 id={`findings-${group.name}`} className={styles['heading']}>
            {t(`timeline.${group.name}`)}
            <span className={styles['count']}>{format.number(group.findings.length)}</span>
          </h2>
          {group.findings.length === 0 ? (
            <p className={styles['quiet']}>{t('timeline.noSigns')}</p>
          ) : (
            <ul className={styles['cards']}>
              {group.findings.map((finding) => (
                <li
                  key={finding.key}
                  className={styles['card']}
                  data-dismissed={finding.dismissed !== null || undefined}
                >
                  <FindingCard
                    handover={handover}
                    finding={finding}
                    names={names}
                    {...(mayDecide
                      ? {
                          onDismiss: () => setDismissing(finding),
                          onRestore: () =>
                            restore.mutate({
                              id: handover.id,
                              key: finding.key,
                              dismissed: false,
                              reason: '',
                            }),
                        }
                      : {})}
                  />
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      {dismissing !== null && (
        <ReasonDialog
          title={t('timeline.dismissTitle', { title: findingWords(dismissing, language).title })}
          hint={t('timeline.dismissHint')}
          okText={t('timeline.dismiss')}
          pending={decide.isPending}
          error={decide.error}
          onCancel={() => setDismissing(null)}
          onOk={(reason) =>
            decide.mutate(
              { id: handover.id, key: dismissing.key, dismissed: true, reason },
              { onSuccess: () => setDismissing(null) },
            )
          }
        />
      )}
    </>
  );
}

function FindingCard({
  handover,
  finding,
  names,
  onDismiss,
  onRestore,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly finding: Finding;
  readonly names: Names;
  readonly onDismiss?: () => void;
  readonly onRestore?: () => void;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const words = findingWords(finding, language);
  return (
    <>
      <div className={styles['cardHead']}>
        <h3>{words.title}</h3>
        {finding.score > 0 && <RiskTag score={finding.score} />}
        {finding.at !== null && <span className={styles['quiet']}>{format.date(finding.at)}</span>}
      </div>
      {words.sentence !== '' && <p>{words.sentence}</p>}
      {finding.dismissed !== null && (
        <p className={styles['dismissal']}>
          {t('timeline.dismissedBy', {
            name: finding.dismissed.by.name,
            time: format.dateTime(finding.dismissed.at),
            reason: finding.dismissed.reason,
          })}
        </p>
      )}
      <EvidenceList handoverId={handover.id} evidence={finding.evidence} names={names} />
      {finding.dismissed === null
        ? onDismiss !== undefined && (
            <div>
              <Button size="small" onClick={onDismiss}>
                {t('timeline.dismiss')}
              </Button>
            </div>
          )
        : onRestore !== undefined && (
            <div>
              <Button size="small" onClick={onRestore}>
                {t('timeline.restore')}
              </Button>
            </div>
          )}
    </>
  );
}
