import { CheckCircleOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { useCan } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { SeverityTag } from '../../components/SeverityTag.tsx';
import { severityRank } from '../../../core/features/lexicons/model.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useFormat } from '../../use-format.ts';
import { Card } from './card.tsx';
import styles from './home.module.css';

/** Hits nobody has decided, gravest first; each row leads to its list. */
export function OpenHitsCard({ summary }: { readonly summary: ProcedureOutput<'supervision.summary'> }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const can = useCan();
  const navigate = useNavigate();
  const [now] = useState(Date.now);
  const rows = summary.openBySeverity.toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
  const most = Math.max(1, ...rows.map(({ count }) => count));

  if (summary.open === 0) {
    return (
      <Card title={t('open.title')}>
        <EmptyState
          icon={<CheckCircleOutlined />}
          title={t('open.none')}
          description={t(summary.unscreened > 0 ? 'open.screenFirst' : 'open.allDone')}
        />
      </Card>
    );
  }
  return (
    <Card title={t('open.title')}>
      <p className={styles['figure']}>
        <Link to="/hits?state=open">{format.number(summary.open)}</Link>
        {summary.oldestOpenAt !== null && (
          <span className={styles['secondary']}>
            {t('open.oldest', { age: format.age(summary.oldestOpenAt, now) })}
          </span>
        )}
      </p>
      <ul className={styles['severities']}>
        {rows.map(({ severity, count }) => (
          <li key={severity}>
            <Link to={`/hits?state=open&severity=${severity}`} className={styles['severity']}>
              <SeverityTag severity={severity} />
              <span className={styles['bar']} aria-hidden="true">
                {count > 0 && (
                  <span
                    style={{ width: `${(count / most) * 100}%`, background: `var(--severity-${severity})` }}
                  />
                )}
              </span>
              <span className={styles['count']}>{format.number(count)}</span>
              <RightOutlined aria-hidden className={styles['arrow']} />
            </Link>
          </li>
        ))}
      </ul>
      {can('hits:decide') && (
        <div>
          <Button type="primary" onClick={() => void navigate('/hits/triage?state=open')}>
            {t('open.triage')}
          </Button>
        </div>
      )}
    </Card>
  );
}
