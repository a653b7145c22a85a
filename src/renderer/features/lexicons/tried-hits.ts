import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { Mark } from '../archive/highlight.ts';

export type TriedHit = ProcedureOutput<'lexicons.tryText'>['hits'][number];

/** A hit's name: the same place and entry in the next answer is the same hit. */
export function keyOfHit(hit: TriedHit): string {
  return `${hit.index} ${hit.start} ${hit.end} ${hit.term}`;
}

/** The pieces of a hit: one in each message that it is split over, else itself. */
export function piecesOfHit(hit: TriedHit): readonly {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}[] {
  return hit.parts.length > 0 ? hit.parts : [hit];
}

/**
 * Where one message's text is to be set off: hits that count lightly, the chosen one strongly. An answer may be older than
 * the text by some keys; what no longer stands where it says is left out.
 */
export function marksIn(
  text: string,
  index: number,
  hits: readonly TriedHit[],
  current: TriedHit | null,
): readonly Mark[] {
  return hits
    .filter((hit) => hit.silencedBy === null || hit === current)
    .flatMap((hit) =>
      piecesOfHit(hit)
        .filter((piece) => piece.index === index && text.slice(piece.start, piece.end) === piece.text)
        .map(({ start, end }) => ({ start, end, strength: hit === current ? 'strong' : 'light' }) as const),
    );
}

/** The hit at a place of a message, the shortest one: what the caret stands in. */
export function hitAt(hits: readonly TriedHit[], index: number, at: number): TriedHit | null {
  const covering = hits
    .flatMap((hit) => piecesOfHit(hit).map((piece) => ({ hit, piece })))
    .filter(({ piece }) => piece.index === index && piece.start <= at && at <= piece.end)
    .toSorted((a, b) => a.piece.end - a.piece.start - (b.piece.end - b.piece.start));
  return covering[0]?.hit ?? null;
}
