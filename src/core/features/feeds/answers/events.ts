import {
  type Circumstances,
  type JsonObject,
  type Reading,
  RecordRefusal,
  codeOf,
  dataOf,
  idOf,
  isObject,
  makeFact,
  textOf,
} from '../records.ts';
import { timeOfValue } from '../times.ts';
import { readItems } from './items.ts';

/** The event inside `{xml: {…}}`, members that came as arrays of one (xml2js makes these) as they were meant. */
export function eventOf(value: JsonObject): JsonObject | null {
  const inner = isObject(value['xml']) ? value['xml'] : value;
  const flat = Object.fromEntries(
    Object.entries(inner).map(([key, member]) => [
      key,
      Array.isArray(member) && member.length === 1 ? member[0] : member,
    ]),
  );
  const isEvent =
    flat['MsgType'] === 'event' || Object.hasOwn(flat, 'Event') || Object.hasOwn(flat, 'Encrypt');
  return isEvent ? flat : null;
}

/** One callback: change_external_contact or change_external_chat. */
export function readEvent(event: JsonObject, circumstances: Circumstances, reading: Reading): void {
  readItems([event], 'events', [], () => ({ facts: [eventFact(event, circumstances)], names: [] }), reading);
}

/** Members that a fact has places for, and those of the envelope. */
const placed: ReadonlySet<string> = new Set([
  'ToUserName',
  'FromUserName',
  'CreateTime',
  'MsgType',
  'Event',
  'ChangeType',
  'UserID',
  'ExternalUserID',
  'ChatId',
  'Source',
  'FailReason',
  'UpdateDetail',
  // A secret that is good for sending a greeting once.
  'WelcomeCode',
]);

function eventFact(event: JsonObject, { timeZone }: Circumstances) {
  if (Object.hasOwn(event, 'Encrypt') && !Object.hasOwn(event, 'Event'))
    throw new RecordRefusal('other-event', 'only the encrypted event is there');
  const name = codeOf(event, 'Event');
  const isContact = name === 'change_external_contact';
  if (!isContact && name !== 'change_external_chat')
    throw new RecordRefusal('other-event', 'an event that concerns neither customers nor their groups');
  const time = timeOfValue(event['CreateTime'], timeZone);
  if (time === null) throw new RecordRefusal('no-time', 'an event without CreateTime');
  const code = codeOf(event, 'ChangeType');
  if (code === null) throw new RecordRefusal('wrong-type', 'an event without ChangeType');
  const more = dataOf(
    Object.fromEntries(
      Object.entries(event).flatMap(([key, value]) => {
        const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
        if (!isPlain || placed.has(key) || !/^[A-Za-z]\w{0,39}$/.test(key)) return [];
        return [[key, typeof value === 'boolean' ? value : textOf({ value }, 'value')] as const];
      }),
    ),
  );
  if (!isContact) {
    const item = idOf(event, 'ChatId', 'ChatID', 'chat_id');
    if (item === null) throw new RecordRefusal('no-item', 'an event without ChatId');
    const detail = codeOf(event, 'UpdateDetail');
    return makeFact('group-event', time, { item, code, detail, data: more });
  }
  const item = idOf(event, 'ExternalUserID', 'ExternalUserId', 'external_userid');
  if (item === null) throw new RecordRefusal('no-item', 'an event without ExternalUserID');
  const user = idOf(event, 'UserID', 'UserId', 'userid');
  if (user === null) throw new RecordRefusal('no-employee', 'an event without UserID');
  const detail = codeOf(event, 'Source', 'FailReason');
  // In transfer_fail, UserID is whoever was to take the customer over.
  const parties = code === 'transfer_fail' ? { taker: user } : { employee: user };
  return makeFact('contact-event', time, { ...parties, item, code, detail, data: more });
}
