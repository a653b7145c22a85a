import { readFileSync, readdirSync } from 'node:fs';

import {
  type FoldName,
  type Match,
  type TermSpec,
  type UnitMatcher,
  compileMatcher,
  createSplitJoiner,
  foldSets,
} from '../../src/core/features/screening/index.ts';
import {
  type Case,
  type FoldSet,
  type Group,
  type Innocent,
  type SplitCase,
  type SplitInnocent,
  type SplitMessage,
  type SplitPart,
} from './format.ts';
import { disguised, innocent, split, splitInnocentCases } from './index.ts';

/** What became of one row: `problem` is null where it is as it should be. */
export interface Outcome {
  readonly group: Group;
  readonly name: string;
  readonly problem: string | null;
}

function foldsOf(set: FoldSet): readonly FoldName[] {
  return typeof set === 'string' ? foldSets[set] : set;
}

function isTermList(value: unknown): value is { terms: { text: string }[] } {
  return typeof value === 'object' && value !== null && 'terms' in value && Array.isArray(value.terms);
}

function starterTerms(): TermSpec[] {
  const folder = new URL('../../resources/rule-packs/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      const pack: unknown = JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
      if (!isTermList(pack)) throw new Error(`${name} has no terms`);
      return pack.terms.map(({ text }) => ({ text }));
    });
}

const keyOf = (term: TermSpec) => JSON.stringify(term);

/** Every term that a row names, and the starter packs' terms as company: what is found must not depend on it. */
const lexicon = new Map<string, TermSpec>(
  [
    ...disguised.map((row) => row.term),
    ...innocent.flatMap((row) => row.terms),
    ...split.map((row) => row.term),
    ...splitInnocentCases.map((row) => row.term),
    ...starterTerms(),
  ].map((term) => [keyOf(term), term]),
);
const positions = new Map([...lexicon.keys()].map((key, position) => [key, position]));
const matchers = new Map<string, UnitMatcher>();

function matcherOf(set: FoldSet): UnitMatcher {
  const folds = foldsOf(set);
  const key = folds.join();
  let matcher = matchers.get(key);
  if (matcher === undefined) {
    matcher = compileMatcher([...lexicon.values()], { folds });
    matchers.set(key, matcher);
  }
  return matcher;
}

function matchesOf(term: TermSpec, text: string, set: FoldSet): Match[] {
  const position = positions.get(keyOf(term));
  return matcherOf(set)
    .scan(text)
    .filter((match) => match.term === position);
}

/** Whether `folds` are those that a row asks for, and no others than it allows. */
function foldsAgree(
  folds: readonly FoldName[],
  { folds: needed, also }: Pick<Case, 'folds' | 'also'>,
): boolean {
  return (
    needed.every((alternatives) => alternatives.some((name) => folds.includes(name))) &&
    folds.every((name) => needed.flat().includes(name) || also.includes(name))
  );
}

function describe(text: string, { start, end, folds }: Pick<Match, 'start' | 'end' | 'folds'>): string {
  return `${JSON.stringify(text.slice(start, end))} by ${folds.join(' ') || 'no fold'}`;
}

/** The hit with its span and folds; with `everyFold`, all folds are on and only the span counts. */
function checkCase(row: Case, everyFold: boolean): Outcome {
  const matches = matchesOf(row.term, row.text, everyFold ? 'all' : row.set);
  const found = matches.some(
    (match) =>
      match.start === row.start && match.end === row.end && (everyFold || foldsAgree(match.folds, row)),
  );
  const got = matches.map((match) => describe(row.text, match)).join(', ') || 'nothing';
  return {
    group: row.group,
    name: `${row.term.text} in ${JSON.stringify(row.text)}`,
    problem: found
      ? null
      : `wanted ${JSON.stringify(row.written)} by ${JSON.stringify(row.folds)}, got ${got}`,
  };
}

