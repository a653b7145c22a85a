import type { Selectable } from 'kysely';

import type { LexiconId, LexiconVersionId, Milliseconds, UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';

export type LexiconRow = Selectable<Tables['lexicons']>;
export type VersionRow = Selectable<Tables['lexicon_versions']> & {
  readonly created_by_name: string | null;
  readonly published_by_name: string | null;
  readonly settings_changed_by_name: string | null;
};

/** Most lexicons, and most versions of one, that a list shows. */
const mostListed = 1_000;

export async function selectLexicons(reader: Reader): Promise<LexiconRow[]> {
  return reader
    .selectFrom('lexicons')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .limit(mostListed)
    .execute();
}

export async function selectLexicon(reader: Reader, id: LexiconId): Promise<LexiconRow | undefined> {
  return reader.selectFrom('lexicons').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function isNameTaken(reader: Reader, name: string, except: LexiconId | null): Promise<boolean> {
  let query = reader.selectFrom('lexicons').select('id').where('name', '=', name);
  if (except !== null) query = query.where('id', '<>', except);
  return (await query.executeTakeFirst()) !== undefined;
}

export async function insertLexicon(
  writer: Writer,
  row: Pick<LexiconRow, 'id' | 'name' | 'description' | 'origin' | 'created_at'>,
): Promise<void> {
  await writer
    .insertInto('lexicons')
    .values({ ...row, active: 1 })
    .execute();
}

export async function updateLexicon(
  writer: Writer,
  id: LexiconId,
  change: Pick<LexiconRow, 'name' | 'description' | 'active'>,
): Promise<void> {
  await writer.updateTable('lexicons').set(change).where('id', '=', id).execute();
}

function versions(reader: Reader) {
  return reader
    .selectFrom('lexicon_versions as version')
    .leftJoin('users as creator', 'creator.id', 'version.created_by')
    .leftJoin('users as publisher', 'publisher.id', 'version.published_by')
    .leftJoin('users as editor', 'editor.id', 'version.settings_changed_by')
    .selectAll('version')
    .select([
      'creator.display_name as created_by_name',
      'publisher.display_name as published_by_name',
      'editor.display_name as settings_changed_by_name',
    ]);
}

/** The lexicon's versions, the newest first. */
export async function selectVersions(reader: Reader, lexiconId: LexiconId): Promise<VersionRow[]> {
  return versions(reader)
    .where('version.lexicon_id', '=', lexiconId)
    .orderBy('version.number', 'desc')
    .limit(mostListed)
    .execute();
}

/** Of each lexicon (or of one): the draft, and the newest published version. */
export async function selectCurrentVersions(
  reader: Reader,
  lexiconId: LexiconId | null,
): Promise<VersionRow[]> {
  let query = versions(reader).where((builder) =>
    builder.or([
      builder('version.state', '=', 'draft'),
      builder(
        'version.number',
        '=',
        builder
          .selectFrom('lexicon_versions as other')
          .select(({ fn }) => fn.max('other.number').as('number'))
          .whereRef('other.lexicon_id', '=', 'version.lexicon_id')
          .where('other.state', '=', 'published'),
      ),
    ]),
  );
  if (lexiconId !== null) query = query.where('version.lexicon_id', '=', lexiconId);
  return query.limit(2 * mostListed).execute();
}

export async function selectVersion(reader: Reader, id: LexiconVersionId): Promise<VersionRow | undefined> {
  return versions(reader).where('version.id', '=', id).executeTakeFirst();
}

export async function insertDraft(
  writer: Writer,
  row: {
    readonly id: LexiconVersionId;
    readonly lexiconId: LexiconId;
    readonly number: number;
    readonly settings: string;
    readonly createdAt: Milliseconds;
    readonly createdBy: UserId | null;
  },
): Promise<void> {
  await writer
    .insertInto('lexicon_versions')
    .values({
      id: row.id,
      lexicon_id: row.lexiconId,
      number: row.number,
      state: 'draft',
      term_count: 0,
      settings: row.settings,
      content_hash: null,
      created_at: row.createdAt,
      created_by: row.createdBy,
      published_at: null,
      published_by: null,
    })
    .execute();
}

export async function deleteDraft(writer: Writer, id: LexiconVersionId): Promise<void> {
  await writer.deleteFrom('terms').where('version_id', '=', id).execute();
  await writer.deleteFrom('lexicon_versions').where('id', '=', id).execute();
}

/** Publishes a draft. From here on, triggers keep it and its terms as they are. */
export async function markPublished(
  writer: Writer,
  id: LexiconVersionId,
  published: { readonly contentHash: string; readonly at: Milliseconds; readonly by: UserId | null },
): Promise<void> {
  await writer
    .updateTable('lexicon_versions')
    .set({
      state: 'published',
      content_hash: published.contentHash,
      published_at: published.at,
      published_by: published.by,
    })
    .where('id', '=', id)
    .execute();
}

/** Who changes something of a draft, and when. */
export interface Change {
  /** The draft's count of changes with this one. */
  readonly revision: number;
  readonly at: Milliseconds;
  readonly by: UserId;
}

/** Counts a change of the draft. */
export async function countChange(
  writer: Writer,
  versionId: LexiconVersionId,
  change: Omit<Change, 'revision'>,
): Promise<Change> {
  const { changes } = await writer
    .updateTable('lexicon_versions')
    .set((builder) => ({ changes: builder('changes', '+', 1) }))
    .where('id', '=', versionId)
    .returning('changes')
    .executeTakeFirstOrThrow();
  return { ...change, revision: changes };
}

export async function updateSettings(
  writer: Writer,
  versionId: LexiconVersionId,
  settings: string,
  { revision, at, by }: Change,
): Promise<void> {
  await writer
    .updateTable('lexicon_versions')
    .set({ settings, settings_revision: revision, settings_changed_at: at, settings_changed_by: by })
    .where('id', '=', versionId)
    .execute();
}

export async function updateTermCount(writer: Writer, versionId: LexiconVersionId): Promise<void> {
  await writer
    .updateTable('lexicon_versions')
    .set((builder) => ({
      term_count: builder
        .selectFrom('terms')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('terms.version_id', '=', versionId),
    }))
    .where('id', '=', versionId)
    .execute();
}

/** Ids of starter lexicons that are already there, by name. */
export async function selectNames(reader: Reader): Promise<ReadonlySet<string>> {
  const rows = await reader.selectFrom('lexicons').select('name').limit(mostListed).execute();
  return new Set(rows.map((row) => row.name));
}

/**
 * The number of the last audit event about the lexicon: every change of it writes one in its transaction, so as long as
 * the number is the same, the lexicon is.
 */
export async function selectLastChange(reader: Reader, lexiconId: LexiconId): Promise<number> {
  const row = await reader
    .selectFrom('audit_events')
    .select(({ fn }) => fn.max('sequence').as('sequence'))
    .where('record_kind', '=', 'lexicon')
    .where('record_id', '=', lexiconId)
    .executeTakeFirst();
  return row?.sequence ?? -1;
}
