import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { HucreError, readXlsx } from 'hucre';
import { formatValue } from 'hucre';
import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { decodeText } from '../lexicons/index.ts';
import {
  type FactColumn,
  type ProductColumn,
  currencyOf,
  dayOf,
  meaningOf,
  productRiskOf,
  productTypeOf,
} from './columns.ts';
import { ProductInput } from './contract.ts';
import { type ProductRefusal, maxProducts, maxRefusedListed } from './model.ts';

/** What a file of products says. */
export interface ProductFile {
  readonly columns: readonly { readonly header: string; readonly meaning: string | null }[];
  readonly rows: number;
  readonly products: readonly ProductInput[];
  /** The first of the rows that can't be taken, and how many there are. */
  readonly refused: readonly {
    readonly line: number;
    readonly reason: ProductRefusal;
    readonly detail: string;
  }[];
  readonly refusedTotal: number;
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Bytes at the beginning of every ZIP, and of the older office files, which are none. */
const zipMark = [0x50, 0x4b];

/**
 * Reads a .csv (UTF-8, UTF-16 or GBK; commas, tabs or semicolons) or the first filled sheet of an .xlsx. The first row with a
 * code and a name column is the header. Throws `file-empty`, `wrong-encoding`, `file-not-recognised`, `file-too-large`.
 */
export async function readProductFile(bytes: Uint8Array, fileName: string): Promise<ProductFile> {
  const isSheet = zipMark.every((byte, index) => bytes[index] === byte);
  return productsOf(isSheet ? await sheetRows(bytes, fileName) : csvRows(bytes, fileName), fileName);
}

const ParsedRow = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

function csvRows(bytes: Uint8Array, fileName: string): Row[] {
  const { text } = decodeText(bytes, fileName);
  const delimiter = /^[^\r\n]*?([,\t;，])/u.exec(text)?.[1] ?? ',';
  try {
    const rows: unknown = parseCsv(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      // A quote that is never closed would swallow the rest of the file.
      max_record_size: 100_000,
    });
    return z
      .array(ParsedRow)
      .parse(rows)
      .map(({ record, info }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError(
      'file-not-recognised',
      `${fileName} is no table that can be read: a quotation mark is left open, or a row is too long. Save it again as .csv or .xlsx.`,
      { file: fileName },
      error,
    );
  }
}

async function sheetRows(bytes: Uint8Array, fileName: string): Promise<Row[]> {
  try {
    const workbook = await readXlsx(bytes, { readStyles: true, maxRows: maxProducts + 100 });
    const sheet = workbook.sheets.find(({ rows }) => rows.some((row) => row.some((cell) => cell !== null)));
    if (sheet === undefined) throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
    return sheet.rows.map((row, index) => ({
      line: index + 1,
      cells: row.map((value, column) => {
        const format = sheet.cells?.get(`${index},${column}`)?.style?.numFmt ?? '';
        if (value === null) return '';
        if (value instanceof Date) return value.toISOString().slice(0, 10);
        // 0.031 that is shown as 3.10% is a rate of 3.10%.
        if (typeof value === 'number' && format.includes('%')) return formatValue(value, format).trim();
        return String(value).trim();
      }),
    }));
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

type Meaning = ProductColumn | FactColumn | null;

function productsOf(rows: readonly Row[], fileName: string): ProductFile {
  const headerAt = rows.findIndex(({ cells }) => {
    const meanings = new Set(cells.map(meaningOf));
    return meanings.has('code') && meanings.has('name');
  });
  const header = rows[headerAt];
  if (header === undefined) {
    throw new AppError(
      'file-not-recognised',
      `${fileName} has no row that names its columns. One of them has to be 产品代码 (code), one 产品名称 (name), one 产品类型 (type).`,
      { file: fileName },
    );
  }
  const meanings = header.cells.map(meaningOf);
  const body = rows.slice(headerAt + 1).filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (body.length > maxProducts) {
    throw new AppError(
      'file-too-large',
      `${fileName} has ${body.length} rows; at most ${maxProducts} products are kept. Split it.`,
      { file: fileName, limit: maxProducts },
    );
  }
  const products: ProductInput[] = [];
  const refused: { line: number; reason: ProductRefusal; detail: string }[] = [];
  let refusedTotal = 0;
  const codes = new Set<string>();
  const names = new Set<string>();
  for (const { line, cells } of body) {
    const read = productOf(cells, meanings, codes, names);
    if ('reason' in read) {
      refusedTotal += 1;
      if (refused.length < maxRefusedListed) refused.push({ line, ...read });
      continue;
    }
    codes.add(read.code);
    names.add(read.name);
    products.push(read);
  }
  return {
    columns: header.cells.map((name, index) => ({
      header: name.slice(0, 200),
      meaning: nameOf(meanings[index] ?? null),
    })),
    rows: body.length,
    products,
    refused,
    refusedTotal,
  };
}

function nameOf(meaning: Meaning): string | null {
  return meaning === null || typeof meaning === 'string' ? meaning : `fact.${meaning.kind}`;
}

function productOf(
  cells: readonly string[],
  meanings: readonly Meaning[],
  codes: ReadonlySet<string>,
  names: ReadonlySet<string>,
): ProductInput | { readonly reason: ProductRefusal; readonly detail: string } {
  const cell = (column: ProductColumn) => cells[meanings.indexOf(column)] ?? '';
  const refuse = (reason: ProductRefusal, detail: string) => ({ reason, detail: detail.slice(0, 200) });
  const [code, name] = [cell('code'), cell('name')];
  if (code === '') return refuse('no-code', name);
  if (name === '') return refuse('no-name', code);
  if (codes.has(code)) return refuse('same-code', code);
  if (names.has(name)) return refuse('same-name', name);
  const type = productTypeOf(cell('type'));
  if (type === null) return refuse('unknown-type', cell('type'));
  const risk = cell('risk') === '' ? null : productRiskOf(cell('risk'));
  if (risk === null && cell('risk') !== '') return refuse('unknown-risk', cell('risk'));
  const currency = cell('currency') === '' ? 'CNY' : currencyOf(cell('currency'));
  if (currency === null) return refuse('bad-currency', cell('currency'));
  const days: (string | null)[] = [];
  for (const column of ['onSaleFrom', 'onSaleUntil'] as const) {
    const day = cell(column) === '' ? null : dayOf(cell(column));
    if (day === null && cell(column) !== '') return refuse('bad-date', cell(column));
    days.push(day);
  }
  const [onSaleFrom = null, onSaleUntil = null] = days;
  if (onSaleFrom !== null && onSaleUntil !== null && onSaleFrom > onSaleUntil)
    return refuse('dates-reversed', `${onSaleFrom} – ${onSaleUntil}`);
  const parsed = ProductInput.safeParse({
    code,
    name,
    type,
    risk,
    currency,
    aliases: cell('aliases')
      .split(/[|｜;；、]/u)
      .map((alias) => alias.trim())
      .filter((alias) => alias !== ''),
    facts: meanings.flatMap((meaning, index) => {
      const value = cells[index] ?? '';
      if (meaning === null || typeof meaning === 'string' || value === '' || value === '-') return [];
      return [{ ...meaning, value, unit: /[%％‰\p{Script=Han}a-z]/iu.test(value) ? '' : meaning.unit }];
    }),
    onSaleFrom,
    onSaleUntil,
    sheet: cell('sheet'),
  });
  // Everything else was looked at above: what is left is a cell that is too long, or too many names.
  return parsed.success ? parsed.data : refuse('too-long', code);
}
