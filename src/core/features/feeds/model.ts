import type { Milliseconds } from '../../contract/ids.ts';

export { feedTitles } from './titles.ts';

/**
 * What a file may be besides a chat archive: the answers of WeCom's API, its events and logs, and tables that people export.
 * docs/formats.md says how each looks.
 */
export const feedKinds = [
  'roster',
  'customers',
  'groups',
  'unassigned',
  'transfer-customer',
  'transfer-result',
  'transfer-group',
  'events',
  'live-codes',
  'sop-tasks',
  'file-leaks',
  'screenshots',
  'member-log',
] as const;
export type FeedKind = (typeof feedKinds)[number];

/**
 * What one record of a feed says. Facts are never changed or weighed when they come in: which of them hold is decided where they
 * are read, from all of them, so that the order of imports can't matter.
 */
export const factKinds = [
  /** `employee`'s list of customers was exported at `at`: who isn't in its `listed` facts of then wasn't there. */
  'list',
  /** It named the customer `item`; `otherAt` is when they became contacts. */
  'listed',
  /** The customer `item` of the leaver `employee`, who left at `at`, waits to be assigned. */
  'unassigned',
  /** Handing the customer `item` from `employee` to `taker` was asked for; `code` is the answer's errcode. */
  'transfer-start',
  /** How that stands at `at`; `code` is the status, `otherAt` the takeover_time. */
  'transfer-result',
  /** A change_external_contact event; `code` is its ChangeType, `detail` its Source or FailReason. In transfer_fail only `taker` is named. */
  'contact-event',
  /** A list of groups was exported at `at`, of `employee` where it names one. */
  'group-list',
  /** The group `item`, owned by `employee` where the record says so; `code` is its status (0 to 3). */
  'group',
  /** Handing the group `item` from `employee` to `taker` was asked for; `code` is the errcode, 0 where it isn't among the failed. */
  'group-transfer',
  /** A change_external_chat event; `code` is its ChangeType, `detail` its UpdateDetail. */
  'group-event',
  /** A table of live codes was exported at `at`: which isn't in its `live-code` facts of then wasn't there. */
  'live-code-list',
  /** The live code `item` led to `employee` (one fact for each person it leads to; none: nobody); `code` is its state. */
  'live-code',
  'task-list',
  /** The SOP task `item` was `employee`'s; `code` is its state, `otherAt` when it is due. */
  'task',
  'file-leak',
  'screenshot',
  'member-log',
  /** A roster was exported at `at`. */
  'roster-list',
  /** It named `employee`. */
  'employed',
  /** A roster or departure list says that `employee` leaves; `at` is the last day. */
  'departure',
] as const;
export type FactKind = (typeof factKinds)[number];

/** States of live codes and tasks, from the words of tables (启用, 停用, 已完成…). */
export const liveCodeStates = ['active', 'disabled'] as const;
export type LiveCodeState = (typeof liveCodeStates)[number];
export const taskStates = ['open', 'done', 'cancelled'] as const;
export type TaskState = (typeof taskStates)[number];

export interface Fact {
  readonly kind: FactKind;
  /** A userid. */
  readonly employee: string | null;
  /** An external_userid, a chat_id, a live code's or task's id. */
  readonly item: string | null;
  /** The userid of whoever takes over. */
  readonly taker: string | null;
  /** When it held or happened. Where only a day is known (`wholeDay`), that day's midnight in the workspace's time zone. */
  readonly at: Milliseconds;
  readonly wholeDay: boolean;
  /** An errcode, a status, a ChangeType, a state, as the feed has it. */
  readonly code: string | null;
  readonly detail: string | null;
  readonly otherAt: Milliseconds | null;
  /** What else the record says that a person may want to see; keys in the order of the alphabet. */
  readonly data: Readonly<Record<string, FactValue>>;
}

export type FactValue = string | number | boolean | null | readonly string[];

/** Where a fact stands. */
export interface FactSource {
  readonly feed: FeedKind;
  /** The file's name as it was imported. */
  readonly file: string;
  readonly line: number;
}

/** Why a record of a feed can't be taken: a key below `imports.reason.` in the i18n files. */
export const feedRefusals = [
  /** WeCom answered with an error, which says nothing of customers or groups. */
  'answer-error',
  /** Nothing that is known, or another feed than the one that was asked for. */
  'other-feed',
  /** An event of something else. */
  'other-event',
  /** A row of a roster without an id. */
  'no-userid',
  'no-employee',
  'no-item',
  'no-time',
  'wrong-type',
  'broken-xml',
] as const;
export type FeedRefusal = (typeof feedRefusals)[number];

/**
 * What the columns of a table can say, for each feed that comes as a table (CSV, XLSX). A mapping of columns says which header is
 * which of them; without one the usual headers are known.
 */
export const tableFields = {
  roster: ['employee', 'name', 'branch', 'position', 'lastDay', 'reason', 'taker', 'supervisor'],
  customers: ['item', 'employee', 'name', 'remark', 'tags', 'addedAt'],
  groups: ['item', 'name', 'employee', 'state', 'members', 'addedAt'],
  unassigned: ['item', 'employee', 'lastDay'],
  'live-codes': ['item', 'name', 'employees', 'state'],
  'sop-tasks': ['item', 'name', 'employee', 'state', 'dueAt', 'customer'],
  'file-leaks': ['employee', 'time', 'operation', 'file', 'size', 'customer', 'device'],
  screenshots: ['employee', 'time', 'operation', 'detail', 'device'],
  'member-log': ['employee', 'time', 'operation', 'detail', 'device'],
} as const satisfies Partial<Readonly<Record<FeedKind, readonly string[]>>>;
export type TableKind = keyof typeof tableFields;
export const tableKinds = Object.keys(tableFields) satisfies string[] as readonly TableKind[];
export type TableField = (typeof tableFields)[TableKind][number];

/** Of each group one column has to be there, for a table to be of that feed. */
export const neededFields: Readonly<Record<TableKind, readonly (readonly TableField[])[]>> = {
  roster: [['employee'], ['name', 'lastDay']],
  customers: [['item']],
  groups: [['item']],
  unassigned: [['item'], ['employee']],
  'live-codes': [['item', 'name'], ['employees']],
  'sop-tasks': [['item', 'name'], ['employee']],
  'file-leaks': [['employee'], ['time'], ['file']],
  screenshots: [['employee'], ['time']],
  'member-log': [['employee'], ['time'], ['operation']],
};

/** Which header is which field of a table. */
export interface ColumnMapping {
  readonly feed: TableKind;
  readonly columns: Readonly<Partial<Record<TableField, string>>>;
}

export function isTableKind(kind: string): kind is TableKind {
  return Object.hasOwn(tableFields, kind);
}

/** A person as a roster or a list of customers names them; null: it has no such column, or nothing in it. */
export interface PersonRow {
  readonly externalId: string;
  readonly name: string | null;
  readonly branch: string | null;
  readonly position: string | null;
}
