import { expand, fieldSeparator, foldBit, foldTable, isInvisible, isLeading, isTrailing } from './folds.ts';
import { createPinyinTest, lettersByUnit } from './letters.ts';
import { ampersand, entityAt, faceAt, lessThan, longestFace, tagAt } from './markup.ts';
import { isAsciiDigit, isAsciiLetter } from './plain-characters.ts';
import { type Reading, isLetterO, triggersOf } from './unit-reading.ts';
import type { Bounds, Replacement, View } from './view.ts';

/** The field that holds the place: from behind the separator before it to the one after it. */
export function fieldAround(units: Uint16Array, at: number, from: number, to: number): Bounds {
  let start = at;
  while (start > from && units[start - 1] !== fieldSeparator) start -= 1;
  let end = at;
  while (end < to && units[end] !== fieldSeparator) end += 1;
  return { from: start, to: end };
}

/** What a trigger says of its field: nothing; that its place counts if the field is read again; that it has to be; that it has an emoji of a term. */
export const triggered = { nothing: 0, place: 1, field: 2, picture: 3 } as const;
type Triggered = (typeof triggered)[keyof typeof triggered];

/**
 * Whether what stands at a trigger's place is worth reading its field again, judged by its neighbours alone: most o are in
 * words, most emoji fold to nothing, most letters are no pinyin. Quick, because it is asked of every trigger; never
 * `nothing` where a rewriting comes of it.
 */
export function createTriggerTest(bits: number): (view: View, at: number) => Triggered {
  const { single, several } = foldTable(bits);
  const letters = (bits & foldBit.pinyin) !== 0;
  const figures = (bits & foldBit.digits) !== 0;
  const fillers = (bits & foldBit.filler) !== 0;
  const canBePinyin = letters ? createPinyinTest() : () => false;
  const isFigure = (unit: number) => {
    const plain = single[unit] ?? unit;
    return isAsciiDigit(plain) || isLetterO(plain) || isInvisible(unit);
  };
  const kinds = kindsOfUnits(single, letters);
  const isPlainLetter = (unit: number) => (kinds[unit] ?? 0) >= kind.letter;
  const isInFigures = ({ units, to }: View, at: number) =>
    (at + 1 < to && isFigure(units[at + 1] ?? 0)) || (at > 0 && isFigure(units[at - 1] ?? 0));
  const when = (worth: boolean) => (worth ? triggered.field : triggered.nothing);
  // The first letter of a run answers for it.
  const ofLetter = (view: View, at: number) =>
    (at === view.from || !isPlainLetter(view.units[at - 1] ?? 0)) && canBePinyin(view, at)
      ? triggered.field
      : triggered.place;
  return (view, at) => {
    const { units, to } = view;
    const unit = units[at] ?? 0;
    switch (kinds[unit] ?? kind.other) {
      case kind.letter:
        return letters ? ofLetter(view, at) : triggered.nothing;
      case kind.letterO:
        // Of R2ok and 15:30ok it is a letter.
        if (figures && isInFigures(view, at) && isInNumber(view, at, single)) return triggered.field;
        return letters ? ofLetter(view, at) : triggered.nothing;
      case kind.bracket:
        return when(isFaceInside(units, at, to));
      case kind.trailing:
        return triggered.picture;
      case kind.lessThan:
        return when(at + 1 < to && (units[at + 1] === 0x2f || isAsciiLetter(units[at + 1] ?? 0)));
      case kind.ampersand:
        return when(at + 1 < to && (units[at + 1] === 0x23 || isAsciiLetter(units[at + 1] ?? 0)));
      case kind.leading: {
        if (isUnpaired(units, at, to)) return when(fillers);
        const low = units[at + 1] ?? 0;
        return when(several.has((unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000));
      }
      default:
        return triggered.field;
    }
  };
}

/** Finds the places of a view that may have to be rewritten if it is read again, ascending. */
export function createPlaceFinder(
  reading: Reading,
  testTrigger: ReturnType<typeof createTriggerTest>,
): (view: View) => number[] {
  const isTrigger = new Uint8Array(0x10000);
  for (const unit of triggersOf(reading).triggers) isTrigger[unit] = 1;
  return (view) => {
    const places: number[] = [];
    for (let at = view.from; at < view.to; at += 1) {
      if (isTrigger[view.units[at] ?? 0] === 1 && testTrigger(view, at) !== triggered.nothing)
        places.push(at);
    }
    return places;
  };
}

/** Kinds of triggers; letters last. */
const kind = {
  other: 0,
  bracket: 1,
  lessThan: 2,
  ampersand: 3,
  leading: 4,
  trailing: 5,
  letter: 6,
  letterO: 7,
} as const;

/** @param letters whether those of other alphabets, and those with tones, are letters too: as pinyin is read */
function kindsOfUnits(single: Uint16Array, letters: boolean): Uint8Array {
  const kinds = new Uint8Array(0x10000);
  const spelled = letters ? lettersByUnit() : kinds;
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const plain = (single[unit] ?? unit) | 0x20;
    if (isLetterO(plain)) kinds[unit] = kind.letterO;
    else if ((plain >= 0x61 && plain <= 0x7a) || (spelled[unit] ?? 0) >= 0x61) kinds[unit] = kind.letter;
  }
  kinds.fill(kind.leading, 0xd800, 0xdc00);
  kinds.fill(kind.trailing, 0xdc00, 0xe000);
  kinds[0x5b] = kind.bracket;
  kinds[0x3c] = kind.lessThan;
  kinds[0x26] = kind.ampersand;
  return kinds;
}

