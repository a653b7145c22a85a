import type { Insertable, Selectable } from 'kysely';

import type { MaterialId, MaterialVersionId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import type { NamedUser } from './draft-repository.ts';

type VersionColumns = Selectable<Tables['material_versions']> & { readonly created_by_name: string };
/** A version without its content and findings, which may be large. */
export type VersionHead = Omit<VersionColumns, 'content' | 'findings'>;

const headColumns = [
  'material_versions.id',
  'material_versions.material_id',
  'material_versions.number',
  'material_versions.title',
  'material_versions.content_hash',
  'material_versions.exemptions',
  'material_versions.exemption_count',
  'material_versions.note',
  'material_versions.created_by',
  'material_versions.created_at',
  'material_versions.blocks',
  'material_versions.warns',
  'material_versions.notes',
  'material_versions.precheck_at',
  'users.display_name as created_by_name',
] as const;

function versions(reader: Reader) {
  return reader
    .selectFrom('material_versions')
    .innerJoin('users', 'users.id', 'material_versions.created_by');
}

export async function selectVersionHead(
  reader: Reader,
  id: MaterialVersionId,
): Promise<VersionHead | undefined> {
  return versions(reader).select(headColumns).where('material_versions.id', '=', id).executeTakeFirst();
}

export async function selectVersion(
  reader: Reader,
  id: MaterialVersionId,
): Promise<VersionColumns | undefined> {
  return versions(reader)
    .select([...headColumns, 'material_versions.content', 'material_versions.findings'])
    .where('material_versions.id', '=', id)
    .executeTakeFirst();
}

/** The newest one, by number. */
export async function selectLatestVersion(
  reader: Reader,
  materialId: MaterialId,
): Promise<VersionHead | undefined> {
  return (await selectVersionHeads(reader, materialId, null, 1))[0];
}

/** The newest first; only those with a number below `before`. */
export async function selectVersionHeads(
  reader: Reader,
  materialId: MaterialId,
  before: number | null,
  limit: number,
): Promise<readonly VersionHead[]> {
  let query = versions(reader).select(headColumns).where('material_versions.material_id', '=', materialId);
  if (before !== null) query = query.where('material_versions.number', '<', before);
  return query.orderBy('material_versions.number', 'desc').limit(limit).execute();
}

export async function insertVersion(
  writer: Writer,
  row: Insertable<Tables['material_versions']>,
  editors: readonly UserId[],
): Promise<void> {
  await writer.insertInto('material_versions').values(row).execute();
  await writer
    .insertInto('material_version_editors')
    .values(editors.map((userId) => ({ version_id: row.id, user_id: userId })))
    .execute();
}

/** The editors of each of the versions, by name. */
export async function selectVersionEditors(
  reader: Reader,
  ids: readonly MaterialVersionId[],
): Promise<ReadonlyMap<MaterialVersionId, readonly NamedUser[]>> {
  const editors = new Map<MaterialVersionId, NamedUser[]>(ids.map((id) => [id, []]));
  if (ids.length === 0) return editors;
  const rows = await reader
    .selectFrom('material_version_editors')
    .innerJoin('users', 'users.id', 'material_version_editors.user_id')
    .select(['material_version_editors.version_id', 'users.id', 'users.display_name as name'])
    .where('material_version_editors.version_id', 'in', ids)
    .orderBy('users.display_name')
    .orderBy('users.id')
    .execute();
  for (const { version_id: versionId, id, name } of rows) editors.get(versionId)?.push({ id, name });
  return editors;
}

/** Everyone who edited this version or one before it of the same material. */
export async function selectEditorsUpTo(reader: Reader, id: MaterialVersionId): Promise<readonly UserId[]> {
  const rows = await reader
    .selectFrom('material_versions as this')
    .innerJoin('material_versions as version', (join) =>
      join.onRef('version.material_id', '=', 'this.material_id').onRef('version.number', '<=', 'this.number'),
    )
    .innerJoin('material_version_editors as editor', 'editor.version_id', 'version.id')
    .select('editor.user_id')
    .distinct()
    .where('this.id', '=', id)
    .execute();
  return rows.map((row) => row.user_id);
}

/** Stores what the pre-check of a version found. A trigger lets it be stored once. */
export async function storeFindings(
  writer: Writer,
  id: MaterialVersionId,
  checked: {
    readonly findings: string;
    readonly blocks: number;
    readonly warns: number;
    readonly notes: number;
    readonly at: Milliseconds;
  },
): Promise<void> {
  const { at, ...found } = checked;
  await writer
    .updateTable('material_versions')
    .set({ ...found, precheck_at: at })
    .where('id', '=', id)
    .execute();
}
