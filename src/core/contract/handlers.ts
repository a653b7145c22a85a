import type { z } from 'zod';

import type { Actor } from '../features/audit/model.ts';
import type { Permission } from '../features/users/model.ts';
import { AppError, type ErrorBody } from './errors.ts';
import type { ContractShape } from './procedure.ts';

/** Who calls, as the host knows it. Built from the host's own trusted session, never from the input. */
export interface Caller {
  readonly host: 'desktop' | 'http' | 'cli';
  /** The secret that `users.signIn` gave this host to keep; null before. */
  readonly sessionToken: string | null;
}

/** The signed-in user behind a caller. */
export interface SignedIn extends Actor {
  readonly userId: NonNullable<Actor['userId']>;
  readonly permissions: ReadonlySet<Permission>;
  /** Hash of the session's token, which is the session's key in the database. */
  readonly sessionKey: string;
  /** True after an admin's reset: until it is changed, `users.changeOwnPassword` is all that is open. */
  readonly mustChangePassword: boolean;
}

/** The signed-in user. `dispatch` has refused everybody else, unless the procedure is public. */
export function requireUser(context: Context): SignedIn {
  if (context.user === null) throw new AppError('not-signed-in', 'Sign in first.');
  return context.user;
}

/** What a handler knows besides its input. */
export interface Context {
  readonly caller: Caller;
  /** Null in procedures whose permission is `public` while nobody is signed in. */
  readonly user: SignedIn | null;
  /** Tells the host which token to keep from now on; null: forget it. */
  setSession(token: string | null): void;
}

/** One handler per procedure of a feature's contract. */
export type Handlers<Contract extends ContractShape> = {
  readonly [Name in keyof Contract]: (
    input: z.output<Contract[Name]['input']>,
    context: Context,
  ) => Promise<z.input<Contract[Name]['output']>>;
};

export type DispatchResult = (
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: ErrorBody }
) & {
  /** The token that the host shall keep from now on; null: none. */
  readonly session?: { readonly token: string | null };
  /** The count of changes (change-count.ts) that the answer is not older than. Missing where no application answered. */
  readonly changes?: number;
};

/** What a host needs of the application, in this process or in a worker. */
export interface App {
  /** Never rejects: errors are results. */
  dispatch(name: string, input: unknown, caller: Caller): Promise<DispatchResult>;
  /** Delivers the events that the caller's user may see until the returned function is called. */
  subscribe(caller: Caller, listener: (event: import('./events.ts').AppEvent) => void): () => void;
  /** Where the host may put an uploaded file's bytes, when the caller may upload. Rejects with an AppError. */
  prepareUpload(caller: Caller): Promise<{ readonly blobDirectory: string; readonly limit: number }>;
  close(): Promise<void>;
}
