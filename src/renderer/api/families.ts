import type { ChangedTopic } from '../../core/contract/events.ts';
import type { ProcedureName } from '../../core/contract/index.ts';
import type { JobView } from '../../core/features/jobs/contract.ts';

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
  if (name === 'supervision.runs' || name === 'publication.runs') return 'runs';
  if (name === 'supervision.views') return 'views';
  const feature = name.slice(0, name.indexOf('.'));
  switch (feature) {
    case 'supervision':
      return 'hits';
    // Mappings of columns, by which tables are imported.
    case 'feeds':
      return 'imports';
    // What was read of a file arrives with the news of the materials.
    case 'documents':
      return 'materials';
    case 'publication':
    case 'findings':
      return 'findings';
    case 'delegations':
    case 'notices':
      return 'reviews';
    case 'archive':
    case 'calendar':
    case 'lexicons':
    case 'users':
    case 'audit':
    case 'settings':
    case 'workspaces':
    case 'jobs':
    case 'products':
    case 'materials':
    case 'approvals':
    case 'templates':
    case 'reviews':
    case 'handovers':
      return feature;
    default:
      throw new Error(`No query family for ${name}`);
  }
}

/** What else shows what a topic changed. */
const alsoShownBy: Readonly<Partial<Record<ChangedTopic, readonly QueryFamily[]>>> = {
  // The summary of hits counts unscreened messages; a conversation shows its open hits.
  archive: ['hits', 'handovers'],
  lexicons: ['hits'],
  runs: ['hits'],
  hits: ['archive', 'handovers'],
  reviews: ['materials', 'approvals', 'handovers'],
  // What a published text is held against, too.
  approvals: ['materials', 'reviews', 'findings'],
  products: ['materials'],
  users: ['session'],
  settings: ['workspaces', 'session'],
};

/**
 * What a job that ended has changed, whether it finished, failed or was stopped: its last numbers stand only now.
 * Nothing for one that still works.
 */
export function topicsOfEnded(job: Pick<JobView, 'kind' | 'state'>): readonly ChangedTopic[] {
  if (job.state === 'queued' || job.state === 'running') return [];
  switch (job.kind) {
    case 'import':
      return ['imports', 'archive', 'handovers'];
    case 'screening':
      return ['runs', 'hits'];
    case 'publication':
      return ['runs', 'findings'];
    case 'backtest':
      return ['lexicons'];
    case 'demo':
      return ['imports', 'archive', 'runs', 'hits', 'lexicons', 'users', 'settings', 'handovers'];
  }
}

/** Every family that these topics touch, each once. */
export function familiesOf(topics: readonly ChangedTopic[]): ReadonlySet<QueryFamily> {
  return new Set<QueryFamily>(topics.flatMap((topic) => [topic, ...(alsoShownBy[topic] ?? [])]));
}
