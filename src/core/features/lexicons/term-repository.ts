import { type ExpressionBuilder, type Insertable, type Selectable, type SqlBool, sql } from 'kysely';

import type { LexiconId, LexiconVersionId, TermId, TermKey } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';
import { maxTerms } from './model.ts';

export type TermRow = Selectable<Tables['terms']>;
export type NewTermRow = Insertable<Tables['terms']>;

/** Thirteen values a row: far below the 32,766 parameters that SQLite and PostgreSQL (65,535) take in a statement. */
const rowsPerInsert = 500;
const idsPerDelete = 1_000;
/** Texts that one statement asks for. */
const mostTexts = 10_000;

export interface TermFilter {
  readonly query: string;
  readonly category: string | null;
  readonly severity: number | null;
}

function matching(filter: TermFilter) {
  return (builder: ExpressionBuilder<Tables, 'terms'>) =>
    builder.and([
      ...(filter.query === '' ? [] : [contains(filter.query)]),
      ...(filter.category === null ? [] : [builder('category', '=', filter.category)]),
      ...(filter.severity === null ? [] : [builder('severity', '=', filter.severity)]),
    ]);
}

function contains(query: string) {
  return sql<SqlBool>`text like ${`%${query.replaceAll(/[\\%_]/g, '\\$&')}%`} escape '\\'`;
}

