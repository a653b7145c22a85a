import type { AppEvent } from './contract/events.ts';
import type { JobView } from './features/jobs/contract.ts';

/** Numbers between one millisecond's start and the next one's: no application changes something so often. */
const perMillisecond = 1_000;

/**
 * Counts the events that tell screens to load something again, so that whoever begins to listen late can see that there
 * were some. A number only grows: it begins at the process's start, in milliseconds, times a thousand, which is above all
 * that an earlier process counted to.
 */
export function createChangeCount(startedAt: number) {
  let count = startedAt * perMillisecond;
  return {
    note(event: AppEvent): void {
      if (outdatesAnswers(event)) count += 1;
    },
    now: () => count,
  };
}

/** Whether an answer that was given before may say something else after the event. */
function outdatesAnswers(event: AppEvent): boolean {
  switch (event.type) {
    case 'changed':
    case 'session':
      return true;
    case 'job':
      return hasEnded(event.job.state);
    // What a search finds is told, not asked for.
    case 'search':
      return false;
  }
}

/** How far a job is, who begins to listen asks for. */
function hasEnded(state: JobView['state']): boolean {
  return state !== 'queued' && state !== 'running';
}