/** Where the phrases stand that a rule exempts: read as the engine reads them, as rules do. */
function exempted(row: Innocent, set: FoldSet): Match[] {
  if (row.allowed.length === 0) return [];
  return compileMatcher(
    row.allowed.map((text) => ({ text })),
    { folds: foldsOf(set) },
  ).scan(row.text);
}

function checkInnocent(row: Innocent, everyFold: boolean): Outcome {
  const set = everyFold ? 'all' : row.set;
  const outside = exempted(row, set);
  const wrong = row.terms.flatMap((term) =>
    matchesOf(term, row.text, set)
      .filter((match) => !outside.some(({ start, end }) => start <= match.start && match.end <= end))
      .map((match) => `${term.text}: ${describe(row.text, match)}`),
  );
  return {
    group: row.group,
    name: `${JSON.stringify(row.text)} (${row.why})`,
    problem: wrong.length === 0 ? null : wrong.join(', '),
  };
}

interface SplitHit {
  readonly parts: readonly SplitPart[];
  readonly folds: readonly FoldName[];
}

/** The hits that span a joint, as whoever screens an archive finds them. */
function splitHits(term: TermSpec, messages: readonly SplitMessage[], set: FoldSet): SplitHit[] {
  const joiner = createSplitJoiner();
  return messages.flatMap((message, index) => {
    const key = `${message.conversation}/${message.from}`;
    const joined = joiner.join(key, message.seconds * 1000, message.text);
    if (joined === null) return [];
    const own = messages
      .slice(0, index + 1)
      .map((each, position) => ({ ...each, position }))
      .filter((each) => each.conversation === message.conversation && each.from === message.from);
    const joint = joined.joints.at(-1) ?? 0;
    return matchesOf(term, joined.text, set)
      .filter(({ start, end }) => start < joint && joint < end)
      .map((match) => ({
        folds: match.folds,
        parts: joined.parts
          .filter((part) => match.start < part.start + part.length && part.start < match.end)
          .map((part) => {
            const from = Math.max(match.start, part.start);
            const to = Math.min(match.end, part.start + part.length);
            const start = from - part.start + part.offset;
            return {
              message: own.at(-1 - part.back)?.position ?? -1,
              start,
              end: start + to - from,
              text: joined.text.slice(from, to),
            };
          }),
      }));
  });
}

const partsOf = (parts: readonly SplitPart[]) => JSON.stringify(parts);

function checkSplit(row: SplitCase, everyFold: boolean): Outcome {
  const hits = splitHits(row.term, row.messages, everyFold ? 'all' : 'standard');
  const found = hits.some(
    (hit) =>
      partsOf(hit.parts) === partsOf(row.parts) &&
      (everyFold || foldsAgree(hit.folds, { folds: row.folds, also: [] })),
  );
  return {
    group: 'split',
    name: `${row.term.text} in ${row.messages.map(({ text }) => JSON.stringify(text)).join(' + ')}`,
    problem: found ? null : `wanted ${partsOf(row.parts)}, got ${JSON.stringify(hits)}`,
  };
}

function checkSplitInnocent(row: SplitInnocent, everyFold: boolean): Outcome {
  const hits = splitHits(row.term, row.messages, everyFold ? 'all' : 'standard');
  return {
    group: 'split',
    name: `${row.messages.map(({ text }) => JSON.stringify(text)).join(' + ')} (${row.why})`,
    problem: hits.length === 0 ? null : `${row.term.text}: ${JSON.stringify(hits)}`,
  };
}

export interface Measured {
  readonly cases: readonly Outcome[];
  readonly innocents: readonly Outcome[];
}

/** Runs the whole suite: each row with the folds that it names, or with every fold on. */
export function measure(everyFold: boolean): Measured {
  return {
    cases: [
      ...disguised.map((row) => checkCase(row, everyFold)),
      ...split.map((row) => checkSplit(row, everyFold)),
    ],
    innocents: [
      ...innocent.map((row) => checkInnocent(row, everyFold)),
      ...splitInnocentCases.map((row) => checkSplitInnocent(row, everyFold)),
    ],
  };
}
