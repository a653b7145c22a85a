import { type Found, type JoinedText, createSplitJoiner, foldNamesOf } from '../screening/index.ts';
import type { RuleProblem } from '../screening/rules/model.ts';
import type { DraftProblem } from './contract.ts';
import type { CompiledVersion, TriedEntry, TriedScreener } from './tried-version.ts';
import type { TriedText, TryText } from './try-protocol.ts';

type Hit = TriedText['hits'][number];

/** Most hits that one answer lists. */
export const mostTriedHits = 1_000;

interface Place {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

interface Unlisted extends Place {
  readonly entry: TriedEntry;
  readonly screened: TriedScreener;
  readonly found: Found;
  readonly text: string;
  readonly parts: readonly Place[];
}

/** Screens texts as messages that one sender sent a second apart; the hits by text and place, each explained. */
export function tryTexts(
  { screeners, problems }: CompiledVersion,
  { texts, circumstances }: Pick<TryText, 'texts' | 'circumstances'>,
): Pick<TriedText, 'hits' | 'more'> & { readonly problems: readonly RuleProblem[] } {
  const found: Unlisted[] = [];
  for (const screened of screeners) {
    const joiner = createSplitJoiner();
    /** The texts that the joiner counts: an empty one is no message to it. */
    const said: number[] = [];
    texts.forEach((text, index) => {
      for (const hit of screened.screener.screen(text, circumstances)) {
        const entry = screened.entries[hit.entry];
        if (entry === undefined || entry === null) continue;
        found.push({ index, start: hit.start, end: hit.end, entry, screened, found: hit, text, parts: [] });
      }
      if (text !== '') said.push(index);
      const joined = screened.screener.joins ? joiner.join('try', index * 1_000, text) : null;
      if (joined === null) return;
      for (const hit of screened.screener.screenJoined(joined, circumstances)) {
        const entry = screened.entries[hit.entry];
        const parts = partsOf(joined, hit, said);
        const own = parts.at(-1);
        if (entry === undefined || entry === null || own === undefined) continue;
        found.push({ ...own, entry, screened, found: hit, text: joined.text, parts });
      }
    });
  }
  found.sort((a, b) => a.index - b.index || a.start - b.start || a.end - b.end);
  return {
    hits: found.slice(0, mostTriedHits).map((hit) => describe(hit, texts)),
    more: Math.max(0, found.length - mostTriedHits),
    problems,
  };
}

/** Where a hit of a joined text stands in its messages, the first of them first; the last of `said` is the newest. */
function partsOf(joined: JoinedText, hit: Found, said: readonly number[]): readonly Place[] {
  return joined.parts.flatMap((part) => {
    const start = Math.max(hit.start, part.start);
    const end = Math.min(hit.end, part.start + part.length);
    const index = said.at(-1 - part.back);
    if (start >= end || index === undefined) return [];
    const shift = part.offset - part.start;
    return { index, start: start + shift, end: end + shift };
  });
}

function describe(hit: Unlisted, texts: readonly string[]): Hit {
  const { index, start, end, entry, screened, found, parts } = hit;
  const slice = (place: Place) => (texts[place.index] ?? '').slice(place.start, place.end);
  const { term } = entry;
  return {
    index,
    termId: entry.id,
    key: entry.key,
    term: entry.text,
    category: term.category,
    severity: term.severity,
    basis: term.basis,
    suggestion: term.options.suggestion,
    rule: term.options.rule?.kind ?? 'word',
    start,
    end,
    text: slice(hit),
    folds: [...foldNamesOf(found.folds)],
    confidence: found.confidence,
    steps: screened.screener
      .explain(found.entry, hit.text, found.start, found.end)
      .map((step) => ({ ...step, folds: [...step.folds] })),
    silencedBy: found.silencedBy === null ? null : { ...found.silencedBy },
    parts: parts.map((part) => ({ ...part, text: slice(part) })),
  };
}

/** The problems as the contract names them. */
export function draftProblems(
  problems: readonly RuleProblem[],
  idOf: (text: string) => DraftProblem['termId'],
): DraftProblem[] {
  return problems.map(({ kind, entry, detail }) => ({ kind, entry, termId: idOf(entry), detail }));
}
