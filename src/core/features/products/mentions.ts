import { compileMatcher } from '../screening/index.ts';
import type { ProductId } from '../../contract/ids.ts';

/** What is needed of a product to find it in a text. */
export interface NamedProduct {
  readonly id: ProductId;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A name of a product in a text, or what is nearly one; UTF-16 offsets, end exclusive. */
export interface Mention {
  readonly id: ProductId;
  readonly start: number;
  readonly end: number;
  /** The name as the register has it. */
  readonly name: string;
  /** False: not quite the name, as if mistyped. */
  readonly exact: boolean;
}

export interface MentionFinder {
  /** Which products a text names, by place; of names inside one another the longest counts. */
  findMentioned(text: string): Mention[];
  /** Whether the whole of a text is a product's name, or nearly so. */
  matchName(text: string): Mention | null;
}

/** Names shorter than this are never taken for mistyped ones: too many words are one character away from them. */
const shortestMistyped = 6;
/** Names so long may have two characters wrong. */
const longName = 9;
/** Most pieces of names that are looked at again in one text. */
const mostCandidates = 20_000;

interface Name {
  readonly id: ProductId;
  readonly name: string;
  readonly plain: string;
}

interface Piece {
  readonly name: Name;
  /** Where the piece stands in the plain name, and how long it is. */
  readonly at: number;
  readonly length: number;
}

/** Made once per state of the register. */
export function compileMentions(products: readonly NamedProduct[]): MentionFinder {
  const names: Name[] = products.flatMap(({ id, name, aliases }) =>
    [name, ...aliases].map((each) => ({ id, name: each, plain: plainName(each) })),
  );
  const usable = names.filter(({ plain }) => plain.length >= 2);
  const exact = compileMatcher(
    usable.map(({ name, plain }) => ({
      text: name,
      folds: ['width', 'case', 'invisible', 'filler'],
      // Between the characters of a name a blank or a mark, not a word.
      fillers: 1,
      wholeWord: /^[\da-z]+$/.test(plain),
    })),
  );
  const byPiece = new Map<string, Piece[]>();
  for (const name of usable) {
    if (name.plain.length < shortestMistyped) continue;
    const parts = name.plain.length >= longName ? 3 : 2;
    // A name with one character wrong has one of its halves right, with two one of its thirds.
    for (let part = 0; part < parts; part += 1) {
      const at = Math.floor((name.plain.length * part) / parts);
      const length = Math.floor((name.plain.length * (part + 1)) / parts) - at;
      const piece = name.plain.slice(at, at + length);
      const pieces = byPiece.get(piece) ?? [];
      pieces.push({ name, at, length });
      byPiece.set(piece, pieces);
    }
  }
  const pieceTexts = [...byPiece.keys()];
  const pieces = compileMatcher(pieceTexts.map((text) => ({ text, folds: ['width', 'case', 'invisible'] })));
  const byPlain = new Map(usable.map((name) => [name.plain, name]));

  function exactMentions(text: string): Mention[] {
    const found = exact.scan(text).flatMap(({ term, start, end }): Mention[] => {
      const name = usable[term];
      return name === undefined ? [] : [{ id: name.id, name: name.name, start, end, exact: true }];
    });
    return longestOnly(found);
  }

  function mistyped(text: string, taken: readonly Mention[]): Mention[] {
    const found: (Mention & { readonly distance: number })[] = [];
    const right = taken.toSorted((a, b) => a.start - b.start);
    let candidates = 0;
    /** The length of the name that stands around a place; 0 where none does. Names do not overlap. */
    const covering = (start: number, end: number) => {
      let low = 0;
      let high = right.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((right[middle]?.start ?? 0) <= start) low = middle + 1;
        else high = middle;
      }
      const around = right[low - 1];
      return around !== undefined && around.end >= end ? around.end - around.start : 0;
    };
    for (const { term, start, end } of pieces.scan(text)) {
      for (const piece of byPiece.get(pieceTexts[term] ?? '') ?? []) {
        candidates += 1;
        if (candidates > mostCandidates) return longestOnly(found);
        // Inside a name of that length that is right, nothing is mistyped.
        const { plain } = piece.name;
        if (covering(start, end) >= plain.length) continue;
        const mention = nearestAt(text, start, end, piece);
        // A short name inside a longer mistyped one (周周盈 in 鑫享周周盈C款) is part of it.
        if (mention !== null && !taken.some((other) => overlap(other, mention) && !contains(mention, other)))
          found.push(mention);
      }
    }
    const best = found.toSorted((a, b) => a.distance - b.distance);
    const kept: Mention[] = [];
    for (const { distance: _distance, ...mention } of best)
      if (!kept.some((other) => overlap(other, mention))) kept.push(mention);
    return kept;
  }

