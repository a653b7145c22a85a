import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import { Milliseconds, UserId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import type { IdSource, RandomBytes } from '../../platform/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Services } from '../../platform/services.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import type { usersContract } from './contract.ts';
import type { Role } from './model.ts';
import { checkNewPassword } from './new-password.ts';
import { hashPassword } from './password.ts';
import {
  type UserRow,
  countActiveAdmins,
  findUser,
  findUserByName,
  insertUser,
  listUsers,
  updatePassword,
  updateUser,
} from './repository.ts';
import { endSessionsOf, forgetFailures } from './session-repository.ts';
import { auditedUser, rolesOf, userView } from './views.ts';

type Administration = Pick<
  Handlers<typeof usersContract>,
  'users.list' | 'users.create' | 'users.update' | 'users.resetPassword'
>;

/** What administrators do with other people's accounts. */
export function createAdministration(services: Services): Administration {
  const { connection, clock } = services;

  function announce(ended: readonly string[]): void {
    for (const sessionKey of ended) services.emit({ type: 'session', state: 'ended' }, { sessionKey });
    services.emit({ type: 'changed', topics: ['users', 'audit'] });
  }

  return {
    'users.list': async () => (await listUsers(connection.query)).map(userView),

    async 'users.create'(input, context) {
      const actor = requireUser(context);
      checkNewPassword(input.password, input.userName, input.displayName);
      const passwordHash = await hashPassword(input.password, services.random, services.passwordCost);
      const row = await connection.query.transaction().execute((writer) =>
        addUser(writer, services, actor, {
          ...input,
          passwordHash,
          // The administrator knows this password, so it is not yet the user's own.
          mustChangePassword: true,
        }),
      );
      announce([]);
      return userView(row);
    },

    async 'users.update'(input, context) {
      const actor = requireUser(context);
      const { row, ended } = await connection.query.transaction().execute(async (writer) => {
        const before = await needUser(writer, input.id);
        if (before.updated_at !== input.expectedUpdatedAt) {
          throw new AppError(
            'conflict',
            'Somebody changed this account meanwhile. Look at it again, then decide.',
            {
              userName: before.user_name,
            },
          );
        }
        await updateUser(writer, input.id, {
          displayName: input.displayName,
          state: input.state,
          roles: input.roles,
          branch: input.branch ?? before.branch,
          at: after(before, clock),
        });
        if ((await countActiveAdmins(writer)) === 0) {
          throw new AppError(
            'last-admin',
            'This is the last active administrator: without one, nobody could manage accounts. Appoint another first.',
            { userName: before.user_name },
          );
        }
        const keys =
          input.state === 'disabled' ? await endSessionsOf(writer, input.id, clock.now(), null) : [];
        const changed = await needUser(writer, input.id);
        await recordAudit(writer, clock, actor, {
          action: 'users.update',
          recordKind: 'user',
          recordId: input.id,
          before: auditedUser(before),
          after: auditedUser(changed),
          details: {
            userName: changed.user_name,
            rolesBefore: rolesOf(before).join(','),
            roles: rolesOf(changed).join(','),
            state: changed.state,
            branch: changed.branch,
          },
        });
        return { row: changed, ended: keys };
      });
      announce(ended);
      return userView(row);
    },

    async 'users.resetPassword'(input, context) {
      const actor = requireUser(context);
      const known = await needUser(connection.query, input.id);
      checkNewPassword(input.password, known.user_name, known.display_name);
      const passwordHash = await hashPassword(input.password, services.random, services.passwordCost);
      const ended = await connection.query.transaction().execute(async (writer) => {
        const before = await needUser(writer, input.id);
        await updatePassword(writer, input.id, { passwordHash, mustChange: true, at: after(before, clock) });
        const keys = await endSessionsOf(writer, input.id, clock.now(), null);
        await forgetFailures(writer, before.user_name);
        await recordAudit(writer, clock, actor, {
          action: 'users.resetPassword',
          recordKind: 'user',
          recordId: input.id,
          before: auditedUser(before),
          after: auditedUser(await needUser(writer, input.id)),
          details: { userName: before.user_name, sessionsEnded: keys.length },
        });
        return keys;
      });
      announce(ended);
      return {};
    },
  };
}

export interface NewAccount {
  readonly userName: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  readonly branch?: string;
  readonly mustChangePassword: boolean;
}

/** Adds an account with its audit event. Throws `name-taken`. A null actor: the account adds itself, as the first one does. */
export async function addUser(
  writer: Writer,
  parts: { readonly clock: Clock; readonly ids: IdSource; readonly random: RandomBytes },
  actor: Actor | Pick<Actor, 'host'>,
  account: NewAccount,
): Promise<UserRow> {
  if ((await findUserByName(writer, account.userName)) !== undefined) {
    throw new AppError(
      'name-taken',
      `There is already an account named ${account.userName}. Choose another name.`,
      {
        userName: account.userName,
      },
    );
  }
  const id = parts.ids.next(UserId);
  await insertUser(writer, { id, ...account, branch: account.branch ?? '', at: parts.clock.now() });
  const row = await needUser(writer, id);
  const by: Actor =
    'userName' in actor
      ? actor
      : { userId: id, userName: account.userName, displayName: account.displayName, host: actor.host };
  await recordAudit(writer, parts.clock, by, {
    action: 'users.create',
    recordKind: 'user',
    recordId: id,
    after: auditedUser(row),
    details: { userName: account.userName, roles: rolesOf(row).join(',') },
  });
  return row;
}

async function needUser(reader: Parameters<typeof findUser>[0], id: UserId): Promise<UserRow> {
  const row = await findUser(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such account.', { id });
  return row;
}

/** Later than the change before it, also within one millisecond: `expectedUpdatedAt` tells two states apart by it. */
function after(before: UserRow, clock: Clock): Milliseconds {
  return Milliseconds.parse(Math.max(clock.now(), before.updated_at + 1));
}
