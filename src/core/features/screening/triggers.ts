import { expand, fieldSeparator, foldBit, foldTable, isFiller, isInvisible, isLeading } from './folds.ts';
import { syllableBase } from './strata.ts';
import { syllables } from './tables/index.ts';
import type { Bounds, Replacement, View } from './view.ts';

/** Longest tag that is taken for one, in units: `<br>`, `<span style="…">`. */
const longestTag = 200;
/** Longest entity: `&hellip;`, `&#x1f600;`. */
const longestEntity = 12;
/** Longest run of letters that is tried as pinyin beside characters: six syllables of the longest. */
const longestLetters = 36;
/** Most ways of dividing letters into syllables that are tried (xian: xian, xi an). */
const mostDivisions = 8;

/** The field that holds the place: from behind the separator before it to the one after it. */
export function fieldAround(units: Uint16Array, at: number, from: number, to: number): Bounds {
  let start = at;
  while (start > from && units[start - 1] !== fieldSeparator) start -= 1;
  let end = at;
  while (end < to && units[end] !== fieldSeparator) end += 1;
  return { from: start, to: end };
}

/** What a trigger says of its field: nothing; that its place counts if the field is read again; that it has to be. */
export const triggered = { nothing: 0, place: 1, field: 2 } as const;
type Triggered = (typeof triggered)[keyof typeof triggered];

/**
 * Whether what stands at a trigger's place is worth reading its field again, judged by its neighbours alone: most o are in
 * words, most emoji fold to nothing, most letters are no pinyin. Quick, because it is asked of every trigger; never
 * `nothing` where a rewriting comes of it.
 */
export function createTriggerTest(bits: number): (view: View, at: number) => Triggered {
  const { single, several } = foldTable(bits);
  const letters = (bits & foldBit.pinyin) !== 0;
  const lettersOf = createLetterReader(bits);
  const isFigure = (unit: number) => {
    const plain = single[unit] ?? unit;
    return (plain >= 0x30 && plain <= 0x39) || plain === 0x6f || isInvisible(unit);
  };
  const isPlainLetter = (unit: number) => {
    const plain = single[unit] ?? unit;
    return plain >= 0x61 && plain <= 0x7a;
  };
  const isInFigures = ({ units, to }: View, at: number) =>
    (at + 1 < to && isFigure(units[at + 1] ?? 0)) || (at > 0 && isFigure(units[at - 1] ?? 0));
  const when = (worth: boolean) => (worth ? triggered.field : triggered.nothing);
  return (view, at) => {
    const { units, to } = view;
    const unit = units[at] ?? 0;
    const next = at + 1 < to ? (units[at + 1] ?? 0) : 0;
    if (unit === 0x3c) return when(next === 0x2f || isAsciiLetter(next));
    if (unit === 0x5b) return when(isFaceInside(units, at, to));
    if (unit === 0x26) return when(next === 0x23 || isAsciiLetter(next));
    if (isLeading(unit)) return when(several.has((unit - 0xd800) * 0x400 + (next - 0xdc00) + 0x10000));
    if (!isPlainLetter(unit)) return triggered.field;
    const isZero = single[unit] === 0x6f && isInFigures(view, at);
    if (!letters || isZero) return when(isZero);
    // The first letter of a run answers for it.
    const isFirst = at === view.from || !isPlainLetter(units[at - 1] ?? 0);
    return isFirst && divisionsOf(lettersOf(view, at).text).length > 0 ? triggered.field : triggered.place;
  };
}

/** Whether a face stands between two characters of a field: most end their message, and part nothing. */
function isFaceInside(units: Uint16Array, at: number, to: number): boolean {
  if (at === 0 || units[at - 1] === fieldSeparator) return false;
  let end = at + 1;
  while (end < to && end - at < longestFace && units[end] !== 0x5d) end += 1;
  return end + 1 < to && units[end] === 0x5d && units[end + 1] !== fieldSeparator;
}

function isAsciiLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

/** A face as WeCom writes it: [微笑], [OK]. */
const face = /^\[\p{L}{1,8}\]/u;
/** Longest one, in units. */
const longestFace = 10;

