/** A stretch of a text to set off: UTF-16 offsets, end exclusive. `strong` is the one that the reader looks for. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly strength: 'strong' | 'light';
}

export interface Segment {
  readonly text: string;
  readonly start: number;
  readonly strength: Mark['strength'] | null;
}

/**
 * Cuts a text at the edges of its marks. Marks may overlap or lie within each other; where a strong and a light one
 * meet, the strong one shows. Marks outside the text are cut off at its ends.
 */
export function segmentsOf(text: string, marks: readonly Mark[]): Segment[] {
  const inside = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(text.length, mark.end) }))
    .filter((mark) => mark.start < mark.end);
  if (inside.length === 0) return text === '' ? [] : [{ text, start: 0, strength: null }];
  const edges = [...new Set([0, text.length, ...inside.flatMap((mark) => [mark.start, mark.end])])].toSorted(
    (a, b) => a - b,
  );
  const segments: Segment[] = [];
  for (const [index, start] of edges.entries()) {
    const end = edges[index + 1];
    if (end === undefined) break;
    const covering = inside.filter((mark) => mark.start <= start && end <= mark.end);
    const strength = covering.some((mark) => mark.strength === 'strong')
      ? 'strong'
      : covering.length > 0
        ? 'light'
        : null;
    const last = segments.at(-1);
    if (last && last.strength === strength) {
      segments[segments.length - 1] = { ...last, text: last.text + text.slice(start, end) };
    } else {
      segments.push({ text: text.slice(start, end), start, strength });
    }
  }
  return segments;
}
