import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

import type { JobView } from '../../core/features/jobs/contract.ts';
import { toClientError } from '../api/client.ts';
import { useJob, useProcedure } from '../api/hooks.ts';
import { ErrorText } from './ErrorText.tsx';

/** A state of a job, or of the import or run that it did. */
type EndedState = JobView['state'] | 'done';

export interface JobEndingProps {
  readonly jobId: JobView['id'];
  readonly state: EndedState;
  /** What happened, in the words of what the job did; the general words without. */
  readonly words?: string;
  /** The error itself is told elsewhere on the screen, by the file that caused it. */
  readonly explained?: boolean;
}

/** Why a job did not finish, and what to do next; nothing for one that runs or is done. */
export function JobEnding({ jobId, state, words, explained = false }: JobEndingProps) {
  const { t } = useTranslation();
  const live = useJob(jobId);
  // Ended before this window was opened: its error lies with the host.
  const asked = useProcedure(
    'jobs.get',
    { id: jobId },
    { enabled: state === 'failed' && live === undefined },
  );
  if (state !== 'failed' && state !== 'cancelled' && state !== 'interrupted') return null;
  const error = (live ?? asked.data)?.error ?? null;
  return (
    <Alert
      type={state === 'failed' ? 'error' : 'warning'}
      showIcon
      title={words ?? t(`jobs.ended.${state}`)}
      {...(error === null || explained ? {} : { description: <ErrorText error={toClientError(error)} /> })}
    />
  );
}
