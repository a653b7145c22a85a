import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { DecisionKind } from '../../../core/features/reviews/workflow/model.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { useShortcuts } from '../../components/shortcuts.ts';
import styles from './reviews.module.css';

const decideKinds = [
  'approve',
  'approve-with-conditions',
  'return',
  'reject',
  'abstain',
] as const satisfies readonly DecisionKind[];

/** What the caller may say in the stage that is open, with a key each; or why they can't. */
export function DecisionBar({
  review,
  onDecide,
}: {
  readonly review: ProcedureOutput<'reviews.get'>;
  readonly onDecide: (kind: DecisionKind) => void;
}) {
  const { t } = useTranslation('reviews');
  const stage = review.currentStage === null ? null : (review.stages[review.currentStage] ?? null);
  const kinds: readonly DecisionKind[] =
    stage?.kind === 'comment-only' ? ['comment', 'abstain'] : decideKinds;
  const seat = review.may.seats.find(({ decide }) => decide.allowed);
  const reason = review.may.seats.find(({ decide }) => !decide.allowed)?.decide.reason ?? review.may.reason;
  useShortcuts(
    kinds.map((kind, index) => ({
      keys: String(index + 1),
      label: t(`decision.${kind}`),
      disabled: seat === undefined,
      run: () => onDecide(kind),
    })),
  );
  if (stage === null) {
    if (review.state !== 'awaiting') return null;
    return (
      <section className={styles['bar']} aria-label={t('decide.label')}>
        <p role="status">
          {t('decide.held')}{' '}
          <span className={styles['blockers']}>
            {review.blockers.map((blocker) => t(`blocker.${blocker}`)).join(t('common:listSeparator'))}
          </span>
        </p>
      </section>
    );
  }
  return (
    <section className={styles['bar']} aria-label={t('decide.label')}>
      <p>
        {t('decide.stage', { name: stage.name, given: stage.given, needed: stage.needed })}{' '}
        {review.blockers.length > 0 && (
          <span className={styles['blockers']}>
            {review.blockers.map((blocker) => t(`blocker.${blocker}`)).join(t('common:listSeparator'))}
          </span>
        )}
      </p>
      {seat === undefined ? (
        <p className={styles['quiet']} role="status">
          {reason === null ? t('decide.notOpen') : t(`refusal.${reason}`)}
        </p>
      ) : (
        <div className={styles['barButtons']}>
          {kinds.map((kind, index) => (
            <Button
              key={kind}
              type={index === 0 ? 'primary' : 'default'}
              danger={kind === 'reject'}
              onClick={() => onDecide(kind)}
            >
              {t(`decision.${kind}`)} <KeyHint keys={String(index + 1)} />
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
