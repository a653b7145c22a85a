import type { ErrorBody } from '../../contract/errors.ts';
import type { ChangedTopic } from '../../contract/events.ts';
import type { JobId } from '../../contract/ids.ts';
import type { JobProgress, jobKinds } from '../../features/jobs/contract.ts';
import type { BlobStore } from '../blobs/index.ts';
import type { Clock } from '../clock.ts';
import type { DatabaseConnection } from '../database/connection.ts';
import type { IdSource, RandomBytes } from '../ids.ts';
import type { Log } from '../log.ts';

export type JobKind = (typeof jobKinds)[number];

/** What a job worker is started with; crosses by structured clone. */
export interface JobStart {
  readonly jobId: JobId;
  readonly kind: JobKind;
  readonly input: unknown;
  readonly directory: string;
  readonly resources: string;
  /** One Int32: set to 1 to ask the job to stop at its next check. */
  readonly cancelFlag: SharedArrayBuffer;
  /** The application's connection's: how many of its transactions wait for the writer's lock. */
  readonly turns: SharedArrayBuffer;
}

/** What a job worker sends back. After one of the last three it exits. */
export type JobMessage =
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'changed'; readonly topics: readonly ChangedTopic[] }
  | { readonly type: 'succeeded' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: ErrorBody };

/** What a job's code gets. Runs in a worker thread, with a database connection of its own. */
export interface JobContext {
  readonly jobId: JobId;
  readonly directory: string;
  readonly resources: string;
  readonly connection: DatabaseConnection;
  readonly blobs: BlobStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly log: Log;
  /** The flag itself, to hand to workers of the job's own. */
  readonly cancelFlag: SharedArrayBuffer;
  /** Gives way to whoever waits to write, and throws `cancelled` when somebody asked the job to stop. Called between batches, at least every 100 ms or so. */
  checkCancelled(): void;
  /** Cheap: passed on at most ten times a second, and always for the last one of a phase. */
  progress(progress: JobProgress): void;
  changed(...topics: ChangedTopic[]): void;
}

/** A job's code: resumes where an interrupted run of the same job stopped, and does nothing twice. */
export type JobHandler = (context: JobContext, input: unknown) => Promise<void>;
