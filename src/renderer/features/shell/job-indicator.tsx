import { SyncOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';

import { useActiveJobs, useCan } from '../../api/hooks.ts';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import styles from './shell.module.css';

/** How many jobs run, and how far each is. */
export function JobIndicator() {
  const { t } = useTranslation('shell');
  const can = useCan();
  const jobs = useActiveJobs();
  const label = jobs.length === 0 ? t('jobs') : t('jobsActive', { count: jobs.length });
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('jobs')}
      content={
        <div className={styles['jobs']}>
          {jobs.length === 0 ? (
            <p className={styles['secondary']}>{t('jobsNone')}</p>
          ) : (
            jobs.map((job) => <ProgressPanel key={job.id} job={job} canCancel={can('jobs:cancel')} />)
          )}
        </div>
      }
    >
      <Button
        type="text"
        aria-label={label}
        title={label}
        icon={
          <Badge count={jobs.length} size="small">
            <SyncOutlined spin={jobs.length > 0} />
          </Badge>
        }
      />
    </Popover>
  );
}
