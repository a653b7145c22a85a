import type { FoldName, MatchStep } from './model.ts';
import type { Scope, Suppression } from './rules/model.ts';
import type { ScreenerEntry } from './screener.ts';
import type { JoinedText } from './split.ts';

// What crosses between a scan pool and its workers: flat arrays whose buffers are transferred, because a structured clone
// of row objects costs ten times as much as one of columns (docs/benchmarks.md).

/** What a scan worker is started with. Settings and options that are the same object stay one object in the worker. */
export interface ScanStart {
  readonly entries: readonly ScreenerEntry[];
  readonly suppressions: readonly Suppression[];
  /** In place of every entry's own folds. */
  readonly force: readonly FoldName[] | null;
}

/** Texts in one buffer: text `t` is `units[offsets[t]]` up to `units[offsets[t + 1]]`. */
export interface ScanBatch {
  readonly units: Uint16Array<ArrayBuffer>;
  readonly offsets: Uint32Array<ArrayBuffer>;
  /** Of every text; null where no entry and no suppression asks for any. */
  readonly circumstances: CircumstanceColumns | null;
  /** The last texts of the batch are joined ones: so many as this has; null for none. */
  readonly joined: JoinedColumns | null;
}

/** `speakers` and `channels` are positions in these lists; 0: not known. */
export const speakerCodes = [null, 'employee', 'customer'] as const;
/** As `speakerCodes`. */
export const channelCodes = [null, 'single', 'group'] as const;

/** `Circumstances` of texts, a number each. */
export interface CircumstanceColumns {
  readonly speakers: Uint8Array<ArrayBuffer>;
  readonly channels: Uint8Array<ArrayBuffer>;
  /** Positions in `names`; -1: not known. */
  readonly kinds: Int32Array<ArrayBuffer>;
  readonly branches: Int32Array<ArrayBuffer>;
  /** -1: not known. */
  readonly minutes: Int16Array<ArrayBuffer>;
  readonly names: readonly string[];
}

/** Numbers per part of a joined text: back, start, offset, length (`JoinedText.parts`). */
export const partWidth = 4;

/** How texts of messages are joined: text `j` has its joints and parts at `jointOffsets[j]` and `partOffsets[j]` on. */
export interface JoinedColumns {
  readonly joints: Int32Array<ArrayBuffer>;
  readonly jointOffsets: Uint32Array<ArrayBuffer>;
  readonly parts: Int32Array<ArrayBuffer>;
  readonly partOffsets: Uint32Array<ArrayBuffer>;
}

/** Numbers per hit: text, entry, start and end within the text, folds as bits (`foldNamesOf`), confidence in 1/10,000. */
export const hitWidth = 6;
const confidenceUnit = 10_000;

/** Hits one after another, `hitWidth` numbers each, in the order of the texts. */
export type ScanHits = Int32Array<ArrayBuffer>;

/** What a worker found in a batch. */
export interface ScanResult {
  readonly hits: ScanHits;
  /** The texts, in order, whose hits were cut off at the limit of one text. */
  readonly cut: Uint32Array<ArrayBuffer>;
}

/** Asks a worker to screen a batch. */
export interface ScanRequest {
  readonly kind: 'scan';
  readonly id: number;
  readonly batch: ScanBatch;
}

/** The answer to the request with this number. */
export interface ScanReply {
  readonly id: number;
  readonly result: ScanResult;
}

/** Packs how texts are joined. */
export function packJoined(texts: readonly JoinedText[]): JoinedColumns {
  const starts = (counts: readonly number[]) => {
    const offsets = new Uint32Array(counts.length + 1);
    for (const [index, count] of counts.entries()) offsets[index + 1] = (offsets[index] ?? 0) + count;
    return offsets;
  };
  return {
    joints: Int32Array.from(texts.flatMap((text) => text.joints)),
    jointOffsets: starts(texts.map((text) => text.joints.length)),
    parts: Int32Array.from(
      texts.flatMap((text) =>
        text.parts.flatMap(({ back, start, offset, length }) => [back, start, offset, length]),
      ),
    ),
    partOffsets: starts(texts.map((text) => text.parts.length * partWidth)),
  };
}

/** What the entries ask of whoever reads the texts. */
export function needsOf({ entries, suppressions, force }: ScanStart): {
  /** Texts joined across messages. */
  readonly joined: boolean;
  /** Who speaks, where and when. */
  readonly circumstances: boolean;
} {
  const joins = ({ options, settings }: ScreenerEntry) => {
    const { rule } = options;
    if (rule?.kind === 'all-of' && rule.window !== 'message') return true;
    if (force !== null) return force.includes('split');
    return (
      options.foldsOn.includes('split') ||
      (settings.folds.includes('split') && !options.foldsOff.includes('split'))
    );
  };
  return {
    joined: entries.some(joins),
    circumstances: [...entries.map(({ options }) => options), ...suppressions].some(({ scope }) =>
      isConditional(scope),
    ),
  };
}

function isConditional({ speaker, channel, kinds, hours, branches }: Scope): boolean {
  return speaker !== 'any' || channel !== 'any' || kinds !== null || hours !== null || branches !== null;
}

/** Asks how a hit of an entry, which need not be one that the worker was started with, reads. */
export interface ExplainRequest {
  readonly kind: 'explain';
  readonly id: number;
  /** The entry, then those that it refers to, all with one settings object. */
  readonly entries: readonly ScreenerEntry[];
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The answer to the request with this number. */
export interface ExplainReply {
  readonly id: number;
  readonly steps: readonly MatchStep[];
}

/** Packs texts for a worker. */
export function packTexts(
  texts: readonly string[],
  circumstances: CircumstanceColumns | null = null,
  joined: JoinedColumns | null = null,
): ScanBatch {
  const offsets = new Uint32Array(texts.length + 1);
  let length = 0;
  texts.forEach((text, index) => {
    length += text.length;
    offsets[index + 1] = length;
  });
  const units = new Uint16Array(length);
  let at = 0;
  for (const text of texts) {
    for (let unit = 0; unit < text.length; unit += 1) units[at + unit] = text.charCodeAt(unit);
    at += text.length;
  }
  return { units, offsets, circumstances, joined };
}

/** A confidence, 0 to 1, as it is in a hit: in 1/10,000. */
export function confidenceToUnits(confidence: number): number {
  return Math.round(confidence * confidenceUnit);
}

/** Calls back for each hit, in the order of the texts. */
export function forEachHit(
  hits: ScanHits,
  onHit: (text: number, entry: number, start: number, end: number, folds: number, confidence: number) => void,
): void {
  for (let at = 0; at + hitWidth <= hits.length; at += hitWidth) {
    onHit(
      hits[at] ?? 0,
      hits[at + 1] ?? 0,
      hits[at + 2] ?? 0,
      hits[at + 3] ?? 0,
      hits[at + 4] ?? 0,
      (hits[at + 5] ?? 0) / confidenceUnit,
    );
  }
}
