import {
  type JsonObject,
  type Reading,
  RecordRefusal,
  codeOf,
  dataOf,
  idOf,
  idOrNull,
  isObject,
  makeFact,
  textOf,
} from '../records.ts';
import { momentOfNumber } from '../times.ts';
import type { Answer } from './answer.ts';
import { readItems } from './items.ts';

const leaverKeys = ['handover_userid', 'userid', 'handover_user_id', 'old_owner'] as const;
const takerKeys = ['takeover_userid', 'new_owner', 'takeover_user_id'] as const;

/** `info[]` of get_unassigned_list. `dimission_time` is when the employee left. */
export function readUnassigned(answer: Answer, reading: Reading): void {
  const { info } = answer.body;
  const items = Array.isArray(info) ? info : [answer.body];
  readItems(
    items,
    'unassigned',
    [],
    (entry) => {
      if (!isObject(entry)) throw new RecordRefusal('wrong-type', 'an entry of info is not an object');
      const employee = idOf(entry, 'handover_userid') ?? answer.id('handover_userid', 'userid');
      if (employee === null) throw new RecordRefusal('no-employee', 'an entry without handover_userid');
      const item = idOf(entry, 'external_userid');
      if (item === null) throw new RecordRefusal('no-item', 'an entry without external_userid');
      const left = momentOfNumber(entry['dimission_time']);
      const time = left === null ? answer.day() : { at: left, wholeDay: false };
      return { facts: [makeFact('unassigned', time, { employee, item })], names: [] };
    },
    reading,
  );
}

/** `customer[]{external_userid, errcode}` of transfer_customer: errcode 0 says that the hand-over was started. */
export function readTransferStart(answer: Answer, reading: Reading): void {
  const time = answer.time();
  readItems(
    customersOf(answer),
    'transfer-customer',
    [],
    (entry) => {
      const { employee, taker, item } = partiesOf(answer, entry);
      const code = codeOf(isObject(entry) ? entry : {}, 'errcode');
      if (code === null) throw new RecordRefusal('wrong-type', 'a customer without errcode');
      const fact = makeFact('transfer-start', time, { employee, taker, item, code });
      return { facts: [fact], names: [] };
    },
    reading,
  );
}

/** `customer[]{external_userid, status, takeover_time}` of transfer_result. */
export function readTransferResult(answer: Answer, reading: Reading): void {
  const time = answer.time();
  readItems(
    customersOf(answer),
    'transfer-result',
    [],
    (entry) => {
      const { employee, taker, item } = partiesOf(answer, entry);
      const code = codeOf(isObject(entry) ? entry : {}, 'status');
      if (code === null) throw new RecordRefusal('wrong-type', 'a customer without status');
      const otherAt = momentOfNumber(isObject(entry) ? entry['takeover_time'] : null);
      const fact = makeFact('transfer-result', time, { employee, taker, item, code, otherAt });
      return { facts: [fact], names: [] };
    },
    reading,
  );
}

/** `failed_chat_list[]` of groupchat/transfer; of the groups that were asked for, those that aren't among them went through. */
export function readGroupTransfer(answer: Answer, reading: Reading): void {
  const time = answer.time();
  const employee = answer.id(...leaverKeys);
  const taker = answer.id(...takerKeys);
  const failed = new Map<string, JsonObject>();
  const broken: unknown[] = [];
  const list = answer.body['failed_chat_list'];
  for (const entry of Array.isArray(list) ? list : []) {
    const id = isObject(entry) ? idOrNull(entry['chat_id']) : null;
    if (isObject(entry) && id !== null) failed.set(id, entry);
    else broken.push(entry);
  }
  const asked = answer.ids('chat_id_list', 'chat_ids') ?? [];
  readItems(
    [...new Set([...asked, ...failed.keys()])],
    'transfer-group',
    [],
    (id) => {
      const item = String(id);
      const entry = failed.get(item);
      const code = entry === undefined ? '0' : (codeOf(entry, 'errcode') ?? 'failed');
      const data = dataOf({ message: entry === undefined ? '' : textOf(entry, 'errmsg') });
      return { facts: [makeFact('group-transfer', time, { employee, taker, item, code, data })], names: [] };
    },
    reading,
  );
  for (const value of broken) {
    reading.refused.push({
      reason: 'no-item',
      detail: 'an entry of failed_chat_list without chat_id',
      value,
    });
  }
}

function customersOf(answer: Answer): readonly unknown[] {
  const { customer } = answer.body;
  return Array.isArray(customer) ? customer : [answer.body];
}

/** Who hands whom over to whom. A record may name them itself; otherwise the request beside the answer does. */
function partiesOf(answer: Answer, entry: unknown) {
  if (!isObject(entry)) throw new RecordRefusal('wrong-type', 'an entry of customer is not an object');
  const item = idOf(entry, 'external_userid');
  if (item === null) throw new RecordRefusal('no-item', 'a customer without external_userid');
  const employee = idOf(entry, 'handover_userid') ?? answer.id(...leaverKeys);
  if (employee === null)
    throw new RecordRefusal(
      'no-employee',
      'no handover_userid beside the answer: nobody can tell whose customer it was',
    );
  const taker = idOf(entry, 'takeover_userid') ?? answer.id(...takerKeys);
  return { employee, taker, item };
}
