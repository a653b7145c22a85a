import {
  type FeedName,
  type JsonObject,
  type Reading,
  RecordRefusal,
  codeOf,
  dataOf,
  idOf,
  isObject,
  makeFact,
  objectsOf,
  textOf,
} from '../records.ts';
import { momentOfNumber } from '../times.ts';
import type { Answer } from './answer.ts';
import { readItems } from './items.ts';

const ownerKeys = ['owner', 'userid', 'handover_userid'] as const;

/** `group_chat_list[]{chat_id, status}` or the detail of one, `{group_chat: {…}}`. */
export function readGroups(answer: Answer, reading: Reading): void {
  const { body } = answer;
  const time = answer.day();
  if (Array.isArray(body['group_chat_list'])) {
    const asked = answer.ids('userid_list');
    const named = answer.id(...ownerKeys);
    const owners = asked ?? (named === null ? [] : [named]);
    // A list of the groups in one state says nothing of who isn't in it.
    const filter = answer.field('status_filter');
    const isWhole = filter === undefined || filter === null || filter === 0;
    const lists = owners.length === 0 ? [null] : owners;
    readItems(
      body['group_chat_list'],
      'groups',
      isWhole ? lists.map((employee) => makeFact('group-list', time, { employee })) : [],
      (entry) => groupOf(entry, time, owners.length === 1 ? (owners[0] ?? null) : null),
      reading,
    );
    return;
  }
  const detail = body['group_chat'];
  const items = Array.isArray(detail) ? detail : [isObject(detail) ? detail : body];
  readItems(items, 'groups', [], (entry) => groupOf(entry, time, answer.id(...ownerKeys)), reading);
}

function groupOf(entry: unknown, time: ReturnType<Answer['day']>, asked: string | null) {
  if (!isObject(entry)) throw new RecordRefusal('wrong-type', 'a group is not an object');
  const item = idOf(entry, 'chat_id');
  if (item === null) throw new RecordRefusal('no-item', 'a group without chat_id');
  const members = Array.isArray(entry['member_list']) ? objectsOf(entry['member_list']) : null;
  const created = momentOfNumber(entry['create_time']);
  const fact = makeFact('group', time, {
    employee: idOf(entry, 'owner') ?? asked,
    item,
    code: codeOf(entry, 'status'),
    data: dataOf({
      name: textOf(entry, 'name'),
      notice: textOf(entry, 'notice'),
      created,
      members: members === null ? null : members.length,
      customers: members === null ? null : members.filter(isOutside).length,
    }),
  });
  return { facts: [fact], names: (members ?? []).flatMap(nameOf) };
}

/** Type 1 is a member of the company, 2 everybody else. */
function isOutside(member: JsonObject): boolean {
  return codeOf(member, 'type') === '2';
}

function nameOf(member: JsonObject): readonly FeedName[] {
  const externalId = idOf(member, 'userid');
  const name = textOf(member, 'name').slice(0, 200);
  if (externalId === null || name === '' || !isOutside(member)) return [];
  return [{ externalId, kind: externalId.startsWith('wo') ? 'partner' : 'customer', name }];
}
