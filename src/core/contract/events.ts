import type { JobView } from '../features/jobs/contract.ts';
import type { SearchBatch } from '../features/archive/contract.ts';

/** What `subscribe` delivers. Every event says which permission its reader needs; app.ts filters by it. */
export type AppEvent =
  | { readonly type: 'job'; readonly job: JobView }
  /** Rows behind these query families changed: the renderer refetches what it shows of them. */
  | { readonly type: 'changed'; readonly topics: readonly ChangedTopic[] }
  | { readonly type: 'search'; readonly batch: SearchBatch }
  /** The caller's own session was locked, ended or signed in elsewhere. */
  | { readonly type: 'session'; readonly state: 'locked' | 'ended' };

export type ChangedTopic =
  | 'archive'
  | 'hits'
  | 'lexicons'
  | 'users'
  | 'audit'
  | 'settings'
  | 'imports'
  | 'runs'
  | 'views'
  | 'materials'
  | 'reviews'
  | 'templates'
  | 'approvals'
  | 'products'
  | 'calendar'
  | 'findings'
  | 'handovers';
