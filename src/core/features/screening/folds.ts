import { type FoldName, foldConfidence, foldNames } from './model.ts';
import {
  confusableLetters,
  fillerTable,
  foldedCodePoints,
  invisibleTable,
  scriptTable,
} from './tables/index.ts';

/** Stands between the screened fields of one message, and between messages in a batch: no match spans it. */
export const fieldSeparator = 0x1e;

/** The bit of each fold, by its name: `1 << its position`. */
export const foldBit = {
  width: 1 << 0,
  case: 1 << 1,
  script: 1 << 2,
  invisible: 1 << 3,
  filler: 1 << 4,
  repeats: 1 << 5,
  digits: 1 << 6,
  'look-alikes': 1 << 7,
  split: 1 << 8,
  pinyin: 1 << 9,
  homophones: 1 << 10,
} as const satisfies Record<FoldName, number>;

/** The folds that replace one character by another, whatever stands beside it. */
export const tableBits =
  foldBit.width | foldBit.case | foldBit.script | foldBit.digits | foldBit['look-alikes'];

/** Folds by which letters stand for characters: baoben, vx. Capitals do so as well, and need no fold of cases. */
export const lettersFor = foldBit['look-alikes'] | foldBit.pinyin;

/** The bits of these folds, together. */
export function foldBits(folds: readonly FoldName[]): number {
  return folds.reduce((bits, name) => bits | foldBit[name], 0);
}

const namesByBits = new Map<number, readonly FoldName[]>();

/** The names for a set of bits, in the order of `foldNames`; always the same array for the same set. */
export function foldNamesOf(bits: number): readonly FoldName[] {
  let names = namesByBits.get(bits);
  if (names === undefined) {
    names = Object.freeze(foldNames.filter((name) => (bits & foldBit[name]) !== 0));
    namesByBits.set(bits, names);
  }
  return names;
}

/** By set of bits: asked of every match. */
const confidences = Float64Array.from({ length: 1 << foldNames.length }, (_, bits) =>
  foldNames.reduce(
    (least, name) => ((bits & foldBit[name]) === 0 ? least : Math.min(least, foldConfidence[name])),
    1,
  ),
);

/** 0 to 1: that of the weakest fold of the set, 1 for none. */
export function confidenceOf(bits: number): number {
  return confidences[bits] ?? 1;
}

// Financial numerals (大写数字), the spoken 幺 of telephone numbers and the circled zeros that NFKC does not know among them. 两, 参 and 十 are left out: they stand in
// too many ordinary words to be read as figures.
const chineseDigits: ReadonlyMap<string, string> = new Map(
  ['〇零○⓿🄋🄌', '一壹弌幺', '二贰弍', '三叁弎', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'].flatMap(
    (characters, value) => [...characters].map((character) => [character, String(value)] as const),
  ),
);
const decimalDigit = /^\p{Nd}$/u;

/** Dingbats that stand for one figure; NFKC knows the other circled ones. */
const dingbats: readonly (readonly [number, number])[] = [
  [0x2776, 1],
  [0x2780, 1],
  [0x278a, 1],
  [0x24f5, 1],
];

/** Unicode keeps each script's decimal digits in one run of ten, in order (Unicode 4.6, "Decimal digits"). */
function digitOf(character: string): string | undefined {
  const known = chineseDigits.get(character);
  if (known !== undefined) return known;
  const code = character.charCodeAt(0);
  const row = dingbats.find(([first]) => code >= first && code < first + 9);
  if (row !== undefined) return String(code - row[0] + row[1]);
  if (character <= '\u00ff' || !decimalDigit.test(character)) return undefined;
  let first = character.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && decimalDigit.test(String.fromCodePoint(first - 1))) {
    first -= 1;
    value += 1;
  }
  return String(value);
}

const accented = /^\p{Script=Latin}$/u;

/** The ASCII letter or digit that a letter of another script, or one with a diacritic, looks like; a capital is one. */
function letterOf(character: string): string | undefined {
  const small = smallLetterOf(character);
  return character === character.toLowerCase() ? small : small?.toUpperCase();
}

function smallLetterOf(character: string): string | undefined {
  if (character.length === 1) {
    // By the small letter first, so that both cases stay the same: of Greek it is ν that people write for a v.
    const plain =
      confusableLetters.get(character.toLowerCase().charCodeAt(0)) ??
      confusableLetters.get(character.toUpperCase().charCodeAt(0));
    if (plain !== undefined) return String.fromCharCode(plain);
  }
  if (character <= '\u007f' || !accented.test(character)) return undefined;
  const base = character.normalize('NFD').charAt(0).toLowerCase();
  return /^[a-z]$/.test(base) ? base : undefined;
}

/** One code point, folded by the table folds among `bits`: the definition that tables and classes are built from. */
export function foldCodePoint(character: string, bits: number): string {
  let folded = character;
  // Per code point, not over the whole text: a match has to begin and end at characters of the original.
  if ((bits & foldBit.width) !== 0) folded = folded.normalize('NFKC');
  // Before the case: Ν looks like an N, ν like a v.
  if ((bits & foldBit['look-alikes']) !== 0) folded = letterOf(folded) ?? folded;
  if ((bits & foldBit.case) !== 0) folded = lowerCase(folded);
  if ((bits & (foldBit.script | foldBit.digits)) === 0) return folded;
  let result = '';
  for (const part of folded) result += foldPart(part, bits);
  return result;
}

