import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { type ConversationId, type MessageId, PersonId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { ConversationView, MessageView, PersonView } from './contract.ts';
import { type Json, fieldSeparator, fieldsOf, parseExact } from './fields.ts';
import { maskPersonalData } from './masking.ts';
import {
  type ConversationRow,
  type MessageRow,
  type PersonRow,
  countOpenHits,
  findByMsgids,
  findMembers,
  findMessages,
  findNeighbours,
  findPeople,
  findPlace,
  findPreviews,
  findRevokesOf,
  isLoading,
} from './repository.ts';

/** Members shown of a conversation, and recipients of a message; the largest groups of WeCom have 2,000. */
const shownMembers = 5;
const shownRecipients = 200;
const previewLength = 80;

const PersonIds = z.array(PersonId);

function personView(row: PersonRow): PersonView {
  return {
    id: row.id,
    externalId: row.external_id,
    kind: row.kind,
    name: row.name,
    branch: row.branch,
    position: row.position,
  };
}

/** The people with these ids, in no particular order. */
export async function loadPeople(reader: Reader, ids: readonly PersonId[]): Promise<PersonView[]> {
  return (await findPeople(reader, [...new Set(ids)])).map(personView);
}

async function peopleById(
  reader: Reader,
  ids: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, PersonView>> {
  return new Map((await loadPeople(reader, ids)).map((person) => [person.id, person]));
}

function known<Value>(values: readonly (Value | null | undefined)[]): Value[] {
  return values.flatMap((value) => (value === null || value === undefined ? [] : [value]));
}

/** The messages with these ids, in the order of the ids; personal data masked unless `reveal`. */
export async function loadMessages(
  reader: Reader,
  ids: readonly MessageId[],
  options: { readonly reveal: boolean } = { reveal: false },
): Promise<MessageView[]> {
  const rows = new Map((await findMessages(reader, ids)).map((row) => [row.id, row]));
  const messages = known(ids.map((id) => rows.get(id)));
  const recipients = await recipientsOf(reader, messages);
  const people = await peopleById(reader, [
    ...known(messages.map((row) => row.sender_id)),
    ...[...recipients.values()].flat(),
  ]);
  const links = await revokeLinks(reader, messages);
  return messages.map((row) => ({
    id: row.id,
    msgid: row.msgid,
    conversationId: row.conversation_id,
    sender: row.sender_id === null ? null : (people.get(row.sender_id) ?? null),
    recipients: known((recipients.get(row.id) ?? []).map((id) => people.get(id))),
    sentAt: row.sent_at,
    action: row.action,
    kind: row.kind,
    ...contentOf(row, options.reveal),
    revokedAt: links.revokedAt.get(row.msgid) ?? null,
    revokes: row.revokes === null ? null : (links.revokes.get(row.revokes) ?? null),
    source: { importId: row.import_id, fileName: row.file_name, line: row.line },
  }));
}

function contentOf(row: MessageRow, reveal: boolean): Pick<MessageView, 'fields' | 'body' | 'masked'> {
  const fields = fieldsOf(row.kind, row.body, row.text);
  const body = row.body === null ? null : parseExact(row.body);
  if (reveal) return { fields, body, masked: false };
  let masked = false;
  const mask = (text: string) => {
    const shown = maskPersonalData(text);
    if (shown !== text) masked = true;
    return shown;
  };
  const shownFields = fields.map(({ path, text }) => ({ path, text: mask(text) }));
  const shownBody = maskJson(body, mask);
  return { fields: shownFields, body: shownBody, masked };
}

function maskJson(value: Json, mask: (text: string) => string): Json {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((item) => maskJson(item, mask));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, maskJson(member, mask)]));
  }
  return value;
}

/** Who received each message: as stored, or else the conversation's other members. */
async function recipientsOf(
  reader: Reader,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<MessageId, readonly PersonId[]>> {
  const implied = known(rows.map((row) => (row.recipients === null ? row.conversation_id : null)));
  const members = new Map<ConversationId, PersonId[]>();
  for (const { conversation_id, person_id } of await findMembers(
    reader,
    [...new Set(implied)],
    shownRecipients,
  )) {
    members.set(conversation_id, [...(members.get(conversation_id) ?? []), person_id]);
  }
  return new Map(
    rows.map((row) => {
      if (row.recipients !== null) {
        return [row.id, PersonIds.parse(JSON.parse(row.recipients)).slice(0, shownRecipients)];
      }
      const all = row.conversation_id === null ? [] : (members.get(row.conversation_id) ?? []);
      return [row.id, all.filter((id) => id !== row.sender_id)];
    }),
  );
}

async function revokeLinks(reader: Reader, rows: readonly MessageRow[]) {
  const revokedAt = new Map<string, MessageView['sentAt']>();
  const revokes = new Map<string, MessageId>();
  // Without its indexes, finding a msgid would read the whole table.
  if (await isLoading(reader)) return { revokedAt, revokes };
  const found = await findRevokesOf(
    reader,
    rows.map((row) => row.msgid),
  );
  for (const row of found)
    if (row.revokes !== null && !revokedAt.has(row.revokes)) revokedAt.set(row.revokes, row.sent_at);
  for (const row of await findByMsgids(reader, known(rows.map((row) => row.revokes))))
    revokes.set(row.msgid, row.id);
  return { revokedAt, revokes };
}

/** The message and up to `around` on each side of it in its conversation, in order of time, masked. */
export async function loadContext(reader: Reader, id: MessageId, around: number): Promise<MessageView[]> {
  const place = await findPlace(reader, id);
  if (place === undefined) throw new AppError('not-found', 'There is no such message.', { id });
  const { conversation_id: conversation } = place;
  if (conversation === null || around === 0) return loadMessages(reader, [id]);
  const before = await findNeighbours(reader, conversation, 'before', place, around);
  const after = await findNeighbours(reader, conversation, 'after', place, around);
  return loadMessages(reader, [...before.toReversed(), id, ...after]);
}

/** The conversations as lists show them, in the order of the rows. */
export async function conversationViews(
  reader: Reader,
  rows: readonly ConversationRow[],
): Promise<ConversationView[]> {
  const ids = rows.map((row) => row.id);
  const members = await findMembers(reader, ids, shownMembers);
  const people = await peopleById(
    reader,
    members.map((member) => member.person_id),
  );
  const previews = (await isLoading(reader)) ? [] : await findPreviews(reader, ids);
  const texts = new Map(previews.map((row) => [row.id, row.text ?? '']));
  const hits = new Map((await countOpenHits(reader, ids)).map((row) => [row.conversation_id, row.count]));
  return rows.map((row) => {
    const own = members.filter((member) => member.conversation_id === row.id);
    return {
      id: row.id,
      kind: row.kind,
      roomId: row.room_id,
      members: known(own.map((member) => people.get(member.person_id))),
      memberCount: own[0]?.count ?? 0,
      messageCount: row.message_count,
      firstAt: row.first_at,
      lastAt: row.last_at,
      preview: previewOf(texts.get(row.id) ?? ''),
      openHits: hits.get(row.id) ?? 0,
    };
  });
}

/** The first words, masked before they are cut: half a card number is still personal data. */
function previewOf(text: string): string {
  const start = text
    .slice(0, previewLength * 4)
    .replaceAll(fieldSeparator, ' ')
    .replaceAll(/\s+/g, ' ');
  const cut = maskPersonalData(start).slice(0, previewLength);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
