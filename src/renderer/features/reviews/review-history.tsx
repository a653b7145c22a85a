import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useFormat } from '../../use-format.ts';
import styles from './reviews.module.css';

/** Every decision that was made, newest first, with what became of it. */
export function ReviewHistory({ review }: { readonly review: ProcedureOutput<'reviews.get'> }) {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  if (review.decisions.length === 0) return <p>{t('history.none')}</p>;
  return (
    <ol className={styles['cards']} reversed>
      {review.decisions
        .toSorted((a, b) => b.at - a.at)
        .map((decision) => (
          <li key={decision.id} className={styles['card']} data-stale={decision.stale || undefined}>
            <p>
              <strong>{t(`decision.${decision.kind}`)}</strong> · {decision.stageName} ·{' '}
              {t('materials:list.versionNumber', { number: decision.versionNumber })}
              {decision.stale && <span className={styles['stageState']}> {t('history.stale')}</span>}
              {decision.copied && <span className={styles['stageState']}> {t('history.copied')}</span>}
            </p>
            <p className={styles['quiet']}>
              {decision.onBehalfOf === null
                ? decision.by.name
                : t('history.onBehalf', { name: decision.by.name, of: decision.onBehalfOf.name })}{' '}
              · {format.dateTime(decision.at)}
            </p>
            {decision.reasonCodes.length > 0 && (
              <p>{decision.reasonCodes.map((code) => t(`reason.${code}`)).join(t('common:listSeparator'))}</p>
            )}
            {decision.answers.map(({ key, answer }) => (
              <p key={key}>
                {questionOf(review, decision.stageKey, key)}：
                {answer === 'yes' ? t('yes') : answer === 'no' ? t('no') : answer}
              </p>
            ))}
            {decision.note !== '' && <p>{decision.note}</p>}
          </li>
        ))}
    </ol>
  );
}

function questionOf(review: ProcedureOutput<'reviews.get'>, stageKey: string, key: string): string {
  const stage = review.stages.find((each) => each.key === stageKey);
  return stage?.questions.find((question) => question.key === key)?.text ?? key;
}
