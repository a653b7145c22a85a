import { Worker } from 'node:worker_threads';

import { AppError } from '../contract/errors.ts';
import type { MatchStep } from '../features/screening/model.ts';
import type { ExplainReply, ExplainRequest, ScanStart } from '../features/screening/scan-protocol.ts';
import { workerUrl } from './worker-url.ts';

/** Explains hits in a thread of its own: the engine's tables take some 300 ms to build, compiling an entry some 30 ms. */
export interface Explainer {
  /** The steps of one hit in a text; empty where the entry does not match there. */
  explain(question: Omit<ExplainRequest, 'kind' | 'id'>): Promise<readonly MatchStep[]>;
  close(): Promise<void>;
}

/** A thread that nobody has asked for so long is ended: its tables take some 30 MB. */
const idleTime = 120_000;

export function createExplainer(): Explainer {
  const waiting = new Map<
    number,
    { resolve(steps: readonly MatchStep[]): void; reject(error: unknown): void }
  >();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(workerUrl('scan-worker'), {
      workerData: { entries: [], suppressions: [], force: null } satisfies ScanStart,
    });
    started.on('message', (reply: ExplainReply) => {
      waiting.get(reply.id)?.resolve(reply.steps);
      waiting.delete(reply.id);
    });
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started, new AppError('internal', 'The explaining thread stopped.')));
    // It must not keep a process alive that has nothing else to do.
    started.unref();
    return started;
  }

  function end(ended: Worker, error: unknown): void {
    if (worker !== ended) return;
    worker = null;
    for (const entry of waiting.values()) entry.reject(error);
    waiting.clear();
  }

  async function close(): Promise<void> {
    clearTimeout(idle);
    const closing = worker;
    if (closing === null) return;
    end(closing, new AppError('cancelled', 'Stopped on request.'));
    await closing.terminate();
  }

  return {
    explain(question) {
      worker ??= start();
      const asked = worker;
      clearTimeout(idle);
      idle = setTimeout(() => void close(), idleTime).unref();
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        asked.postMessage({ kind: 'explain', id, ...question } satisfies ExplainRequest);
      });
    },
    close,
  };
}
