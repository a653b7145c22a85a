import { Button, Switch } from 'antd';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { useMutate } from '../../../api/hooks.ts';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { RiskTag } from '../risk-tag.tsx';
import { findingWords } from './finding-words.ts';
import styles from './findings.module.css';

type Finding = ProcedureOutput<'handovers.timeline'>['findings'][number] & {
  /** Where `evidence` has only the first pieces, how many there are. */
  readonly evidenceCount?: number;
};
type Names = Readonly<Record<string, string>>;

/**
 * Findings as cards: signs of the timeline, or those of procedure. Whoever may dismisses one with a reason, and takes that back; what
 * was dismissed is shown only when it is asked for.
 */
export function FindingCards({
  handover,
  about,
  findings,
  names,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly about: 'signs' | 'procedure';
  readonly findings: readonly Finding[];
  /** Of those whom findings and their evidence are about, by id. */
  readonly names: Names;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const dismissed = findings.filter((finding) => finding.dismissed !== null).length;
  // Where nothing else is left, whoever opens a list wants to see what was in it.
  const [withDismissed, setWithDismissed] = useState(about === 'procedure' && dismissed === findings.length);
  const [dismissing, setDismissing] = useState<Finding | null>(null);
  const dismiss = useMutate('handovers.dismissFinding', { toast: false });
  const restore = useMutate('handovers.dismissFinding');
  const list = useRef<HTMLElement>(null);
  const { expectLoss } = useKeptFocus(list);
  const shown = findings.filter((finding) => withDismissed || finding.dismissed === null);
  return (
    <section ref={list} tabIndex={-1} aria-label={t(`findings.${about}`)} className={styles['findings']}>
      {dismissed > 0 && (
        <label className={styles['switch']}>
          <Switch size="small" checked={withDismissed} onChange={setWithDismissed} />
          {t('findings.withDismissed', { count: dismissed, number: format.number(dismissed) })}
        </label>
      )}
      {/* Those of procedure have a drawer of their own, which is titled so. */}
      {about === 'signs' && (
        <h2 className={styles['heading']}>
          {t('findings.signs')}
          <span className={styles['count']}>{format.number(shown.length)}</span>
        </h2>
      )}
      {shown.length === 0 ? (
        <p className={styles['quiet']}>{t(`findings.none.${about}`)}</p>
      ) : (
        <ul className={styles['cards']}>
          {shown.map((finding) => (
            <li
              key={finding.key}
              className={styles['card']}
              data-dismissed={finding.dismissed !== null || undefined}
            >
              <FindingCard handover={handover} finding={finding} names={names} />
              {handover.mayChange && (
                <Button
                  size="small"
                  onClick={() => {
                    expectLoss();
                    if (finding.dismissed === null) setDismissing(finding);
                    // Not disabled meanwhile: it would lose the focus.
                    else if (!restore.isPending)
                      restore.mutate({ id: handover.id, key: finding.key, dismissed: false });
                  }}
                >
                  {t(finding.dismissed === null ? 'findings.dismiss' : 'findings.restore')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {dismissing !== null && (
        <ReasonDialog
          title={t('findings.dismissTitle', { title: findingWords(dismissing, language).title })}
          hint={t(`findings.dismissHint.${about}`)}
          okText={t('findings.dismiss')}
          pending={dismiss.isPending}
          error={dismiss.error}
          onCancel={() => setDismissing(null)}
          onOk={(reason) =>
            dismiss.mutate(
              { id: handover.id, key: dismissing.key, dismissed: true, reason },
              { onSuccess: () => setDismissing(null) },
            )
          }
        />
      )}
    </section>
  );
}

function FindingCard({
  handover,
  finding,
  names,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly finding: Finding;
  readonly names: Names;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const words = findingWords(finding, language, names);
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
          {t('findings.dismissedBy', {
            name: finding.dismissed.by.name,
            time: format.dateTime(finding.dismissed.at),
            reason: finding.dismissed.reason,
          })}
        </p>
      )}
      <EvidenceList
        handoverId={handover.id}
        evidence={finding.evidence}
        names={names}
        {...(finding.evidenceCount === undefined ? {} : { total: finding.evidenceCount })}
      />
    </>
  );
}

/**
 * Deciding on a card takes it away, and its button with it, which has the focus: then the list gets it, so that the keyboard goes on from there.
 */
function useKeptFocus(list: RefObject<HTMLElement | null>) {
  const expected = useRef(false);
  // After each rendering: the card goes when the answer comes, before or after a dialog has given the focus back.
  useEffect(() => {
    if (!expected.current) return undefined;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        expected.current = false;
        list.current?.focus({ preventScroll: true });
      });
    });
    return () => cancelAnimationFrame(frame);
  });
  return {
    expectLoss: () => {
      expected.current = true;
    },
  };
}
