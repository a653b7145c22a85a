import { AppError } from '../../contract/errors.ts';

export interface TurnLimits {
  /** How much is worked on at once. */
  readonly atOnce: number;
  /** How much may wait beside it. */
  readonly mostWaiting: number;
  /** What whoever comes when so many wait is told, in English. */
  readonly tooMany: string;
}

export interface Turns {
  /**
   * Does the work when its turn comes, first come, first served; the turn is over when the promise of `work` is settled. Rejects with
   * `throttled` when too many wait, and with `cancelled` when `signal` is aborted before the turn or the turns are closed; the work
   * has then not begun.
   */
  take<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
  /** Nothing begins any more. What has begun is not touched. */
  close(): void;
}

/** Seconds after which to ask again is worth while. */
const retrySeconds = 5;

/** Lets so many work at once, and others wait. */
export function createTurns({ atOnce, mostWaiting, tooMany }: TurnLimits): Turns {
  const waiting = new Set<{ begin(): void; cancel(): void }>();
  let working = 0;
  let closed = false;

  function next(): void {
    if (working >= atOnce) return;
    const [first] = waiting;
    first?.begin();
  }

  return {
    take(work, signal) {
      if (closed || signal?.aborted === true) return Promise.reject(cancelled());
      if (working >= atOnce && waiting.size >= mostWaiting) {
        return Promise.reject(new AppError('throttled', tooMany, { seconds: retrySeconds }));
      }
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(entry);
          signal?.removeEventListener('abort', entry.cancel);
        };
        const entry = {
          begin() {
            leave();
            working += 1;
            resolve(
              work().finally(() => {
                working -= 1;
                next();
              }),
            );
          },
          cancel() {
            leave();
            reject(cancelled());
          },
        };
        signal?.addEventListener('abort', entry.cancel);
        waiting.add(entry);
        next();
      });
    },
    close() {
      closed = true;
      for (const entry of waiting) entry.cancel();
    },
  };
}

/** What is told to whoever waits for what somebody stopped. */
export const cancelled = () => new AppError('cancelled', 'Stopped on request.');
