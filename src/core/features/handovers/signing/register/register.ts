import { Worker } from 'node:worker_threads';

import { AppError } from '../../../../contract/errors.ts';
import type { Log } from '../../../../platform/log.ts';
import { workerUrl } from '../../../../platform/worker-url.ts';
import { damaged } from '../damaged.ts';
import type { RegisterReply, RegisterRequest } from './register-protocol.ts';

/** The largest register takes some ten seconds; a thread that takes this long has met a mistake of ours. */
const longest = 180_000;

export interface RegisterMaker {
  /** The register or certificate as a file. Rejects with `workspace-damaged` where a stored sheet was altered. */
  make(request: RegisterRequest): Promise<Extract<RegisterReply, { readonly bytes: Uint8Array }>>;
  close(): Promise<void>;
}

/** Makes registers one after another, each in a thread of its own: thousands of rows take seconds. */
export function createRegisterMaker(services: { readonly log: Log }): RegisterMaker {
  let last: Promise<unknown> = Promise.resolve();
  let running: Worker | null = null;

  function run(request: RegisterRequest): Promise<RegisterReply> {
    return new Promise((resolve, reject) => {
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
        reject(
          new AppError('internal', 'The register could not be made. Try again; the log has the reason.'),
        );
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
      await running?.terminate();
    },
  };
}
