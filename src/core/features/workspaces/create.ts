import type { Caller } from '../../contract/handlers.ts';
import { AppError } from '../../contract/errors.ts';
import { Milliseconds } from '../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DatabaseConnection } from '../../platform/database/connection.ts';
import { type IdSource, type RandomBytes, createIdSource } from '../../platform/ids.ts';
import { refuseNonEmpty } from '../../platform/empty-folder.ts';
import type { PasswordCost } from '../../platform/services.ts';
import { createWorkspace } from '../../platform/workspace.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { installStarterLexicons } from '../lexicons/index.ts';
import { defaultSettings, storeSettings } from '../settings/index.ts';
import type { Settings } from '../settings/contract.ts';
import { type NewAccount, addUser, checkNewPassword, hashPassword } from '../users/index.ts';
import { UserName } from '../users/contract.ts';
import type { Role } from '../users/model.ts';
import { demoAccounts, demoDomains, demoPast, demoTitle } from './demo-accounts.ts';

export interface FirstAdministrator {
  readonly userName: string;
  readonly displayName: string;
  readonly password: string;
}

interface Parts {
  /** The folder of the starter packs. */
  readonly resources: string;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly passwordCost: PasswordCost;
}

/**
 * A workspace of one person must let that person do everything, so the first administrator holds these three roles. They
 * are ordinary roles, seen and taken away in the list of users: docs/decisions/0005-first-administrator.md.
 */
const firstRoles: readonly Role[] = ['reviewer', 'approver', 'admin'];

/** Makes a workspace in an empty or missing folder, with its first administrator and the starter packs, whole or not at all. */
export async function createWorkspaceWithAdmin(
  directory: string,
  options: { readonly title: string; readonly admin: FirstAdministrator },
  host: Caller['host'],
  parts: Parts,
): Promise<void> {
  // Before the password is hashed: the usual mistake should answer at once.
  await refuseNonEmpty(directory);
  const userName = UserName.safeParse(options.admin.userName);
  if (!userName.success) {
    throw new AppError(
      'bad-input',
      'A user name has 2 to 64 letters a to z, digits, dots, hyphens or underscores, and starts with a letter or digit.',
      { path: 'admin.userName', problem: 'not a user name' },
    );
  }
  const admin = { ...options.admin, userName: userName.data };
  checkNewPassword(admin.password, admin.userName, admin.displayName);
  const passwordHash = await hashPassword(admin.password, parts.random, parts.passwordCost);
  await createWorkspace(
    directory,
    {
      title: options.title,
      demo: false,
      initialise: (connection) =>
        fill(connection, defaultSettings(options.title), host, parts, [
          {
            userName: admin.userName,
            displayName: admin.displayName,
            passwordHash,
            roles: firstRoles,
            mustChangePassword: false,
          },
        ]),
    },
    parts.clock,
  );
}

/**
 * Makes the demo workspace with its accounts; its data comes by the job `demo`. It is founded in the past, in which its
 * materials were reviewed, so that the audit log keeps to the order of time.
 */
export async function createDemoWorkspace(
  directory: string,
  host: Caller['host'],
  parts: Parts,
): Promise<void> {
  const founded = Milliseconds.parse(parts.clock.now() - demoPast);
  const past: Clock = { now: () => founded };
  const accounts = await Promise.all(
    demoAccounts.map(async ({ userName, displayName, role, branch, password }) => ({
      userName,
      displayName,
      branch,
      passwordHash: await hashPassword(password, parts.random, parts.passwordCost),
      roles: [role],
      mustChangePassword: false,
    })),
  );
  await createWorkspace(
    directory,
    {
      title: demoTitle,
      demo: true,
      initialise: (connection) =>
        fill(
          connection,
          { ...defaultSettings(demoTitle), allowedDomains: [...demoDomains] },
          host,
          { ...parts, clock: past, ids: createIdSource(past, parts.random) },
          accounts,
        ),
    },
    parts.clock,
  );
}

async function fill(
  connection: DatabaseConnection,
  settings: Settings,
  host: Caller['host'],
  parts: Parts,
  accounts: readonly NewAccount[],
): Promise<void> {
  await connection.query.transaction().execute(async (writer) => {
    await storeSettings(writer, settings, parts.clock.now());
    for (const account of accounts) await addUser(writer, parts, { host }, account);
    await recordAudit(
      writer,
      parts.clock,
      { ...systemActor, host },
      {
        action: 'workspaces.created',
        recordKind: 'workspace',
        recordId: 'workspace',
        after: settings,
        details: { title: settings.workspaceTitle, accounts: accounts.length },
      },
    );
  });
  await installStarterLexicons({ connection, ...parts }, systemActor);
}
