import type { Reader } from '../../platform/database/connection.ts';
import { CurrentUser, RoleName, UserView } from './contract.ts';
import { type Role, permissionsOf, roles } from './model.ts';
import { type UserRow, findUserByName } from './repository.ts';

/** In the order of the model, whatever order the database has. */
export function rolesOf(row: UserRow): readonly Role[] {
  const held = new Set((row.roles ?? '').split(',').map((role) => RoleName.parse(role)));
  return roles.filter((role) => held.has(role));
}

export function userView(row: UserRow): UserView {
  return UserView.parse({
    id: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    roles: rolesOf(row),
    state: row.state,
    branch: row.branch,
    mustChangePassword: row.must_change_password === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastSignInAt: row.last_sign_in_at,
  });
}

export function currentUser(row: UserRow): CurrentUser {
  const held = rolesOf(row);
  return CurrentUser.parse({
    id: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    roles: held,
    permissions: permissionsOf(held),
    mustChangePassword: row.must_change_password === 1,
  });
}

/** What an audit event hashes of an account: all that an editor can see, nothing secret. */
export function auditedUser(row: UserRow): Record<string, unknown> {
  return {
    id: row.id,
    userName: row.user_name,
    displayName: row.display_name,
    roles: rolesOf(row),
    state: row.state,
    branch: row.branch,
    mustChangePassword: row.must_change_password === 1,
  };
}

/** The account of that name, for a job that acts in its name; undefined where there is none. */
export async function findAccount(reader: Reader, userName: string): Promise<UserView | undefined> {
  const row = await findUserByName(reader, userName);
  return row === undefined ? undefined : userView(row);
}
