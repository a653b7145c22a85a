import {
  type FeedName,
  type JsonObject,
  type Reading,
  RecordRefusal,
  codeOf,
  dataOf,
  idOf,
  idOrNull,
  isObject,
  makeFact,
  objectsOf,
  textOf,
} from '../records.ts';
import { momentOfNumber } from '../times.ts';
import type { Answer } from './answer.ts';
import { readItems } from './items.ts';

/** `external_contact_list[]` of one or more employees, `external_userid[]` of one, or a single customer with `follow_user[]`. */
export function readCustomers(answer: Answer, reading: Reading): void {
  const { body } = answer;
  if (Array.isArray(body['external_userid'])) readIds(answer, body['external_userid'], reading);
  else if (Array.isArray(body['external_contact_list'])) {
    readList(answer, body['external_contact_list'], reading);
  } else readDetail(answer, reading);
}

function readIds(answer: Answer, ids: readonly unknown[], reading: Reading): void {
  const employee = answer.id('userid', 'handover_userid');
  if (employee === null) {
    reading.refused.push({
      reason: 'no-employee',
      detail: 'a list of external_userid without a userid beside it',
      value: answer.body,
    });
    return;
  }
  const time = answer.day();
  readItems(
    ids,
    'customers',
    [makeFact('list', time, { employee })],
    (value) => {
      const item = idOf({ value }, 'value');
      if (item === null) throw new RecordRefusal('no-item', 'an external_userid is empty');
      return { facts: [makeFact('listed', time, { employee, item })], names: [] };
    },
    reading,
  );
}

function readList(answer: Answer, list: readonly unknown[], reading: Reading): void {
  const asked = answer.ids('userid_list') ?? [];
  const beside = answer.id('userid', 'handover_userid') ?? (asked.length === 1 ? (asked[0] ?? null) : null);
  const time = answer.day();
  const employees = new Set<string>(asked);
  if (beside !== null) employees.add(beside);
  for (const entry of objectsOf(list)) {
    const follow = entry['follow_info'];
    const userid = isObject(follow) ? idOrNull(follow['userid']) : null;
    if (userid !== null) employees.add(userid);
  }
  if (list.length === 0 && employees.size === 0) {
    // Were it passed over, a leaver without customers would look like one whose list was never fetched.
    reading.refused.push({
      reason: 'no-employee',
      detail:
        'an empty list of customers that names no employee: put the userid that was asked for beside it',
      value: answer.body,
    });
    return;
  }
  readItems(
    list,
    'customers',
    [...employees].map((employee) => makeFact('list', time, { employee })),
    (value) => {
      const contact = isObject(value) ? value['external_contact'] : null;
      if (!isObject(value) || !isObject(contact))
        throw new RecordRefusal('wrong-type', 'a customer without external_contact');
      const follow = isObject(value['follow_info']) ? value['follow_info'] : {};
      const employee = idOf(follow, 'userid') ?? beside;
      if (employee === null)
        throw new RecordRefusal('no-employee', 'neither follow_info nor the answer names an employee');
      return { facts: [listed(time, employee, contact, follow)], names: nameOf(contact) };
    },
    reading,
  );
}

/** One customer and everybody who follows them. It is nobody's list: who isn't named in it may still be there. */
function readDetail(answer: Answer, reading: Reading): void {
  const time = answer.day();
  readItems(
    [answer.body],
    'customers',
    [],
    (body) => {
      const contact = isObject(body) ? body['external_contact'] : null;
      if (!isObject(body) || !isObject(contact))
        throw new RecordRefusal('wrong-type', 'external_contact is not an object');
      const follows = [...objectsOf(body['follow_user']), ...objectsOf([body['follow_info']])];
      const facts = follows.map((follow) => {
        const employee = idOf(follow, 'userid') ?? answer.id('userid', 'handover_userid');
        if (employee === null) throw new RecordRefusal('no-employee', 'a follow_user without userid');
        return listed(time, employee, contact, follow);
      });
      return { facts, names: nameOf(contact) };
    },
    reading,
  );
}

function listed(time: ReturnType<Answer['day']>, employee: string, contact: JsonObject, follow: JsonObject) {
  const item = idOf(contact, 'external_userid');
  if (item === null) throw new RecordRefusal('no-item', 'a customer without external_userid');
  return makeFact('listed', time, {
    employee,
    item,
    otherAt: momentOfNumber(follow['createtime']),
    data: dataOf({
      name: textOf(contact, 'name'),
      corp: textOf(contact, 'corp_name', 'corp_full_name'),
      remark: textOf(follow, 'remark'),
      description: textOf(follow, 'description'),
      tags: tagsOf(follow),
      addWay: codeOf(follow, 'add_way'),
      operator: textOf(follow, 'oper_userid'),
      state: textOf(follow, 'state'),
    }),
  });
}

/** Names of tags where the answer has them, their ids elsewhere; in order, so that two answers agree. */
function tagsOf(follow: JsonObject): readonly string[] {
  const named = objectsOf(follow['tags']).map((tag) => textOf(tag, 'tag_name', 'tag_id'));
  const ids = Array.isArray(follow['tag_id']) ? follow['tag_id'].map(String) : [];
  return [...new Set(named.length > 0 ? named : ids)]
    .filter((tag) => tag !== '')
    .toSorted()
    .slice(0, 100);
}

function nameOf(contact: JsonObject): readonly FeedName[] {
  const externalId = idOf(contact, 'external_userid');
  const name = textOf(contact, 'name').slice(0, 200);
  if (externalId === null || name === '') return [];
  return [{ externalId, kind: codeOf(contact, 'type') === '2' ? 'partner' : 'customer', name }];
}
