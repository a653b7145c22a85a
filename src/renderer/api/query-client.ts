import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

import type { ChangedTopic } from '../../core/contract/events.ts';
import type { ProcedureName } from '../../core/contract/index.ts';
import { ApiError } from './client.ts';
import { noteSessionError } from './session.ts';

/** Families that queries are refetched by: the topics of `changed` events, and three that only calls here change. */
export type QueryFamily = ChangedTopic | 'session' | 'workspaces' | 'jobs';

const importQueries: ReadonlySet<ProcedureName> = new Set([
  'archive.imports',
  'archive.import',
  'archive.completeness',
  'archive.quarantine',
]);

/** The family that a query belongs to: the first part of its key. */
export function familyOf(name: ProcedureName): QueryFamily {
  if (importQueries.has(name)) return 'imports';
  if (name === 'users.me') return 'session';
  if (name === 'supervision.runs') return 'runs';
  if (name === 'supervision.views') return 'views';
  const feature = name.slice(0, name.indexOf('.'));
  switch (feature) {
    case 'supervision':
      return 'hits';
    case 'archive':
    case 'lexicons':
    case 'users':
    case 'audit':
    case 'settings':
    case 'workspaces':
    case 'jobs':
      return feature;
    default:
      throw new Error(`No query family for ${name}`);
  }
}

/** What else shows what a topic changed. */
const alsoShownBy: Readonly<Partial<Record<ChangedTopic, readonly QueryFamily[]>>> = {
  // The summary of hits counts unscreened messages; a conversation shows its open hits.
  archive: ['hits'],
  lexicons: ['hits'],
  runs: ['hits'],
  hits: ['archive'],
  users: ['session'],
  settings: ['workspaces', 'session'],
};

/** Refetches what is on screen of the given topics and marks the rest stale. */
export function invalidateTopics(client: QueryClient, topics: readonly ChangedTopic[]): void {
  const families = new Set<QueryFamily>(topics.flatMap((topic) => [topic, ...(alsoShownBy[topic] ?? [])]));
  for (const family of families) void client.invalidateQueries({ queryKey: [family] });
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
