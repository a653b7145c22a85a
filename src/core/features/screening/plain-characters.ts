// Kinds of characters that rules about words and numbers ask for, of what a unit folds to.

/** Whether a unit is a Latin letter as keyboards write it. */
export function isAsciiLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a);
}

export function isAsciiDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

export function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0xa0 || unit === 0x3000;
}

const numberMarks: ReadonlySet<number> = new Set(Array.from('.,:/，．：', (mark) => mark.charCodeAt(0)));

/** What belongs to a number where it stands between its digits: 1,380 is no disguised 1380. */
export function isNumberMark(unit: number): boolean {
  return numberMarks.has(unit);
}
