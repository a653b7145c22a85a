import { useTranslation } from 'react-i18next';

import { useFormat } from '../../use-format.ts';
import styles from './reviews.module.css';

/** A deadline with how long it is still away, or how long it is past. */
export function DeadlineText({
  at,
  overdue,
  now,
}: {
  readonly at: number | null;
  readonly overdue: boolean;
  readonly now: number;
}) {
  const { t } = useTranslation('reviews');
  const format = useFormat();
  if (at === null) return t('deadline.none');
  return (
    <span className={overdue ? styles['overdue'] : undefined} title={format.dateTime(at)}>
      {t(overdue ? 'deadline.over' : 'deadline.left', { time: format.duration(Math.abs(at - now)) })}
    </span>
  );
}
