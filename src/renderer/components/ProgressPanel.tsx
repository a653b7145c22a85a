import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';

import { useJob, useMutate } from '../api/hooks.ts';
import { isActive } from '../api/jobs.ts';
import type { JobView } from '../../core/features/jobs/contract.ts';
import { useFormat } from '../use-format.ts';
import { JobEnding } from './JobEnding.tsx';
import styles from './ProgressPanel.module.css';

export interface ProgressPanelProps {
  /** The job as it was asked for; the newest event about it is shown when there is one. */
  readonly job: JobView;
  /** The heading; the kind of job without it. */
  readonly title?: string;
  readonly canCancel?: boolean;
}

/** How far a job is: phase, bar, messages, rate, time left, and the way to stop it. */
export function ProgressPanel({ job: asked, title, canCancel = false }: ProgressPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const cancel = useMutate('jobs.cancel');
  const job = useJob(asked.id) ?? asked;
  const { progress } = job;
  const heading = title ?? t(`jobs.kind.${job.kind}`);
  const share = progress?.total ? Math.min(1, progress.done / progress.total) : null;

  return (
    <section className={styles['panel']} aria-label={heading}>
      <div className={styles['heading']}>
        <strong>{heading}</strong>
        {canCancel && isActive(job) && (
          <Button size="small" loading={cancel.isPending} onClick={() => cancel.mutate({ id: job.id })}>
            {t('jobs.cancel')}
          </Button>
        )}
      </div>
      {isActive(job) && (
        <>
          {share === null ? (
            // With no total there is nothing to fill; the moving bar says that work goes on.
            <div role="progressbar" aria-label={heading} className={styles['unknown']} />
          ) : (
            <Progress percent={Math.floor(share * 100)} status="active" aria-label={heading} />
          )}
          <div className={styles['facts']}>
            <span>
              {progress
                ? t(`jobs.phase.${progress.phase}`, { defaultValue: t('jobs.working') })
                : t('state.queued')}
            </span>
            {progress !== null && progress.unit === 'bytes' && (
              <span>
                {format.bytes(progress.done)}
                {progress.total !== null && ` / ${format.bytes(progress.total)}`}
              </span>
            )}
            {progress !== null && progress.messages > 0 && (
              <span>{t('jobs.messages', { number: format.number(progress.messages) })}</span>
            )}
            {progress !== null && progress.rate > 0 && (
              <span>{t('jobs.rate', { number: format.number(Math.round(progress.rate)) })}</span>
            )}
            {progress?.remaining != null && (
              <span>{t('jobs.remaining', { duration: format.duration(progress.remaining) })}</span>
            )}
          </div>
        </>
      )}
      <JobEnding jobId={job.id} state={job.state} />
    </section>
  );
}
