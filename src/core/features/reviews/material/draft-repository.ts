import type { Insertable, Selectable, Updateable } from 'kysely';

import type { BlobId, MaterialId, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';

type DraftColumns = Selectable<Tables['material_drafts']> & { readonly updated_by_name: string };
/** A draft without its content, which may be large. */
export type DraftHead = Omit<DraftColumns, 'content'>;

const headColumns = [
  'material_drafts.material_id',
  'material_drafts.content_hash',
  'material_drafts.exemptions',
  'material_drafts.revision',
  'material_drafts.series_from',
  'material_drafts.updated_by',
  'material_drafts.updated_at',
  'users.display_name as updated_by_name',
] as const;

function drafts(reader: Reader, id: MaterialId) {
  return reader
    .selectFrom('material_drafts')
    .innerJoin('users', 'users.id', 'material_drafts.updated_by')
    .where('material_drafts.material_id', '=', id);
}

export async function selectDraftHead(reader: Reader, id: MaterialId): Promise<DraftHead | undefined> {
  return drafts(reader, id).select(headColumns).executeTakeFirst();
}

export async function selectDraft(reader: Reader, id: MaterialId): Promise<DraftColumns | undefined> {
  return drafts(reader, id)
    .select([...headColumns, 'material_drafts.content'])
    .executeTakeFirst();
}

export async function insertDraft(writer: Writer, row: Insertable<Tables['material_drafts']>): Promise<void> {
  await writer.insertInto('material_drafts').values(row).execute();
}

export async function updateDraft(
  writer: Writer,
  id: MaterialId,
  change: Updateable<Tables['material_drafts']>,
): Promise<void> {
  await writer.updateTable('material_drafts').set(change).where('material_id', '=', id).execute();
}

export interface NamedUser {
  readonly id: UserId;
  readonly name: string;
}

/** Who saved into the draft since the newest version, by name. */
export async function selectDraftEditors(reader: Reader, id: MaterialId): Promise<readonly NamedUser[]> {
  return reader
    .selectFrom('material_draft_editors')
    .innerJoin('users', 'users.id', 'material_draft_editors.user_id')
    .select(['users.id', 'users.display_name as name'])
    .where('material_draft_editors.material_id', '=', id)
    .orderBy('users.display_name')
    .orderBy('users.id')
    .execute();
}

export async function addDraftEditor(writer: Writer, id: MaterialId, userId: UserId): Promise<void> {
  await writer
    .insertInto('material_draft_editors')
    .values({ material_id: id, user_id: userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function clearDraftEditors(writer: Writer, id: MaterialId): Promise<void> {
  await writer.deleteFrom('material_draft_editors').where('material_id', '=', id).execute();
}

/** The files that the material's contents may name. */
export async function selectFiles(
  reader: Reader,
  id: MaterialId,
): Promise<readonly Selectable<Tables['material_files']>[]> {
  return reader
    .selectFrom('material_files')
    .selectAll()
    .where('material_id', '=', id)
    .orderBy('added_at')
    .orderBy('blob_id')
    .execute();
}

/** False where the material has the file already: it keeps the name it came with. */
export async function insertFile(
  writer: Writer,
  row: Insertable<Tables['material_files']>,
): Promise<boolean> {
  const result = await writer
    .insertInto('material_files')
    .values(row)
    .onConflict((conflict) => conflict.columns(['material_id', 'blob_id']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** A file of these bytes that some material has, whichever. */
export async function selectFileOfAnyMaterial(
  reader: Reader,
  blobId: BlobId,
): Promise<Selectable<Tables['material_files']> | undefined> {
  return reader
    .selectFrom('material_files')
    .selectAll()
    .where('blob_id', '=', blobId)
    .orderBy('added_at')
    .orderBy('material_id')
    .limit(1)
    .executeTakeFirst();
}
