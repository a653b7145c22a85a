import { AppError } from '../../../../contract/errors.ts';
import type { Services } from '../../../../platform/services.ts';
import { createTaskThreads } from '../../../../platform/threads/task-threads.ts';
import { workerEntry } from '../../../../platform/worker-url.ts';
import type { RegisterFile, RegisterRequest } from './register-protocol.ts';

export interface RegisterMaker {
  /**
   * The register or certificate as a file. Rejects with `workspace-damaged` where a stored sheet was altered, `throttled` when too
   * many wait, and `cancelled` when the workspace closes.
   */
  make(request: RegisterRequest): Promise<RegisterFile>;
  close(): Promise<void>;
}

/** Makes registers one after another, each in a thread of its own: thousands of rows take seconds. */
export function createRegisterMaker({ log }: Pick<Services, 'log'>): RegisterMaker {
  const threads = createTaskThreads<RegisterRequest, RegisterFile>({
    entry: workerEntry('handover-register-worker'),
    log,
    // The largest register takes some ten seconds; a thread that takes this long has met a mistake of ours.
    limits: { time: 180_000, atOnce: 1, waiting: 50 },
    tooMany: 'Too many registers are being made. Wait a moment.',
    whenFailed() {
      throw new AppError('internal', 'The register could not be made. Try again; the log has the reason.');
    },
  });
  return { make: (request) => threads.run(request), close: () => threads.close() };
}
