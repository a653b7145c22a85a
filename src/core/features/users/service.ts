import type { Caller, Handlers, SignedIn } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import { type AuditEvent, recordAudit } from '../audit/index.ts';
import { createAdministration } from './administration.ts';
import type { usersContract } from './contract.ts';
import { findUserByName, setLastSignIn } from './repository.ts';
import { endSession } from './session-repository.ts';
import { type Sessions, createSessions } from './sessions.ts';
import { createSignIn } from './sign-in.ts';

export interface UsersFeature {
  readonly handlers: Handlers<typeof usersContract>;
  readonly sessions: Sessions;
  /** Signs in the administrator who has just created the workspace, and whose password was just chosen. */
  signInFirst(userName: string, host: Caller['host']): Promise<string>;
  /** Ends the session, with the event of what ended it. */
  endOwnSession(user: SignedIn, event: AuditEvent): Promise<void>;
}

/** Accounts, sign-in and sessions of an open workspace. */
export function createUsersFeature(services: Services): UsersFeature {
  const sessions = createSessions(services);
  return {
    sessions,
    signInFirst: (userName, host) =>
      services.connection.query.transaction().execute(async (writer) => {
        const user = await findUserByName(writer, userName);
        if (user === undefined) throw new Error('the workspace was created without its administrator');
        await setLastSignIn(writer, user.id, services.clock.now());
        await recordAudit(
          writer,
          services.clock,
          { userId: user.id, userName: user.user_name, displayName: user.display_name, host },
          { action: 'users.signIn', recordKind: 'user', recordId: user.id },
        );
        return sessions.start(writer, user.id, host);
      }),
    endOwnSession: (user, event) =>
      services.connection.query.transaction().execute(async (writer) => {
        await endSession(writer, user.sessionKey, services.clock.now());
        await recordAudit(writer, services.clock, user, event);
      }),
    handlers: { ...createSignIn(services, sessions), ...createAdministration(services) },
  };
}
