import { type Budget, align, intern, uniqueMatches } from './align.ts';
import type { DiffRow, Place, Span } from './contract.ts';
import { kindOfTextChange } from './normalise.ts';
import { type Likeness, likenesses, pairInOrder } from './similar.ts';
import { compareInside, forGaps } from './words.ts';

/** A paragraph, or a block of a body. */
export interface Unit {
  readonly place: Place;
  readonly text: string;
  /** Equal for units that are the same; a picture's names its bytes. */
  readonly key: string;
  readonly isImage: boolean;
}

/** In place, paragraphs at least so alike are one that was edited; where nothing else stands there, less will do. */
const alikeInPlace = 0.4;
const alikeAlone = 0.25;
/** A paragraph that moved and was edited has to be longer and more alike to be known again. */
const alikeMoved = 0.6;
const shortestEditedMove = 10;
const shortestMove = 4;

/**
 * The coarse level: which units stayed, changed in place, moved, went and came; inside those that changed, the fine level.
 * Rows are in reading order, what went before what came in its stead.
 */
export function compareUnits(olds: readonly Unit[], news: readonly Unit[], budget: Budget): DiffRow[] {
  const [left, right] = intern(
    olds.map(({ key }) => key),
    news.map(({ key }) => key),
  );
  const pairs = align(left, right, budget);
  const partners = new Map(pairs);
  const kept = new Set(partners.values());
  // What stands elsewhere to the letter moved, however alike it is to what stands in its place now.
  const moves = exactMoves(
    olds.filter(({ place }) => !partners.has(place.index)),
    news.filter(({ place }) => !kept.has(place.index)),
  );
  const arrived = new Set(moves.values());
  forGaps(pairs, olds.length, news.length, (oldFrom, oldTo, newFrom, newTo) => {
    const gone = olds.slice(oldFrom, oldTo).filter(({ place }) => !moves.has(place.index));
    const came = news.slice(newFrom, newTo).filter(({ place }) => !arrived.has(place.index));
    for (const [i, j] of pairsInGap(gone, came)) {
      const [old, other] = [gone[i], came[j]];
      if (old !== undefined && other !== undefined) partners.set(old.place.index, other.place.index);
    }
  });
  const taken = new Set([...partners.values(), ...arrived]);
  addEditedMoves(
    moves,
    olds.filter(({ place }) => !partners.has(place.index) && !moves.has(place.index)),
    news.filter(({ place }) => !taken.has(place.index)),
  );
  return rowsOf(olds, news, partners, moves, budget);
}

/** Units of one gap that are the same one, edited. */
function pairsInGap(olds: readonly Unit[], news: readonly Unit[]): (readonly [number, number])[] {
  if (olds.length === 0 || news.length === 0) return [];
  if (olds.every(({ isImage }) => isImage) && news.every(({ isImage }) => isImage))
    return olds.slice(0, news.length).map((_, index) => [index, index] as const);
  const least = olds.length === 1 && news.length === 1 ? alikeAlone : alikeInPlace;
  return pairInOrder(likenesses(olds.map(wordsOfUnit), news.map(wordsOfUnit), least), news.length);
}

const wordsOfUnit = (unit: Unit) => (unit.isImage ? '' : unit.text);

/** Units that stand elsewhere now, the same to the letter and once on each side: old index to new index. */
function exactMoves(olds: readonly Unit[], news: readonly Unit[]): Map<number, number> {
  const gone = olds.filter((unit) => unit.isImage || unit.text.trim().length >= shortestMove);
  const came = news.filter((unit) => unit.isImage || unit.text.trim().length >= shortestMove);
  const [left, right] = intern(
    gone.map(({ key }) => key),
    came.map(({ key }) => key),
  );
  const moves = new Map<number, number>();
  for (const [i, j] of uniqueMatches(left, right)) {
    const [from, to] = [gone[i]?.place.index, came[j]?.place.index];
    if (from !== undefined && to !== undefined) moves.set(from, to);
  }
  return moves;
}

