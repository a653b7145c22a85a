import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import { ApiError } from './client.ts';
import { noteSessionError } from './session.ts';

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
