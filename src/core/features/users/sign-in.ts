import { AppError } from '../../contract/errors.ts';
import { type Caller, type Handlers, requireUser } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import type { usersContract } from './contract.ts';
import { createAttempts, needUnchanged } from './attempts.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword } from './password.ts';
import {
  type UserRow,
  findUser,
  findUserByName,
  rehashPassword,
  setLastSignIn,
  updatePassword,
} from './repository.ts';
import { endSession, endSessionsOf, markAttemptSucceeded, setSessionLock } from './session-repository.ts';
import { type FoundSession, type Sessions, idleLockAfter, signedInOf } from './sessions.ts';
import { currentUser } from './views.ts';

type OwnSession = Pick<
  Handlers<typeof usersContract>,
  | 'users.me'
  | 'users.signIn'
  | 'users.signOut'
  | 'users.lock'
  | 'users.unlock'
  | 'users.touch'
  | 'users.changeOwnPassword'
>;

/** What a user does with their own session and password. */
export function createSignIn(services: Services, sessions: Sessions): OwnSession {
  const { connection, clock, passwordCost } = services;
  const attempt = createAttempts(services);

  return {
    async 'users.me'(_input, { caller }) {
      const idle = await idleLockAfter(services);
      const found = await sessions.find(caller);
      if (found === null) return { state: 'signed-out', user: null, idleLockAfter: idle };
      return {
        state: found.locked ? 'locked' : 'signed-in',
        user: currentUser(found.user),
        idleLockAfter: idle,
      };
    },

    async 'users.signIn'({ userName, password }, context) {
      const known = await findUserByName(connection.query, userName);
      const { user, attemptId, outdated } = await attempt(
        'signIn',
        { userName },
        known,
        password,
        context.caller.host,
      );
      const newHash = outdated ? await hashPassword(password, services.random, passwordCost) : null;
      const before = await sessions.find(context.caller);
      const token = await connection.query.transaction().execute(async (writer) => {
        await needUnchanged(writer, user);
        await markAttemptSucceeded(writer, attemptId);
        await setLastSignIn(writer, user.id, clock.now());
        if (newHash !== null) await rehashPassword(writer, user.id, user.password_hash, newHash);
        // Whoever held this host's session before is gone from it.
        if (before !== null) await endSession(writer, before.session.token_hash, clock.now());
        await recordAudit(writer, clock, actorOf(user, context.caller.host), {
          action: 'users.signIn',
          recordKind: 'user',
          recordId: user.id,
        });
        return sessions.start(writer, user.id, context.caller.host);
      });
      context.setSession(token);
      services.emit({ type: 'changed', topics: ['audit', 'users'] });
      return currentUser(user);
    },

    async 'users.signOut'(_input, context) {
      context.setSession(null);
      const found = await sessions.find(context.caller);
      if (found === null) return {};
      const actor = signedInOf(found, context.caller);
      await connection.query.transaction().execute(async (writer) => {
        await endSession(writer, actor.sessionKey, clock.now());
        await recordAudit(writer, clock, actor, {
          action: 'users.signOut',
          recordKind: 'user',
          recordId: actor.userId,
        });
      });
      services.emit({ type: 'session', state: 'ended' }, { sessionKey: actor.sessionKey });
      services.emit({ type: 'changed', topics: ['audit'] });
      return {};
    },

    async 'users.lock'(_input, context) {
      const user = requireUser(context);
      await connection.query.transaction().execute(async (writer) => {
        await setSessionLock(writer, user.sessionKey, clock.now(), clock.now());
        await recordAudit(writer, clock, user, {
          action: 'users.lock',
          recordKind: 'user',
          recordId: user.userId,
        });
      });
      services.emit({ type: 'session', state: 'locked' }, { sessionKey: user.sessionKey });
      return {};
    },

    async 'users.unlock'({ password }, { caller }) {
      const found = await needSession(sessions, caller);
      const { attemptId } = await attempt(
        'unlock',
        { sessionKey: found.session.token_hash },
        found.user,
        password,
        caller.host,
      );
      const actor = signedInOf(found, caller);
      await connection.query.transaction().execute(async (writer) => {
        await markAttemptSucceeded(writer, attemptId);
        await setSessionLock(writer, actor.sessionKey, null, clock.now());
        await recordAudit(writer, clock, actor, {
          action: 'users.unlock',
          recordKind: 'user',
          recordId: actor.userId,
        });
      });
      return currentUser(found.user);
    },

    async 'users.touch'(_input, context) {
      await sessions.touch(requireUser(context).sessionKey);
      return {};
    },

    async 'users.changeOwnPassword'({ current, next }, context) {
      const actor = requireUser(context);
      // First what is no guess: a new password that is refused must not count as a failed attempt.
      checkNewPassword(next, actor.userName, actor.displayName);
      if (next === current) {
        throw new AppError(
          'password-too-weak',
          'The new password is the same as the current one. Choose a different one.',
          { reason: 'same-as-current' },
        );
      }
      const known = await findUser(connection.query, actor.userId);
      const { user, attemptId } = await attempt(
        'changeOwnPassword',
        { sessionKey: actor.sessionKey },
        known,
        current,
        context.caller.host,
      );
      const passwordHash = await hashPassword(next, services.random, passwordCost);
      const ended = await connection.query.transaction().execute(async (writer) => {
        await needUnchanged(writer, user);
        await markAttemptSucceeded(writer, attemptId);
        await updatePassword(writer, user.id, { passwordHash, mustChange: false, at: clock.now() });
        const keys = await endSessionsOf(writer, user.id, clock.now(), actor.sessionKey);
        await recordAudit(writer, clock, actor, {
          action: 'users.changeOwnPassword',
          recordKind: 'user',
          recordId: user.id,
          details: { otherSessionsEnded: keys.length },
        });
        return keys;
      });
      for (const sessionKey of ended) services.emit({ type: 'session', state: 'ended' }, { sessionKey });
      services.emit({ type: 'changed', topics: ['users', 'audit'] });
      return {};
    },
  };
}

async function needSession(sessions: Sessions, caller: Caller): Promise<FoundSession> {
  const found = await sessions.find(caller);
  if (found === null) throw new AppError('not-signed-in', 'This session has ended. Sign in again.');
  return found;
}

function actorOf(user: UserRow, host: Caller['host']): Actor {
  return { userId: user.id, userName: user.user_name, displayName: user.display_name, host };
}
