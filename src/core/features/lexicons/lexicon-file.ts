import { CsvError, parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { foldNames } from '../screening/model.ts';
import type { EntryOptions, LexiconSettings } from '../screening/rules/model.ts';
import type { LexiconWarning, TermInput } from './contract.ts';
import { type Column, columnOf, headerOf, isRuleHeader, severityOf, yesOrNo } from './columns.ts';
import { decodeText } from './decode-text.ts';
import { type Collector, type TermDefaults, createCollector, invalid } from './lexicon-collector.ts';
import { readJson } from './lexicon-json.ts';
import type { LexiconProblem } from './model.ts';
import { plainOptions } from './options.ts';
import { type BadCell, type OptionColumn, optionColumns, readOptionCells } from './table-options.ts';

export type { TermDefaults } from './lexicon-collector.ts';

export interface LexiconFile {
  readonly terms: readonly TermInput[];
  readonly warnings: readonly LexiconWarning[];
  /** Entries that were left out, each with a warning: empty, repeated, too long. */
  readonly skipped: number;
  /** True for a .txt: it names terms, and says nothing of their category, severity, basis… */
  readonly onlyTexts: boolean;
  /** The options that the file can say something of; `all` for a .json. */
  readonly statedOptions: 'all' | readonly OptionColumn[];
  /** A .json's own; null where the file says nothing of them. */
  readonly settings: LexiconSettings | null;
}

export const termDefaults: TermDefaults = { category: '未分类', severity: 'medium' };

/**
 * Reads a lexicon from a .txt (one term a line, `#` comments), .csv (a header line) or .json file, in UTF-8, UTF-16 with
 * a byte order mark, or GBK. Throws `lexicon-invalid` with the line number, `file-empty` or `wrong-encoding`; what is
 * only odd comes back as a warning.
 */
export function readLexiconFile(
  bytes: Uint8Array,
  fileName: string,
  defaults: TermDefaults = termDefaults,
): LexiconFile {
  const { text } = decodeText(bytes, fileName);
  const format = formatOf(fileName, text);
  const collector = createCollector(fileName);
  let statedOptions: LexiconFile['statedOptions'] = [];
  let settings: LexiconSettings | null = null;
  switch (format) {
    case 'txt':
      readLines(text, defaults, collector);
      break;
    case 'csv':
      statedOptions = readRows(text, fileName, defaults, collector);
      break;
    case 'json':
      statedOptions = 'all';
      settings = readJson(text, fileName, defaults, collector);
      break;
  }
  if (collector.terms.length === 0) {
    throw new AppError('lexicon-invalid', `${fileName} has no terms that can be used.`, {
      file: fileName,
      line: null,
      problem: 'no-terms' satisfies LexiconProblem,
    });
  }
  return {
    terms: collector.terms,
    warnings: collector.warnings.all(),
    skipped: collector.skipped(),
    onlyTexts: format === 'txt',
    statedOptions,
    settings,
  };
}

function formatOf(fileName: string, text: string): 'txt' | 'csv' | 'json' {
  const name = fileName.toLowerCase();
  if (name.endsWith('.json')) return 'json';
  if (name.endsWith('.csv') || name.endsWith('.tsv')) return 'csv';
  if (name.endsWith('.txt')) return 'txt';
  return /^\s*[[{]/u.test(text) ? 'json' : 'txt';
}

function readLines(text: string, defaults: TermDefaults, collector: Collector): void {
  let line = 0;
  for (const raw of text.split('\n')) {
    line += 1;
    const entry = raw.trim();
    if (entry === '' || entry.startsWith('#')) continue;
    // `\#` begins a term with a number sign, `\\` one with a backslash.
    const term = /^\\[#\\]/u.test(entry) ? entry.slice(1) : entry;
    collector.add(
      { text: term, ...defaults, basis: '', note: '', enabled: true, options: plainOptions },
      line,
    );
  }
}

/** Answers the options that the table has columns for. */
function readRows(
  text: string,
  fileName: string,
  defaults: TermDefaults,
  collector: Collector,
): readonly OptionColumn[] {
  let header: (Column | null)[] | null = null;
  for (const { record, info } of parseRows(text, fileName)) {
    const line = info.lines;
    if (record.every((value) => value.trim() === '')) continue;
    if (header === null) {
      header = record.map(columnOf);
      if (!header.includes('text')) {
        throw invalid(
          fileName,
          line,
          'no-term-column',
          'the first line has to name the columns, one of them "词条" or "term" (others: 分类/category, 等级/severity, 依据/basis, 备注/note, 启用/enabled)',
        );
      }
      const rules = record.find(isRuleHeader);
      if (rules !== undefined) collector.warnings.add('rules-need-json', line, rules.trim().slice(0, 50));
      continue;
    }
    const values = new Map<Column, string>();
    header.forEach((column, index) => {
      if (column === null) return;
      const value = unguarded(record[index] ?? '');
      // Lists trim each of their texts, and keep what a backslash keeps.
      values.set(column, isOption(column) ? value : value.trim());
    });
    collector.add(termOfRow(values, defaults, fileName, line), line);
  }
  return optionColumns.filter((column) => header?.includes(column));
}

function isOption(column: Column): column is OptionColumn {
  return optionColumns.some((option) => option === column);
}

const ParsedRow = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

function parseRows(text: string, fileName: string): z.output<typeof ParsedRow>[] {
  const delimiter = /^[^\r\n]*?([,\t;])/u.exec(text)?.[1] ?? ',';
  try {
    const rows: unknown = parseCsv(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // A quote that is never closed would otherwise swallow the rest of the file as one field.
      // The longest row that an export writes, with its 100 exceptions and 100 examples, is below this.
      max_record_size: 1_000_000,
    });
    return z.array(ParsedRow).parse(rows);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : null;
    throw invalid(fileName, line, 'quotes', 'the quotes do not match up', {}, error);
  }
}

/**
 * Exports put an apostrophe before what a spreadsheet would run as a formula; see `guarded` in write-lexicon.ts.
 * Only this apostrophe goes.
 */
function unguarded(value: string): string {
  return /^'+[=+\-@\t\r]/u.test(value) ? value.slice(1) : value;
}

function termOfRow(
  values: ReadonlyMap<Column, string>,
  defaults: TermDefaults,
  fileName: string,
  line: number,
): TermInput {
  const get = (column: Column) => values.get(column) ?? '';
  const severity = get('severity') === '' ? defaults.severity : severityOf(get('severity'));
  if (severity === null) {
    const value = get('severity').slice(0, 30);
    throw invalid(
      fileName,
      line,
      'unknown-severity',
      `"${value}" is no severity. Use info, low, medium, high, critical, or 提示, 低, 中, 高, 严重`,
      { value },
    );
  }
  const enabled = get('enabled') === '' ? true : yesOrNo(get('enabled'));
  if (enabled === null) {
    const value = get('enabled').slice(0, 30);
    throw invalid(fileName, line, 'unknown-enabled', `"${value}" says neither yes nor no (是, 否)`, {
      value,
    });
  }
  const category = get('category') === '' ? defaults.category : get('category');
  const basis = get('basis');
  const note = get('note');
  for (const [value, limit, name] of [
    [category, 200, 'category'],
    [basis, 1000, 'basis'],
    [note, 1000, 'note'],
  ] as const) {
    if (value.length > limit) {
      throw invalid(fileName, line, 'too-long', `the ${name} is longer than ${limit} characters`, { limit });
    }
  }
  return {
    text: get('text'),
    category,
    severity,
    basis,
    note,
    enabled,
    options: optionsOfRow(values, fileName, line),
  };
}

function optionsOfRow(values: ReadonlyMap<Column, string>, fileName: string, line: number): EntryOptions {
  const read = readOptionCells(values);
  if ('options' in read) return read.options;
  const { problem, sentence } = describeBadCell(read.bad);
  const details = { column: headerOf(read.bad.column), value: (read.bad.value ?? '').slice(0, 30) };
  throw invalid(fileName, line, problem, sentence, details);
}

function describeBadCell({ column, value }: BadCell): { problem: LexiconProblem; sentence: string } {
  if (value === null) {
    return {
      problem: 'bad-cell',
      sentence: `the column ${headerOf(column)} has a text that is too long, or too many of them`,
    };
  }
  return column === 'wholeWord'
    ? { problem: 'unknown-enabled', sentence: `"${value.slice(0, 30)}" says neither yes nor no (是, 否)` }
    : {
        problem: 'unknown-fold',
        sentence: `"${value.slice(0, 30)}" is no fold's name; use some of ${foldNames.join(', ')}, or their Chinese names`,
      };
}
