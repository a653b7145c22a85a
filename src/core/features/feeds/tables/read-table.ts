import { AppError } from '../../../contract/errors.ts';
import { type ColumnMapping, type FeedKind, type PersonRow, type TableKind, isTableKind } from '../model.ts';
import { type Circumstances, type FeedRecord, RecordRefusal, type RefusedRecord } from '../records.ts';
import { midnight } from '../times.ts';
import { Cells } from './cells.ts';
import { type Columns, columnsOf, kindOfHeader, suffices } from './columns.ts';
import {
  type Table,
  type TableRow,
  maximumTableBytes,
  parseTables,
  parseTop,
  tooLarge,
} from './parse-table.ts';
import { type RowReader, rowReaders } from './rows.ts';

/** What a table says. */
export interface TableReading {
  readonly kind: TableKind;
  /** The people of a roster or a list of customers. */
  readonly people: readonly PersonRow[];
  readonly records: readonly (FeedRecord & { readonly line: number })[];
  readonly refused: readonly (Omit<RefusedRecord, 'value'> & {
    readonly line: number;
    readonly raw: string;
  })[];
  /** Sheets of a workbook that are none of ours. */
  readonly passedOver: readonly string[];
}

/** Where in a table the header stands, and what it makes of the columns. */
export interface FoundHeader {
  readonly kind: TableKind;
  readonly columns: Columns;
  /** Its place among the rows. */
  readonly index: number;
}

/** Exports put a title or notes above the header. */
const rowsAboveHeader = 10;

/** Finds the header of a table; null: it has none that is known. */
export function findHeader(
  rows: readonly (readonly string[])[],
  expected: FeedKind | 'auto',
  mapping: ColumnMapping | null,
  fileName: string,
): FoundHeader | null {
  for (const [index, header] of rows.slice(0, rowsAboveHeader + 1).entries()) {
    const kind = mapping?.feed ?? kindFor(header, expected, fileName);
    if (kind === null) continue;
    const columns = columnsOf(header, kind, mapping);
    if (suffices(columns, kind)) return { kind, columns, index };
  }
  return null;
}

export function kindFor(
  header: readonly string[],
  expected: FeedKind | 'auto',
  fileName: string,
): TableKind | null {
  if (expected === 'auto') return kindOfHeader(header, fileName);
  return isTableKind(expected) ? expected : null;
}

/** Which table a text is by its beginning; null: none. */
export function tableKindOf(
  text: string,
  fileName: string,
  expected: FeedKind | 'auto',
  mapping: ColumnMapping | null,
): TableKind | null {
  const rows = parseTop(text, rowsAboveHeader + 1);
  return findHeader(rows, expected, mapping, fileName)?.kind ?? null;
}

/**
 * Reads a CSV or XLSX. Throws `file-too-large`, `wrong-encoding` and `file-not-recognised`. Rows that can't be taken are answered
 * with the reason.
 */
export async function readTable(
  bytes: Uint8Array,
  fileName: string,
  expected: FeedKind | 'auto',
  mapping: ColumnMapping | null,
  circumstances: Circumstances,
): Promise<TableReading> {
  if (bytes.length > maximumTableBytes) throw tooLarge(fileName);
  const tables = await parseTables(bytes, fileName);
  const found = tables.map((table) => ({
    table,
    header: findHeader(
      table.rows.map(({ cells }) => cells),
      expected,
      mapping,
      fileName,
    ),
  }));
  const first = found.find(({ header }) => header !== null);
  if (first?.header === undefined || first.header === null) throw noHeader(fileName);
  return {
    ...readRows(first.table, first.header, circumstances),
    passedOver: found.flatMap(({ table }) =>
      table === first.table || table.sheet === null ? [] : [table.sheet],
    ),
  };
}

function noHeader(fileName: string): AppError {
  return new AppError(
    'file-not-recognised',
    `${fileName} has no row that names its columns in a way that is known. Name them by a mapping of columns, or import it as what it is.`,
    { file: fileName },
  );
}

/** Reads the rows below a header. */
export function readRows(
  { rows }: Table,
  { kind, columns, index }: FoundHeader,
  circumstances: Circumstances,
): Omit<TableReading, 'passedOver'> {
  const { asOf, fileDay, today, timeZone } = circumstances;
  const time = { at: midnight(asOf ?? fileDay ?? today, timeZone), wholeDay: true };
  const body = rows
    .slice(index + 1)
    .map((row) => ({ row, cells: new Cells(row.cells, columns, circumstances) }));
  const reader: RowReader = rowReaders[kind](
    time,
    body.map(({ cells }) => cells),
  );
  const people: PersonRow[] = [];
  const records: (FeedRecord & { line: number })[] = [];
  const refused: TableReading['refused'][number][] = [];
  let pending = reader.whole;
  for (const { row, cells } of body) {
    try {
      const { facts, person } = reader.read(cells);
      if (person !== undefined) people.push(person);
      records.push({ feed: kind, facts: [...pending, ...facts], names: [], line: row.line });
      pending = [];
    } catch (error) {
      if (!(error instanceof RecordRefusal)) throw error;
      refused.push(refusal(row, error));
    }
  }
  // An empty table says that there is nothing.
  if (pending.length > 0 && body.length === 0)
    records.push({ feed: kind, facts: pending, names: [], line: 1 });
  return { kind, people, records, refused };
}

function refusal(
  { line, raw }: TableRow,
  { reason, message }: RecordRefusal,
): TableReading['refused'][number] {
  return { line, raw, reason, detail: message };
}
