import { isSentenceEnd } from '../../src/core/features/screening/tables/sentence-ends.ts';

// Record separator: stands between the screened fields of one message (folds.ts, fieldSeparator).
const fieldSeparator = 0x1e;

const invisible = /^[\p{Default_Ignorable_Code_Point}\p{Mn}\p{Me}]$/u;
const visibleFiller = /^[\p{P}\p{S}\p{Zs}\t]$/u;
const readable = /[\p{L}\p{N}]/u;

function isInvisible(unit: number): boolean {
  return unit !== fieldSeparator && invisible.test(String.fromCharCode(unit));
}

/** Radicals and strokes are symbols to Unicode, and parts of characters to us. */
function isPartOfCharacter(unit: number): boolean {
  return (unit >= 0x2e80 && unit <= 0x2fd5) || (unit >= 0x31c0 && unit <= 0x31ef);
}

function isFiller(unit: number): boolean {
  const character = String.fromCharCode(unit);
  return (
    visibleFiller.test(character) &&
    !invisible.test(character) &&
    unit !== fieldSeparator &&
    !isSentenceEnd(unit) &&
    !isPartOfCharacter(unit) &&
    // Ⓑ, ㈱ and ™ are symbols too, but the width fold reads them as letters.
    !readable.test(character.normalize('NFKC'))
  );
}

function rangesOf(belongs: (unit: number) => boolean): string[] {
  const ranges: string[] = [];
  let last = 0;
  let unit = 0;
  while (unit < 0x10000) {
    if (!belongs(unit)) {
      unit += 1;
      continue;
    }
    const start = unit;
    while (unit < 0x10000 && belongs(unit)) unit += 1;
    const length = unit - start;
    ranges.push(`${(start - last).toString(36)}${length === 1 ? '' : `-${length.toString(36)}`}`);
    last = unit;
  }
  return ranges;
}

export const fillerRanges = (): string[] => rangesOf(isFiller);
export const invisibleRanges = (): string[] => rangesOf(isInvisible);
