import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';

import { AppError } from '../../../contract/errors.ts';
import { decodeBytes } from '../../../platform/text-encoding.ts';
import { checkWorkbookSize } from './workbook-size.ts';

export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** As it stands in the file (of a sheet: its cells, tabs between them). */
  readonly raw: string;
}

/** A table of a file: a CSV has one, a workbook one for each sheet that isn't empty. */
export interface Table {
  /** The sheet's name; null of a CSV. */
  readonly sheet: string | null;
  readonly rows: readonly TableRow[];
}

/**
 * Some 130,000 people. A table is read whole, because a roster is stored and audited as one: 16 MiB of it took the process to
 * 774 MiB (docs/benchmarks.md). A larger one comes in parts.
 */
export const maximumTableBytes = 8 * 2 ** 20;
export function tooLarge(fileName: string): AppError {
  return new AppError(
    'file-too-large',
    `${fileName} is larger than a roster or table may be (${maximumTableBytes / 2 ** 20} MiB). Split it, with the header in each part.`,
    { limit: maximumTableBytes },
  );
}

/** Rows of a sheet that are read; as many as a CSV of that size has. */
const mostRows = 200_000;
/** A row longer than this is a quotation mark that was left open. */
const longestRow = 2 ** 20;

/** Bytes at the beginning of every workbook (a ZIP). */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * Reads a .csv (UTF-8, UTF-16 or GBK; commas, tabs, semicolons) or the sheets of an .xlsx. Throws `file-not-recognised` and
 * `wrong-encoding`.
 */
export async function parseTables(bytes: Uint8Array, fileName: string): Promise<readonly Table[]> {
  return isWorkbook(bytes)
    ? parseWorkbook(bytes, fileName)
    : [{ sheet: null, rows: parseText(bytes, fileName) }];
}

const ParsedRow = z.object({
  record: z.array(z.string()),
  info: z.object({ lines: z.number() }),
  raw: z.string(),
});

function parseText(bytes: Uint8Array, fileName: string): readonly TableRow[] {
  const decoded = decodeBytes(bytes);
  if (decoded === null) {
    throw new AppError('wrong-encoding', `${fileName} is neither UTF-8 nor GBK text.`, { file: fileName });
  }
  try {
    const rows: unknown = parseCsv(decoded.text, csvOptions(decoded.text));
    return z
      .array(ParsedRow)
      .parse(rows)
      .map(({ record, info, raw }) => ({ line: info.lines, cells: record, raw }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError(
      'file-not-recognised',
      `${fileName} is not a CSV file that can be read: a quotation mark is left open, or a row is too long.`,
      { file: fileName },
      error,
    );
  }
}

function csvOptions(text: string) {
  return {
    delimiter: delimiterOf(text.slice(0, text.search(/\n|$/))),
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: longestRow,
  } as const;
}

/** The first rows of a text's beginning, whatever comes behind them; empty where it is no table. */
export function parseTop(text: string, most: number): readonly (readonly string[])[] {
  try {
    const rows: unknown = parseCsv(text, { ...csvOptions(text), info: false, raw: false, to: most });
    return z.array(z.array(z.string())).parse(rows);
  } catch (error) {
    // The sample may end within quotation marks.
    if (error instanceof CsvError) return [];
    throw error;
  }
}

function delimiterOf(line: string): string {
  const counts = [',', '\t', ';', '，'].map((delimiter) => ({
    delimiter,
    count: line.split(delimiter).length,
  }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

async function parseWorkbook(bytes: Uint8Array, fileName: string): Promise<readonly Table[]> {
  await checkWorkbookSize(bytes, fileName);
  // Loaded when the first workbook comes: it takes 50 ms, which whoever scans an archive would wait for in vain.
  const { HucreError, readXlsx } = await import('hucre');
  try {
    const { sheets } = await readXlsx(bytes, { maxRows: mostRows });
    return sheets
      .map((sheet) => ({
        sheet: sheet.name,
        rows: sheet.rows.flatMap((values, index) => {
          const cells = values.map(cellText);
          return cells.every((cell) => cell === '')
            ? []
            : [{ line: index + 1, cells, raw: cells.join('\t') }];
        }),
      }))
      .filter(({ rows }) => rows.length > 0);
  } catch (error) {
    if (!(error instanceof HucreError)) throw error;
    throw new AppError(
      'file-not-recognised',
      `${fileName} is no workbook that can be read: it is damaged, has a password, or is no .xlsx. Save it again as .xlsx or .csv.`,
      { file: fileName },
      error,
    );
  }
}

function cellText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  // A workbook's dates have no zone: what the cell shows is what its author meant.
  if (value instanceof Date && !Number.isNaN(value.getTime()))
    return value.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
