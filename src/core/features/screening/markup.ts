import { foldBit } from './folds.ts';
import { isAsciiDigit, isAsciiLetter, isSpace } from './plain-characters.ts';
import type { Replacement, View } from './view.ts';

// What chats and pages write that a reader doesn't see as written: WeCom's faces, tags, entities.

/** A face as WeCom writes it: [微笑], [OK]. */
const face = /^\[\p{L}{1,8}\]/u;
/** Longest one, in units. */
export const longestFace = 10;

/** Longest tag that is taken for one, in units: `<br>`, `<span style="…">`. */
const longestTag = 200;
/** Longest entity: `&hellip;`, `&#x1f600;`. */
const longestEntity = 12;

const entity =
  /^&(?:(nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|amp|lt|gt|quot|apos|hellip|middot|bull)|#(\d{1,7})|#x([0-9a-f]{1,6}));/i;

/** The face at a place, which is one filler. */
export function faceAt({ units, to }: View, at: number): Replacement | null {
  const text = String.fromCharCode(...units.subarray(at, Math.min(to, at + longestFace)));
  const found = face.exec(text);
  return found === null ? null : { from: at, to: at + found[0].length, text: '·', via: foldBit.filler };
}

const lineFeed = 0x0a;
/** With which entities begin, and tags. */
export const [ampersand, lessThan] = [0x26, 0x3c];
const [doubleQuote, singleQuote] = [0x22, 0x27];
const [slash, semicolon, equals, greaterThan] = [0x2f, 0x3b, 0x3d, 0x3e];

/** The same of a tag. */
export function tagAt({ units, to }: View, at: number): Replacement | null {
  const behind = behindTag(units, at, Math.min(to, at + longestTag));
  return behind < 0 ? null : { from: at, to: behind, text: '·', via: foldBit.filler };
}

/** The place behind a tag; -1 where none ends before the limit. */
function behindTag(units: Uint16Array, at: number, limit: number): number {
  const unitAt = (place: number) => (place < limit ? (units[place] ?? 0) : lineFeed);
  let place = unitAt(at + 1) === slash ? at + 2 : at + 1;
  if (!isAsciiLetter(unitAt(place))) return -1;
  while (isAsciiLetter(unitAt(place)) || isAsciiDigit(unitAt(place))) place += 1;
  if (!isSpace(unitAt(place))) {
    if (unitAt(place) === slash) place += 1;
    return unitAt(place) === greaterThan ? place + 1 : -1;
  }
  const behind = behindAttributes(units, place, limit, true);
  // Quotes that are none: <b title="x> of somebody who writes a quote further on.
  return behind < 0 ? behindAttributes(units, place, limit, false) : behind;
}

/**
 * @param quotes whether values may be quoted, and hold anything then: behind an equals sign, where the quote is closed, so that
 *   <b it's> is a tag, too. Which of the two quotes is not closed is found out once each, so that it takes a few looks at a unit.
 */
function behindAttributes(units: Uint16Array, from: number, limit: number, quotes: boolean): number {
  let isValue = false;
  for (let place = from; place < limit; place += 1) {
    const unit = units[place] ?? 0;
    if (unit === greaterThan) return place + 1;
    if (unit === lessThan || unit === ampersand || unit === lineFeed) return -1;
    if (isValue && (unit === doubleQuote || unit === singleQuote)) place = closingQuote(units, place, limit);
    isValue = quotes && (unit === equals || (isValue && isSpace(unit)));
  }
  return -1;
}

/** The place of the quote that closes one, in the same line; the quote's own where none does. */
function closingQuote(units: Uint16Array, at: number, limit: number): number {
  for (let place = at + 1; place < limit && units[place] !== lineFeed; place += 1)
    if (units[place] === units[at]) return place;
  return at;
}

/** What may be an entity at this place, up to its last character; empty where none ends soon enough. */
function entityText({ units, to }: View, at: number): string {
  const limit = Math.min(to, at + longestEntity);
  for (let place = at + 1; place < limit; place += 1) {
    const unit = units[place] ?? 0;
    if (unit === semicolon) return String.fromCharCode(...units.subarray(at, place + 1));
    if (unit === lessThan || unit === ampersand || unit === lineFeed) return '';
  }
  return '';
}

/** The entity at a place, as what it stands for under these folds. */
export function entityAt(view: View, at: number, bits: number): Replacement | null {
  const named = entity.exec(entityText(view, at));
  if (named === null) return null;
  const [whole, name, decimal, hexadecimal = ''] = named;
  const { text, via } =
    name === undefined
      ? characterOf(decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal))
      : /^(?:zwnj|zwj|shy)$/i.test(name)
        ? { text: '\u200b', via: foldBit.invisible }
        : { text: '·', via: foldBit.filler };
  return text === '' || (bits & via) === 0 ? null : { from: at, to: at + whole.length, text, via };
}

/** A character written as its number is a way to write it, like its full-width form. No separator comes out of it. */
function characterOf(codePoint: number): { readonly text: string; readonly via: number } {
  const isOne = codePoint >= 0x20 && codePoint <= 0x10ffff && (codePoint & 0x1ff800) !== 0xd800;
  return { text: isOne ? String.fromCodePoint(codePoint) : '', via: foldBit.width };
}
