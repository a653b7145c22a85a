import { foldBit, foldCodePoint, tableBits } from '../../src/core/features/screening/folds.ts';
import { isSentenceEnd } from '../../src/core/features/screening/tables/sentence-ends.ts';

// Record separator: stands between the screened fields of one message (folds.ts, fieldSeparator).
const fieldSeparator = 0x1e;

const ignorable = /^[\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}]$/u;
// Control characters, and the format characters that annotations stand between. The other format characters are ignorable
// already, or are seen (the Arabic number signs).
const control = /^[\p{Cc}\ufff9-\ufffb]$/u;
const visibleFiller = /^[\p{P}\p{S}\p{Zs}\t]$/u;
const readable = /[\p{L}\p{N}]/u;

function isInvisible(unit: number): boolean {
  const character = String.fromCharCode(unit);
  return unit !== fieldSeparator && (ignorable.test(character) || isHiddenControl(unit, character));
}

/** Not U+0000, which the scanners read where a block has nothing; nor white space and what ends a sentence. */
function isHiddenControl(unit: number, character: string): boolean {
  return unit !== 0 && control.test(character) && !/\s/u.test(character) && !isSentenceEnd(unit);
}

/** Radicals and strokes are symbols to Unicode, and parts of characters to us. */
function isPartOfCharacter(unit: number): boolean {
  return (unit >= 0x2e80 && unit <= 0x2fd5) || (unit >= 0x31c0 && unit <= 0x31ef);
}

function isFiller(unit: number): boolean {
  const character = String.fromCharCode(unit);
  return (
    visibleFiller.test(character) &&
    !isInvisible(unit) &&
    unit !== fieldSeparator &&
    !isSentenceEnd(unit) &&
    !isPartOfCharacter(unit) &&
    // Ⓑ, ㈱ and ™ are symbols too, but the width fold reads them as letters.
    !readable.test(character.normalize('NFKC'))
  );
}

/**
 * Whether any of the table folds changes a code point, by whatever set of them: each by itself, since they are applied one
 * after the other. Ideographs are left out, which the tables of scripts and figures know.
 */
function isFolded(codePoint: number): boolean {
  if (codePoint < 0x80 || (codePoint >= 0x3400 && codePoint <= 0x9fff && !isHexagram(codePoint)))
    return false;
  const character = String.fromCodePoint(codePoint);
  return tableFolds.some((bit) => foldCodePoint(character, bit) !== character);
}

const tableFolds = Object.values(foldBit).filter((bit) => (bit & tableBits) !== 0);

/** Between the two blocks of ideographs. */
function isHexagram(codePoint: number): boolean {
  return codePoint >= 0x4dc0 && codePoint <= 0x4dff;
}

function rangesOf(belongs: (codePoint: number) => boolean, end = 0x10000): string[] {
  const ranges: string[] = [];
  let last = 0;
  let unit = 0;
  while (unit < end) {
    if (!belongs(unit)) {
      unit += 1;
      continue;
    }
    const start = unit;
    while (unit < end && belongs(unit)) unit += 1;
    const length = unit - start;
    ranges.push(`${(start - last).toString(36)}${length === 1 ? '' : `-${length.toString(36)}`}`);
    last = unit;
  }
  return ranges;
}

export const fillerRanges = (): string[] => rangesOf(isFiller);
export const invisibleRanges = (): string[] => rangesOf(isInvisible);
export const foldedRanges = (): string[] => rangesOf(isFolded, 0x110000);
