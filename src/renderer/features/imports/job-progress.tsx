import { useEffect, useEffectEvent } from 'react';

import type { JobView } from '../../../core/features/jobs/contract.ts';
import { useCan, useJob, useProcedure } from '../../api/hooks.ts';
import { ProgressPanel } from '../../components/ProgressPanel.tsx';

interface JobProgressProps {
  readonly jobId: JobView['id'];
  readonly title: string;
  /** Called once, when the job is seen to have ended. */
  readonly onEnded?: (job: JobView) => void;
}

/** A job's panel by its id, from the first answer or the newest event. */
export function JobProgress({ jobId, title, onEnded }: JobProgressProps) {
  const can = useCan();
  const live = useJob(jobId);
  const asked = useProcedure('jobs.get', { id: jobId }, { enabled: live === undefined });
  const job = live ?? asked.data;
  const ended = job !== undefined && job.state !== 'queued' && job.state !== 'running';
  const tell = useEffectEvent(() => {
    if (job) onEnded?.(job);
  });
  useEffect(() => {
    if (ended) tell();
  }, [ended]);
  return job ? <ProgressPanel job={job} title={title} canCancel={can('jobs:cancel')} /> : null;
}