/** Whether no second half follows the first half of a surrogate pair. */
function isUnpaired(units: Uint16Array, at: number, to: number): boolean {
  return at + 1 >= to || !isTrailing(units[at + 1] ?? 0);
}

/** Whether a face stands between two characters of a field: most end their message, and part nothing. */
function isFaceInside(units: Uint16Array, at: number, to: number): boolean {
  if (at === 0 || units[at - 1] === fieldSeparator) return false;
  let end = at + 1;
  while (end < to && end - at < longestFace && units[end] !== 0x5d) end += 1;
  return end + 1 < to && units[end] === 0x5d && units[end + 1] !== fieldSeparator;
}

/**
 * What makes the view say what is no single character there: characters that fold to several, astral letters, unpaired
 * surrogates, tags and entities, the letter o in a number. In order; none where there is nothing of that kind at these places.
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
  if (unit === lessThan) return (bits & foldBit.filler) === 0 ? null : tagAt(view, at);
  if (unit === ampersand) return entityAt(view, at, bits);
  const { several, single } = foldTable(bits);
  if (isLeading(unit)) {
    // By its unit alone it can't be told from the first half of a letter, which no match goes over.
    if (isUnpaired(units, at, view.to))
      return (bits & foldBit.filler) === 0 ? null : { from: at, to: at + 1, text: '·', via: foldBit.filler };
    const low = units[at + 1] ?? 0;
    const codePoint = (unit - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
    return several.has(codePoint) ? expansion(at, codePoint, bits) : null;
  }
  if (several.has(unit)) return expansion(at, unit, bits);
  if ((bits & foldBit.digits) !== 0 && isLetterO(single[unit] ?? unit) && isInNumber(view, at, single)) {
    return { from: at, to: at + 1, text: '0', via: foldBit.digits | letterBits(unit) };
  }
  return null;
}

/** The folds by which a unit is the letter o at all. */
function letterBits(unit: number): number {
  if (isLetterO(unit)) return 0;
  const wide = foldTable(foldBit.width | foldBit.case).single[unit];
  return wide === 0x6f ? foldBit.width : foldBit['look-alikes'];
}

function expansion(at: number, codePoint: number, bits: number): Replacement {
  const character = String.fromCodePoint(codePoint);
  return { from: at, to: at + character.length, ...expand(character, bits) };
}

/** Whether the letter o stands in a run of digits with at least two figures, and beside no other letter. */
function isInNumber(view: View, at: number, single: Uint16Array): boolean {
  let figures = 0;
  for (const step of [-1, 1]) {
    let place = at + step;
    for (let seen = 0; seen < 32 && place >= view.from && place < view.to; seen += 1) {
      const unit = view.units[place] ?? 0;
      const plain = single[unit] ?? unit;
      if (isAsciiDigit(plain)) figures += 1;
      else if (isAsciiLetter(plain) && !isLetterO(plain)) return false;
      else if (!isLetterO(plain) && !isInvisible(unit)) break;
      place += step;
    }
  }
  return figures >= 2;
}
