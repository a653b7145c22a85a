import { type ColumnMapping, type TableField, type TableKind, neededFields, tableFields } from '../model.ts';
import { aliases, telling } from './aliases.ts';

/** In this order: what is more particular first. */
const kindsInOrder: readonly TableKind[] = [
  'live-codes',
  'sop-tasks',
  'screenshots',
  'file-leaks',
  'member-log',
  'unassigned',
  'customers',
  'groups',
  'roster',
];

/** Where each field stands in a row. */
export type Columns = Readonly<Partial<Record<TableField, number>>>;

const normal = (header: string) =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-()（）【】[\]*＊.:：]/gu, '');

/** The columns of a header row for a table of that kind, by their usual names or by a mapping. */
export function columnsOf(
  header: readonly string[],
  kind: TableKind,
  mapping: ColumnMapping | null,
): Columns {
  const names = header.map(normal);
  const columns: Partial<Record<TableField, number>> = {};
  const taken = new Set<number>();
  for (const field of tableFields[kind]) {
    const mapped = mapping?.columns[field];
    const wanted =
      mapping === null ? (aliases[kind][field] ?? []) : mapped === undefined ? [] : [normal(mapped)];
    for (const alias of wanted) {
      const index = names.indexOf(alias);
      // By its usual name a column says one thing; a mapping may want it for two.
      if (index >= 0 && (mapping !== null || !taken.has(index))) {
        columns[field] = index;
        taken.add(index);
        break;
      }
    }
  }
  return columns;
}

/** Whether what a table of that kind needs is among the columns. */
export function suffices(columns: Columns, kind: TableKind): boolean {
  return neededFields[kind].every((choices) => choices.some((field) => columns[field] !== undefined));
}

/** Tables whose headers may be as plain as anybody's: their files' names help. */
const hints: readonly (readonly [TableKind, RegExp])[] = [
  ['live-codes', /live|codes?(?![a-z])|qr|活码|二维码/i],
  ['sop-tasks', /sop|tasks?(?![a-z])|任务/i],
];

/** Which feed a header row is one of; null: none. The file's name counts where the header leaves it open. */
export function kindOfHeader(header: readonly string[], fileName: string): TableKind | null {
  for (const [kind, pattern] of hints) {
    if (pattern.test(fileName) && suffices(columnsOf(header, kind, null), kind)) return kind;
  }
  const names = new Set(header.map(normal));
  for (const kind of kindsInOrder) {
    const marks = telling[kind];
    if (marks !== undefined && !marks.some((mark) => names.has(mark))) continue;
    if (suffices(columnsOf(header, kind, null), kind)) return kind;
  }
  return null;
}
