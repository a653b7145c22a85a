import { type Expression, type ExpressionBuilder, type Selectable, sql } from 'kysely';
import { z } from 'zod';

import {
  type HitId,
  type LexiconId,
  type LexiconVersionId,
  MessageId,
  type Milliseconds,
  type TermId,
} from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';
import { severityRank } from '../lexicons/model.ts';
import { type FoldName, foldNames } from '../screening/model.ts';
import type { HitFilter, HitSort } from './contract.ts';
import { type HitState, type ReasonCode, type Standing, hitStates, reasonCodes } from './model.ts';

type HitColumns = Selectable<Tables['hits']> & { readonly decided_by_name: string | null };
export type HitRecord = Omit<HitColumns, 'folds' | 'parts' | 'reason_code'> & {
  readonly folds: readonly FoldName[];
  /** In order of time; empty unless it is split across messages. */
  readonly parts: readonly StoredPart[];
  readonly reason_code: ReasonCode | null;
};

const Folds = z.array(z.enum(foldNames));
const StoredPart = z.object({
  messageId: MessageId,
  field: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});
export type StoredPart = z.output<typeof StoredPart>;
const Parts = z.array(StoredPart);
const Reason = z.enum(reasonCodes).nullable();

function readHit(row: HitColumns): HitRecord {
  return {
    ...row,
    folds: Folds.parse(JSON.parse(row.folds)),
    parts: row.parts === null ? [] : Parts.parse(JSON.parse(row.parts)),
    reason_code: Reason.parse(row.reason_code),
  };
}

/** Most groups of category and term that the filter lists are made from. */
const facetLimit = 5_000;
/** Most other hits shown in one conversation window. */
const neighbourLimit = 1_000;

/** Ids in order, one more than `limit` where there are more. */
export async function selectHitIds(
  reader: Reader,
  filter: HitFilter,
  sort: HitSort,
  limit: number,
): Promise<readonly HitId[]> {
  const direction = sort.descending ? 'desc' : 'asc';
  const base = reader
    .selectFrom('hits')
    .select('hits.id')
    .where((builder) => filterExpression(builder, filter, sort.by));
  const ordered = (() => {
    switch (sort.by) {
      case 'severity':
        return base.orderBy('hits.severity', direction);
      case 'sentAt':
        return base;
      case 'term':
        return base.orderBy('hits.term', direction);
      case 'category':
        return base.orderBy('hits.category', direction);
      case 'sender':
        return base
          .leftJoin('people', 'people.id', 'hits.sender_id')
          .orderBy((builder) => builder.fn.coalesce('people.name', 'people.external_id'), direction);
      case 'state':
        return base.orderBy((builder) => stateOrder(builder), direction);
      case 'decidedAt':
        return base.orderBy('hits.decided_at', direction);
    }
  })();
  // Newest first within equal ones, unless time itself is what the list is sorted by; then by id, so that the order
  // is the same on every call.
  const byTime = sort.by === 'sentAt' ? direction : 'desc';
  const rows = await ordered
    .orderBy('hits.sent_at', byTime)
    .orderBy('hits.id', byTime)
    .limit(limit + 1)
    .execute();
  return rows.map((row) => row.id);
}

