import type { FoldName, TermSpec } from '../../src/core/features/screening/model.ts';

/** Folds that a case is read with: a named set, or a list of folds. */
export type FoldSet = 'standard' | 'all' | readonly FoldName[];

/** What a case is filed under; `combined` needs several folds, `words` is about the words themselves. */
export type Group = FoldName | 'combined' | 'words';

/** A disguised text that must hit. */
export interface Case {
  readonly group: Group;
  readonly term: TermSpec;
  readonly text: string;
  /** Offsets of the slice that must be reported, and the slice. */
  readonly start: number;
  readonly end: number;
  readonly written: string;
  /** Folds that the hit must name. Each entry is a list of which one must be there. */
  readonly folds: readonly (readonly FoldName[])[];
  /** Folds that the hit may name besides. */
  readonly also: readonly FoldName[];
  readonly set: FoldSet;
}

/** One message of a conversation; seconds count from the first. */
export interface SplitMessage {
  readonly text: string;
  readonly from: string;
  readonly conversation: string;
  readonly seconds: number;
}

/** A part of a hit over several messages. */
export interface SplitPart {
  readonly message: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A term that several messages say together. */
export interface SplitCase {
  readonly term: TermSpec;
  readonly messages: readonly SplitMessage[];
  readonly parts: readonly SplitPart[];
  /** As in `Case`; without `split` itself, which every one of them names. */
  readonly folds: readonly (readonly FoldName[])[];
}

/** A text that must not hit any of its terms, and why somebody might fear that it does. */
export interface Innocent {
  readonly group: Group;
  readonly terms: readonly TermSpec[];
  readonly text: string;
  readonly why: string;
  readonly set: FoldSet;
  /** Phrases that a rule exempts (not-when): a hit inside one of them does not count. */
  readonly allowed: readonly string[];
}

/** Messages that must not hit together. */
export interface SplitInnocent {
  readonly term: TermSpec;
  readonly messages: readonly SplitMessage[];
  readonly why: string;
}

type Term = string | TermSpec;

/** `text` with the slice to report between ⟦ and ⟧; `needs` as in `readNeeds`, the group's own fold unless given. */
export type CaseRow = readonly [term: Term, text: string, needs?: string];
export type InnocentRow = readonly [
  terms: Term | readonly Term[],
  text: string,
  why: string,
  allowed?: string,
];
/** A message: its text, or what differs from "the same sender, ten seconds later". */
export type MessageRow = string | { text: string; from?: string; conversation?: string; wait?: number };
export type SplitRow = readonly [term: Term, messages: readonly MessageRow[], needs?: string];
export type SplitInnocentRow = readonly [term: Term, messages: readonly MessageRow[], why: string];

export const standardFolds: readonly FoldName[] = [
  'width',
  'case',
  'script',
  'invisible',
  'filler',
  'repeats',
  'digits',
];

const opening = '⟦';
const closing = '⟧';

export function specOf(term: Term): TermSpec {
  return typeof term === 'string' ? { text: term } : term;
}

const names: readonly FoldName[] = [...standardFolds, 'look-alikes', 'split', 'pinyin', 'homophones'];

function foldNamed(name: string): FoldName {
  const found = names.find((each) => each === name);
  if (found === undefined) throw new Error(`no fold "${name}"`);
  return found;
}

/** `width case?` needs width and allows case; `width/digits` needs one of the two; the empty text needs none. */
function readNeeds(needs: string): Pick<Case, 'folds' | 'also'> {
  const words = needs.split(' ').filter((word) => word !== '');
  return {
    folds: words.filter((word) => !word.endsWith('?')).map((word) => word.split('/').map(foldNamed)),
    also: words.filter((word) => word.endsWith('?')).map((word) => foldNamed(word.slice(0, -1))),
  };
}

/** Takes the marks out of a text; without marks `start` is -1. */
function unmark(marked: string): { text: string; start: number; end: number } {
  const start = marked.indexOf(opening);
  if (start < 0) return { text: marked, start: -1, end: -1 };
  const end = marked.indexOf(closing) - opening.length;
  const text = marked.replace(opening, '').replace(closing, '');
  if (start > end || text.includes(opening) || text.includes(closing))
    throw new Error(`bad marks: ${marked}`);
  return { text, start, end };
}

export function cases(group: Group, set: FoldSet, rows: readonly CaseRow[]): Case[] {
  return rows.map(([term, marked, needs]) => {
    const { text, start, end } = unmark(marked);
    if (start < 0) throw new Error(`no marks: ${marked}`);
    const written = text.slice(start, end);
    return { group, term: specOf(term), text, start, end, written, ...readNeeds(needs ?? group), set };
  });
}

export function innocents(group: Group, set: FoldSet, rows: readonly InnocentRow[]): Innocent[] {
  return rows.map(([terms, text, why, allowed]) => ({
    group,
    terms: (Array.isArray(terms) ? terms : [terms]).map(specOf),
    text,
    why,
    set,
    allowed: allowed === undefined ? [] : allowed.split(' '),
  }));
}

function readMessages(rows: readonly MessageRow[]): SplitMessage[] {
  let seconds = 0;
  return rows.map((row, index) => {
    const { text, from, conversation, wait } = typeof row === 'string' ? { text: row } : row;
    if (index > 0) seconds += wait ?? 10;
    return { text, from: from ?? '甲', conversation: conversation ?? '一', seconds };
  });
}

export function splitCases(rows: readonly SplitRow[]): SplitCase[] {
  return rows.map(([term, messageRows, needs]) => {
    const parts: SplitPart[] = [];
    const messages = readMessages(messageRows).map((message, index) => {
      const { text, start, end } = unmark(message.text);
      if (start >= 0) parts.push({ message: index, start, end, text: text.slice(start, end) });
      return { ...message, text };
    });
    return { term: specOf(term), messages, parts, folds: readNeeds(needs ?? '').folds };
  });
}

export function splitInnocents(rows: readonly SplitInnocentRow[]): SplitInnocent[] {
  return rows.map(([term, messages, why]) => ({ term: specOf(term), messages: readMessages(messages), why }));
}
