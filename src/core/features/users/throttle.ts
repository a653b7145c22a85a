import { AppError } from '../../contract/errors.ts';
import { Milliseconds } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import { failureBefore, forgetAttempts, insertAttempt, recentFailures } from './session-repository.ts';

/** Mistakes that cost nothing: a person mistypes, a guesser needs thousands. */
const freeFailures = 5;
/** The first wait; each further failure doubles it up to the longest. */
const firstWait = 30_000;
const longestWait = 15 * 60_000;
/** Failures are remembered this long: with the longest wait, some 100 guesses a day at one account (NIST 800-63B §5.2.2 allows 100 in a row). */
const memory = 24 * 60 * 60_000;
/** All names together: a guesser who tries one password on every account is slowed down too. */
const overallFailures = 50;
const overallWindow = 5 * 60_000;

/**
 * Counts an attempt at this name before its password is looked at. Throws `throttled`, with the seconds to wait, where
 * there were too many; such an attempt is not counted. The counts are in the database: a restart forgets nothing.
 */
export async function reserveAttempt(writer: Writer, userName: string, now: Milliseconds): Promise<number> {
  await forgetAttempts(writer, Milliseconds.parse(now - memory));
  const failures = await recentFailures(writer, userName, Milliseconds.parse(now - memory), 64);
  const waits = [0];
  const last = failures[0];
  if (last !== undefined && failures.length >= freeFailures) {
    const wait = Math.min(firstWait * 2 ** (failures.length - freeFailures), longestWait);
    waits.push(last + wait - now);
  }
  const oldest = await failureBefore(writer, Milliseconds.parse(now - overallWindow), overallFailures);
  if (oldest !== null) waits.push(oldest + overallWindow - now);
  const wait = Math.max(...waits);
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000);
    throw new AppError('throttled', `Too many failed attempts. Try again in ${seconds} seconds.`, {
      seconds,
    });
  }
  return insertAttempt(writer, userName, now);
}
