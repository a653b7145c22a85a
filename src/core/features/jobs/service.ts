import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import type { JobId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { JobKind } from '../../platform/jobs/protocol.ts';
import { type JobObserver, type JobRunner, createJobRunner } from '../../platform/jobs/runner.ts';
import type { Audience, Services } from '../../platform/services.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { JobProgress, JobView, type jobsContract, jobKinds } from './contract.ts';
import {
  type JobRow,
  findJob,
  listJobs,
  listUnfinishedJobs,
  markEnded,
  markRunningAsInterrupted,
  markStarted,
  saveProgress,
} from './repository.ts';

/**
 * How often a running job's progress is written to the database. Subscribers see it ten times a second from memory; the
 * database needs it only to say roughly how far an interrupted job was, and each write takes the writer's lock from the job.
 */
const progressWriteInterval = 2_000;

/** What jobs of any kind change. A stop is rare: looking again at one list too many costs nothing. */
const earlyEndTopics = ['archive', 'imports', 'hits', 'runs', 'audit'] as const;

const KindName = z.enum(jobKinds);

export interface JobsFeature {
  readonly handlers: Handlers<typeof jobsContract>;
  readonly runner: JobRunner;
  /** Takes up what a crash or a shut-down left unfinished. */
  resume(): Promise<void>;
}

/**
 * Ends, in the transaction of a job's own end, what the job had under way and will not go on with. The features that own it
 * are composed with this one by app.ts.
 */
export type SettleJob = (
  writer: Writer,
  jobId: JobId,
  outcome: Extract<Outcome, { state: 'failed' | 'cancelled' }>,
) => Promise<void>;

/** The jobs of an open workspace: their runner, their states and their procedures. */
export function createJobsFeature(services: Omit<Services, 'jobs'>, settle: SettleJob): JobsFeature {
  const { connection, clock } = services;
  const latest = new Map<JobId, { progress: JobProgress; kind: JobKind; writtenAt: number }>();

  const change = <Result>(work: (writer: Writer) => Promise<Result>) =>
    connection.query.transaction().execute(work);

  /** What succeeded has left its own event, in the transaction of its last step; what is interrupted goes on. */
  async function recordEarlyEnd(writer: Writer, jobId: JobId, outcome: Outcome): Promise<void> {
    if (!isEarly(outcome)) return;
    await settle(writer, jobId, outcome);
    const row = await findJob(writer, jobId);
    await recordAudit(writer, clock, systemActor, {
      action: 'jobs.ended',
      recordKind: 'job',
      recordId: jobId,
      details: {
        kind: row?.kind ?? null,
        state: outcome.state,
        ...(outcome.state === 'failed' ? { error: outcome.error.code } : {}),
      },
    });
  }

  async function announce(jobId: JobId): Promise<void> {
    const row = await findJob(connection.query, jobId);
    if (row === undefined) return;
    const job = viewOf(row);
    services.emit({ type: 'job', job }, audienceOf(job.kind));
  }

  function viewOf(row: JobRow): JobView {
    const live = latest.get(row.id);
    return JobView.parse({
      id: row.id,
      kind: row.kind,
      state: row.state,
      progress: live?.progress ?? (row.progress === null ? null : JSON.parse(row.progress)),
      error: row.error === null ? null : JSON.parse(row.error),
      startedBy: row.display_name ?? 'system',
      createdAt: row.created_at,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
    });
  }

  async function progressed(jobId: JobId, progress: JobProgress): Promise<void> {
    const known = latest.get(jobId);
    if (known === undefined) return;
    known.progress = progress;
    // Told before it is written down: the job's own transactions may keep the writer's lock for a while.
    await announce(jobId);
    const now = clock.now();
    if (now - known.writtenAt >= progressWriteInterval) {
      known.writtenAt = now;
      await change((writer) => saveProgress(writer, jobId, JSON.stringify(progress)));
    }
  }

  const observer: JobObserver = {
    async started(jobId, kind) {
      latest.set(jobId, {
        progress: {
          phase: 'starting',
          done: 0,
          total: null,
          unit: 'steps',
          messages: 0,
          rate: 0,
          remaining: null,
        },
        kind,
        writtenAt: clock.now(),
      });
      await change((writer) => markStarted(writer, jobId, clock.now()));
      await announce(jobId);
    },
    message(jobId, message) {
      if (message.type === 'changed') {
        services.emit({ type: 'changed', topics: message.topics });
        return;
      }
      progressed(jobId, JobProgress.parse(message.progress)).catch((error: unknown) =>
        services.log.error(
          { jobId, name: error instanceof Error ? error.name : 'unknown' },
          'job-progress-failed',
        ),
      );
    },
    async ended(jobId, outcome) {
      const last = latest.get(jobId);
      latest.delete(jobId);
      await change(async (writer) => {
        await markEnded(writer, jobId, {
          state: outcome.state,
          error: outcome.state === 'failed' ? JSON.stringify(outcome.error) : null,
          progress: last === undefined ? null : JSON.stringify(last.progress),
          at: outcome.state === 'interrupted' ? null : clock.now(),
        });
        await recordEarlyEnd(writer, jobId, outcome);
      });
      await announce(jobId);
      // What a job kept before it was stopped has to be seen as well; one that succeeded has said so itself.
      if (isEarly(outcome)) services.emit({ type: 'changed', topics: earlyEndTopics });
    },
  };

  const runner = createJobRunner(
    { directory: services.directory, resources: services.resources, turns: connection.turns },
    observer,
    services.log,
  );

  return {
    runner,
    async resume() {
      await change(markRunningAsInterrupted);
      for (const row of await listUnfinishedJobs(connection.query)) {
        runner.enqueue({ jobId: row.id, kind: KindName.parse(row.kind), input: JSON.parse(row.input) });
      }
    },
    handlers: {
      'jobs.list': async ({ activeOnly }) => (await listJobs(connection.query, activeOnly)).map(viewOf),
      async 'jobs.get'({ id }, { user }) {
        const row = await findJob(connection.query, id);
        // Who may not see a job is not told whether it exists.
        const visible =
          row !== undefined && (row.kind === 'demo' || user?.permissions.has('jobs:read') === true);
        if (!visible)
          throw new AppError('not-found', 'There is no such job, or it is not yours to see.', { id });
        return viewOf(row);
      },
      async 'jobs.cancel'({ id }, context) {
        const user = requireUser(context);
        const row = await findJob(connection.query, id);
        if (row === undefined) throw new AppError('not-found', 'There is no such job.', { id });
        if (!runner.has(id)) {
          throw new AppError(
            'job-not-running',
            'This job is neither running nor waiting: there is nothing to stop.',
            {
              state: row.state,
            },
          );
        }
        // The request is what the user did; what came of it is the job's own state.
        await change((writer) =>
          recordAudit(writer, clock, user, {
            action: 'jobs.cancel',
            recordKind: 'job',
            recordId: id,
            details: { kind: row.kind, state: row.state },
          }),
        );
        await runner.cancel(id);
        services.emit({ type: 'changed', topics: ['audit'] });
        return {};
      },
    },
  };
}

type Outcome = Parameters<JobObserver['ended']>[1];

function isEarly(outcome: Outcome): outcome is Extract<Outcome, { state: 'failed' | 'cancelled' }> {
  return outcome.state === 'failed' || outcome.state === 'cancelled';
}

/** The first screen shows how far the demo workspace is before anybody can sign in: its job is no secret. */
function audienceOf(kind: JobKind): Audience {
  return { access: kind === 'demo' ? 'public' : 'jobs:read' };
}
