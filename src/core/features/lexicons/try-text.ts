import { type MessageHit, type MessagePlace, foldNamesOf, screenMessages } from '../screening/index.ts';
import type { RuleProblem } from '../screening/rules/model.ts';
import type { DraftProblem, SuppressionView } from './contract.ts';
import type { CompiledVersion, TriedEntry, TriedScreener } from './tried-version.ts';
import type { TriedText, TryText } from './try-protocol.ts';

type Hit = TriedText['hits'][number];

/** Most hits that one answer lists. */
export const mostTriedHits = 1_000;

interface Unlisted extends MessageHit {
  readonly entry: TriedEntry;
  readonly screened: TriedScreener;
}

/** Screens texts as messages that one sender sent a second apart; the hits by text and place, each explained. */
export function tryTexts(
  { screeners, problems }: CompiledVersion,
  { texts, circumstances }: Pick<TryText, 'texts' | 'circumstances'>,
  suppressions: readonly SuppressionView[] = [],
): Pick<TriedText, 'hits' | 'more' | 'counts'> & { readonly problems: readonly RuleProblem[] } {
  const found = screeners.flatMap((screened) =>
    screenMessages(screened.screener, texts, circumstances).flatMap((hit): readonly Unlisted[] => {
      const entry = screened.entries[hit.found.entry];
      return entry === undefined || entry === null ? [] : [{ ...hit, entry, screened }];
    }),
  );
  found.sort((a, b) => a.index - b.index || a.start - b.start || a.end - b.end);
  return {
    hits: found.slice(0, mostTriedHits).map((hit) => describe(hit, texts, suppressions)),
    more: Math.max(0, found.length - mostTriedHits),
    counts: countsOf(found),
    problems,
  };
}

function countsOf(found: readonly Unlisted[]): TriedText['counts'] {
  const counts = new Map<string, number>();
  for (const hit of found)
    if (hit.found.silencedBy === null) counts.set(hit.entry.text, (counts.get(hit.entry.text) ?? 0) + 1);
  return [...counts].map(([term, count]) => ({ term, count }));
}

function describe(hit: Unlisted, texts: readonly string[], suppressions: readonly SuppressionView[]): Hit {
  const { index, start, end, entry, screened, found, parts } = hit;
  const slice = (place: MessagePlace) => (texts[place.index] ?? '').slice(place.start, place.end);
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
    silencedBy: found.silencedBy === null ? null : silenceOf(found.silencedBy, suppressions),
    parts: parts.map((part) => ({ ...part, text: slice(part) })),
  };
}

function silenceOf(
  { phrase, code, reason, suppression }: NonNullable<MessageHit['found']['silencedBy']>,
  suppressions: readonly SuppressionView[],
): NonNullable<Hit['silencedBy']> {
  const by = suppression === undefined ? undefined : suppressions[suppression];
  if (by === undefined) return { phrase, code, reason, suppression: null };
  return { phrase, code, reason: by.reason, suppression: { owner: by.owner, expiresAt: by.expiresAt } };
}

/** The problems as the contract names them. */
export function draftProblems(
  problems: readonly RuleProblem[],
  idOf: (text: string) => DraftProblem['termId'],
): DraftProblem[] {
  return problems.map(({ kind, entry, detail }) => ({ kind, entry, termId: idOf(entry), detail }));
}
