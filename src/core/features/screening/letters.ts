import { foldBit, foldTable, isFiller, isInvisible } from './folds.ts';
import { syllableBase } from './speech.ts';
import { syllables } from './tables/index.ts';
import type { Replacement, View } from './view.ts';

// Letters that stand for syllables: where they may be some, and what they then say.

/** Longest run of letters that is tried as pinyin beside characters: six syllables of the longest. */
const longestLetters = 36;
/** Most ways of dividing letters into syllables that are tried (xian: xian, xi an). */
const mostDivisions = 8;

/** Whether a unit is a Latin letter as keyboards write it. */
export function isAsciiLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

/** The units of a view as small letters, 0 for what is none. */
function createLetterOf(bits: number): (unit: number) => number {
  const { single } = foldTable(bits | foldBit['look-alikes'] | foldBit.case | foldBit.width);
  return (unit) => {
    // Of ü only the sound counts here, not that it looks like a u.
    const plain = unit === 0xfc || unit === 0xdc ? 0x76 : (single[unit] ?? unit);
    return plain >= 0x61 && plain <= 0x7a ? plain : 0;
  };
}

/** The syllables letter by letter: a node is its number times 26, and has the number of the next one at each letter; 0: none. */
interface Spellings {
  readonly next: Uint16Array;
  /** By node's number: whether a syllable ends there. */
  readonly ends: Uint8Array;
}

let spellings: Spellings | null = null;

function syllableSpellings(): Spellings {
  if (spellings !== null) return spellings;
  const letters = syllables.reduce((sum, { length }) => sum + length, 1);
  const next = new Uint16Array(letters * 26);
  const ends = new Uint8Array(letters);
  let count = 1;
  for (const syllable of syllables) {
    let node = 0;
    for (let at = 0; at < syllable.length; at += 1) {
      const place = node * 26 + syllable.charCodeAt(at) - 0x61;
      if (next[place] === 0) {
        next[place] = count;
        count += 1;
      }
      node = next[place] ?? 0;
    }
    ends[node] = 1;
  }
  spellings = { next, ends };
  return spellings;
}

/** Whether the run of letters that holds a place can be read as syllables. Quick: it is asked of every word in letters. */
export function createPinyinTest(bits: number): (view: View, at: number) => boolean {
  const letterOf = createLetterOf(bits);
  /** By letter of the run: the question's number where syllables end before it. Numbered so that nothing is to be cleared. */
  const reached = new Int32Array(longestLetters + 1);
  let question = 0;
  return ({ units, from, to }, at) => {
    const { next, ends } = syllableSpellings();
    let start = at;
    // What is longer is no pinyin, and is asked about at each of its letters.
    while (start > from && at - start < longestLetters && letterOf(units[start - 1] ?? 0) !== 0) start -= 1;
    question = (question + 1) | 0;
    reached[0] = question;
    let place = start;
    for (; place < to; place += 1) {
      const count = place - start;
      if (letterOf(units[place] ?? 0) === 0) return reached[count] === question;
      if (count === longestLetters) return false;
      if (reached[count] !== question) continue;
      let node = 0;
      for (let behind = place; behind < to && behind - start < longestLetters; behind += 1) {
        const letter = letterOf(units[behind] ?? 0);
        node = letter === 0 ? 0 : (next[node * 26 + letter - 0x61] ?? 0);
        if (node === 0) break;
        if (ends[node] === 1) reached[behind + 1 - start] = question;
      }
    }
    return reached[place - start] === question;
  };
}

/**
 * What makes the view say letters beside Chinese characters as syllables, once for each way of dividing them: 保ben, bao本.
 * Letters with no character within three fillers are left to the terms' own spelling in letters.
 */
export function readLetters(view: View, places: readonly number[], bits: number): Replacement[][] {
  const letterOf = createLetterOf(bits);
  const runs: LetterRun[] = [];
  let cluster: LetterRun[] = [];
  let beside = false;
  let done = view.from;
  // Letters with only fillers between them belong together: 加我 si ren wei xin.
  const close = () => {
    if (beside) for (const run of cluster) if (run.divisions.length > 0) runs.push(run);
    cluster = [];
    beside = false;
  };
  for (const place of places) {
    if (place < done) continue;
    const { from, to, text, via } = lettersAt(view, place, letterOf);
    done = Math.max(place + 1, to);
    if (text.length === 0) continue;
    const last = cluster.at(-1);
    if (last !== undefined && !isOnlyFillers(view, last.to, from)) close();
    beside ||= isBesideHanzi(view, from, -1) || isBesideHanzi(view, to - 1, 1);
    cluster.push({ from, to, via, divisions: divisionsOf(text) });
  }
  close();
  const ways = runs.reduce((most, run) => Math.max(most, run.divisions.length), 0);
  return Array.from({ length: ways }, (_, way) =>
    runs.map(({ from, to, via, divisions }) => ({
      from,
      to,
      text: divisions[Math.min(way, divisions.length - 1)] ?? '',
      via: foldBit.pinyin | via,
    })),
  );
}

