import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { verifyNothing, verifyPassword } from './password.ts';
import { type UserRow, findUser } from './repository.ts';
import { markAttemptSucceeded } from './session-repository.ts';
import { type Attempted, reserveAttempt } from './throttle.ts';

/** What a password is asked for. */
type Purpose = 'signIn' | 'unlock' | 'changeOwnPassword' | 'sign';

export interface SucceededAttempt {
  readonly user: UserRow;
  readonly attemptId: number;
  /** Whether the password should be hashed again, at today's cost. */
  readonly outdated: boolean;
}

/**
 * Answers a function that finds out whether `password` is the one of `user` (undefined: of nobody, which takes as long). Attempts
 * are counted by the throttle, failures are audited.
 */
export function createAttempts(services: Services) {
  const { connection, clock, passwordCost } = services;
  return async function attempt(
    purpose: Purpose,
    attempted: Attempted,
    user: UserRow | undefined,
    password: string,
    host: Actor['host'],
  ): Promise<SucceededAttempt> {
    const attemptId = await connection.query
      .transaction()
      .execute((writer) => reserveAttempt(writer, attempted, clock.now()));
    const result =
      user === undefined
        ? await verifyNothing(password, passwordCost)
        : await verifyPassword(password, user.password_hash, passwordCost);
    if (user !== undefined && result?.matches === true && user.state === 'active') {
      return { user, attemptId, outdated: result.outdated };
    }
    const disabled = user !== undefined && result?.matches === true;
    await connection.query.transaction().execute((writer) =>
      recordAudit(writer, clock, nobody(host), {
        action: `users.${purpose}Failed`,
        recordKind: 'user',
        // A name that is no account may be a password typed into the wrong box: it is not written down.
        recordId: user?.id ?? 'unknown',
        details: { userName: user?.user_name ?? null, reason: disabled ? 'disabled' : 'wrong-credentials' },
      }),
    );
    services.emit({ type: 'changed', topics: ['audit'] });
    if (disabled) {
      throw new AppError('account-disabled', 'This account is disabled. Ask an administrator to enable it.');
    }
    throw new AppError('wrong-credentials', 'The user name or the password is not right.');
  };
}

/**
 * Verifying a password takes a third of a second, outside of any transaction: an administrator who resets it or disables
 * the account meanwhile must not be undone by what was true before.
 */
export async function needUnchanged(writer: Writer, verified: UserRow): Promise<void> {
  const now = await findUser(writer, verified.id);
  if (now?.state === 'active' && now.password_hash === verified.password_hash) return;
  throw new AppError('conflict', 'This account was changed meanwhile. Try again.', {
    userName: verified.user_name,
  });
}

/**
 * Whoever signs proves once more who they are (21 CFR 11.200(a)). Answers what the signature's own transaction has to call, so that
 * nothing is signed by an account that was disabled meanwhile. Throws `wrong-credentials` or `throttled`.
 */
export type Reauthenticate = (user: SignedIn, password: string) => Promise<(writer: Writer) => Promise<void>>;

export function createReauthentication(services: Services): Reauthenticate {
  const attempt = createAttempts(services);
  return async (actor, password) => {
    const known = await findUser(services.connection.query, actor.userId);
    const attempted = { sessionKey: actor.sessionKey };
    const { user, attemptId } = await attempt('sign', attempted, known, password, actor.host);
    return async (writer) => {
      await needUnchanged(writer, user);
      await markAttemptSucceeded(writer, attemptId);
    };
  };
}

/** Before anybody has proved who they are. */
function nobody(host: Actor['host']): Actor {
  return { userId: null, userName: 'anonymous', displayName: 'Not signed in', host };
}
