import { type ExpressionBuilder, sql } from 'kysely';

import type {
  MaterialId,
  Milliseconds,
  ReviewId,
  UserId,
  WorkflowTemplateVersionId,
} from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import { searchKey } from '../material/model.ts';
import type { QueueFilter, QueueTab } from './contract.ts';

export interface QueueQuery {
  readonly tab: QueueTab;
  readonly filter: QueueFilter;
  readonly userId: UserId;
  /** The user, and those for whom they stand in now. */
  readonly seats: readonly UserId[];
  readonly now: Milliseconds;
}

type Columns = ExpressionBuilder<Tables, 'reviews' | 'materials'>;

function filtered(reader: Reader, query: QueueQuery) {
  return reader
    .selectFrom('reviews')
    .innerJoin('materials', 'materials.id', 'reviews.material_id')
    .where((builder) => builder.and([inTab(builder, query), ...inFilter(builder, query.filter)]));
}

function inTab(builder: Columns, { tab, userId, seats, now }: QueueQuery) {
  const open = builder('reviews.closed_at', 'is', null);
  const mine = builder(
    'reviews.id',
    'in',
    builder
      .selectFrom('review_seats')
      .select('review_id')
      .where('user_id', 'in', [...seats]),
  );
  switch (tab) {
    case 'mine':
      return builder.and([open, mine]);
    case 'overdue':
      return builder.and([open, builder('reviews.deadline_at', '<=', now)]);
    case 'waiting':
      // What one has a part in, and others have to do something about.
      return builder.and([
        open,
        builder.not(mine),
        builder.or([
          builder('reviews.submitted_by', '=', userId),
          builder('materials.created_by', '=', userId),
          builder(
            'reviews.id',
            'in',
            builder.selectFrom('review_decisions').select('review_id').where('user_id', '=', userId),
          ),
        ]),
      ]);
    case 'all':
      return open;
    case 'done':
      return builder('reviews.closed_at', 'is not', null);
  }
}

function inFilter(builder: Columns, { text, types, risks, states, branch }: QueueFilter) {
  const key = searchKey(text);
  return [
    ...(key === ''
      ? []
      : [builder(builder.fn<number>('instr', ['materials.title_key', builder.val(key)]), '>', 0)]),
    ...(types.length === 0 ? [] : [builder('materials.type', 'in', types)]),
    ...(risks.length === 0 ? [] : [builder('reviews.risk', 'in', risks)]),
    ...(states.length === 0 ? [] : [builder('reviews.state', 'in', states)]),
    ...(branch === '' ? [] : [builder('reviews.branch', '=', branch)]),
  ];
}

export async function countQueue(reader: Reader, query: QueueQuery): Promise<number> {
  const row = await filtered(reader, query)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Ids only, in order: what a row shows is read for one page. */
export async function selectQueue(
  reader: Reader,
  query: QueueQuery,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly ReviewId[]> {
  const ids = filtered(reader, query).select('reviews.id');
  const ordered =
    query.tab === 'done'
      ? ids.orderBy('reviews.closed_at', 'desc')
      : ids
          .orderBy(sql`reviews.deadline_at IS NULL`)
          .orderBy('reviews.deadline_at')
          .orderBy('reviews.opened_at');
  const rows = await ordered.orderBy('reviews.id').offset(page.offset).limit(page.limit).execute();
  return rows.map((row) => row.id);
}

export async function selectReviewsOfMaterial(reader: Reader, id: MaterialId): Promise<readonly ReviewId[]> {
  const rows = await reader
    .selectFrom('reviews')
    .select('id')
    .where('material_id', '=', id)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map((row) => row.id);
}

export async function selectQueueRows(reader: Reader, ids: readonly ReviewId[]) {
  if (ids.length === 0) return [];
  return reader
    .selectFrom('reviews')
    .innerJoin('materials', 'materials.id', 'reviews.material_id')
    .innerJoin('material_versions as version', 'version.id', 'reviews.version_id')
    .innerJoin('users as submitter', 'submitter.id', 'reviews.submitted_by')
    .selectAll('reviews')
    .select([
      'materials.title',
      'materials.type',
      'version.number as version_number',
      'version.blocks',
      'submitter.display_name as submitter_name',
      ({ selectFrom, fn }) =>
        selectFrom('review_threads')
          .select(fn.countAll<number>().as('count'))
          .whereRef('review_threads.review_id', '=', 'reviews.id')
          .where('review_threads.resolved_at', 'is', null)
          .as('open_threads'),
    ])
    .where('reviews.id', 'in', [...ids])
    .execute();
}

export async function selectSeats(reader: Reader, ids: readonly ReviewId[]) {
  if (ids.length === 0) return [];
  return reader
    .selectFrom('review_seats')
    .innerJoin('users', 'users.id', 'review_seats.user_id')
    .select(['review_seats.review_id', 'users.id', 'users.display_name as name'])
    .where('review_seats.review_id', 'in', [...ids])
    .orderBy('users.display_name')
    .execute();
}

/** The contents of template versions, each once however many reviews follow it. */
export async function selectTemplateContents(
  reader: Reader,
  ids: readonly WorkflowTemplateVersionId[],
): Promise<ReadonlyMap<WorkflowTemplateVersionId, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .selectFrom('workflow_template_versions')
    .select(['id', 'content'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.content]));
}
