import { AppError } from '../../../../contract/errors.ts';
import type { Services } from '../../../../platform/services.ts';
import { createTaskThreads } from '../../../../platform/threads/task-threads.ts';
import { workerEntry } from '../../../../platform/worker-url.ts';
import type { SheetRequest } from './sheet-protocol.ts';

export interface SheetMaker {
  /** The approval sheet as a PDF. Rejects with `throttled` when too many wait, and `cancelled` when the workspace closes. */
  make(request: SheetRequest): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Makes sheets one after another, each in a thread of its own: laying out Chinese text is work of half a second. */
export function createSheetMaker({ log }: Pick<Services, 'log'>): SheetMaker {
  const threads = createTaskThreads<SheetRequest, Uint8Array>({
    entry: workerEntry('approval-sheet-worker'),
    log,
    // A sheet takes half a second; a thread that takes this long has met a mistake of ours.
    limits: { time: 60_000, atOnce: 1, waiting: 50 },
    tooMany: 'Too many sheets are being made. Wait a moment.',
    whenFailed() {
      throw new AppError('internal', 'The sheet could not be made. Try again; the log has the reason.');
    },
  });
  return { make: (request) => threads.run(request), close: () => threads.close() };
}
