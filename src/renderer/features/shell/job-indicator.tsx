import { SyncOutlined } from '@ant-design/icons';
import { Badge, Button, Popover } from 'antd';
import { useTranslation } from 'react-i18next';

import { useActiveJobs, useCan, useUnfinishedJobs } from '../../api/hooks.ts';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import styles from './shell.module.css';

/** Ended jobs that are listed; older ones stand on the screens of imports and runs. */
const mostShown = 5;

/** How many jobs run and how far each is; below them, those that did not finish and why. */
export function JobIndicator() {
  const { t } = useTranslation('shell');
  const can = useCan();
  const jobs = useActiveJobs();
  const unfinished = useUnfinishedJobs().slice(0, mostShown);
  const label = jobs.length === 0 ? t('jobs') : t('jobsActive', { count: jobs.length });
  return (
    <span className={styles['jobIndicator']}>
      <Popover
        trigger="click"
        placement="bottomRight"
        title={t('jobs')}
        // Beside its button, so that Tab leads from the one into the other.
        getPopupContainer={(button) => button.parentElement ?? document.body}
        content={
          <div className={styles['jobs']}>
            {jobs.map((job) => (
              <ProgressPanel key={job.id} job={job} canCancel={can('jobs:cancel')} />
            ))}
            {jobs.length === 0 && unfinished.length === 0 && (
              <p className={styles['secondary']}>{t('jobsNone')}</p>
            )}
            {unfinished.length > 0 && <h3 className={styles['jobsEnded']}>{t('jobsEnded')}</h3>}
            {unfinished.map((job) => (
              <ProgressPanel key={job.id} job={job} />
            ))}
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
    </span>
  );
}
