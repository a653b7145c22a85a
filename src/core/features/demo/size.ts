import { Milliseconds } from '../../contract/ids.ts';
import type { DemoOptions } from './generate.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { demoPast } from '../workspaces/index.ts';
import { listEventsUntil } from './repository.ts';

const day = 86_400_000;

/** Issue 2's "some 20 employees, 300 customers, 20,000 messages over 90 days", up to the day on which the demo was made. */
export function demoOptions(made: Milliseconds): DemoOptions {
  return {
    seed: 20_260_301,
    days: 90,
    messages: 20_000,
    customers: 300,
    endAt: Math.floor(made / day) * day,
  };
}

/**
 * When the demo was made. The accounts are that much older (`demoPast`): whichever day this run of the job is of, the stories and
 * the data keep their times.
 */
export async function madeAt(reader: Reader, now: Milliseconds): Promise<Milliseconds> {
  const [founding] = await listEventsUntil(reader, now);
  if (founding === undefined) throw new Error('the audit log is empty');
  return Milliseconds.parse(Math.min(founding.at + demoPast, now));
}
