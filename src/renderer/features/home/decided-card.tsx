import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { StateTag } from '../../components/StateTag.tsx';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useFormat } from '../../use-format.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

/** What was decided today, and in all. */
export function DecidedCard({ summary }: { readonly summary: ProcedureOutput<'supervision.summary'> }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const states = ['confirmed', 'escalated', 'dismissed'] as const;
  return (
    <Card title={t('decided.title')}>
      <p className={styles['figure']}>
        <strong>{format.number(summary.decidedToday)}</strong>
        <span className={styles['secondary']}>{t('decided.today')}</span>
      </p>
      <ul className={styles['states']}>
        {states.map((state) => (
          <li key={state}>
            <Link to={`/hits?state=${state}`}>
              <StateTag state={state} />
              <span className={styles['count']}>{format.number(summary[state])}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
