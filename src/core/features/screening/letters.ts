import { type Gap, beyondFillers, countFillers } from './fillers.ts';
import { foldBit, foldTable } from './folds.ts';
import { syllableBase } from './speech.ts';
import { noReading, primaryReading, syllables } from './tables/index.ts';
import type { Replacement, View } from './view.ts';
import { isAsciiLetter } from './plain-characters.ts';

// Letters that stand for syllables: where they may be some, and what they then say.

/** Longest run of letters that is tried as pinyin beside characters: six syllables of the longest. */
const longestLetters = 36;
/** Longest such run in units: a vowel may have marks behind it. */
const longestRun = 2 * longestLetters;
/** Most ways of dividing letters into syllables that are tried (xian: xian, xi an). */
const mostDivisions = 8;

/** In `lettersByUnit()`: a tone, or the dots of ü, written behind its letter as a unit of its own. */
const mark = 1;
const marks = [0x300, 0x301, 0x304, 0x306, 0x308, 0x30c];
const dots = 0x308;
/** ü with each tone and without, in both cases: only its sound counts here, not that it looks like a u. */
const dotted = 'üǖǘǚǜÜǕǗǙǛ';
const [letterU, letterV] = [0x75, 0x76];

let unitLetters: Uint8Array | null = null;

/** By unit: the small letter that it is in pinyin, `mark`, or 0. Kept: to what else a text is folded makes no difference. */
export function lettersByUnit(): Uint8Array {
  if (unitLetters !== null) return unitLetters;
  const { single } = foldTable(foldBit['look-alikes'] | foldBit.case | foldBit.width);
  unitLetters = Uint8Array.from(single, (plain) => (plain >= 0x61 && plain <= 0x7a ? plain : 0));
  for (const unit of marks) unitLetters[unit] = mark;
  for (const letter of dotted) unitLetters[letter.charCodeAt(0)] = letterV;
  return unitLetters;
}

/** The letter at a place, or `mark`, or 0: a u with dots behind it is a ü. */
function letterAt(letters: Uint8Array, units: Uint16Array, at: number, to: number): number {
  const letter = letters[units[at] ?? 0] ?? 0;
  return letter === letterU && at + 1 < to && units[at + 1] === dots ? letterV : letter;
}

/** The place at which the run of letters begins that holds one. */
function runStart(letters: Uint8Array, { units, from }: View, at: number): number {
  let start = at;
  // What is longer is no pinyin, and is asked about at each of its letters.
  while (start > from && at - start < longestRun && letters[units[start - 1] ?? 0] !== 0) start -= 1;
  while (start < at && letters[units[start] ?? 0] === mark) start += 1;
  return start;
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
export function createPinyinTest(): (view: View, at: number) => boolean {
  /** By unit of the run: the question's number where syllables end before it. Numbered so that nothing is to be cleared. */
  const reached = new Int32Array(longestRun + 1);
  let question = 0;
  return (view, at) => {
    const { units, to } = view;
    const { next, ends } = syllableSpellings();
    const letters = lettersByUnit();
    const start = runStart(letters, view, at);
    question = (question + 1) | 0;
    reached[0] = question;
    let place = start;
    for (; place < to; place += 1) {
      const count = place - start;
      const first = letters[units[place] ?? 0] ?? 0;
      if (first === 0) return reached[count] === question;
      if (count === longestRun) return false;
      if (reached[count] !== question) continue;
      if (first === mark) reached[count + 1] = question;
      let node = 0;
      for (let behind = place; behind < to && behind - start < longestRun; behind += 1) {
        const letter = letterAt(letters, units, behind, to);
        if (letter === mark) continue;
        node = letter === 0 ? 0 : (next[node * 26 + letter - 0x61] ?? 0);
        if (node === 0) break;
        if (ends[node] === 1) reached[behind + 1 - start] = question;
      }
    }
    return reached[place - start] === question;
  };
}

/**
 * What makes a view say letters beside Chinese characters as syllables, once for each way of dividing them: 保ben, bao本.
 * Letters with no character beside them, or only beyond more than any term passes over, are left to the terms' own spelling
 * in letters, which knows no tones and no ü.
 */
export function createLetterReader(bits: number, { fillers, acrossSentences }: Gap) {
  const isRead = createReadTest(bits);

  function isPassable(view: View, from: number, to: number): boolean {
    const count = countFillers(view, from, to, acrossSentences);
    return count >= 0 && count <= fillers;
  }

  function isBesideRead(view: View, from: number, to: number): boolean {
    const { units } = view;
    const before = beyondFillers(view, from - 1, -1, acrossSentences);
    if (before >= view.from && isRead(units[before] ?? 0) && isPassable(view, before + 1, from)) return true;
    const behind = beyondFillers(view, to, 1, acrossSentences);
    return behind < view.to && isRead(units[behind] ?? 0) && isPassable(view, to, behind);
  }

  /** The runs of letters at these places that may be syllables of a term. */
  function findRuns(view: View, places: readonly number[]): LetterRun[] {
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
      const { from, to, text, via, isToned } = lettersAt(view, place);
      done = Math.max(place + 1, to);
      if (text.length === 0) continue;
      const last = cluster.at(-1);
      if (last !== undefined && !isPassable(view, last.to, from)) close();
      beside ||= isToned || isBesideRead(view, from, to);
      cluster.push({ from, to, via, divisions: divisionsOf(text) });
    }
    close();
    return runs;
  }

  return (view: View, places: readonly number[]): Replacement[][] => {
    const runs = findRuns(view, places);
    if (runs.length === 0) return [];
    const ways = runs.reduce((most, run) => Math.max(most, run.divisions.length), 0);
    return Array.from({ length: ways }, (_, way) =>
      runs.map(({ from, to, via, divisions }) => ({
        from,
        to,
        text: divisions[Math.min(way, divisions.length - 1)] ?? '',
        via: foldBit.pinyin | via,
      })),
    );
  };
}

/** Whether a unit is a character that has a reading, as it is written or as it folds. */
function createReadTest(bits: number): (unit: number) => boolean {
  const { single } = foldTable(bits);
  const readings = primaryReading();
  return (unit) =>
    readings[unit] !== noReading || (readings[single[unit] ?? unit] ?? noReading) !== noReading;
}

interface LetterRun {
  readonly from: number;
  readonly to: number;
  /** The folds by which they are letters, as bits. */
  readonly via: number;
  readonly divisions: readonly string[];
}

/** The run of letters that holds a place. */
function lettersAt(
  view: View,
  at: number,
): { from: number; to: number; text: string; via: number; isToned: boolean } {
  const letters = lettersByUnit();
  const { units } = view;
  const from = runStart(letters, view, at);
  let to = at;
  let text = '';
  let via = 0;
  let isToned = false;
  for (to = from; to < view.to; to += 1) {
    const plain = letterAt(letters, units, to, view.to);
    if (plain === 0) break;
    const own = units[to] ?? 0;
    const folds = plain === mark ? 0 : letterFolds(own);
    via |= folds;
    if (own > 0x7f && folds === 0) isToned = true;
    if (plain !== mark && text.length <= longestLetters) text += String.fromCharCode(plain);
  }
  return { from, to: Math.max(to, at + 1), text, via, isToned };
}

/** The folds by which a unit is a letter. Capitals and tone marks are part of how pinyin is written. */
function letterFolds(unit: number): number {
  if (isAsciiLetter(unit)) return 0;
  const plain = foldTable(foldBit.width | foldBit.case).single[unit] ?? unit;
  if (plain >= 0x61 && plain <= 0x7a) return foldBit.width;
  return unit < 0x250 ? 0 : foldBit['look-alikes'];
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