const tag = /^<\/?[a-z][a-z0-9]*(?:\s[^<>\n]*)?\/?>/i;
const entity =
  /^&(?:(nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|amp|lt|gt|quot|apos|hellip|middot|bull)|#(\d{1,7})|#x([0-9a-f]{1,6}));/i;

/**
 * What makes the view say what is no single character there: characters that fold to several, astral letters, tags and
 * entities, the letter o in a number. In order; none where there is nothing of that kind at these places.
 */
export function normalise(view: View, places: readonly number[], bits: number): Replacement[] {
  const replacements: Replacement[] = [];
  let done = view.from;
  for (const at of places) {
    if (at < done) continue;
    const found = replacementAt(view, at, bits);
    if (found === null || found.from < done) continue;
    replacements.push(found);
    done = found.to;
  }
  return replacements;
}

function replacementAt(view: View, at: number, bits: number): Replacement | null {
  const { units } = view;
  const unit = units[at] ?? 0;
  if (unit === 0x5b) return (bits & foldBit.filler) === 0 ? null : faceAt(view, at);
  if (unit === 0x3c || unit === 0x26) return (bits & foldBit.filler) === 0 ? null : markupAt(view, at, bits);
  const { several, single } = foldTable(bits);
  if (isLeading(unit)) {
    if (at + 1 >= view.to) return null;
    const low = units[at + 1] ?? 0;
    const codePoint = (unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
    return several.has(codePoint) ? expansion(at, codePoint, bits) : null;
  }
  if (several.has(unit)) return expansion(at, unit, bits);
  if ((bits & foldBit.digits) !== 0 && single[unit] === 0x6f && isInNumber(view, at, single)) {
    return { from: at, to: at + 1, text: '0', via: foldBit.digits | letterBits(unit) };
  }
  return null;
}

/** The folds by which a unit is the letter o at all. */
function letterBits(unit: number): number {
  if (unit === 0x6f || unit === 0x4f) return 0;
  const wide = foldTable(foldBit.width | foldBit.case).single[unit];
  return wide === 0x6f ? foldBit.width : foldBit['look-alikes'];
}

function expansion(at: number, codePoint: number, bits: number): Replacement {
  const character = String.fromCodePoint(codePoint);
  return { from: at, to: at + character.length, ...expand(character, bits) };
}

function faceAt({ units, to }: View, at: number): Replacement | null {
  const text = String.fromCharCode(...units.subarray(at, Math.min(to, at + longestFace)));
  const found = face.exec(text);
  return found === null ? null : { from: at, to: at + found[0].length, text: '·', via: foldBit.filler };
}

/** What may be a tag or an entity at this place, up to its last character; empty where none ends soon enough. */
function markupText({ units, to }: View, at: number): string {
  const last = units[at] === 0x3c ? 0x3e : 0x3b;
  const limit = Math.min(to, at + (last === 0x3e ? longestTag : longestEntity));
  for (let place = at + 1; place < limit; place += 1) {
    const unit = units[place] ?? 0;
    if (unit === last) return String.fromCharCode(...units.subarray(at, place + 1));
    if (unit === 0x3c || unit === 0x26 || unit === 0x0a) return '';
  }
  return '';
}

function markupAt(view: View, at: number, bits: number): Replacement | null {
  const text = markupText(view, at);
  if (text === '') return null;
  const found = tag.exec(text);
  if (found !== null) return { from: at, to: at + found[0].length, text: '·', via: foldBit.filler };
  const named = entity.exec(text);
  if (named === null) return null;
  const to = at + named[0].length;
  const invisible = /^(?:zwnj|zwj|shy)$/i.test(named[1] ?? '');
  if (named[1] !== undefined) {
    return invisible
      ? { from: at, to, text: '\u200b', via: foldBit.invisible }
      : { from: at, to, text: '·', via: foldBit.filler };
  }
  const codePoint = named[2] === undefined ? Number.parseInt(named[3] ?? '', 16) : Number(named[2]);
  // A character written as its number is a way to write it, like its full-width form. No separator comes out of it.
  if ((bits & foldBit.width) === 0 || !(codePoint >= 0x20 && codePoint <= 0xffff)) return null;
  return { from: at, to, text: String.fromCharCode(codePoint), via: foldBit.width };
}

/** Whether the letter o stands in a run of digits with at least two figures, and beside no other letter. */
function isInNumber(view: View, at: number, single: Uint16Array): boolean {
  let figures = 0;
  for (const step of [-1, 1]) {
    let place = at + step;
    for (let seen = 0; seen < 32 && place >= view.from && place < view.to; seen += 1) {
      const unit = view.units[place] ?? 0;
      const plain = single[unit] ?? unit;
      if (plain >= 0x30 && plain <= 0x39) figures += 1;
      else if (plain >= 0x61 && plain <= 0x7a && plain !== 0x6f) return false;
      else if (plain !== 0x6f && !isInvisible(unit)) break;
      place += step;
    }
  }
  return figures >= 2;
}

/**
 * What makes the view say letters beside Chinese characters as syllables, once for each way of dividing them: 保ben, bao本.
 * Letters with no character within three fillers are left to the terms' own spelling in letters.
 */
export function readLetters(view: View, places: readonly number[], bits: number): Replacement[][] {
  const lettersOf = createLetterReader(bits);
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
    const { from, to, text, via } = lettersOf(view, place);
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

/** Reads the run of letters that holds a place. */
function createLetterReader(bits: number) {
  const { single } = foldTable(bits | foldBit['look-alikes'] | foldBit.case | foldBit.width);
  return (view: View, at: number) => lettersAt(view, at, single);
}

function lettersAt(
  view: View,
  at: number,
  single: Uint16Array,
): { from: number; to: number; text: string; via: number } {
  const letter = (place: number) => {
    const unit = view.units[place] ?? 0;
    // Of ü only the sound counts here, not that it looks like a u.
    const plain = unit === 0xfc || unit === 0xdc ? 0x76 : (single[unit] ?? unit);
    return plain >= 0x61 && plain <= 0x7a ? plain : 0;
  };
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