  return {
    findMentioned(text) {
      const found = exactMentions(text);
      const near = mistyped(text, found);
      const right = found.filter((mention) => !near.some((other) => contains(other, mention)));
      return [...right, ...near].toSorted((a, b) => a.start - b.start || a.end - b.end);
    },
    matchName(text) {
      const wanted = plainName(text);
      const name = byPlain.get(wanted);
      const whole = { start: 0, end: text.length };
      if (name !== undefined) return { id: name.id, name: name.name, ...whole, exact: true };
      const near = usable.find(({ plain }) => isMistyped(plain, wanted));
      return near === undefined ? null : { id: near.id, name: near.name, ...whole, exact: false };
    },
  };
}

/** The name in small letters, without width, blanks and brackets of either kind. */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s"'“”‘’「」《》【】()[\]·•-]/gu, '');
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}

function contains(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function longestOnly(mentions: readonly Mention[]): Mention[] {
  const kept: Mention[] = [];
  const byLength = mentions.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const ends = new Set<number>();
  for (const mention of byLength) {
    // A place is looked up by its characters: thousands of mentions are compared in no time.
    let free = true;
    for (let at = mention.start; at < mention.end && free; at += 1) free = !ends.has(at);
    if (!free) continue;
    for (let at = mention.start; at < mention.end; at += 1) ends.add(at);
    kept.push(mention);
  }
  return kept;
}

/** The stretch around a piece of a name that is most like the whole name, when it is nearly the same and not the same. */
function nearestAt(
  text: string,
  start: number,
  end: number,
  { name, at }: Piece,
): (Mention & { readonly distance: number }) | null {
  const before = at;
  const after = name.plain.length - at - (end - start);
  let best: (Mention & { readonly distance: number }) | null = null;
  const slack = name.plain.length >= longName ? 2 : 1;
  for (let left = -slack; left <= slack; left += 1) {
    for (let right = -slack; right <= slack; right += 1) {
      const from = start - before - left;
      const until = end + after + right;
      if (from < 0 || until > text.length || from > start || until < end) continue;
      const written = text.slice(from, until).normalize('NFKC').toLowerCase();
      if (/[\s\p{P}]/u.test(written) || !isMistyped(name.plain, written)) continue;
      const distance = editDistance(name.plain, written);
      const length = until - from;
      const closer =
        best === null ||
        distance < best.distance ||
        (distance === best.distance &&
          Math.abs(length - name.plain.length) < Math.abs(best.end - best.start - name.plain.length));
      if (closer) best = { id: name.id, name: name.name, start: from, end: until, exact: false, distance };
    }
  }
  return best;
}

/** What may stand at either end of a name in place of what should: the letter or number of a series (A款, 2号). */
const serial = /^[\da-z一二三四五六七八九十甲乙丙丁]$/u;

/** Whether `written` is not `name`, but so little away that it was meant to be. */
function isMistyped(name: string, written: string): boolean {
  if (name.length < shortestMistyped || name === written || Math.abs(name.length - written.length) > 2)
    return false;
  // A name without its end is a short form of it, one with more is another word around it.
  if (name.startsWith(written) || name.endsWith(written)) return false;
  if (written.startsWith(name) || written.endsWith(name)) return false;
  const distance = editDistance(name, written);
  const ends = (first: string, second: string) =>
    first === second || (serial.test(first) && serial.test(second) && distance === 1);
  if (!ends(name.charAt(0), written.charAt(0))) return false;
  if (!ends(name.charAt(name.length - 1), written.charAt(written.length - 1))) return false;
  return distance <= (name.length >= longName ? 2 : 1);
}

/** Insertions, deletions and substitutions that make one of the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
