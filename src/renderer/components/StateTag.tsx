import { useTranslation } from 'react-i18next';

import type { jobStates } from '../../core/features/jobs/contract.ts';
import type { MaterialState } from '../../core/features/reviews/material/model.ts';
import type { HitState } from '../../core/features/supervision/model.ts';
import styles from './Tags.module.css';

/** States of hits, of materials and approvals, of absences, of imports and runs, of jobs, and of accounts. */
export type StateName =
  | HitState
  | MaterialState
  | (typeof jobStates)[number]
  | 'done'
  | 'partlyFailed'
  | 'waiting'
  | 'active'
  | 'valid'
  | 'inForce'
  | 'planned'
  | 'over'
  | 'ended'
  | 'disabled'
  | 'draft'
  | 'published';

const looks: Readonly<Record<StateName, 'open' | 'confirmed' | 'dismissed' | 'escalated' | 'good'>> = {
  open: 'open',
  confirmed: 'confirmed',
  dismissed: 'dismissed',
  escalated: 'escalated',
  queued: 'open',
  waiting: 'open',
  running: 'open',
  succeeded: 'good',
  done: 'good',
  partlyFailed: 'escalated',
  failed: 'confirmed',
  cancelled: 'dismissed',
  interrupted: 'escalated',
  active: 'good',
  valid: 'good',
  inForce: 'good',
  planned: 'open',
  over: 'dismissed',
  ended: 'dismissed',
  disabled: 'dismissed',
  draft: 'open',
  published: 'good',
  'in-review': 'open',
  returned: 'escalated',
  rejected: 'confirmed',
  approved: 'good',
  expired: 'escalated',
  withdrawn: 'confirmed',
  retired: 'dismissed',
};

export function StateTag({ state }: { readonly state: StateName }) {
  const { t } = useTranslation();
  return (
    <span className={`${styles['tag']} ${styles['state']} ${styles[looks[state]]}`}>
      {t(`state.${state}`)}
    </span>
  );
}
