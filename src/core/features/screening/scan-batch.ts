import type { UnitMatcher } from './matcher.ts';
import { type ScanBatch, type ScanHits, hitWidth } from './scan-protocol.ts';

/** Scans the batch's texts; offsets in the answer count from each text's own beginning. */
export function scanBatch(matcher: UnitMatcher, { units, offsets }: ScanBatch): ScanHits {
  let hits = new Int32Array(256 * hitWidth);
  let used = 0;
  let text = 0;
  let origin = 0;
  const onMatch = (term: number, start: number, end: number, folds: number) => {
    if (used === hits.length) {
      const grown = new Int32Array(hits.length * 2);
      grown.set(hits);
      hits = grown;
    }
    hits[used] = text;
    hits[used + 1] = term;
    hits[used + 2] = start - origin;
    hits[used + 3] = end - origin;
    hits[used + 4] = folds;
    used += hitWidth;
  };
  for (text = 0; text + 1 < offsets.length; text += 1) {
    origin = offsets[text] ?? 0;
    matcher.scanUnits(units, origin, offsets[text + 1] ?? origin, onMatch);
  }
  return hits.slice(0, used);
}
