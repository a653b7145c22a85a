import { useTranslation } from 'react-i18next';

import type { ReviewState } from '../../../core/features/reviews/workflow/model.ts';
import styles from '../../components/Tags.module.css';

const looks: Readonly<Record<ReviewState, 'open' | 'confirmed' | 'dismissed' | 'escalated' | 'good'>> = {
  running: 'open',
  awaiting: 'open',
  returned: 'escalated',
  approved: 'good',
  rejected: 'confirmed',
  cancelled: 'dismissed',
};

/** Where a review stands. */
export function ReviewStateTag({ state }: { readonly state: ReviewState }) {
  const { t } = useTranslation('reviews');
  return (
    <span className={`${styles['tag']} ${styles['state']} ${styles[looks[state]]}`}>
      {t(`state.${state}`)}
    </span>
  );
}
