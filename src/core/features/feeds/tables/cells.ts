import type { Milliseconds } from '../../../contract/ids.ts';
import { type LiveCodeState, type TableField, type TaskState } from '../model.ts';
import { type Circumstances, type FactTime, RecordRefusal, clip, idOf } from '../records.ts';
import { timeOfValue } from '../times.ts';
import type { Columns } from './columns.ts';

/** The cells of a row by their fields. */
export class Cells {
  readonly #cells: readonly string[];
  readonly #columns: Columns;
  readonly #timeZone: string;

  constructor(cells: readonly string[], columns: Columns, { timeZone }: Circumstances) {
    this.#cells = cells;
    this.#columns = columns;
    this.#timeZone = timeZone;
  }

  text(field: TableField): string {
    const index = this.#columns[field];
    return index === undefined ? '' : clip((this.#cells[index] ?? '').trim());
  }

  has(field: TableField): boolean {
    return this.#columns[field] !== undefined;
  }

  /** An id; null: the cell is empty. Where a name stands with it (`王磊(wanglei)`), the id in the brackets. */
  id(field: TableField): string | null {
    return idIn(this.text(field));
  }

  /** The ids of a cell that lists several. */
  ids(field: TableField): readonly string[] {
    const parts = this.text(field).split(/[,，、;；|\n]+/u);
    return [...new Set(parts.flatMap((part) => idIn(part) ?? []))];
  }

  /** The id that there has to be. Throws RecordRefusal. */
  needId(field: TableField): string {
    const id = this.id(field);
    if (id !== null) return id;
    throw field === 'employee'
      ? new RecordRefusal('no-employee', 'the row names no employee')
      : new RecordRefusal('no-item', 'the row has no id');
  }

  /** A moment or day; null: the cell is empty or holds something else. */
  time(field: TableField): FactTime | null {
    const text = this.text(field);
    return text === '' ? null : timeOfValue(/^\d{9,13}$/.test(text) ? Number(text) : text, this.#timeZone);
  }

  at(field: TableField): Milliseconds | null {
    return this.time(field)?.at ?? null;
  }
}

function idIn(text: string): string | null {
  const named = /^[^()（）]*[(（]([\w.@-]+)[)）]$/u.exec(text.trim());
  return idOf({ id: named?.[1] ?? text }, 'id');
}

const word = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');

const codeStates: Readonly<Record<LiveCodeState, readonly string[]>> = {
  active: [
    '',
    '启用',
    '已启用',
    '正常',
    '使用中',
    '生效',
    '生效中',
    '有效',
    '开启',
    'active',
    'enabled',
    'on',
    'normal',
    'valid',
    '1',
    'true',
    '是',
  ],
  disabled: [
    '停用',
    '已停用',
    '禁用',
    '已禁用',
    '失效',
    '已失效',
    '关闭',
    '已关闭',
    '删除',
    '已删除',
    '过期',
    '已过期',
    '作废',
    'disabled',
    'inactive',
    'off',
    'deleted',
    'expired',
    'invalid',
    '0',
    'false',
    '否',
  ],
};

/** A live code's state, by its word; an unknown word as it is. */
export function codeStateOf(text: string): string {
  if (codeStates.active.includes(word(text))) return 'active' satisfies LiveCodeState;
  return codeStates.disabled.includes(word(text)) ? ('disabled' satisfies LiveCodeState) : text;
}

const taskWords: Readonly<Record<TaskState, readonly string[]>> = {
  open: [
    '',
    '未完成',
    '待完成',
    '待办',
    '待处理',
    '待执行',
    '待跟进',
    '未执行',
    '未开始',
    '进行中',
    '执行中',
    '处理中',
    '逾期',
    '已逾期',
    '超时',
    'open',
    'pending',
    'todo',
    'inprogress',
    'doing',
    'overdue',
    'new',
  ],
  done: [
    '已完成',
    '完成',
    '已执行',
    '已处理',
    '已结束',
    'done',
    'completed',
    'complete',
    'finished',
    'closed',
  ],
  cancelled: [
    '已取消',
    '取消',
    '作废',
    '已作废',
    '已终止',
    '终止',
    '已关闭',
    '关闭',
    'cancelled',
    'canceled',
    'aborted',
    'void',
  ],
};

/** A task's state, by its word; an unknown word as it is. */
export function taskStateOf(text: string): string {
  const wanted = word(text);
  for (const state of ['open', 'done', 'cancelled'] as const)
    if (taskWords[state].includes(wanted)) return state;
  return text;
}

const groupWords: Readonly<Record<string, readonly string[]>> = {
  0: ['正常', '跟进人正常', 'normal'],
  1: ['跟进人离职', '群主离职', '群主已离职', '离职', '待继承', '待分配', 'ownerleft'],
  2: ['离职继承中', '继承中', '分配中', 'inheriting'],
  3: ['离职继承完成', '继承完成', '已继承', '已分配', 'inherited'],
};

/** A group's status as the API numbers it, by its word; an unknown word as it is, null where there is none. */
export function groupStatusOf(text: string): string | null {
  if (text === '') return null;
  for (const [status, words] of Object.entries(groupWords)) if (words.includes(word(text))) return status;
  return text;
}