interface LetterRun {
  readonly from: number;
  readonly to: number;
  /** The folds by which they are letters, as bits. */
  readonly via: number;
  readonly divisions: readonly string[];
}

function isOnlyFillers(view: View, from: number, to: number): boolean {
  if (to - from > 8) return false;
  for (let at = from; at < to; at += 1) {
    const unit = view.units[at] ?? 0;
    if (!isFiller(unit) && !isInvisible(unit)) return false;
  }
  return true;
}

/** The run of letters that holds a place. */
function lettersAt(
  view: View,
  at: number,
  letterOf: (unit: number) => number,
): { from: number; to: number; text: string; via: number } {
  const letter = (place: number) => letterOf(view.units[place] ?? 0);
  let from = at;
  while (from > view.from && letter(from - 1) !== 0) from -= 1;
  let to = at;
  let text = '';
  let via = 0;
  for (to = from; to < view.to; to += 1) {
    const plain = letter(to);
    if (plain === 0) break;
    via |= letterFolds(view.units[to] ?? 0);
    if (text.length <= longestLetters) text += String.fromCharCode(plain);
  }
  return { from, to: Math.max(to, at + 1), text, via };
}

/** The folds by which a unit is a small letter. Tone marks are part of how pinyin is written. */
function letterFolds(unit: number): number {
  if (unit >= 0x61 && unit <= 0x7a) return 0;
  if (isAsciiLetter(unit)) return foldBit.case;
  const plain = foldTable(foldBit.width | foldBit.case).single[unit] ?? unit;
  if (plain >= 0x61 && plain <= 0x7a) return foldBit.width;
  return unit < 0x250 ? 0 : foldBit['look-alikes'];
}

function isBesideHanzi(view: View, from: number, step: 1 | -1): boolean {
  let at = from + step;
  for (let fillers = 0; fillers <= 3 && at >= view.from && at < view.to; at += step) {
    const unit = view.units[at] ?? 0;
    if (unit >= 0x4e00 && unit <= 0x9fff) return true;
    if (isInvisible(unit)) continue;
    if (!isFiller(unit)) return false;
    fillers += 1;
  }
  return false;
}

const divisions = new Map<string, readonly string[]>();

/** The ways to divide letters into syllables; none where they are too many. The same ones come again and again: remembered. */
function divisionsOf(letters: string): readonly string[] {
  if (letters.length === 0 || letters.length > longestLetters) return [];
  let known = divisions.get(letters);
  if (known === undefined) {
    known = divide(letters);
    if (divisions.size > 20_000) divisions.clear();
    divisions.set(letters, known);
  }
  return known;
}

let unitOf: ReadonlyMap<string, string> | null = null;
let longestSyllable = 0;

/** The ways to divide letters into syllables, as units that stand for them; those with the longest first syllables first. */
function divide(letters: string): string[] {
  if (unitOf === null) {
    unitOf = new Map(
      syllables.map((syllable, index) => [syllable, String.fromCharCode(syllableBase + index)]),
    );
    longestSyllable = Math.max(...syllables.map((syllable) => syllable.length));
  }
  const known = unitOf;
  const found: string[] = [];
  const dead = new Set<number>();
  const visit = (at: number, sofar: string): boolean => {
    if (found.length >= mostDivisions) return true;
    if (at === letters.length) {
      found.push(sofar);
      return true;
    }
    if (dead.has(at)) return false;
    let any = false;
    for (let length = Math.min(longestSyllable, letters.length - at); length > 0; length -= 1) {
      const unit = known.get(letters.slice(at, at + length));
      if (unit !== undefined && visit(at + length, sofar + unit)) any = true;
    }
    if (!any) dead.add(at);
    return any;
  };
  visit(0, '');
  return found;
}
