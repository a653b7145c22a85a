/** What of an excerpt fits a narrow column, and where the hit stands in it. */
export interface Cropped {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Cuts an excerpt's beginning so that its hit is in sight: at most `before` UTF-16 units are left ahead of it. */
export function cropToHit(excerpt: string, start: number, length: number, before: number): Cropped {
  let cut = start - before;
  if (cut <= 1) return { text: excerpt, start, end: start + length };
  // Not through the middle of a character beyond the first plane.
  if (/[\uDC00-\uDFFF]/.test(excerpt[cut] ?? '')) cut += 1;
  const moved = start - cut + 1;
  return { text: `…${excerpt.slice(cut)}`, start: moved, end: moved + length };
}