export async function selectTermPage(
  reader: Reader,
  versionId: LexiconVersionId,
  filter: TermFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: TermRow[]; total: number }> {
  const rows = await reader
    .selectFrom('terms')
    .selectAll()
    .where('version_id', '=', versionId)
    .where(matching(filter))
    .orderBy('id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const { total } = await reader
    .selectFrom('terms')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('version_id', '=', versionId)
    .where(matching(filter))
    .executeTakeFirstOrThrow();
  return { rows, total };
}

/** The categories that a version's terms have; as many as a list can offer. */
export async function selectCategories(reader: Reader, versionId: LexiconVersionId): Promise<string[]> {
  const rows = await reader
    .selectFrom('terms')
    .select('category')
    .distinct()
    .where('version_id', '=', versionId)
    .orderBy('category')
    .limit(500)
    .execute();
  return rows.map((row) => row.category);
}

/** All terms of a version, in the order they were added; a lexicon has at most `maxTerms`. */
export async function selectAllTerms(reader: Reader, versionId: LexiconVersionId): Promise<TermRow[]> {
  return reader
    .selectFrom('terms')
    .selectAll()
    .where('version_id', '=', versionId)
    .orderBy('id')
    .limit(maxTerms)
    .execute();
}

/** The entries of these texts; at most as many texts as a statement takes parameters. */
export async function selectNamedEntries(
  reader: Reader,
  versionId: LexiconVersionId,
  texts: readonly string[],
): Promise<{ text: string; options: string; enabled: 0 | 1 }[]> {
  if (texts.length === 0) return [];
  return reader
    .selectFrom('terms')
    .select(['text', 'options', 'enabled'])
    .where('version_id', '=', versionId)
    .where('text', 'in', texts)
    .execute();
}

export async function selectTerm(
  reader: Reader,
  versionId: LexiconVersionId,
  id: TermId,
): Promise<TermRow | undefined> {
  return reader
    .selectFrom('terms')
    .selectAll()
    .where('version_id', '=', versionId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** How many terms stand before this one in the version's whole list: `selectTermPage` without a filter. */
export async function countTermsBefore(
  reader: Reader,
  versionId: LexiconVersionId,
  id: TermId,
): Promise<number> {
  const { before } = await reader
    .selectFrom('terms')
    .select(({ fn }) => fn.countAll<number>().as('before'))
    .where('version_id', '=', versionId)
    .where('id', '<', id)
    .executeTakeFirstOrThrow();
  return before;
}

/** Those of the terms that the version has, in the order they were added. */
export async function selectTerms(
  reader: Reader,
  versionId: LexiconVersionId,
  ids: readonly TermId[],
): Promise<TermRow[]> {
  return reader
    .selectFrom('terms')
    .selectAll()
    .where('version_id', '=', versionId)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
}

export async function selectTermByText(
  reader: Reader,
  versionId: LexiconVersionId,
  text: string,
): Promise<TermRow | undefined> {
  return reader
    .selectFrom('terms')
    .selectAll()
    .where('version_id', '=', versionId)
    .where('text', '=', text)
    .executeTakeFirst();
}

/** The words, which are entries without a rule, that were changed after a count of the draft's changes; -1: all. */
export async function selectWordsChangedSince(
  reader: Reader,
  versionId: LexiconVersionId,
  revision: number,
): Promise<string[]> {
  const rows = await words(reader, versionId)
    .select('text')
    .where('revision', '>', revision)
    .limit(maxTerms)
    .execute();
  return rows.map((row) => row.text);
}

/** The words of these texts, in the order they were added. */
export async function selectWords(
  reader: Reader,
  versionId: LexiconVersionId,
  texts: readonly string[],
): Promise<{ id: TermId; text: string }[]> {
  return words(reader, versionId)
    .select(['id', 'text'])
    .where('text', 'in', texts.slice(0, mostTexts))
    .orderBy('id')
    .execute();
}

function words(reader: Reader, versionId: LexiconVersionId) {
  return reader
    .selectFrom('terms')
    .where('version_id', '=', versionId)
    .where(sql<SqlBool>`json_extract(options, '$.rule') is null`);
}

/** Who changed the term last; null where nobody did since the draft was started. */
export async function selectLastEditor(reader: Reader, id: TermId): Promise<string | null> {
  const row = await reader
    .selectFrom('terms as term')
    .innerJoin('users as user', 'user.id', 'term.changed_by')
    .select('user.display_name as name')
    .where('term.id', '=', id)
    .executeTakeFirst();
  return row?.name ?? null;
}

export async function insertTerm(writer: Writer, row: NewTermRow): Promise<TermRow> {
  return writer.insertInto('terms').values(row).returningAll().executeTakeFirstOrThrow();
}

export async function insertTerms(writer: Writer, rows: readonly NewTermRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsPerInsert) {
    await writer
      .insertInto('terms')
      .values(rows.slice(from, from + rowsPerInsert))
      .execute();
  }
}

export async function updateTerm(
  writer: Writer,
  id: TermId,
  change: Omit<TermRow, 'id' | 'key' | 'version_id'>,
): Promise<void> {
  await writer.updateTable('terms').set(change).where('id', '=', id).execute();
}

/** Answers how many of them the version had. */
export async function deleteTerms(
  writer: Writer,
  versionId: LexiconVersionId,
  ids: readonly TermId[],
): Promise<number> {
  let deleted = 0;
  for (let from = 0; from < ids.length; from += idsPerDelete) {
    const result = await writer
      .deleteFrom('terms')
      .where('version_id', '=', versionId)
      .where('id', 'in', ids.slice(from, from + idsPerDelete))
      .executeTakeFirst();
    deleted += Number(result.numDeletedRows);
  }
  return deleted;
}

/** Copies a version's terms into another, each with its key, in the same order. */
export async function copyTerms(writer: Writer, from: LexiconVersionId, to: LexiconVersionId): Promise<void> {
  await writer
    .insertInto('terms')
    .columns(['version_id', 'key', 'text', 'category', 'severity', 'basis', 'note', 'enabled', 'options'])
    .expression((builder) =>
      builder
        .selectFrom('terms')
        .select(() => [
          builder.val(to).as('version_id'),
          'key' as const,
          'text' as const,
          'category' as const,
          'severity' as const,
          'basis' as const,
          'note' as const,
          'enabled' as const,
          'options' as const,
        ])
        .where('version_id', '=', from)
        .orderBy('id'),
    )
    .execute();
}

export interface PublishedTermRow {
  readonly version_id: LexiconVersionId;
  readonly id: TermId;
  readonly key: TermKey;
  readonly text: string;
  readonly category: string;
  readonly severity: number;
  readonly basis: string;
  readonly options: string;
}

/** The enabled terms of a version, in order. */
export async function selectEnabledTerms(
  reader: Reader,
  versionId: LexiconVersionId,
): Promise<PublishedTermRow[]> {
  return reader
    .selectFrom('terms')
    .select(['version_id', 'id', 'key', 'text', 'category', 'severity', 'basis', 'options'])
    .where('version_id', '=', versionId)
    .where('enabled', '=', 1)
    .orderBy('id')
    .limit(maxTerms)
    .execute();
}

/** Which of these texts the newest published version or the draft of some lexicon has as an entry. */
export async function selectKnownTexts(
  reader: Reader,
  texts: readonly string[],
): Promise<ReadonlySet<string>> {
  if (texts.length === 0) return new Set();
  const rows = await reader
    .selectFrom('terms')
    .select('text')
    .distinct()
    .where('text', 'in', texts)
    .where('version_id', 'in', (builder) =>
      builder
        .selectFrom('lexicon_versions as version')
        .select('version.id')
        .where(({ eb, or, selectFrom }) =>
          or([
            eb('version.state', '=', 'draft'),
            eb(
              'version.number',
              '=',
              selectFrom('lexicon_versions as other')
                .select(({ fn }) => fn.max('other.number').as('number'))
                .whereRef('other.lexicon_id', '=', 'version.lexicon_id')
                .where('other.state', '=', 'published'),
            ),
          ]),
        ),
    )
    .limit(texts.length)
    .execute();
  return new Set(rows.map(({ text }) => text));
}

/** The newest published version of each active lexicon, or of those named, whether they are active or not. */
export async function selectPublishedVersions(
  reader: Reader,
  lexiconIds: readonly LexiconId[] | null,
): Promise<
  { versionId: LexiconVersionId; lexiconId: LexiconId; name: string; number: number; settings: string }[]
> {
  let query = reader
    .selectFrom('lexicon_versions as version')
    .innerJoin('lexicons as lexicon', 'lexicon.id', 'version.lexicon_id')
    .select([
      'version.id as versionId',
      'lexicon.id as lexiconId',
      'lexicon.name as name',
      'version.number as number',
      'version.settings as settings',
    ])
    .where('version.number', '=', (builder) =>
      builder
        .selectFrom('lexicon_versions as other')
        .select(({ fn }) => fn.max('other.number').as('number'))
        .whereRef('other.lexicon_id', '=', 'version.lexicon_id')
        .where('other.state', '=', 'published'),
    );
  query =
    lexiconIds === null ? query.where('lexicon.active', '=', 1) : query.where('lexicon.id', 'in', lexiconIds);
  return query.orderBy('lexicon.created_at').orderBy('lexicon.id').limit(1_000).execute();
}
