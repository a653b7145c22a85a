import { Worker } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import type { Services } from '../../../platform/services.ts';
import { workerUrl } from '../../../platform/worker-url.ts';
import type { MaterialContent } from '../material/contract.ts';
import type { PrecheckFinding } from './model.ts';
import type { PrecheckReply, PrecheckRequest, PrecheckStart } from './protocol.ts';
import type { Documents } from './subject.ts';

/** After so long without a request the thread ends: compiled lexicons take memory. */
const idleMilliseconds = 5 * 60_000;
/** The largest material with the largest lexicon takes a fraction of it; a thread that takes longer met a mistake of ours. */
const longestCheck = 60_000;
/** Requests that may wait: editors ask again with each pause in their typing. */
const mostWaiting = 50;

export interface Prechecker {
  /**
   * What is wrong with a material, by place, with the published lexicons, the register and the settings of now. `documents`
   * are what was read of its attachments; one that is missing is reported as not yet read. Rejects with `throttled`.
   */
  check(content: MaterialContent, documents?: Documents): Promise<readonly PrecheckFinding[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly limit: NodeJS.Timeout;
  resolve(findings: readonly PrecheckFinding[]): void;
  reject(error: unknown): void;
}

/** Checks materials in a thread of its own, which starts with the first request. */
export function createPrechecker(services: Pick<Services, 'connection' | 'log' | 'clock'>): Prechecker {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let lastId = 0;
  let closed = false;
  const waiting = new Map<number, Waiting>();

  async function stop(error: unknown): Promise<void> {
    const ended = worker;
    worker = null;
    if (idle !== null) clearTimeout(idle);
    idle = null;
    for (const entry of waiting.values()) {
      clearTimeout(entry.limit);
      entry.reject(error);
    }
    waiting.clear();
    await ended?.terminate();
  }

  function settle(started: Worker, reply: PrecheckReply): void {
    const entry = waiting.get(reply.id);
    if (entry === undefined) return;
    waiting.delete(reply.id);
    clearTimeout(entry.limit);
    if ('findings' in reply) entry.resolve(reply.findings);
    else entry.reject(new AppError(reply.error.code, reply.error.message, reply.error.details));
    if (waiting.size > 0) return;
    started.unref();
    idle = setTimeout(() => void stop(null), idleMilliseconds).unref();
  }

  function start(): Worker {
    const started = new Worker(workerUrl('precheck-worker'), {
      workerData: { database: services.connection.handle.name } satisfies PrecheckStart,
    });
    // Nobody's work is lost with it: it only reads.
    started.unref();
    started.on('message', (reply: PrecheckReply) => settle(started, reply));
    started.on('error', (error) => {
      // The name only: a message may quote what was checked.
      services.log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'precheck-worker-failed');
      if (worker === started) void stop(failure());
    });
    started.on('exit', () => {
      if (worker === started) void stop(failure());
    });
    return started;
  }

  return {
    check(content, documents = new Map()) {
      if (closed) return Promise.reject(stopped());
      if (waiting.size >= mostWaiting) {
        return Promise.reject(
          new AppError('throttled', 'Too many materials are being checked. Wait a moment.', { seconds: 5 }),
        );
      }
      if (idle !== null) clearTimeout(idle);
      idle = null;
      const asked = (worker ??= start());
      asked.ref();
      lastId += 1;
      const id = lastId;
      const request: PrecheckRequest = { content, documents, now: services.clock.now() };
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, limit: setTimeout(() => void stop(failure()), longestCheck) });
        asked.postMessage({ id, request });
      });
    },
    close() {
      closed = true;
      return stop(stopped());
    },
  };
}

const stopped = () => new AppError('cancelled', 'Stopped on request.');
const failure = () =>
  new AppError('internal', 'The thread that checks materials stopped. Try again; the log has the reason.');
