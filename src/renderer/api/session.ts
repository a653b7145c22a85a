import type { QueryClient } from '@tanstack/react-query';
import { createContext } from 'react';

import type { ProcedureOutput } from '../../core/contract/index.ts';
import type { CurrentUser } from '../../core/features/users/contract.ts';
import { ApiError } from './client.ts';

export type SessionView = ProcedureOutput<'users.me'>;

/**
 * The user whose app is mounted. It stays while the session is locked, so that the screens below the lock keep their
 * state: only the session's own state says whether anybody may look.
 */
export const CurrentUserContext = createContext<CurrentUser | null>(null);

/** Where `users.me` lies in the query cache: the one place that says who is signed in. */
export const sessionKey = ['session', 'users.me', {}] as const;

/** Changes what the renderer knows of the session without asking: the host just said so. */
export function setSessionState(client: QueryClient, state: 'locked' | 'signed-out'): void {
  client.setQueryData<SessionView>(sessionKey, (current) => current && { ...current, state, user: null });
}

/** After sign-in, unlock or a change of password: the host's answer is the user. */
export function setSignedIn(client: QueryClient, user: CurrentUser): void {
  client.setQueryData<SessionView>(
    sessionKey,
    (current) => current && { ...current, state: 'signed-in', user },
  );
  void client.invalidateQueries();
}

/** A call that was refused for the session's sake puts the lock or sign-in screen over the app. */
export function noteSessionError(client: QueryClient, error: unknown): void {
  if (!(error instanceof ApiError)) return;
  if (error.code === 'locked') setSessionState(client, 'locked');
  else if (error.code === 'not-signed-in') setSessionState(client, 'signed-out');
  else if (error.code === 'no-workspace') void client.invalidateQueries({ queryKey: ['workspaces'] });
}

/** After a workspace was opened, made or left: first who is signed in to it, then everything else. */
export async function refreshEntry(client: QueryClient): Promise<void> {
  await client.refetchQueries({ queryKey: sessionKey });
  await client.invalidateQueries();
}
