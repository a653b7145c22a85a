import { AppError } from '../../../contract/errors.ts';
import type { TablePreview } from '../contract.ts';
import { type ColumnMapping, type TableField, type TableKind, neededFields, tableFields } from '../model.ts';
import type { PreviewRequest } from './preview-protocol.ts';
import { type Columns, columnsOf } from './columns.ts';
import { type Table, parseTables } from './parse-table.ts';
import { findHeader, kindFor, readRows } from './read-table.ts';

/** Rows that a preview shows. */
const mostSamples = 10;

/** How a table would be understood. Throws as `parseTables` does, and `file-empty`. */
export async function previewTable(bytes: Uint8Array, request: PreviewRequest): Promise<TablePreview> {
  const { fileName, kind, mapping, circumstances } = request;
  const tables = await parseTables(bytes, fileName);
  for (const table of tables) {
    const rows = table.rows.map(({ cells }) => cells);
    const found = findHeader(rows, kind, mapping, fileName);
    if (found === null) continue;
    const { records, refused } = readRows(table, found, circumstances);
    const header = rows[found.index] ?? [];
    const body = table.rows.slice(found.index + 1);
    return {
      feed: found.kind,
      header: [...header],
      columns: headersOf(header, found.columns),
      missing: [],
      rows: body.length,
      refusedTotal: refused.length,
      samples: body.slice(0, mostSamples).map(({ line, cells }) => ({
        line,
        cells: [...cells],
        facts: records
          .filter((record) => record.line === line)
          .flatMap(({ facts }) => facts)
          // What the table as a whole says comes with its first row.
          .filter(({ employee, item }) => item !== null || employee !== null)
          .filter(({ kind: of }) => of !== 'list'),
        refused: refused.find((row) => row.line === line)?.reason ?? null,
      })),
    };
  }
  return withoutHeader(tables, fileName, kind, mapping);
}

/** Nothing can be read yet: the likeliest header, and what is missing for the kind that was asked for. */
function withoutHeader(
  tables: readonly Table[],
  fileName: string,
  expected: PreviewRequest['kind'],
  mapping: ColumnMapping | null,
): TablePreview {
  const [table] = tables;
  const rows = table?.rows.map(({ cells }) => cells) ?? [];
  const index = Math.max(
    0,
    rows.slice(0, 10).findIndex((cells) => cells.filter((cell) => cell !== '').length > 1),
  );
  const header = rows[index];
  if (table === undefined || header === undefined) {
    throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
  }
  const feed = mapping?.feed ?? kindFor(header, expected, fileName);
  const columns = feed === null ? {} : columnsOf(header, feed, mapping);
  const body = table.rows.slice(index + 1);
  return {
    feed,
    header: [...header],
    columns: headersOf(header, columns),
    missing: feed === null ? [] : missingOf(feed, columns),
    rows: body.length,
    refusedTotal: 0,
    samples: body
      .slice(0, mostSamples)
      .map(({ line, cells }) => ({ line, cells: [...cells], facts: [], refused: null })),
  };
}

function missingOf(feed: TableKind, columns: Columns): TableField[][] {
  return neededFields[feed]
    .filter((choices) => choices.every((field) => columns[field] === undefined))
    .map((choices) => [...choices]);
}

function headersOf(header: readonly string[], columns: Columns): TablePreview['columns'] {
  const found: Partial<Record<TableField, string>> = {};
  for (const field of Object.values(tableFields).flat()) {
    const index = columns[field];
    const name = index === undefined ? '' : (header[index] ?? '').slice(0, 200);
    if (name !== '') found[field] = name;
  }
  return found;
}
