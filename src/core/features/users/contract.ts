import { z } from 'zod';

import { Done, Label, NoInput } from '../../contract/common.ts';
import { Milliseconds, UserId } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { permissions, roles } from './model.ts';

export const UserName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/);
/** Only a bound on size: how strong it must be is a rule of the service, which says what is missing. */
export const Password = z.string().min(1).max(1024);
export const RoleName = z.enum(roles);
const Branch = z.string().trim().max(200);

export const UserView = z.object({
  id: UserId,
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(RoleName),
  state: z.enum(['active', 'disabled']),
  /** Where they work; empty: head office. Stages of a review can ask for people of the material's own branch. */
  branch: z.string(),
  mustChangePassword: z.boolean(),
  createdAt: Milliseconds,
  updatedAt: Milliseconds,
  lastSignInAt: Milliseconds.nullable(),
});
export type UserView = z.output<typeof UserView>;

export const CurrentUser = z.object({
  id: UserId,
  userName: z.string(),
  displayName: z.string(),
  roles: z.array(RoleName),
  permissions: z.array(z.enum(permissions)),
  mustChangePassword: z.boolean(),
});
export type CurrentUser = z.output<typeof CurrentUser>;

export const usersContract = {
  /** Never fails: the renderer asks this first, to know which screen to show. */
  'users.me': procedure({
    kind: 'query',
    permission: 'public',
    input: NoInput,
    output: z.object({
      state: z.enum(['signed-out', 'locked', 'signed-in']),
      user: CurrentUser.nullable(),
      /** After this much idleness the renderer locks the session; the server does so too. */
      idleLockAfter: Milliseconds,
    }),
  }),
  'users.signIn': procedure({
    kind: 'session',
    permission: 'public',
    input: z.object({ userName: UserName, password: Password }),
    output: CurrentUser,
  }),
  'users.signOut': procedure({ kind: 'session', permission: 'public', input: NoInput, output: Done }),
  'users.lock': procedure({ kind: 'session', permission: 'signed-in', input: NoInput, output: Done }),
  'users.unlock': procedure({
    kind: 'session',
    permission: 'public',
    input: z.object({ password: Password }),
    output: CurrentUser,
  }),
  /** The renderer calls it on the user's activity (at most once a minute), so that the server's idle clock is true. */
  'users.touch': procedure({ kind: 'query', permission: 'signed-in', input: NoInput, output: Done }),
  'users.changeOwnPassword': procedure({
    kind: 'session',
    permission: 'signed-in',
    input: z.object({ current: Password, next: Password }),
    output: Done,
  }),
  'users.list': procedure({
    kind: 'query',
    permission: 'users:read',
    input: NoInput,
    output: z.array(UserView),
  }),
  /** The new user must change the password at the first sign-in: until then the administrator knows it too. */
  'users.create': procedure({
    kind: 'mutation',
    permission: 'users:manage',
    input: z.object({
      userName: UserName,
      displayName: Label,
      password: Password,
      roles: z.array(RoleName).min(1),
      branch: Branch.default(''),
    }),
    output: UserView,
  }),
  'users.update': procedure({
    kind: 'mutation',
    permission: 'users:manage',
    input: z.object({
      id: UserId,
      displayName: Label,
      roles: z.array(RoleName).min(1),
      state: z.enum(['active', 'disabled']),
      /** Left out: as it is. */
      branch: Branch.optional(),
      /** What the editor saw: a later change by someone else is a conflict, not silently overwritten. */
      expectedUpdatedAt: Milliseconds,
    }),
    output: UserView,
  }),
  /** Sets a password that the user must change at the next sign-in; ends the user's sessions. */
  'users.resetPassword': procedure({
    kind: 'mutation',
    permission: 'users:manage',
    input: z.object({ id: UserId, password: Password }),
    output: Done,
  }),
};
