import type { FoldName } from './model.ts';

// What crosses between a scan pool and its workers: flat arrays whose buffers are transferred, because a structured clone
// of row objects costs ten times as much as one of columns (docs/benchmarks.md).

/** What a scan worker is started with. */
export interface ScanStart {
  readonly terms: readonly string[];
  readonly folds: readonly FoldName[];
}

/** Texts in one buffer: text `t` is `units[offsets[t]]` up to `units[offsets[t + 1]]`. */
export interface ScanBatch {
  readonly units: Uint16Array<ArrayBuffer>;
  readonly offsets: Uint32Array<ArrayBuffer>;
}

/** Numbers per hit: text, term, start and end within the text, folds as bits (`foldNamesOf`). */
export const hitWidth = 5;

/** Hits one after another, `hitWidth` numbers each, in the order of the texts. */
export type ScanHits = Int32Array<ArrayBuffer>;

export interface ScanRequest {
  readonly id: number;
  readonly batch: ScanBatch;
}

export interface ScanReply {
  readonly id: number;
  readonly hits: ScanHits;
}

/** Packs texts for a worker. */
export function packTexts(texts: readonly string[]): ScanBatch {
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
  return { units, offsets };
}

/** Calls back for each hit, in the order of the texts, then by end, then by start. */
export function forEachHit(
  hits: ScanHits,
  onHit: (text: number, term: number, start: number, end: number, folds: number) => void,
): void {
  for (let at = 0; at + hitWidth <= hits.length; at += hitWidth) {
    onHit(hits[at] ?? 0, hits[at + 1] ?? 0, hits[at + 2] ?? 0, hits[at + 3] ?? 0, hits[at + 4] ?? 0);
  }
}
