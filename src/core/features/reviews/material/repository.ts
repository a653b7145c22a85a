import { type ExpressionBuilder, type Insertable, type Selectable, type Updateable, sql } from 'kysely';

import type { MaterialId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import type { MaterialCursor, MaterialFilter, MaterialSort } from './contract.ts';
import { type MaterialState, searchKey } from './model.ts';

export type MaterialRecord = Selectable<Tables['materials']> & {
  readonly created_by_name: string;
  readonly updated_by_name: string;
  readonly retired_by_name: string | null;
};
type Columns = ExpressionBuilder<Tables, 'materials'>;

function withNames(reader: Reader) {
  return reader
    .selectFrom('materials')
    .innerJoin('users as creator', 'creator.id', 'materials.created_by')
    .innerJoin('users as saver', 'saver.id', 'materials.updated_by')
    .leftJoin('users as retirer', 'retirer.id', 'materials.retired_by')
    .selectAll('materials')
    .select([
      'creator.display_name as created_by_name',
      'saver.display_name as updated_by_name',
      'retirer.display_name as retired_by_name',
    ]);
}

export async function selectMaterial(reader: Reader, id: MaterialId): Promise<MaterialRecord | undefined> {
  return withNames(reader).where('materials.id', '=', id).executeTakeFirst();
}

/** A page of at most `limit` + 1, in the order of `sort`, then of id. Reads no content. */
export async function selectMaterials(
  reader: Reader,
  request: {
    readonly filter: MaterialFilter;
    readonly sort: MaterialSort;
    readonly after: MaterialCursor | null;
    readonly limit: number;
    readonly userId: UserId;
  },
): Promise<readonly MaterialRecord[]> {
  const { filter, sort, after, limit, userId } = request;
  const column = sortColumns[sort.by];
  const direction = sort.descending ? 'desc' : 'asc';
  let page = reader
    .selectFrom('materials')
    .select('materials.id')
    .where((builder) => matches(builder, filter, userId));
  if (after !== null) {
    // One comparison of both columns, so that the index is entered where the page before ended.
    const here = sql`(${sql.ref(column)}, ${sql.ref('materials.id')})`;
    const there = sql`(${after.value}, ${after.id})`;
    page = page.where(sort.descending ? sql<boolean>`${here} < ${there}` : sql<boolean>`${here} > ${there}`);
  }
  const ids = (
    await page
      .orderBy(column, direction)
      .orderBy('materials.id', direction)
      .limit(limit + 1)
      .execute()
  ).map((row) => row.id);
  if (ids.length === 0) return [];
  return withNames(reader)
    .where('materials.id', 'in', ids)
    .orderBy(column, direction)
    .orderBy('materials.id', direction)
    .execute();
}

const sortColumns = {
  updatedAt: 'materials.updated_at',
  createdAt: 'materials.created_at',
  title: 'materials.title_key',
} as const satisfies Record<MaterialSort['by'], string>;

export async function countMaterials(
  reader: Reader,
  filter: MaterialFilter,
  userId: UserId,
): Promise<number> {
  const row = await reader
    .selectFrom('materials')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where((builder) => matches(builder, filter, userId))
    .executeTakeFirstOrThrow();
  return row.count;
}

function matches(builder: Columns, filter: MaterialFilter, userId: UserId) {
  const { types, states, channel, branch, productType, mine } = filter;
  const query = searchKey(filter.query);
  return builder.and([
    states === null || states.length === 0
      ? builder('materials.state', '<>', 'retired')
      : builder('materials.state', 'in', states),
    ...(types === null || types.length === 0 ? [] : [builder('materials.type', 'in', types)]),
    ...(channel === null ? [] : [builder('materials.channels', 'like', `%,${channel},%`)]),
    ...(branch === null ? [] : [builder('materials.branch', '=', branch)]),
    ...(productType === null ? [] : [builder('materials.product_type', '=', productType)]),
    ...(query === ''
      ? []
      : [builder(builder.fn('instr', ['materials.title_key', builder.val(query)]), '>', 0)]),
    ...(mine ? [ownedBy(builder, userId)] : []),
  ]);
}

/** Begun by this user, or with something of theirs in the draft or a version. */
function ownedBy(builder: Columns, userId: UserId) {
  return builder.or([
    builder('materials.created_by', '=', userId),
    builder(
      'materials.id',
      'in',
      builder
        .selectFrom('material_draft_editors')
        .select('material_draft_editors.material_id')
        .where('material_draft_editors.user_id', '=', userId),
    ),
    builder(
      'materials.id',
      'in',
      builder
        .selectFrom('material_version_editors')
        .innerJoin('material_versions', 'material_versions.id', 'material_version_editors.version_id')
        .select('material_versions.material_id')
        .where('material_version_editors.user_id', '=', userId),
    ),
  ]);
}

export async function insertMaterial(writer: Writer, row: Insertable<Tables['materials']>): Promise<void> {
  await writer.insertInto('materials').values(row).execute();
}

export async function updateMaterial(
  writer: Writer,
  id: MaterialId,
  change: Updateable<Tables['materials']>,
): Promise<void> {
  await writer.updateTable('materials').set(change).where('id', '=', id).execute();
}

/**
 * Where a material stands, as lists show and filter it; what the workflow decides is copied here in its own transaction. A
 * retired material stays retired.
 */
export async function setMaterialState(
  writer: Writer,
  id: MaterialId,
  state: Exclude<MaterialState, 'retired'>,
): Promise<void> {
  await writer
    .updateTable('materials')
    .set({ state })
    .where('id', '=', id)
    .where('state', '<>', 'retired')
    .execute();
}

export async function retire(
  writer: Writer,
  id: MaterialId,
  retired: { readonly by: UserId; readonly at: Milliseconds; readonly reason: string },
): Promise<void> {
  await updateMaterial(writer, id, {
    state: 'retired',
    retired_by: retired.by,
    retired_at: retired.at,
    retired_reason: retired.reason,
  });
}
