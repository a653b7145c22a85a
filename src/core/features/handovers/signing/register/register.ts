import { Worker } from 'node:worker_threads';

import { AppError } from '../../../../contract/errors.ts';
import type { Log } from '../../../../platform/log.ts';
import { workerUrl } from '../../../../platform/worker-url.ts';
import { damaged } from '../damaged.ts';
import type { RegisterReply, RegisterRequest } from './register-protocol.ts';

/** The largest register takes some ten seconds; a thread that takes this long has met a mistake of ours. */
const longest = 180_000;

export interface RegisterMaker {
  /**
   * The register or certificate as a file. Rejects with `workspace-damaged` where a stored sheet was altered, and `cancelled` when
   * the workspace closes.
   */
  make(request: RegisterRequest): Promise<Extract<RegisterReply, { readonly bytes: Uint8Array }>>;
  close(): Promise<void>;
}

/** Makes registers one after another, each in a thread of its own: thousands of rows take seconds. */
export function createRegisterMaker(services: { readonly log: Log }): RegisterMaker {
  let last: Promise<unknown> = Promise.resolve();
  let running: Worker | null = null;
  let closed = false;

  function run(request: RegisterRequest): Promise<RegisterReply> {
    return new Promise((resolve, reject) => {
      // It waited for others until the workspace was closed.
      if (closed) {
        reject(stopped());
        return;
      }
      const worker = new Worker(workerUrl('handover-register-worker'), { workerData: request });
      running = worker;
      const limit = setTimeout(() => void worker.terminate(), longest);
      worker.once('message', (reply: RegisterReply) => resolve(reply));
      worker.once('error', (error) => {
        // The name only: a message may quote a customer's name.
        services.log.error(
          { name: error instanceof Error ? error.name : 'unknown' },
          'handover-register-worker-failed',
        );
      });
      worker.once('exit', () => {
        clearTimeout(limit);
        running = null;
        // After a message this does nothing.
        reject(closed ? stopped() : failure());
      });
    });
  }

  return {
    make(request) {
      const made = last.then(() => run(request));
      last = made.catch(() => null);
      return made.then((reply) => {
        if ('damaged' in reply) throw damaged();
        return reply;
      });
    },
    async close() {
      closed = true;
      await running?.terminate();
    },
  };
}

const stopped = () => new AppError('cancelled', 'Stopped on request.');
const failure = () =>
  new AppError('internal', 'The register could not be made. Try again; the log has the reason.');
