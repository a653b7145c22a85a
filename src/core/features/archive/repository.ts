import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';

import type { ConversationId, MessageId, Milliseconds, PersonId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';
import type { ArchiveFilter } from './contract.ts';
import type { PersonKind } from './model.ts';

/** True while the message table has no indexes: what would read it whole for every row is then left out. */
export async function isLoading(reader: Reader): Promise<boolean> {
  return (await reader.selectFrom('bulk_load').select('id').executeTakeFirst()) !== undefined;
}

export async function readSummary(reader: Reader) {
  const messages = await reader
    // Ids have no gaps, since nothing is ever deleted: the greatest is the count.
    .selectFrom('messages')
    .select((builder) => builder.fn.max('id').as('count'))
    .executeTakeFirst();
  const conversations = await reader
    .selectFrom('conversations')
    .select((builder) => [
      builder.fn.countAll<number>().as('count'),
      builder.fn.min('first_at').as('first'),
      builder.fn.max('last_at').as('last'),
      builder.fn.sum<number>('message_count').as('messages'),
    ])
    .executeTakeFirst();
  const people = await reader
    .selectFrom('people')
    .select((builder) => ['kind', builder.fn.countAll<number>().as('count')])
    .groupBy('kind')
    .execute();
  const kinds = await reader
    .selectFrom('message_kinds')
    .select('kind')
    .orderBy('kind')
    .limit(mostKinds)
    .execute();
  const branches = await reader
    .selectFrom('people')
    .select('branch')
    .distinct()
    .where('branch', 'is not', null)
    .orderBy('branch')
    .limit(mostBranches)
    .execute();
  const countOf = (kind: PersonKind) => people.find((row) => row.kind === kind)?.count ?? 0;
  return {
    messages: Number(messages?.count ?? 0),
    withoutConversation: Number(messages?.count ?? 0) - (conversations?.messages ?? 0),
    conversations: conversations?.count ?? 0,
    firstAt: conversations?.first ?? null,
    lastAt: conversations?.last ?? null,
    employees: countOf('employee'),
    customers: countOf('customer'),
    kinds: kinds.map((row) => row.kind),
    branches: branches.flatMap((row) => (row.branch === null ? [] : [row.branch])),
  };
}

/** Documented kinds are some 35; a list of a thousand helps nobody. */
const mostKinds = 1000;
const mostBranches = 2000;

const personColumns = ['id', 'external_id', 'kind', 'name', 'branch', 'position'] as const;
export type PersonRow = Awaited<ReturnType<typeof findPeople>>[number];

export async function findPeople(reader: Reader, ids: readonly PersonId[]) {
  if (ids.length === 0) return [];
  return reader
    .selectFrom('people')
    .select(personColumns)
    .where(sql<SqlBool>`id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .limit(ids.length)
    .execute();
}

export async function searchPeople(
  reader: Reader,
  filter: {
    readonly query: string;
    readonly externalId: string | null;
    readonly kind: PersonKind | null;
    readonly limit: number;
  },
) {
  let query = reader.selectFrom('people').select(personColumns);
  if (filter.externalId !== null) query = query.where('external_id', '=', filter.externalId);
  if (filter.kind !== null) query = query.where('kind', '=', filter.kind);
  if (filter.query !== '') query = query.where(matchesPerson(filter.query));
  return query.orderBy('kind', 'desc').orderBy('name').orderBy('external_id').limit(filter.limit).execute();
}

/** The text as a LIKE pattern that means nothing but itself. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

function matchesPerson(text: string): Expression<SqlBool> {
  const pattern = containing(text);
  return sql<SqlBool>`(people.name LIKE ${pattern} ESCAPE '\\' OR people.external_id LIKE ${pattern} ESCAPE '\\'
    OR people.branch LIKE ${pattern} ESCAPE '\\')`;
}

export interface ConversationQuery {
  readonly query: string;
  readonly key: string | null;
  readonly filter: ArchiveFilter;
  readonly after: { readonly lastAt: Milliseconds; readonly id: ConversationId } | null;
  readonly limit: number;
}

const conversationColumns = ['id', 'kind', 'room_id', 'first_at', 'last_at', 'message_count'] as const;
export type ConversationRow = Awaited<ReturnType<typeof listConversations>>[number];

/** Newest activity first; by what it holds for a period and kinds, by who takes part for people and branches. */
export async function listConversations(
  reader: Reader,
  { query: text, key, filter, after, limit }: ConversationQuery,
) {
  let query = reader.selectFrom('conversations').select(conversationColumns);
  if (key !== null) query = query.where('key', '=', key);
  const memberships = (people: Expression<unknown>) =>
    sql<SqlBool>`conversations.id IN (SELECT conversation_id FROM conversation_members WHERE person_id IN ${people})`;
  if (filter.conversationId !== null) query = query.where('id', '=', filter.conversationId);
  if (filter.personId !== null) query = query.where(memberships(sql`(${filter.personId})`));
  if (filter.branch !== null)
    query = query.where(memberships(sql`(SELECT id FROM people WHERE branch = ${filter.branch})`));
  if (filter.from !== null) query = query.where('last_at', '>=', filter.from);
  if (filter.to !== null) query = query.where('first_at', '<=', filter.to);
  const { kinds } = filter;
  if (kinds !== null) {
    query = query.where((builder) =>
      builder.exists(
        builder
          .selectFrom('messages')
          .select('messages.id')
          .whereRef('messages.conversation_id', '=', 'conversations.id')
          .where(sql<SqlBool>`messages.kind IN (SELECT value FROM json_each(${JSON.stringify(kinds)}))`),
      ),
    );
  }
  if (text !== '') {
    query = query.where((builder) =>
      builder.or([
        memberships(sql`(SELECT id FROM people WHERE ${matchesPerson(text)})`),
        sql<SqlBool>`conversations.room_id LIKE ${containing(text)} ESCAPE '\\'`,
      ]),
    );
  }
  if (after !== null) query = query.where(beforePlace('last_at', after.lastAt, after.id));
  return query.orderBy('last_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

function beforePlace(column: 'last_at', at: Milliseconds, id: ConversationId) {
  return (builder: ExpressionBuilder<Tables, 'conversations'>) =>
    builder.or([builder(column, '<', at), builder.and([builder(column, '=', at), builder('id', '<', id)])]);
}

export async function findConversation(reader: Reader, id: ConversationId) {
  return reader
    .selectFrom('conversations')
    .select(conversationColumns)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Up to `limit` members of each conversation, employees first, and how many there are. */
export async function findMembers(reader: Reader, conversations: readonly ConversationId[], limit: number) {
  if (conversations.length === 0) return [];
  return reader
    .with('ranked', (database) =>
      database
        .selectFrom('conversation_members')
        .innerJoin('people', 'people.id', 'conversation_members.person_id')
        .select([
          'conversation_members.conversation_id',
          'conversation_members.person_id',
          sql<number>`row_number() OVER (PARTITION BY conversation_members.conversation_id
            ORDER BY people.kind <> 'employee', people.kind, people.id)`.as('place'),
          sql<number>`count(*) OVER (PARTITION BY conversation_members.conversation_id)`.as('count'),
        ])
        .where(
          sql<SqlBool>`conversation_members.conversation_id IN (SELECT value FROM json_each(${JSON.stringify(conversations)}))`,
        ),
    )
    .selectFrom('ranked')
    .selectAll()
    .where('place', '<=', limit)
    .orderBy('conversation_id')
    .orderBy('place')
    .limit(conversations.length * limit)
    .execute();
}

/** The newest text of each conversation. */
export async function findPreviews(reader: Reader, conversations: readonly ConversationId[]) {
  if (conversations.length === 0) return [];
  return reader
    .selectFrom('conversations')
    .select((builder) => [
      'conversations.id',
      builder
        .selectFrom('messages')
        .select('messages.text')
        .whereRef('messages.conversation_id', '=', 'conversations.id')
        .where('messages.text', '<>', '')
        .orderBy('messages.sent_at', 'desc')
        .orderBy('messages.id', 'desc')
        .limit(1)
        .as('text'),
    ])
    .where('conversations.id', 'in', conversations)
    .limit(conversations.length)
    .execute();
}

export async function countOpenHits(reader: Reader, conversations: readonly ConversationId[]) {
  if (conversations.length === 0) return [];
  return reader
    .selectFrom('hits')
    .select((builder) => ['conversation_id', builder.fn.countAll<number>().as('count')])
    .where('conversation_id', 'in', conversations)
    .where('state', '=', 'open')
    .groupBy('conversation_id')
    .limit(conversations.length)
    .execute();
}

function messageQuery(reader: Reader) {
  return reader
    .selectFrom('messages')
    .innerJoin('import_files', 'import_files.id', 'messages.file_id')
    .select([
      'messages.id',
      'messages.msgid',
      'messages.conversation_id',
      'messages.sender_id',
      'messages.sent_at',
      'messages.action',
      'messages.kind',
      'messages.text',
      'messages.body',
      'messages.recipients',
      'messages.revokes',
      'messages.line',
      'import_files.import_id',
      'import_files.name as file_name',
    ]);
}
export type MessageRow = Awaited<ReturnType<typeof findMessages>>[number];

export async function findMessages(reader: Reader, ids: readonly MessageId[]) {
  if (ids.length === 0) return [];
  return messageQuery(reader)
    .where(sql<SqlBool>`messages.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .limit(ids.length)
    .execute();
}

export async function findPlace(reader: Reader, id: MessageId) {
  return reader
    .selectFrom('messages')
    .select(['id', 'conversation_id', 'sent_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Ids of a conversation's messages on one side of a place, nearest first. Without a place: the newest. */
export async function findNeighbours(
  reader: Reader,
  conversation: ConversationId | null,
  side: 'before' | 'after',
  place: { readonly sent_at: Milliseconds; readonly id: MessageId } | null,
  limit: number,
): Promise<MessageId[]> {
  const direction = side === 'before' ? 'desc' : 'asc';
  const comparison = side === 'before' ? '<' : '>';
  let query = reader
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', conversation === null ? 'is' : '=', conversation);
  if (place !== null) {
    query = query.where((builder) =>
      builder(builder.refTuple('sent_at', 'id'), comparison, builder.tuple(place.sent_at, place.id)),
    );
  }
  const rows = await query.orderBy('sent_at', direction).orderBy('id', direction).limit(limit).execute();
  return rows.map((row) => row.id);
}

/** The revokes that refer to these msgids, the earliest of each first. */
export async function findRevokesOf(reader: Reader, msgids: readonly string[]) {
  if (msgids.length === 0) return [];
  return reader
    .selectFrom('messages')
    .select(['revokes', 'sent_at'])
    .where('revokes', 'is not', null)
    .where('revokes', 'in', msgids)
    .orderBy('sent_at')
    .limit(msgids.length * 4)
    .execute();
}

export async function findByMsgids(reader: Reader, msgids: readonly string[]) {
  if (msgids.length === 0) return [];
  return reader
    .selectFrom('messages')
    .select(['id', 'msgid'])
    .where('msgid', 'in', msgids)
    .limit(msgids.length)
    .execute();
}
