import { z } from 'zod';

import { Done } from '../../contract/common.ts';
import { JobId, Milliseconds } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';

export const jobKinds = ['import', 'screening', 'demo', 'backtest', 'publication'] as const;
export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'] as const;

export const JobProgress = z.object({
  /** What is being done, a key below `jobs.phase.` in the i18n files: `reading`, `indexing`, `screening`… */
  phase: z.string(),
  /** Units of work done and expected, in `unit`; `total` is null while nobody can know it. */
  done: z.number(),
  total: z.number().nullable(),
  unit: z.enum(['bytes', 'messages', 'steps']),
  /** Messages handled so far. */
  messages: z.number().int(),
  /** Messages a second, over the last seconds. */
  rate: z.number(),
  remaining: Milliseconds.nullable(),
});
export type JobProgress = z.output<typeof JobProgress>;

export const JobView = z.object({
  id: JobId,
  kind: z.enum(jobKinds),
  state: z.enum(jobStates),
  progress: JobProgress.nullable(),
  /** Set when the state is `failed`: an error body's code, message and details. */
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    })
    .nullable(),
  startedBy: z.string(),
  createdAt: Milliseconds,
  startedAt: Milliseconds.nullable(),
  finishedAt: Milliseconds.nullable(),
});
export type JobView = z.output<typeof JobView>;

export const jobsContract = {
  'jobs.list': procedure({
    kind: 'query',
    permission: 'jobs:read',
    input: z.object({ activeOnly: z.boolean().default(false) }).prefault({}),
    output: z.array(JobView),
  }),
  /** Public, so that the first screen can show how far the demo workspace is; other kinds need `jobs:read`. */
  'jobs.get': procedure({
    kind: 'query',
    permission: 'public',
    input: z.object({ id: JobId }),
    output: JobView,
  }),
  'jobs.cancel': procedure({
    kind: 'mutation',
    permission: 'jobs:cancel',
    input: z.object({ id: JobId }),
    output: Done,
  }),
};