export async function countHits(reader: Reader, filter: HitFilter): Promise<number> {
  const row = await reader
    .selectFrom('hits')
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .where((builder) => filterExpression(builder, filter))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** The order of `hitStates`: what waits comes first. */
function stateOrder(builder: ExpressionBuilder<Tables, 'hits'>) {
  const rank = (state: HitState) => hitStates.indexOf(state);
  return builder
    .case('hits.state')
    .when('open')
    .then(rank('open'))
    .when('confirmed')
    .then(rank('confirmed'))
    .when('dismissed')
    .then(rank('dismissed'))
    .else(rank('escalated'))
    .end();
}

function filterExpression(
  builder: ExpressionBuilder<Tables, 'hits'>,
  filter: HitFilter,
  sortedBy?: HitSort['by'],
) {
  // The index by state and severity serves a list sorted by severity. For any other order it would fetch nearly every row
  // out of turn (130 ms at 100,000 open hits against 80 for a pass over the table): coalesce keeps the planner from it.
  const state =
    sortedBy === 'severity'
      ? builder.ref('hits.state')
      : builder.fn.coalesce('hits.state', builder.val<HitState>('open'));
  const conditions = [
    isSet(filter.states) ? builder(state, 'in', filter.states) : null,
    isSet(filter.severities)
      ? builder(
          'hits.severity',
          'in',
          filter.severities.map((severity) => severityRank(severity)),
        )
      : null,
    isSet(filter.categories) ? builder('hits.category', 'in', filter.categories) : null,
    isSet(filter.terms) ? builder('hits.term', 'in', filter.terms) : null,
    filter.personId === null ? null : builder('hits.sender_id', '=', filter.personId),
    filter.branch === null ? null : ofBranch(builder, filter.branch),
    filter.conversationId === null ? null : builder('hits.conversation_id', '=', filter.conversationId),
    filter.runId === null ? null : builder('hits.run_id', '=', filter.runId),
    filter.from === null ? null : builder('hits.sent_at', '>=', filter.from),
    filter.to === null ? null : builder('hits.sent_at', '<=', filter.to),
    filter.query === '' ? null : mentions(builder, filter.query),
  ];
  return builder.and(conditions.filter((condition) => condition !== null));
}

function isSet<Value>(list: readonly Value[] | null): list is readonly Value[] {
  return list !== null && list.length > 0;
}

/** A customer belongs to no branch: what a customer says counts for the branch whose employee it was said to. */
function ofBranch(builder: ExpressionBuilder<Tables, 'hits'>, branch: string) {
  const inBranch = builder.selectFrom('people').select('people.id').where('people.branch', '=', branch);
  return builder.or([
    builder('hits.sender_id', 'in', inBranch),
    builder(
      'hits.conversation_id',
      'in',
      builder
        .selectFrom('conversation_members')
        .select('conversation_members.conversation_id')
        .where('conversation_members.person_id', 'in', inBranch),
    ),
  ]);
}

/**
 * The words stand in the term, in what was found, or anywhere in its message. The message is looked up by its key, hit by hit:
 * reading all messages would cost more as soon as the archive is larger than its hits.
 */
function mentions(builder: ExpressionBuilder<Tables, 'hits'>, query: string) {
  const forms = formsOf(query);
  const like = (column: Expression<string>) =>
    forms.map((form) => sql<boolean>`${column} like ${contains(form)} escape '\\'`);
  return builder.or([
    ...like(builder.ref('hits.term')),
    ...like(builder.ref('hits.text')),
    builder.exists(
      builder
        .selectFrom('messages')
        .select('messages.id')
        .whereRef('messages.id', '=', 'hits.message_id')
        .where((inner) => inner.or(like(inner.ref('messages.text')))),
    ),
  ]);
}

/** The words as typed, half-width, and full-width in either case: `LIKE` itself takes only plain Latin letters in both. */
function formsOf(query: string): readonly string[] {
  const narrow = query.normalize('NFKC');
  const wide = (text: string) =>
    text.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
  return [...new Set([query, narrow, wide(narrow.toLowerCase()), wide(narrow.toUpperCase())])];
}

function contains(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** The hits of these ids, in no order; ids that don't exist are left out. */
export async function selectHits(reader: Reader, ids: readonly HitId[]): Promise<readonly HitRecord[]> {
  if (ids.length === 0) return [];
  const rows = await selectWithDecider(reader).where('hits.id', 'in', ids).execute();
  return rows.map(readHit);
}

/** Hits in these messages, in the order of the text. */
export async function selectHitsOfMessages(
  reader: Reader,
  messageIds: readonly MessageId[],
): Promise<readonly HitRecord[]> {
  if (messageIds.length === 0) return [];
  const rows = await selectWithDecider(reader)
    .where('hits.message_id', 'in', messageIds)
    .orderBy('hits.message_id')
    .orderBy('hits.field')
    .orderBy('hits.start')
    .orderBy('hits.id')
    .limit(neighbourLimit)
    .execute();
  return rows.map(readHit);
}

function selectWithDecider(reader: Reader) {
  return reader
    .selectFrom('hits')
    .leftJoin('users', 'users.id', 'hits.decided_by')
    .selectAll('hits')
    .select('users.display_name as decided_by_name');
}

export interface MessageText {
  readonly id: MessageId;
  readonly msgid: string;
  readonly conversationKey: string | null;
  readonly kind: string;
  readonly text: string;
  readonly body: string | null;
}

/** The messages that hits are in: the text that excerpts are cut from, and the names they are exported under. */
export async function selectTexts(
  reader: Reader,
  messageIds: readonly MessageId[],
): Promise<readonly MessageText[]> {
  if (messageIds.length === 0) return [];
  return reader
    .selectFrom('messages as message')
    .leftJoin('conversations as conversation', 'conversation.id', 'message.conversation_id')
    .select([
      'message.id as id',
      'message.msgid as msgid',
      'conversation.key as conversationKey',
      'message.kind as kind',
      'message.text as text',
      'message.body as body',
    ])
    .where('message.id', 'in', messageIds)
    .execute();
}

/** Puts hits where a decision, or taking one back, leads. */
export async function updateStanding(
  writer: Writer,
  ids: readonly HitId[],
  standing: Standing,
): Promise<void> {
  await writer
    .updateTable('hits')
    .set({
      state: standing.state,
      decided_by: standing.by,
      decided_at: standing.at,
      reason_code: standing.reasonCode,
    })
    .where('id', 'in', ids)
    .execute();
}

export interface TermSource {
  readonly basis: string;
  /** As it is stored: JSON (lexicons/options.ts). */
  readonly options: string;
  readonly settings: string;
  readonly lexiconId: LexiconId;
  readonly name: string;
  readonly version: number;
}

/** What the term of a hit rests on, and the lexicon version that has it. */
export async function selectTermSource(
  reader: Reader,
  termId: TermId,
  versionId: LexiconVersionId,
): Promise<TermSource | undefined> {
  return reader
    .selectFrom('lexicon_versions')
    .innerJoin('lexicons', 'lexicons.id', 'lexicon_versions.lexicon_id')
    .leftJoin('terms', (join) => join.on('terms.id', '=', termId))
    .select((builder) => [
      builder.fn.coalesce('terms.basis', builder.val('')).as('basis'),
      builder.fn.coalesce('terms.options', builder.val('{}')).as('options'),
      'lexicon_versions.settings as settings',
      'lexicons.id as lexiconId',
      'lexicons.name as name',
      'lexicon_versions.number as version',
    ])
    .where('lexicon_versions.id', '=', versionId)
    .executeTakeFirst();
}

/** Entries of a version by their texts, with their options as stored. */
export async function selectEntries(
  reader: Reader,
  versionId: LexiconVersionId,
  texts: readonly string[],
): Promise<readonly { readonly text: string; readonly options: string }[]> {
  if (texts.length === 0) return [];
  return reader
    .selectFrom('terms')
    .select(['text', 'options'])
    .where('version_id', '=', versionId)
    .where('enabled', '=', 1)
    .where('text', 'in', texts)
    .execute();
}

/** How many hits each pair of category and term has, most first. */
export async function countByTerm(
  reader: Reader,
): Promise<readonly { category: string; term: string; count: number }[]> {
  return reader
    .selectFrom('hits')
    .select((builder) => ['category', 'term', builder.fn.countAll<number>().as('count')])
    .groupBy(['category', 'term'])
    .orderBy('count', 'desc')
    .limit(facetLimit)
    .execute();
}

/** Branches that people of the archive belong to. */
export async function selectBranches(reader: Reader): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('people')
    .select('branch')
    .distinct()
    .where('branch', 'is not', null)
    .orderBy('branch')
    .limit(facetLimit)
    .execute();
  return rows.flatMap((row) => row.branch ?? []);
}

/** How many hits stand in each state at each severity, and the oldest message among them. */
export async function countByState(
  reader: Reader,
): Promise<readonly { state: HitState; severity: number; count: number; oldest: Milliseconds }[]> {
  return reader
    .selectFrom('hits')
    .select((builder) => [
      'state',
      'severity',
      builder.fn.countAll<number>().as('count'),
      builder.fn.min('sent_at').as('oldest'),
    ])
    .groupBy(['state', 'severity'])
    .execute();
}
