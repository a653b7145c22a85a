import { Button } from 'antd';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { useProcedure } from '../../api/hooks.ts';
import { isActive, rememberJobs } from '../../api/jobs.ts';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';
import type { JobId } from '../../../core/contract/ids.ts';

/** Nobody is signed in yet, so no events come: the job is asked for this often. */
const pollEvery = 400;

export interface DemoProgressProps {
  readonly job: JobId;
  readonly onReady: () => void;
  readonly onFailed: () => void;
}

/** How far the demo workspace's data is. */
export function DemoProgress({ job: id, onReady, onFailed }: DemoProgressProps) {
  const { t } = useTranslation();
  const job = useProcedure(
    'jobs.get',
    { id },
    { refetchInterval: (data) => (data === undefined || isActive(data) ? pollEvery : false), staleTime: 0 },
  );
  const { data } = job;
  const ready = useEffectEvent(onReady);
  useEffect(() => {
    if (!data) return;
    rememberJobs([data]);
    if (data.state === 'succeeded') ready();
  }, [data]);

  if (job.error) return <ErrorState error={job.error} onRetry={() => void job.refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <ProgressPanel job={data} />
      {!isActive(data) && data.state !== 'succeeded' && <Button onClick={onFailed}>{t('retry')}</Button>}
    </>
  );
}
