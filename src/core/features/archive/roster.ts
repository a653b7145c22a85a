import { isUtf8 } from 'node:buffer';

import { parse } from 'csv-parse/sync';

import { AppError } from '../../contract/errors.ts';
import { markedEncoding } from '../../platform/text-encoding.ts';
import type { QuarantinedEntry } from './batch.ts';
import { decodeText } from './encodings.ts';

/** A list of employees, or of customers. */
export type RosterKind = 'roster' | 'customers';

/** A person as a roster names them; null: the roster has no such column, or nothing in it. */
export interface RosterRow {
  readonly externalId: string;
  readonly name: string | null;
  readonly branch: string | null;
  readonly position: string | null;
}

export interface Roster {
  readonly rows: readonly RosterRow[];
  readonly quarantined: readonly QuarantinedEntry[];
}

/**
 * Some 130,000 people. A roster is read whole, because it is stored and audited as one: 16 MiB of it took the process to
 * 774 MiB (docs/benchmarks.md). A larger one comes in parts.
 */
export const maximumRosterBytes = 8 * 2 ** 20;

// Headers that exports of WeCom and of banks' HR systems use; spaces, underscores and case don't matter.
const aliases = {
  userid: [
    'userid',
    'useraccount',
    'account',
    'employeeid',
    'staffid',
    'id',
    '账号',
    '帐号',
    '成员账号',
    '员工账号',
    '工号',
    '员工编号',
    '员工id',
    '用户id',
    '成员id',
    '企业微信账号',
    '企业微信id',
  ],
  customerId: [
    'externaluserid',
    'externalid',
    'customerid',
    'customeruserid',
    '客户id',
    '客户编号',
    '客户userid',
    '客户externaluserid',
    '外部联系人id',
    '外部联系人userid',
  ],
  name: [
    'name',
    'fullname',
    'username',
    'displayname',
    'customername',
    'remark',
    '姓名',
    '名称',
    '名字',
    '成员姓名',
    '员工姓名',
    '客户姓名',
    '客户名称',
    '客户昵称',
    '昵称',
    '备注名',
    '备注',
  ],
  branch: [
    'branch',
    'department',
    'dept',
    'organization',
    'organisation',
    'outlet',
    '网点',
    '机构',
    '支行',
    '分行',
    '部门',
    '所属机构',
    '所属网点',
    '所属部门',
    '所属支行',
    '分支机构',
  ],
  position: ['position', 'title', 'jobtitle', 'job', '职务', '岗位', '职位'],
} as const;
type Column = keyof typeof aliases;

function columnsOf(header: readonly string[]): Partial<Record<Column, number>> {
  const columns: Partial<Record<Column, number>> = {};
  const names = header.map((name) => name.toLowerCase().replaceAll(/[\s_\-（）()]/g, ''));
  for (const column of ['userid', 'customerId', 'name', 'branch', 'position'] as const) {
    // The earliest alias wins: 姓名 before 备注.
    for (const alias of aliases[column]) {
      const index = names.indexOf(alias);
      if (index >= 0) {
        columns[column] = index;
        break;
      }
    }
  }
  return columns;
}

/** Which list a CSV's header announces; null: none. */
export function rosterKindOf(head: Uint8Array, expected: 'auto' | RosterKind): RosterKind | null {
  const end = head.indexOf(0x0a);
  const line = end < 0 ? head : head.subarray(0, end);
  const marked = markedEncoding(head);
  const text =
    marked !== null && marked.encoding !== 'utf-8'
      ? new TextDecoder(marked.encoding).decode(head.subarray(marked.mark)).split('\n')[0]
      : new TextDecoder(isUtf8(line) ? 'utf-8' : 'gb18030').decode(line);
  if (text === undefined || text.includes('\0')) return null;
  const columns = columnsOf(
    text
      .trim()
      .split(delimiterOf(text))
      .map((cell) => cell.replaceAll('"', '')),
  );
  if (columns.customerId !== undefined && expected !== 'roster') return 'customers';
  const hasId = columns.userid !== undefined || columns.customerId !== undefined;
  if (!hasId || columns.name === undefined) return null;
  return expected === 'auto' ? 'roster' : expected;
}

function delimiterOf(line: string): string {
  const counts = [',', '\t', ';', '，'].map((delimiter) => ({
    delimiter,
    count: line.split(delimiter).length,
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

/** Reads a roster whole. Rows without an id go to quarantine. */
export function readRoster(bytes: Uint8Array, kind: RosterKind, fileName: string): Roster {
  const text = decodeText(bytes, fileName);
  const firstLine = text.slice(0, text.search(/\n|$/));
  let records: { record: string[]; info: { lines: number }; raw: string }[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(firstLine),
      info: true,
      raw: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 2 ** 20,
    }) as unknown as typeof records;
  } catch (error) {
    throw new AppError(
      'file-not-recognised',
      `${fileName} is not a CSV file that can be read: a quotation mark is left open, or a row is too long.`,
      { file: fileName },
      error,
    );
  }
  const [header, ...body] = records;
  const columns = columnsOf(header?.record ?? []);
  const idColumn =
    kind === 'customers' ? (columns.customerId ?? columns.userid) : (columns.userid ?? columns.customerId);
  const rows: RosterRow[] = [];
  const quarantined: QuarantinedEntry[] = [];
  for (const { record, info, raw } of body) {
    const cell = (index: number | undefined) => {
      const value = index === undefined ? '' : (record[index] ?? '').trim();
      return value === '' ? null : value.slice(0, 200);
    };
    const externalId = cell(idColumn);
    if (externalId === null) {
      const rawBytes = Buffer.from(raw, 'utf8');
      quarantined.push({
        line: info.lines,
        reason: 'no-userid',
        detail: 'the row has no id',
        raw: rawBytes.subarray(0, 65_536),
        size: rawBytes.length,
        seq: null,
      });
    } else {
      rows.push({
        externalId,
        name: cell(columns.name),
        branch: cell(columns.branch),
        position: cell(columns.position),
      });
    }
  }
  return { rows, quarantined };
}