/** Of İ the dot is left out, which is a mark of its own once it is a small letter: all other capitals have one small letter. */
function lowerCase(text: string): string {
  return text.toLowerCase().replace('i\u0307', 'i');
}

function foldPart(part: string, bits: number): string {
  let folded = part;
  if ((bits & foldBit.script) !== 0 && folded.length === 1) {
    folded = String.fromCharCode(scriptTable()[folded.charCodeAt(0)] ?? 0);
  }
  if ((bits & foldBit.digits) !== 0) folded = digitOf(folded) ?? folded;
  return folded;
}

/** The folding of every code point by the table folds, made once per set. */
export interface FoldTable {
  /** By unit: the unit that it folds to; itself where it folds to nothing else or to several. */
  readonly single: Uint16Array;
  /** Code points that fold to another number of units than they have, and astral ones that fold at all. */
  readonly several: ReadonlyMap<number, string>;
  /** 1 for each high surrogate with code points in `several`. */
  readonly leading: Uint8Array;
}

function buildTable(bits: number): FoldTable {
  const single = (bits & foldBit.script) === 0 ? new Uint16Array(0x10000) : scriptTable().slice();
  if ((bits & foldBit.script) === 0) for (let unit = 0; unit < 0x10000; unit += 1) single[unit] = unit;
  const several = new Map<number, string>();
  const leading = new Uint8Array(0x10000);
  for (const [from, to] of foldedCodePoints()) {
    for (let codePoint = from; codePoint < to; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      const folded = foldCodePoint(character, bits);
      if (codePoint > 0xffff) {
        if (folded === character) continue;
        several.set(codePoint, folded);
        leading[character.charCodeAt(0)] = 1;
      } else if (folded.length === 1) single[codePoint] = folded.charCodeAt(0);
      else {
        single[codePoint] = codePoint;
        several.set(codePoint, folded);
      }
    }
  }
  // Not among those: what of the ideographs and of ASCII a fold changes is known without trying each.
  if ((bits & foldBit.digits) !== 0) {
    for (let unit = 0x3000; unit <= 0x9fff; unit += 1) {
      const digit = chineseDigits.get(String.fromCharCode(single[unit] ?? unit));
      if (digit !== undefined) single[unit] = digit.charCodeAt(0);
    }
  }
  if ((bits & foldBit.case) !== 0) for (let unit = 0x41; unit <= 0x5a; unit += 1) single[unit] = unit + 32;
  return { single, several, leading };
}

/**
 * What a character of `several` is rewritten to, and by which fold: only the first fold that changes it, because the others
 * are judged on what comes of it. What is invisible in it goes, where that is folded (the dot below of क़).
 */
export function expand(character: string, bits: number): { readonly text: string; readonly via: number } {
  for (const via of [foldBit.width, foldBit.case, foldBit['look-alikes'], foldBit.digits]) {
    if ((bits & via) === 0) continue;
    const folded = foldCodePoint(character, via).replace(bracketed, '$1');
    if (folded === character) continue;
    const visible = (bits & foldBit.invisible) === 0 ? folded : withoutInvisible(folded);
    return { text: visible, via: visible === folded ? via : via | foldBit.invisible };
  }
  return { text: character, via: 0 };
}

/** ⑻ and ⒏ stand for the figure alone. */
const bracketed = /^\(?(\d)[).]$/;

function withoutInvisible(text: string): string {
  return Array.from(text)
    .filter((character) => !isInvisibleCharacter(character))
    .join('');
}

const tables = new Map<number, FoldTable>();

/** The table for the table folds among `bits`, built on first use (some milliseconds) and kept. */
export function foldTable(bits: number): FoldTable {
  const own = bits & tableBits;
  let table = tables.get(own);
  if (table === undefined) {
    table = buildTable(own);
    tables.set(own, table);
  }
  return table;
}

/** Whether a unit shows nothing: Default_Ignorable_Code_Point, combining marks, control characters (`tables/units.ts`). */
export function isInvisible(unit: number): boolean {
  return invisibleTable()[unit] === 1;
}

/** Whether a unit may stand between two characters of a term: signs, symbols, spaces, none that ends a sentence (`tables/units.ts`). */
export function isFiller(unit: number): boolean {
  return fillerTable()[unit] === 1;
}

/** Whether a unit is the first half of a surrogate pair. */
export function isLeading(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

/** Whether a unit is the second half of a surrogate pair. */
export function isTrailing(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}

const invisibleAstral = /^\p{Default_Ignorable_Code_Point}$/u;

/** As `isInvisible`, of a whole character. */
export function isInvisibleCharacter(character: string): boolean {
  return character.length === 1 ? isInvisible(character.charCodeAt(0)) : invisibleAstral.test(character);
}

/** The text with the standard folds that need no neighbours: two texts that fold alike are the same term to most lexicons. */
export function foldText(text: string): string {
  const { single, several } = foldTable(foldBit.width | foldBit.case | foldBit.script | foldBit.digits);
  let folded = '';
  for (const character of text) {
    if (isInvisibleCharacter(character)) continue;
    const code = character.codePointAt(0) ?? 0;
    const one = character.length === 1 ? String.fromCharCode(single[code] ?? code) : character;
    folded += several.get(code) ?? one;
  }
  return folded;
}
