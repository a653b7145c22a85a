import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import type { ChangedTopic } from '../../core/contract/events.ts';
import { ApiError } from './client.ts';
import { familiesOf } from './families.ts';
import { noteSessionError } from './session.ts';

/** Refetches what is on screen of the given topics and marks the rest stale. */
export function invalidateTopics(client: QueryClient, topics: readonly ChangedTopic[]): void {
  for (const family of familiesOf(topics)) void client.invalidateQueries({ queryKey: [family] });
}

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => noteSessionError(client, error) }),
    mutationCache: new MutationCache({ onError: (error) => noteSessionError(client, error) }),
    defaultOptions: {
      queries: {
        // Events say when something changed; a reopened stream marks everything stale.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (failures, error) => error instanceof ApiError && error.code === 'unreachable' && failures < 2,
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
