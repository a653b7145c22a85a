import type { AppEvent } from '../contract/events.ts';
import type { Access } from '../contract/procedure.ts';
import type { BlobStore } from './blobs/index.ts';
import type { Clock } from './clock.ts';
import type { DatabaseConnection } from './database/connection.ts';
import type { IdSource, RandomBytes } from './ids.ts';
import type { JobRunner } from './jobs/runner.ts';
import type { Log } from './log.ts';

/** What every feature of an open workspace is built from. */
export interface Services {
  readonly connection: DatabaseConnection;
  readonly blobs: BlobStore;
  /** The workspace's folder; stays inside core. */
  readonly directory: string;
  /** The folder of starter packs and other files that ship with the app. */
  readonly resources: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly passwordCost: PasswordCost;
  readonly log: Log;
  readonly jobs: JobRunner;
  /** Delivers an event to the subscribers that `audience` lets see it. */
  emit(event: AppEvent, audience?: Audience): void;
}

/** What scrypt takes to hash a password: N as a power of two, r and p (RFC 7914 §2). */
export interface PasswordCost {
  readonly logN: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

/** Who may see an event: by default every signed-in user. */
export interface Audience {
  readonly access?: Access;
  /** Only this session (a search's results go to whoever searches). */
  readonly sessionKey?: string;
}
