import { expand, fieldSeparator, foldBit, foldTable, isInvisible, isLeading } from './folds.ts';
import { createPinyinTest, isAsciiLetter } from './letters.ts';
import type { Bounds, Replacement, View } from './view.ts';

/** Longest tag that is taken for one, in units: `<br>`, `<span style="…">`. */
const longestTag = 200;
/** Longest entity: `&hellip;`, `&#x1f600;`. */
const longestEntity = 12;

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
  const canBePinyin = letters ? createPinyinTest(bits) : () => false;
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
    return isFirst && canBePinyin(view, at) ? triggered.field : triggered.place;
  };
}

/** Whether a face stands between two characters of a field: most end their message, and part nothing. */
function isFaceInside(units: Uint16Array, at: number, to: number): boolean {
  if (at === 0 || units[at - 1] === fieldSeparator) return false;
  let end = at + 1;
  while (end < to && end - at < longestFace && units[end] !== 0x5d) end += 1;
  return end + 1 < to && units[end] === 0x5d && units[end + 1] !== fieldSeparator;
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
