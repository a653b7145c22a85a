import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { useCan, useProcedure } from '../../api/hooks.ts';
import { useFormat } from '../../use-format.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

/** What waits in the reviews: for the decision of whoever decides, for the hand of whoever writes. Each row leads to its list. */
export function ReviewsCard() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const can = useCan();
  const [decides, edits] = [can('reviews:decide'), can('materials:edit')];
  const counts = useProcedure('reviews.counts', {});
  const returned = useProcedure(
    'materials.list',
    { filter: { states: ['returned'], mine: true }, limit: 1 },
    { enabled: edits },
  );
  // The other cards stand without it: what could not be counted is not shown as nothing.
  if (counts.data === undefined || (edits && returned.data === undefined)) return null;
  const { mine, overdue, waiting, all } = counts.data;
  const rows = [
    ...(decides ? [{ key: 'mine', to: '/reviews?tab=mine', count: mine }] : []),
    ...(edits
      ? [{ key: 'returned', to: '/materials?state=returned&mine=1', count: returned.data?.total ?? 0 }]
      : []),
    { key: 'overdue', to: '/reviews?tab=overdue', count: overdue },
    ...(decides || edits ? [{ key: 'waiting', to: '/reviews?tab=waiting', count: waiting }] : []),
    { key: 'all', to: '/reviews?tab=all', count: all },
  ] as const;
  return (
    <Card title={t('reviews.title')}>
      <ul className={styles['states']}>
        {rows.map(({ key, to, count }) => (
          <li key={key}>
            <Link to={to} data-urgent={(key === 'overdue' && count > 0) || undefined}>
              <span>{t(`reviews.${key}`)}</span>
              <span className={styles['count']}>{format.number(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
