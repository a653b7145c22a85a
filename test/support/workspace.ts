import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type AppOptions, type LocalApp, createApp } from '../../src/core/app.ts';
import type { AppEvent } from '../../src/core/contract/events.ts';
import type { App, Caller } from '../../src/core/contract/handlers.ts';
import type { ErrorBody } from '../../src/core/contract/errors.ts';
import {
  type ProcedureInput,
  type ProcedureName,
  type ProcedureOutput,
  contract,
} from '../../src/core/contract/index.ts';
import { Milliseconds } from '../../src/core/contract/ids.ts';
import { addUser, hashPassword } from '../../src/core/features/users/index.ts';
import { type Role, roles } from '../../src/core/features/users/model.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { type Clock, systemClock } from '../../src/core/platform/clock.ts';
import { createIdSource, systemRandom } from '../../src/core/platform/ids.ts';
import { createLog } from '../../src/core/platform/log.ts';
import type { PasswordCost } from '../../src/core/platform/services.ts';
import { createWorkspace } from '../../src/core/platform/workspace.ts';

/** The password of every account in a test workspace. */
export const testPassword = 'Zhaoyang-lu-88-hao';

/**
 * What a password costs in tests: a two-hundredth of what it costs a user (users/password.ts). Whatever makes an app for a
 * test is given it; where it is not, one sign-in takes a fifth of a second.
 */
export const cheapPasswords: PasswordCost = { logN: 9, blockSize: 8, parallelism: 1 };

/** The starter packs and other files that ship with the app. */
export const resources = join(import.meta.dirname, '../../resources');

/** A clock that a test sets. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

export function testClock(start = Date.UTC(2026, 3, 1, 2)): TestClock {
  let time = start;
  return {
    now: () => Milliseconds.parse(time),
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

/** A temporary folder, and how to remove it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'countersign-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A workspace with one account per role, named after it, plus `everything`, who holds all roles. */
export async function createTestWorkspace(directory: string, clock: Clock = systemClock): Promise<void> {
  const passwordHash = await hashPassword(testPassword, systemRandom, cheapPasswords);
  const parts = { clock, ids: createIdSource(clock, systemRandom), random: systemRandom };
  await createWorkspace(
    directory,
    {
      title: 'Test',
      demo: false,
      initialise: (connection) =>
        connection.query.transaction().execute(async (writer) => {
          const accounts: readonly (readonly [string, readonly Role[]])[] = [
            ...roles.map((role) => [role, [role]] as const),
            ['everything', ['editor', 'reviewer', 'approver', 'admin']],
          ];
          for (const [userName, held] of accounts) {
            await addUser(writer, parts, systemActor, {
              userName,
              displayName: userName,
              passwordHash,
              roles: held,
              mustChangePassword: false,
            });
          }
        }),
    },
    clock,
  );
}

/** The output of a call, or the error it met. */
export type Answer<Name extends ProcedureName> =
  | { readonly ok: true; readonly output: ProcedureOutput<Name> }
  | { readonly ok: false; readonly error: ErrorBody };

/** One host's session: keeps the token, as a host does. */
export interface TestClient {
  readonly caller: () => Caller;
  /** Answers the output; throws the error's code and message. */
  call<Name extends ProcedureName>(name: Name, input?: ProcedureInput<Name>): Promise<ProcedureOutput<Name>>;
  /** Answers the result, whichever it is. */
  try(name: string, input?: unknown): Promise<Answer<ProcedureName>>;
  /** The error's code, or `ok`. */
  code(name: string, input?: unknown): Promise<string>;
}

/** A caller without a session; `users.signIn` gives it one. */
export function createClient(app: Pick<App, 'dispatch'>, host: Caller['host'] = 'desktop'): TestClient {
  let token: string | null = null;
  const caller = (): Caller => ({ host, sessionToken: token });
  async function dispatch(name: string, input: unknown) {
    const result = await app.dispatch(name, input, caller());
    if (result.session !== undefined) token = result.session.token;
    return result;
  }
  return {
    caller,
    async call(name, input) {
      const result = await dispatch(name, input ?? {});
      if (!result.ok) throw new Error(`${name}: ${result.error.code}: ${result.error.message}`);
      // dispatch has parsed it by this very schema; parsing again gives it its type.
      const output: unknown = contract[name].output.parse(result.output);
      return output as ProcedureOutput<typeof name>;
    },
    async try(name, input) {
      const result = await dispatch(name, input ?? {});
      return result.ok
        ? { ok: true, output: result.output as ProcedureOutput<ProcedureName> }
        : { ok: false, error: result.error };
    },
    async code(name, input) {
      const result = await dispatch(name, input ?? {});
      return result.ok ? 'ok' : result.error.code;
    },
  };
}

/** A running app over a workspace in a temporary folder. */
export interface TestWorld {
  readonly app: LocalApp;
  readonly folder: string;
  readonly workspace: string;
  /** Signed in as the account of this name: a role's, or `everything`. */
  signIn(userName: Role | 'everything', host?: Caller['host']): Promise<TestClient>;
  anonymous(host?: Caller['host']): TestClient;
  /** The events that this client's session receives from now on. */
  listen(client: TestClient): AppEvent[];
  close(): Promise<void>;
}

/** How a test's workspace comes to be, and the password of its accounts. */
export interface WorkspaceForTests {
  readonly prepare: (directory: string, clock?: Clock) => Promise<void>;
  readonly password: string;
}

/** One account per role, and nothing else. */
export const accountsOnly: WorkspaceForTests = { prepare: createTestWorkspace, password: testPassword };

/** Starts an app on a new workspace: one that holds accounts only, unless another is named (prepared.ts has some). */
export async function startTestWorld(
  options: Partial<AppOptions> = {},
  { prepare, password }: WorkspaceForTests = accountsOnly,
): Promise<TestWorld> {
  const folder = await temporaryFolder();
  const workspace = join(folder.path, 'workspace');
  await prepare(workspace, options.clock);
  const app = await createApp({
    home: folder.path,
    workspace,
    resources,
    version: '0.0.0-test',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
    ...options,
  });
  return {
    app,
    folder: folder.path,
    workspace,
    async signIn(userName, host = 'desktop') {
      const client = createClient(app, host);
      await client.call('users.signIn', { userName, password });
      return client;
    },
    anonymous: (host = 'desktop') => createClient(app, host),
    listen(client) {
      const events: AppEvent[] = [];
      app.subscribe(client.caller(), (event) => events.push(event));
      return events;
    },
    async close() {
      await app.close();
      await folder.remove();
    },
  };
}

/** Waits until `condition` answers something other than null or false; looks again at each turn of the event loop. */
export async function until<Value>(
  condition: () => Value | null | false | undefined | Promise<Value | null | false | undefined>,
  // Longer than anything takes on a busy machine: it is for what never comes.
  limit = 60_000,
): Promise<Value> {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    const value = await condition();
    if (value !== null && value !== false && value !== undefined) return value;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
  throw new Error('the condition was not met in time');
}
