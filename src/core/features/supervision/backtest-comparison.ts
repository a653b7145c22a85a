import type { MessageId, TermKey } from '../../contract/ids.ts';
import type { BacktestSampleRow, BacktestTermRow } from '../lexicons/index.ts';
import { severityRank } from '../lexicons/model.ts';
import { type ScreenerEntry, foldNamesOf } from '../screening/index.ts';
import type { ScreenedBatch } from './archive-screening.ts';
import { type FoundHit, type RunEntry, screenerEntryOf } from './found-hits.ts';

/** Samples that are kept of each kind and term. */
export const samplesPerTerm = 20;

export interface Comparison {
  /** Both sides', for one screener: the draft's, then the published version's. */
  readonly entries: readonly ScreenerEntry[];
  /**
   * Takes in the hits of a batch; what a message has must come in one batch. What the messages in `cut` gave is left out on
   * both sides: which of it a limit took away, nobody can tell.
   */
  compare(forEachHit: (onHit: (hit: FoundHit) => void) => void, cut: ReadonlySet<MessageId>): void;
  result(): { readonly terms: readonly BacktestTermRow[]; readonly samples: readonly BacktestSampleRow[] };
}

/**
 * Counts which hits a draft adds to those of the published version, which it removes and which it keeps. A hit is the same
 * on both sides where it is the same stretch of the same field (of one that is split: from the same beginning) and the same
 * entry, whatever the entry says on either side.
 */
export function createComparison(draft: readonly RunEntry[], published: readonly RunEntry[]): Comparison {
  const both = [...draft, ...published];
  // An entry is named as the draft has it, where it has it: that comes first.
  const named = new Map(both.toReversed().map((entry) => [entry.key, entry]));
  const terms = new Map<TermKey, BacktestTermRow>();
  const samples: BacktestSampleRow[] = [];
  const sampled = new Map<string, number>();

  function newRow(key: TermKey): BacktestTermRow {
    const entry = named.get(key);
    if (entry === undefined) throw new Error(`neither side has the entry ${key}`);
    const { text: term, category, severity } = entry;
    return {
      term_key: key,
      term,
      category,
      severity: severityRank(severity),
      added: 0,
      removed: 0,
      kept: 0,
    };
  }

  function count(hit: FoundHit, side: Sides): void {
    const entry = both[hit.entry];
    if (entry === undefined) throw new Error(`a hit of entry ${hit.entry}, which neither side has`);
    const { key } = entry;
    const change = changes[side];
    const row = terms.get(key) ?? newRow(key);
    row[change] += 1;
    terms.set(key, row);
    if (change !== 'kept') sample(hit, key, change);
  }

  function sample(hit: FoundHit, key: TermKey, change: 'added' | 'removed'): void {
    const kind = `${change} ${key}`;
    const known = sampled.get(kind) ?? 0;
    if (known === samplesPerTerm) return;
    sampled.set(kind, known + 1);
    samples.push({
      term_key: key,
      change,
      message_id: hit.messageId,
      field: hit.field,
      start: hit.start,
      end: hit.end,
      folds: JSON.stringify(foldNamesOf(hit.folds)),
    });
  }

  return {
    entries: both.map(screenerEntryOf),
    compare(forEachHit, cut) {
      const found = new Map<string, { hit: FoundHit; sides: number }>();
      forEachHit((hit) => {
        if (cut.has(hit.foundAt)) return;
        const side = hit.entry < draft.length ? 1 : 2;
        const first = hit.parts?.[0];
        const begins = first === undefined ? '' : `${first.messageId} ${first.start} ${first.field}`;
        const key = JSON.stringify([
          hit.messageId,
          hit.start,
          hit.end,
          both[hit.entry]?.key,
          hit.field,
          begins,
        ]);
        const known = found.get(key);
        if (known === undefined) found.set(key, { hit, sides: side });
        else {
          known.sides |= side;
          if (hit.entry < known.hit.entry) known.hit = hit;
        }
      });
      for (const { hit, sides } of found.values()) count(hit, sides === 1 ? 1 : sides === 2 ? 2 : 3);
    },
    result: () => ({ terms: [...terms.values()], samples }),
  };
}

/** The messages of a batch of whose hits, or of those of a text joined because of them, some were left out. */
export function cutMessages({
  messages,
  joinings,
  result,
}: Pick<ScreenedBatch, 'messages' | 'joinings' | 'result'>): ReadonlySet<MessageId> {
  return new Set(
    Array.from(result.cut, (text) => {
      const id = messages[text]?.id ?? joinings[text - messages.length]?.trigger;
      if (id === undefined) throw new Error(`text ${text} was cut, which the batch does not have`);
      return id;
    }),
  );
}

/** Which sides have a hit: 1 the draft, 2 the published version, 3 both. */
type Sides = keyof typeof changes;
const changes = { 1: 'added', 2: 'removed', 3: 'kept' } as const;
