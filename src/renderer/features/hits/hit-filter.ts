import type { HitFilter, HitSort } from '../../../core/features/supervision/contract.ts';
import { hitStates } from '../../../core/features/supervision/model.ts';
import { severities } from '../../../core/features/lexicons/model.ts';
import type { ProcedureInput } from '../../../core/contract/index.ts';

/** As the procedures take it: ids are plain numbers. */
export type FilterInput = Required<ProcedureInput<'supervision.saveView'>['filter']>;
export type SortInput = Required<ProcedureInput<'supervision.saveView'>['sort']>;

export interface HitQuery {
  readonly filter: FilterInput;
  readonly sort: SortInput;
}

const sortKeys = ['severity', 'sentAt', 'term', 'category', 'sender', 'state', 'decidedAt'] as const;

/** What a reviewer sees who comes without a filter: what still waits, gravest first. */
export const defaultQuery: HitQuery = {
  filter: {
    states: ['open'],
    severities: null,
    categories: null,
    terms: null,
    personId: null,
    branch: null,
    conversationId: null,
    runId: null,
    from: null,
    to: null,
    query: '',
  },
  sort: { by: 'severity', descending: true },
};

function listOf<T extends string>(text: string | null, allowed: readonly T[]): T[] | null {
  if (text === null) return null;
  const wanted = new Set(text.split(','));
  const values = allowed.filter((value) => wanted.has(value));
  return values.length === 0 ? null : values;
}

function integerOf(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The query that an address asks for: `?state=open,escalated&severity=high&sort=sentAt&order=asc`.
 * `state=any` is every state; an address that names no state means the open ones. Nonsense is left out.
 */
export function queryFromSearch(search: URLSearchParams): HitQuery {
  const state = search.get('state');
  const categories = search.getAll('category');
  const terms = search.getAll('term');
  const sort = sortKeys.find((key) => key === search.get('sort'));
  return {
    filter: {
      states: state === 'any' ? null : (listOf(state, hitStates) ?? defaultQuery.filter.states),
      severities: listOf(search.get('severity'), severities),
      categories: categories.length === 0 ? null : categories,
      terms: terms.length === 0 ? null : terms,
      personId: integerOf(search.get('person')),
      branch: search.get('branch'),
      conversationId: integerOf(search.get('conversation')),
      runId: search.get('run'),
      from: integerOf(search.get('from')),
      to: integerOf(search.get('to')),
      query: search.get('q') ?? '',
    },
    sort: sort === undefined ? defaultQuery.sort : { by: sort, descending: search.get('order') !== 'asc' },
  };
}

/** The shortest address that `queryFromSearch` reads back as this query. */
export function searchFromQuery(query: HitQuery): URLSearchParams {
  const { filter, sort } = query;
  const search = new URLSearchParams();
  if (filter.states === null || filter.states.length === 0) search.set('state', 'any');
  else if (filter.states.join(',') !== 'open') search.set('state', filter.states.join(','));
  if (filter.severities !== null && filter.severities.length > 0)
    search.set('severity', filter.severities.join(','));
  for (const category of filter.categories ?? []) search.append('category', category);
  for (const term of filter.terms ?? []) search.append('term', term);
  if (filter.personId !== null) search.set('person', String(filter.personId));
  if (filter.branch !== null) search.set('branch', filter.branch);
  if (filter.conversationId !== null) search.set('conversation', String(filter.conversationId));
  if (filter.runId !== null) search.set('run', filter.runId);
  if (filter.from !== null) search.set('from', String(filter.from));
  if (filter.to !== null) search.set('to', String(filter.to));
  if (filter.query !== '') search.set('q', filter.query);
  if (sort.by !== defaultQuery.sort.by || sort.descending !== defaultQuery.sort.descending) {
    search.set('sort', sort.by);
    search.set('order', sort.descending ? 'desc' : 'asc');
  }
  return search;
}

/** A stored view's query, from the contract's output to what procedures take. */
export function queryOfView(view: { readonly filter: HitFilter; readonly sort: HitSort }): HitQuery {
  return { filter: view.filter, sort: view.sort };
}

/** How many conditions narrow the list, the usual "open only" left aside. */
export function conditionCount(filter: FilterInput): number {
  return [
    filter.states?.join(',') !== 'open',
    filter.severities !== null,
    filter.categories !== null,
    filter.terms !== null,
    filter.personId !== null,
    filter.branch !== null,
    filter.conversationId !== null,
    filter.runId !== null,
    filter.from !== null || filter.to !== null,
    filter.query !== '',
  ].filter(Boolean).length;
}
