import type { FeedKind } from '../model.ts';
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
import type { Answer } from './answer.ts';
import { readItems } from './items.ts';

/** The kinds of logs that come as `record_list[]`. */
export type LogKind = Extract<FeedKind, 'file-leaks' | 'screenshots' | 'member-log'>;

/** Which log a record is of; null: none of ours. */
export function logKindOf(record: JsonObject): LogKind | null {
  const has = (name: string) => Object.hasOwn(record, name);
  if (has('screen_shot_type') || has('screen_shot_content')) return 'screenshots';
  if (isObject(record['operation']) || has('file_info') || has('file_md5')) return 'file-leaks';
  if (has('oper_type') || has('operate_type') || has('oper_detail') || has('detail_info'))
    return 'member-log';
  return null;
}

/** `record_list[]` of one of the logs, or one record. */
export function readLog(answer: Answer, kind: LogKind, reading: Reading): void {
  const list = answer.body['record_list'];
  const items = Array.isArray(list) ? list : [answer.body];
  readItems(
    items,
    kind,
    [],
    (entry) => {
      if (!isObject(entry)) throw new RecordRefusal('wrong-type', 'a record is not an object');
      return { facts: [logFact(entry, kind, answer.circumstances)], names: [] };
    },
    reading,
  );
}

function logFact(record: JsonObject, kind: LogKind, { timeZone }: Circumstances) {
  const employee = idOf(record, 'userid', 'oper_userid', 'operator_userid', 'operator');
  if (employee === null) throw new RecordRefusal('no-employee', 'a record without userid');
  const time = timeOfValue(record['time'] ?? record['create_time'] ?? record['oper_time'], timeZone);
  if (time === null) throw new RecordRefusal('no-time', 'a record without time');
  switch (kind) {
    case 'file-leaks': {
      const operation = isObject(record['operation']) ? record['operation'] : record;
      return makeFact('file-leak', time, {
        employee,
        code: codeOf(operation, 'type', 'operation', 'operation_type'),
        detail: orNull(textOf(record, 'file_info', 'file_name', 'filename')),
        data: dataOf({
          source: codeOf(operation, 'source'),
          size: sizeOf(record['file_size']),
          md5: textOf(record, 'file_md5'),
          externalUser: textOf(record, 'external_user'),
          device: textOf(record, 'device_code'),
          deviceType: codeOf(record, 'device_type'),
        }),
      });
    }
    case 'screenshots':
      return makeFact('screenshot', time, {
        employee,
        code: codeOf(record, 'screen_shot_type'),
        detail: orNull(textOf(record, 'screen_shot_content')),
        data: dataOf({ system: textOf(record, 'system'), department: codeOf(record, 'department_id') }),
      });
    case 'member-log':
      return makeFact('member-log', time, {
        employee,
        code: codeOf(record, 'oper_type', 'operate_type', 'type'),
        detail: orNull(textOf(record, 'detail_info', 'oper_detail', 'detail')),
        data: dataOf({ ip: textOf(record, 'ip'), device: textOf(record, 'device_code', 'device') }),
      });
  }
}

function sizeOf(value: unknown): number | null {
  const size = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof size === 'number' && Number.isSafeInteger(size) ? size : null;
}

const orNull = (text: string) => (text === '' ? null : text);