/** Adds those that were edited on the way, the most alike first. */
function addEditedMoves(moves: Map<number, number>, olds: readonly Unit[], news: readonly Unit[]): void {
  const isLong = ({ text, isImage }: Unit) => !isImage && text.trim().length >= shortestEditedMove;
  const [gone, came] = [olds.filter(isLong), news.filter(isLong)];
  const arrived = new Set<number>();
  const pairs = likenesses(
    gone.map(({ text }) => text),
    came.map(({ text }) => text),
    alikeMoved,
  );
  for (const pair of mostAlikeFirst(pairs)) {
    const [from, to] = [gone[pair.left]?.place.index, came[pair.right]?.place.index];
    if (from === undefined || to === undefined || moves.has(from) || arrived.has(to)) continue;
    moves.set(from, to);
    arrived.add(to);
  }
}

function mostAlikeFirst(pairs: readonly Likeness[]): Likeness[] {
  return pairs.toSorted((a, b) => b.similarity - a.similarity || a.left - b.left || a.right - b.right);
}

function rowsOf(
  olds: readonly Unit[],
  news: readonly Unit[],
  partners: ReadonlyMap<number, number>,
  moves: ReadonlyMap<number, number>,
  budget: Budget,
): DiffRow[] {
  const numbers = new Map([...moves.values()].toSorted((a, b) => a - b).map((to, index) => [to, index]));
  const origins = new Map([...moves].map(([from, to]) => [to, from]));
  const spansOfMoves = new Map<number, readonly Span[]>();
  for (const [from, to] of moves) {
    const [old, moved] = [olds[from], news[to]];
    if (old !== undefined && moved !== undefined) spansOfMoves.set(to, spansBetween(old, moved, budget));
  }
  const rows: DiffRow[] = [];
  const gone = (unit: Unit) => {
    const to = moves.get(unit.place.index);
    rows.push(
      to === undefined
        ? single('removed', unit)
        : {
            kind: 'moved-from',
            change: changeBetween(unit, news[to]),
            move: numbers.get(to) ?? null,
            old: unit.place,
            new: null,
            spans: [...(spansOfMoves.get(to) ?? [])],
            formatting: [],
          },
    );
  };
  const came = (unit: Unit) => {
    const from = origins.get(unit.place.index);
    rows.push(
      from === undefined
        ? single('added', unit)
        : {
            kind: 'moved-to',
            change: changeBetween(olds[from], unit),
            move: numbers.get(unit.place.index) ?? null,
            old: null,
            new: unit.place,
            spans: [...(spansOfMoves.get(unit.place.index) ?? [])],
            formatting: [],
          },
    );
  };
  forGaps(
    [...partners].toSorted(([a], [b]) => a - b),
    olds.length,
    news.length,
    (oldFrom, oldTo, newFrom, newTo, pairFollows) => {
      for (const unit of olds.slice(oldFrom, oldTo)) gone(unit);
      for (const unit of news.slice(newFrom, newTo)) came(unit);
      const [old, other] = [olds[oldTo], news[newTo]];
      if (!pairFollows || old === undefined || other === undefined) return;
      rows.push({
        kind: old.key === other.key ? 'same' : 'changed',
        change: changeBetween(old, other),
        move: null,
        old: old.place,
        new: other.place,
        spans: spansBetween(old, other, budget),
        formatting: [],
      });
    },
  );
  return rows;
}

function changeBetween(old: Unit | undefined, other: Unit | undefined): DiffRow['change'] {
  if (old === undefined || other === undefined || old.isImage !== other.isImage) return 'text';
  if (old.isImage && old.key !== other.key) return 'text';
  return kindOfTextChange(old.text, other.text);
}

function spansBetween(old: Unit, other: Unit, budget: Budget): Span[] {
  const [oldStart, newStart] = [old.place.start, other.place.start];
  if (old.text !== other.text) return compareInside(old.text, other.text, oldStart, newStart, budget);
  if (old.text === '') return [];
  return [{ kind: 'same', oldStart, oldEnd: old.place.end, newStart, newEnd: other.place.end }];
}

/** A unit that stands on one side only. Its other, empty, place in the spans is at 0: nothing stands there. */
function single(kind: 'removed' | 'added', { place }: Unit): DiffRow {
  const own = { start: place.start, end: place.end };
  const [old, other] = kind === 'removed' ? [own, { start: 0, end: 0 }] : [{ start: 0, end: 0 }, own];
  return {
    kind,
    change: 'text',
    move: null,
    old: kind === 'removed' ? place : null,
    new: kind === 'added' ? place : null,
    spans:
      place.start === place.end
        ? []
        : [{ kind, oldStart: old.start, oldEnd: old.end, newStart: other.start, newEnd: other.end }],
    formatting: [],
  };
}
