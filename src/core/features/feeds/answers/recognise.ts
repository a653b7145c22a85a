import type { FeedKind } from '../model.ts';
import { type JsonObject, isObject, objectsOf } from '../records.ts';
import { eventOf } from './events.ts';
import { logKindOf } from './logs.ts';

/** What an entry is: an answer of the API or an event, or an entry of a chat archive. */
export type EntryKind = FeedKind | 'chat';

/** An answer is looked for in what was put around it, so deep. */
const wrappers = 3;
const mostWrapped = 10_000;

/** Marks of a chat archive (docs/formats.md): no answer of the other APIs has any of them. */
const chatMarks = ['msgid', 'msgtype', 'chatdata', 'encrypt_chat_msg'] as const;

/** True for an entry of a chat archive, wrapped or not. */
export function isChatEntry(value: JsonObject): boolean {
  const inner = value['message'];
  return hasAny(value, chatMarks) || (isObject(inner) && hasAny(inner, chatMarks));
}

/** Which feed an object is an answer or record of, by its members; null: none that is known. */
export function feedOf(value: JsonObject): FeedKind | null {
  const isList = (name: string) => Array.isArray(value[name]);
  const has = (name: string) => Object.hasOwn(value, name);
  if (isChatEntry(value)) return null;
  if (isList('external_contact_list') || isList('external_userid') || isObject(value['external_contact']))
    return 'customers';
  if (isList('group_chat_list') || isObject(value['group_chat'])) return 'groups';
  if (isList('failed_chat_list')) return 'transfer-group';
  if (isList('customer')) return transferKindOf(value);
  if (isList('info') && objectsOf(value['info']).every((entry) => Object.hasOwn(entry, 'handover_userid')))
    return 'unassigned';
  if (isList('userlist') || isList('dept_user')) return 'roster';
  if (isList('record_list')) {
    const [first] = objectsOf(value['record_list']);
    return first === undefined ? null : logKindOf(first);
  }
  if (eventOf(value) !== null) return 'events';
  // Single records, as some export them one per line.
  if (has('chat_id') && (has('owner') || has('status'))) return 'groups';
  if (has('external_userid') && has('dimission_time')) return 'unassigned';
  if (isTransferRecord(value)) return has('status') ? 'transfer-result' : 'transfer-customer';
  return logKindOf(value);
}

/** Both have `customer[]`; results have a status, starts an errcode. An empty list with a cursor is a result's last page. */
function transferKindOf(value: JsonObject): FeedKind {
  const entries = objectsOf(value['customer']);
  if (entries.some((entry) => Object.hasOwn(entry, 'status'))) return 'transfer-result';
  if (entries.some((entry) => Object.hasOwn(entry, 'errcode'))) return 'transfer-customer';
  return Object.hasOwn(value, 'next_cursor') ? 'transfer-result' : 'transfer-customer';
}

/** What stands in an object: answers, each with what is around it from the inside out. */
export function answersIn(value: JsonObject): [JsonObject, ...JsonObject[]][] {
  const found: [JsonObject, ...JsonObject[]][] = [];
  const look = (object: JsonObject, around: readonly JsonObject[]) => {
    if (isChatEntry(object)) return;
    if (feedOf(object) !== null || isFailure(object)) {
      found.push([object, ...around]);
      return;
    }
    if (around.length >= wrappers) return;
    for (const member of Object.values(object)) {
      for (const inner of isObject(member) ? [member] : objectsOf(member)) {
        if (found.length < mostWrapped) look(inner, [object, ...around]);
      }
    }
  };
  look(value, []);
  return found;
}

/** One customer of a transfer, with who hands over beside it: its errcode is the customer's, not the answer's. */
function isTransferRecord(value: JsonObject): boolean {
  const has = (name: string) => Object.hasOwn(value, name);
  return (
    typeof value['external_userid'] === 'string' &&
    has('handover_userid') &&
    (has('status') || has('errcode'))
  );
}

/** True for an answer that is an error: it has nothing but that. */
export function isFailure(value: JsonObject): boolean {
  return typeof value['errcode'] === 'number' && value['errcode'] !== 0 && !isTransferRecord(value);
}

/** What an entry of a file is; null where nobody can tell (a broken one, an answer that is an error). */
export function entryKindOf(value: unknown): EntryKind | null {
  if (!isObject(value)) return null;
  if (isChatEntry(value)) return 'chat';
  for (const [answer] of answersIn(value)) {
    const feed = feedOf(answer);
    if (feed !== null) return feed;
  }
  return null;
}

function hasAny(value: JsonObject, names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(value, name));
}
