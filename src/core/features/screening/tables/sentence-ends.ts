// Line breaks (LF, VT, FF, CR, NEL, line and paragraph separator) and what ends a sentence in Chinese and Latin text with
// its full-width, half-width, vertical and small forms. The ASCII full stop is not among them: in 5.2 or a.b it ends
// nothing, and one unit can't tell. Neither is the ellipsis, which hides words (保…本) at least as often as it ends them.
const ends: ReadonlySet<number> = new Set(
  Array.from('\n\v\f\r\u0085\u2028\u2029。！？!?｡︒︕︖﹗﹖‼⁇⁈⁉‽', (end) => end.charCodeAt(0)),
);

/** Whether fillers stop at this UTF-16 unit: a match does not go over it unless its term allows that. */
export function isSentenceEnd(unit: number): boolean {
  return ends.has(unit);
}
