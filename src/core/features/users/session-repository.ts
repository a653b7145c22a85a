import type { Milliseconds, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';

export async function insertSession(
  writer: Writer,
  session: {
    readonly tokenHash: string;
    readonly userId: UserId;
    readonly host: string;
    readonly at: Milliseconds;
  },
): Promise<void> {
  await writer
    .insertInto('sessions')
    .values({
      token_hash: session.tokenHash,
      user_id: session.userId,
      host: session.host,
      created_at: session.at,
      last_seen_at: session.at,
      locked_at: null,
      ended_at: null,
    })
    .execute();
}

export type SessionRow = NonNullable<Awaited<ReturnType<typeof findSession>>>;

export async function findSession(reader: Reader, tokenHash: string) {
  return reader
    .selectFrom('sessions')
    .where('token_hash', '=', tokenHash)
    .select(['token_hash', 'user_id', 'created_at', 'last_seen_at', 'locked_at', 'ended_at'])
    .executeTakeFirst();
}

export async function touchSession(writer: Writer, tokenHash: string, at: Milliseconds): Promise<void> {
  await writer
    .updateTable('sessions')
    .set({ last_seen_at: at })
    .where('token_hash', '=', tokenHash)
    .where('last_seen_at', '<', at)
    .execute();
}

export async function setSessionLock(
  writer: Writer,
  tokenHash: string,
  lockedAt: Milliseconds | null,
  lastSeenAt: Milliseconds,
): Promise<void> {
  await writer
    .updateTable('sessions')
    .set({ locked_at: lockedAt, last_seen_at: lastSeenAt })
    .where('token_hash', '=', tokenHash)
    .execute();
}

export async function endSession(writer: Writer, tokenHash: string, at: Milliseconds): Promise<void> {
  await writer
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('token_hash', '=', tokenHash)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends a user's sessions, all but `except`; answers the keys of those it ended. */
export async function endSessionsOf(
  writer: Writer,
  userId: UserId,
  at: Milliseconds,
  except: string | null,
): Promise<readonly string[]> {
  const rows = await writer
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('token_hash', '!=', except ?? '')
    .returning('token_hash')
    .execute();
  return rows.map((row) => row.token_hash);
}

/** Stored as failed before the password is looked at, so that attempts side by side count each other. */
export async function insertAttempt(writer: Writer, userName: string, at: Milliseconds): Promise<number> {
  const row = await writer
    .insertInto('sign_in_attempts')
    .values({ user_name: userName, at, succeeded: 0 })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function markAttemptSucceeded(writer: Writer, id: number): Promise<void> {
  await writer.updateTable('sign_in_attempts').set({ succeeded: 1 }).where('id', '=', id).execute();
}

/** Lets a name try again at once: an administrator vouches for its owner. */
export async function forgetFailures(writer: Writer, userName: string): Promise<void> {
  await writer.deleteFrom('sign_in_attempts').where('user_name', '=', userName).execute();
}

/** Times of the newest failures of one name since its last success, newest first, at most `limit`. */
export async function recentFailures(
  reader: Reader,
  userName: string,
  since: Milliseconds,
  limit: number,
): Promise<readonly Milliseconds[]> {
  const rows = await reader
    .selectFrom('sign_in_attempts')
    .where('user_name', '=', userName)
    .where('at', '>=', since)
    .orderBy('id', 'desc')
    .select(['at', 'succeeded'])
    .limit(limit)
    .execute();
  const success = rows.findIndex((row) => row.succeeded === 1);
  return rows.slice(0, success < 0 ? rows.length : success).map((row) => row.at);
}

/** The time of the `count`-th newest failure of any name, where there were that many since `since`. */
export async function failureBefore(
  reader: Reader,
  since: Milliseconds,
  count: number,
): Promise<Milliseconds | null> {
  const row = await reader
    .selectFrom('sign_in_attempts')
    .where('at', '>=', since)
    .where('succeeded', '=', 0)
    .orderBy('id', 'desc')
    .select('at')
    .offset(count - 1)
    .limit(1)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Attempts that no throttle looks back to any more; the audit log keeps what happened. */
export async function forgetAttempts(writer: Writer, before: Milliseconds): Promise<void> {
  await writer.deleteFrom('sign_in_attempts').where('at', '<', before).execute();
}
