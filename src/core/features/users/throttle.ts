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
/**
 * All names together: a guesser who tries one password on every account is slowed down too. Only names that have failed
 * themselves then wait, or a stranger's failures at made-up names would keep everybody out.
 */
const overallFailures = 50;
const overallWindow = 5 * 60_000;

/**
 * Who tries: a user name, or the session of somebody who proved a name before (the lock screen). They count apart, so that
 * a stranger who fails under a name on purpose doesn't keep out the person who is at work under it.
 */
export type Attempted = { readonly userName: string } | { readonly sessionKey: string };

/**
 * Counts an attempt before its password is looked at. Throws `throttled`, with the seconds to wait, where
 * there were too many; such an attempt is not counted. The counts are in the database: a restart forgets nothing.
 */
export async function reserveAttempt(
  writer: Writer,
  attempted: Attempted,
  now: Milliseconds,
): Promise<number> {
  // No user name has a colon.
  const key = 'userName' in attempted ? attempted.userName : `session:${attempted.sessionKey}`;
  await forgetAttempts(writer, Milliseconds.parse(now - memory));
  const failures = await recentFailures(writer, key, Milliseconds.parse(now - memory), 64);
  const waits = [0];
  const last = failures[0];
  if (last !== undefined && failures.length >= freeFailures) {
    const wait = Math.min(firstWait * 2 ** (failures.length - freeFailures), longestWait);
    waits.push(last + wait - now);
  }
  if (last !== undefined && 'userName' in attempted) {
    const oldest = await failureBefore(writer, Milliseconds.parse(now - overallWindow), overallFailures);
    if (oldest !== null) waits.push(oldest + overallWindow - now);
  }
  const wait = Math.max(...waits);
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000);
    throw new AppError('throttled', `Too many failed attempts. Try again in ${seconds} seconds.`, {
      seconds,
    });
  }
  return insertAttempt(writer, key, now);
}
