import type { Milliseconds, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';

// A workspace is one team's: beyond this many accounts something is wrong, and the list says so by ending.
const mostUsers = 5_000;

const userColumns = [
  'users.id',
  'users.user_name',
  'users.display_name',
  'users.branch',
  'users.password_hash',
  'users.must_change_password',
  'users.state',
  'users.created_at',
  'users.updated_at',
  'users.last_sign_in_at',
] as const;

function selectUsers(reader: Reader) {
  return (
    reader
      .selectFrom('users')
      .select(userColumns)
      // Bounded by the five roles that the schema allows.
      .select((builder) =>
        builder
          .selectFrom('user_roles')
          .whereRef('user_roles.user_id', '=', 'users.id')
          .select(({ fn }) => fn.agg<string | null>('group_concat', ['user_roles.role']).as('roles'))
          .as('roles'),
      )
  );
}

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>;

export async function findUser(reader: Reader, id: UserId) {
  return selectUsers(reader).where('users.id', '=', id).executeTakeFirst();
}

export async function findUserByName(reader: Reader, userName: string): Promise<UserRow | undefined> {
  return selectUsers(reader).where('users.user_name', '=', userName).executeTakeFirst();
}

/** By user name. */
export async function listUsers(reader: Reader): Promise<UserRow[]> {
  return selectUsers(reader).orderBy('users.user_name').limit(mostUsers).execute();
}

/** How many accounts can administer the workspace: active, with the role admin. */
export async function countActiveAdmins(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('users')
    .innerJoin('user_roles', 'user_roles.user_id', 'users.id')
    .where('users.state', '=', 'active')
    .where('user_roles.role', '=', 'admin')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export interface NewUser {
  readonly id: UserId;
  readonly userName: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly roles: readonly string[];
  readonly branch: string;
  readonly mustChangePassword: boolean;
  readonly at: Milliseconds;
}

export async function insertUser(writer: Writer, user: NewUser): Promise<void> {
  await writer
    .insertInto('users')
    .values({
      id: user.id,
      user_name: user.userName,
      display_name: user.displayName,
      password_hash: user.passwordHash,
      must_change_password: user.mustChangePassword ? 1 : 0,
      state: 'active',
      branch: user.branch,
      created_at: user.at,
      updated_at: user.at,
      last_sign_in_at: null,
    })
    .execute();
  await insertRoles(writer, user.id, user.roles);
}

async function insertRoles(writer: Writer, id: UserId, roles: readonly string[]): Promise<void> {
  await writer
    .insertInto('user_roles')
    .values([...new Set(roles)].map((role) => ({ user_id: id, role })))
    .execute();
}

export async function updateUser(
  writer: Writer,
  id: UserId,
  change: {
    readonly displayName: string;
    readonly state: 'active' | 'disabled';
    readonly roles: readonly string[];
    readonly branch: string;
    readonly at: Milliseconds;
  },
): Promise<void> {
  await writer
    .updateTable('users')
    .set({
      display_name: change.displayName,
      state: change.state,
      branch: change.branch,
      updated_at: change.at,
    })
    .where('id', '=', id)
    .execute();
  await writer.deleteFrom('user_roles').where('user_id', '=', id).execute();
  await insertRoles(writer, id, change.roles);
}

export async function updatePassword(
  writer: Writer,
  id: UserId,
  change: { readonly passwordHash: string; readonly mustChange: boolean; readonly at: Milliseconds },
): Promise<void> {
  await writer
    .updateTable('users')
    .set({
      password_hash: change.passwordHash,
      must_change_password: change.mustChange ? 1 : 0,
      updated_at: change.at,
    })
    .where('id', '=', id)
    .execute();
}

/** The same password under newer parameters: not a change that another editor would have to know of. */
export async function rehashPassword(
  writer: Writer,
  id: UserId,
  before: string,
  passwordHash: string,
): Promise<void> {
  await writer
    .updateTable('users')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .where('password_hash', '=', before)
    .execute();
}

export async function setLastSignIn(writer: Writer, id: UserId, at: Milliseconds): Promise<void> {
  await writer.updateTable('users').set({ last_sign_in_at: at }).where('id', '=', id).execute();
}
