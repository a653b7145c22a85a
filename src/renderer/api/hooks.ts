import {
  keepPreviousData,
  skipToken,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useContext, useEffect, useEffectEvent } from 'react';

import type { AppEvent, ChangedTopic } from '../../core/contract/events.ts';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../core/contract/index.ts';
import type { CurrentUser } from '../../core/features/users/contract.ts';
import type { Permission } from '../../core/features/users/model.ts';
import { useErrorToast } from '../components/use-error-toast.ts';
import { invoke, type ApiError } from './client.ts';
import { familyOf, topicsOfEnded } from './families.ts';
import { forgetJobs, rememberJobs } from './jobs.ts';
import { createInvalidator } from './invalidator.ts';
import { CurrentUserContext, sessionKey, setSessionState, type SessionView } from './session.ts';
import { transport } from './transport.ts';

export { useActiveJobs, useJob, useUnfinishedJobs } from './jobs.ts';

export interface ProcedureOptions<Name extends ProcedureName> {
  readonly enabled?: boolean;
  /** Shows the last answer while another input's answer is under way (filters, paging). */
  readonly keepPrevious?: boolean;
  readonly refetchInterval?: number | ((data: ProcedureOutput<Name> | undefined) => number | false);
  readonly staleTime?: number;
}

/** The cache's key of a query with this input. */
export function procedureKey<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>) {
  return [familyOf(name), name, input ?? {}] as const;
}

/** Asks a query procedure and keeps its answer fresh by the events of its family. */
export function useProcedure<Name extends ProcedureName>(
  name: Name,
  input: ProcedureInput<Name>,
  options: ProcedureOptions<Name> = {},
): UseQueryResult<ProcedureOutput<Name>, ApiError> {
  const { refetchInterval } = options;
  return useQuery<ProcedureOutput<Name>, ApiError>({
    queryKey: procedureKey(name, input),
    queryFn: () => invoke(name, input),
    ...(options.enabled === undefined ? {} : { enabled: options.enabled }),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
    ...(refetchInterval === undefined
      ? {}
      : {
          refetchInterval: (query: { state: { data: ProcedureOutput<Name> | undefined } }) =>
            typeof refetchInterval === 'number' ? refetchInterval : refetchInterval(query.state.data),
        }),
  });
}

/** A query that waits while its input is null: for what is known only after another answer. */
export function useProcedureWhen<Name extends ProcedureName>(
  name: Name,
  input: ProcedureInput<Name> | null,
  options: Pick<ProcedureOptions<Name>, 'keepPrevious' | 'staleTime'> = {},
): UseQueryResult<ProcedureOutput<Name>, ApiError> {
  return useQuery<ProcedureOutput<Name>, ApiError>({
    queryKey: [familyOf(name), name, input],
    queryFn: input === null ? skipToken : () => invoke(name, input),
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

export interface MutateOptions {
  /** False where the form itself shows the error. */
  readonly toast?: boolean;
}

/** Calls a mutation; refetches its own family afterwards, and tells errors in a notification unless told not to. */
export function useMutate<Name extends ProcedureName>(
  name: Name,
  options: MutateOptions = {},
): UseMutationResult<ProcedureOutput<Name>, ApiError, ProcedureInput<Name>> {
  const client = useQueryClient();
  const showError = useErrorToast();
  return useMutation<ProcedureOutput<Name>, ApiError, ProcedureInput<Name>>({
    mutationFn: (input) => invoke(name, input),
    onSuccess: () => void client.invalidateQueries({ queryKey: [familyOf(name)] }),
    onError: (error) => {
      if (options.toast !== false) showError(error);
    },
  });
}

const eventListeners = new Set<(event: AppEvent) => void>();

/** Runs the listener on every event of the host while the component is mounted. */
export function useAppEvents(listener: (event: AppEvent) => void): void {
  const latest = useEffectEvent(listener);
  useEffect(() => {
    const handle = (event: AppEvent) => latest(event);
    eventListeners.add(handle);
    return () => {
      eventListeners.delete(handle);
    };
  }, []);
}

/** Keeps one event stream open; what holds all screens, and is mounted anew for each user, calls it once. */
export function useEventStream(): void {
  const client = useQueryClient();
  useEffect(() => {
    let opened = false;
    // What screens show is asked for from now on, and so no older than this.
    const changes = transport.changes();
    const invalidator = createInvalidator(client);
    const end = transport.subscribe(
      (event) => handleEvent(client, event, invalidator.add),
      () => {
        // What changed while the stream was down was never told.
        if (opened) void client.invalidateQueries();
        const first = !opened;
        opened = true;
        invoke('jobs.list', { activeOnly: true })
          .then(rememberJobs, () => undefined)
          .finally(() => {
            // Nor what changed after the first answers and before the stream was up.
            if (first && transport.changes() !== changes) void client.invalidateQueries();
          });
      },
    );
    return () => {
      end();
      invalidator.stop();
      forgetJobs();
    };
  }, [client]);
}

function handleEvent(
  client: QueryClient,
  event: AppEvent,
  invalidate: (topics: readonly ChangedTopic[]) => void,
): void {
  switch (event.type) {
    case 'job':
      rememberJobs([event.job]);
      invalidate(topicsOfEnded(event.job));
      break;
    case 'changed':
      invalidate(event.topics);
      break;
    case 'session':
      setSessionState(client, event.state === 'locked' ? 'locked' : 'signed-out');
      break;
    case 'search':
      break;
  }
  for (const listener of eventListeners) listener(event);
}

/** Who is signed in; the shell and everything in it are only shown to somebody. */
export function useSession(): UseQueryResult<SessionView, ApiError> {
  return useQuery<SessionView, ApiError>({ queryKey: sessionKey, queryFn: () => invoke('users.me', {}) });
}

/** The user whose app this is. Only for screens inside the shell. */
export function useCurrentUser(): CurrentUser {
  const user = useContext(CurrentUserContext);
  if (user === null) throw new Error('This screen needs a signed-in user around it.');
  return user;
}

/** Whether the user has a permission. The host checks it again: this only decides what is offered. */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useCurrentUser();
  return (permission) => permissions.includes(permission);
}
