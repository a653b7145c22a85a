import type { UnitMatcher } from '../matcher.ts';
import { compileMatcher } from '../matcher.ts';
import { type FoldName, type TermSpec, foldSets } from '../model.ts';
import { type LexiconTables, builtInTables, keyOfTables, tablesOf } from './lexicon-tables.ts';
import type { Circumstances, Suppression } from './model.ts';
import { foldsOf, specOf } from './plan.ts';
import type { ScreenerEntry } from './references.ts';
import { holds } from './scope.ts';
import { type Neighbours, type Span, neighboursOf, sortSpans } from './spans.ts';

/** Why a match does not count: an exemption of its entry (with code and reason), or a suppression (without). */
export interface Silence {
  readonly phrase: string;
  readonly code: string;
  readonly reason: string;
  /** Of a suppression: its position in the list that the screener was compiled with. */
  readonly suppression?: number;
}

/** Phrases found in one text; made only for texts that have a match they could silence. */
export interface Silencer {
  /** Whether phrases were left out: what they would silence counts. */
  readonly cut: boolean;
  /** By exemptions: they hold for the entry wherever it is used. */
  exempts(entry: number, start: number, end: number): Silence | null;
  /** By suppressions: they hold for hits. */
  suppresses(entry: number, start: number, end: number, circumstances: Circumstances): Silence | null;
}

export interface Silencing {
  /** Whether anything could silence a match of this entry. */
  concerns(entry: number): boolean;
  hasExemptions(entry: number): boolean;
  /** Reads `units[from…to)`; places count from `from`. */
  read(units: Uint16Array, from: number, to: number): Silencer;
}

interface PhraseUse {
  readonly matcher: number;
  readonly term: number;
  readonly silence: Silence;
}

/** Most phrase matches kept of one text. */
const mostPhrases = 100_000;

/** Numbers settings by their tables. Most entries share one object, and its tables may have thousands of lines. */
function createGroupNumbers(add: (settings: LexiconTables) => number): (settings: LexiconTables) => number {
  const byObject = new Map<LexiconTables, number>();
  const byTables = new Map<string, number>();
  return (settings) => {
    let number = byObject.get(settings);
    if (number === undefined) {
      const tables = keyOfTables(settings);
      number = byTables.get(tables) ?? add(settings);
      byTables.set(tables, number);
      byObject.set(settings, number);
    }
    return number;
  };
}

/** Takes the entries' exemptions, with the folds of their entries, and suppressions, with the standard folds. */
export function createSilencing(
  entries: readonly ScreenerEntry[],
  suppressions: readonly Suppression[],
  force: readonly FoldName[] | undefined,
): Silencing {
  const groups: {
    readonly settings: LexiconTables;
    readonly specs: TermSpec[];
    readonly known: Map<string, number>;
  }[] = [];
  const groupOf = createGroupNumbers(
    (settings) => groups.push({ settings, specs: [], known: new Map() }) - 1,
  );
  const addPhrase = (settings: LexiconTables, spec: TermSpec) => {
    const matcher = groupOf(settings);
    const group = groups[matcher];
    if (group === undefined) throw new Error(`there is no group ${matcher} of phrases`);
    const known = JSON.stringify(spec);
    let term = group.known.get(known);
    if (term === undefined) {
      term = group.specs.push(spec) - 1;
      group.known.set(known, term);
    }
    return { matcher, term };
  };

  const exemptions = new Map<number, PhraseUse[]>();
  entries.forEach((entry, index) => {
    if (entry.options.notWhen.length === 0) return;
    const folds = force ?? foldsOf(entry.options, entry.settings);
    exemptions.set(
      index,
      entry.options.notWhen.map((silence) => ({
        ...addPhrase(entry.settings, {
          ...specOf(silence.phrase, entry.options, folds, force !== undefined),
          wholeWord: false,
          initials: false,
        }),
        silence: { phrase: silence.phrase, code: silence.code, reason: silence.reason },
      })),
    );
  });
  const suppressed = suppressions.map((suppression, index) => ({
    ...addPhrase(builtInTables, {
      text: suppression.phrase,
      folds: foldSets.standard,
      acrossSentences: true,
    }),
    silence: { phrase: suppression.phrase, code: '', reason: '', suppression: index },
    scope: suppression.scope,
    terms: suppression.terms.length === 0 ? null : new Set(suppression.terms),
  }));
  const matchers: UnitMatcher[] = groups.map(({ specs, settings }) =>
    compileMatcher(specs, tablesOf(settings)),
  );

  return {
    concerns: (entry) => suppressed.length > 0 || exemptions.has(entry),
    hasExemptions: (entry) => exemptions.has(entry),
    read(units, from, to) {
      const readings = matchers.map((matcher) => readPhrases(matcher, units, from, to));
      const found = readings.map(({ phrases }) => phrases);
      const covers = ({ matcher, term }: { matcher: number; term: number }, start: number, end: number) =>
        found[matcher]?.get(term)?.covers(start, end) === true;
      // Of thousands of suppressions a text has a few.
      const here = suppressed.filter(({ matcher, term }) => found[matcher]?.has(term) === true);
      return {
        cut: readings.some(({ cut }) => cut),
        exempts(entry, start, end) {
          const use = exemptions.get(entry)?.find((each) => covers(each, start, end));
          return use === undefined ? null : use.silence;
        },
        suppresses(entry, start, end, circumstances) {
          const use = here.find(
            (each) =>
              (each.terms === null || each.terms.has(entries[entry]?.text ?? '')) &&
              holds(each.scope, circumstances) &&
              covers(each, start, end),
          );
          return use === undefined ? null : use.silence;
        },
      };
    },
  };
}

function readPhrases(
  matcher: UnitMatcher,
  units: Uint16Array,
  from: number,
  to: number,
): { readonly phrases: ReadonlyMap<number, Neighbours>; readonly cut: boolean } {
  const spans = new Map<number, Span[]>();
  let count = 0;
  let cut = false;
  matcher.scanUnits(units, from, to, (term, start, end, folds) => {
    if (count === mostPhrases) {
      cut = true;
      return;
    }
    count += 1;
    const span: Span = { start: start - from, end: end - from, folds, from: { kind: 'read', read: '' } };
    const own = spans.get(term);
    if (own === undefined) spans.set(term, [span]);
    else own.push(span);
  });
  return {
    phrases: new Map([...spans].map(([term, own]) => [term, neighboursOf(sortSpans(own))])),
    cut: cut || matcher.cut,
  };
}
