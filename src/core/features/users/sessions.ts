import { createHash } from 'node:crypto';

import type { Caller, SignedIn } from '../../contract/handlers.ts';
import { Milliseconds, type UserId } from '../../contract/ids.ts';
import type { Authenticate } from '../../dispatch.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { readSettings } from '../settings/index.ts';
import { permissionsOf } from './model.ts';
import { type UserRow, findUser } from './repository.ts';
import { type SessionRow, findSession, insertSession, touchSession } from './session-repository.ts';
import { rolesOf } from './views.ts';

/** 256 bits: nobody guesses it, so its plain SHA-256 is enough to store. */
const tokenBytes = 32;
/** A session ends after a long working day, however busy it is (NIST 800-63B §4.2.3: at least every 12 hours). */
export const sessionLifetime = 12 * 60 * 60_000;
/** How exact the idle clock is: one write per this much activity is enough for a lock measured in minutes. */
const touchInterval = 15_000;

/** The session's key in the database: a copy of the database opens no session. */
export function sessionKeyOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export interface FoundSession {
  readonly session: SessionRow;
  readonly user: UserRow;
  readonly locked: boolean;
}

export interface Sessions {
  /** The caller's session while it lasts, locked or not; null when there is none. */
  find(caller: Caller): Promise<FoundSession | null>;
  authenticate: Authenticate;
  /** Starts a session and answers the token, which is stored nowhere. */
  start(writer: Writer, userId: UserId, host: Caller['host']): Promise<string>;
  /** The user did something: moves the idle clock. */
  touch(sessionKey: string): Promise<void>;
}

export function createSessions(services: Services): Sessions {
  const { connection, clock } = services;
  const touchedAt = new Map<string, number>();

  async function find(caller: Caller): Promise<FoundSession | null> {
    if (caller.sessionToken === null) return null;
    const session = await findSession(connection.query, sessionKeyOf(caller.sessionToken));
    if (session === undefined || session.ended_at !== null) return null;
    const now = clock.now();
    if (now - session.created_at >= sessionLifetime) return null;
    const user = await findUser(connection.query, session.user_id);
    if (user === undefined || user.state !== 'active') return null;
    const { idleLockMinutes } = await readSettings(connection.query);
    // A command's session lives in its process and ends with it: nobody can walk up to it, and an import takes its time.
    const idle = caller.host !== 'cli' && now - session.last_seen_at >= idleLockMinutes * 60_000;
    return { session, user, locked: session.locked_at !== null || idle };
  }

  return {
    find,
    async authenticate(caller) {
      const found = await find(caller);
      if (found === null) return { state: 'signed-out', user: null };
      if (found.locked) return { state: 'locked', user: null };
      return { state: 'signed-in', user: signedInOf(found, caller) };
    },
    async start(writer, userId, host) {
      const token = Buffer.from(services.random(tokenBytes)).toString('base64url');
      await insertSession(writer, { tokenHash: sessionKeyOf(token), userId, host, at: clock.now() });
      return token;
    },
    async touch(sessionKey) {
      const now = clock.now();
      const last = touchedAt.get(sessionKey);
      if (last !== undefined && now - last < touchInterval) return;
      // Only sessions in use stand here; a thousand of them would be a thousand people at work.
      if (touchedAt.size > 1_000) touchedAt.clear();
      touchedAt.set(sessionKey, now);
      await connection.query.transaction().execute((writer) => touchSession(writer, sessionKey, now));
    },
  };
}

export function signedInOf(found: FoundSession, caller: Caller): SignedIn {
  return {
    userId: found.user.id,
    userName: found.user.user_name,
    displayName: found.user.display_name,
    host: caller.host,
    permissions: new Set(permissionsOf(rolesOf(found.user))),
    sessionKey: found.session.token_hash,
    mustChangePassword: found.user.must_change_password === 1,
  };
}

/** How long a session may be idle. */
export async function idleLockAfter(services: Services): Promise<Milliseconds> {
  const { idleLockMinutes } = await readSettings(services.connection.query);
  return Milliseconds.parse(idleLockMinutes * 60_000);
}
