import { type FoldName, messagesOf } from '../screening/model.ts';
import { EntryOptions, type Example } from '../screening/rules/model.ts';
import { joinList, joinLists, splitList, splitLists } from './cell-lists.ts';
import { type Column, foldOf, yesOrNo } from './columns.ts';
import { plainOptions, sameOptions } from './options.ts';

// What a table says of an entry beyond its words: whole word, folds, exceptions, examples, suggestion. Rules, scopes and
// the codes of exemptions need a .json.

export const optionColumns = [
  'wholeWord',
  'foldsOn',
  'foldsOff',
  'notWhen',
  'hits',
  'misses',
  'suggestion',
] as const satisfies readonly Column[];
export type OptionColumn = (typeof optionColumns)[number];

/** The cell of an option's column. */
export function optionCell(options: EntryOptions, column: OptionColumn): string {
  switch (column) {
    case 'wholeWord':
      return options.wholeWord ? '是' : '';
    case 'foldsOn':
    case 'foldsOff':
      return options[column].join('|');
    case 'notWhen':
      return joinList(options.notWhen.map(({ phrase }) => phrase));
    case 'hits':
    case 'misses':
      return joinLists(examplesOf(options, column).map(messagesOf));
    case 'suggestion':
      return options.suggestion;
  }
}

function examplesOf(options: EntryOptions, column: 'hits' | 'misses'): Example[] {
  const expected = column === 'hits' ? 'hit' : 'no-hit';
  return options.examples.filter(({ expect }) => expect === expected);
}

/** True where a table says all that there is to say of the entry. */
export function fitsTable(options: EntryOptions): boolean {
  const cells = new Map(optionColumns.map((column) => [column, optionCell(options, column)]));
  const read = readOptionCells(cells);
  return 'options' in read && sameOptions(read.options, options);
}

/** What is wrong with a cell: `value` where it says something unknown, null where it is too long or has too much in it. */
export interface BadCell {
  readonly column: Column;
  readonly value: string | null;
}

/** Reads the cells of one row; columns that the table lacks stay at the defaults. */
export function readOptionCells(
  cells: ReadonlyMap<Column, string>,
): { readonly options: EntryOptions } | { readonly bad: BadCell } {
  if (optionColumns.every((column) => (cells.get(column) ?? '').trim() === '')) {
    return { options: plainOptions };
  }
  const cell = (column: OptionColumn) => cells.get(column) ?? '';
  const wholeWord = cell('wholeWord').trim() === '' ? false : yesOrNo(cell('wholeWord'));
  if (wholeWord === null) return { bad: { column: 'wholeWord', value: cell('wholeWord') } };
  const folds: Record<'foldsOn' | 'foldsOff', FoldName[]> = { foldsOn: [], foldsOff: [] };
  for (const column of ['foldsOn', 'foldsOff'] as const) {
    for (const word of splitList(cell(column))) {
      const fold = foldOf(word);
      if (fold === null) return { bad: { column, value: word } };
      folds[column].push(fold);
    }
  }
  const read = EntryOptions.safeParse({
    wholeWord,
    ...folds,
    notWhen: splitList(cell('notWhen')).map((phrase) => ({ phrase })),
    examples: [
      ...splitLists(cell('hits')).map(([text, ...followedBy]) => ({ text, followedBy, expect: 'hit' })),
      ...splitLists(cell('misses')).map(([text, ...followedBy]) => ({ text, followedBy, expect: 'no-hit' })),
    ],
    suggestion: cell('suggestion').trim(),
  });
  if (read.success) return { options: read.data };
  const [key, , part] = read.error.issues[0]?.path ?? [];
  if (key === 'examples') return { bad: { column: part === 'expect' ? 'misses' : 'hits', value: null } };
  return { bad: { column: optionColumns.find((column) => column === key) ?? 'notWhen', value: null } };
}

/** A known entry's options with what the table states of them: what it has no column for stays as it is. */
export function mergeOptions(
  before: EntryOptions,
  read: EntryOptions,
  stated: readonly OptionColumn[],
): EntryOptions {
  const merged: EntryOptions = { ...before };
  for (const column of stated) {
    switch (column) {
      case 'wholeWord':
        merged.wholeWord = read.wholeWord;
        break;
      case 'foldsOn':
      case 'foldsOff':
        merged[column] = read[column];
        break;
      case 'notWhen':
        // A phrase that stays keeps its code and reason.
        merged.notWhen = read.notWhen.map(
          (exemption) => before.notWhen.find(({ phrase }) => phrase === exemption.phrase) ?? exemption,
        );
        break;
      case 'hits':
      case 'misses': {
        const expected = column === 'hits' ? 'hit' : 'no-hit';
        merged.examples = [
          ...merged.examples.filter(({ expect }) => expect !== expected),
          ...read.examples.filter(({ expect }) => expect === expected),
        ];
        break;
      }
      case 'suggestion':
        merged.suggestion = read.suggestion;
        break;
    }
  }
  return merged;
}
