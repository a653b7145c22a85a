// Personal data is masked on every screen until somebody unmasks it with a reason: resident ID numbers by their
// checksum (GB 11643-1999), bank cards by Luhn (ISO/IEC 7812-1), mobile numbers by their shape.

// A run of digits, with single spaces or dashes between them as people type card and phone numbers; full-width digits
// count. Digits or Latin letters right beside it make it part of something else, except the X that ends an ID number.
const run = /(?<![0-9０-９A-Za-z])[0-9０-９](?:[ \-－]?[0-9０-９]){9,22}[XxＸｘ]?(?![0-9０-９A-Za-z])/gu;
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idCheckDigits = '10X98765432';

/**
 * Chinese figures by their value: as spoken, in capitals, and what passes for them. The engine reads a number in them as well
 * (screening/rules/detectors/numbers.ts), and what it finds is as personal.
 */
const chineseFigures = [
  '〇零○',
  '一壹弌幺',
  '二贰貳',
  '三叁參',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒',
  '八捌',
  '九玖',
];
const figures = `\\p{Nd}⓪①-⑨${chineseFigures.join('')}`;
const anyFigure = new RegExp(`[${figures}]`, 'u');
/** As `run`, in figures of any kind. */
const runOfAny = new RegExp(
  `(?<![${figures}A-Za-z])[${figures}](?:[ \\-－]?[${figures}]){9,22}[XxＸｘ]?(?![${figures}A-Za-z])`,
  'gu',
);

/** The text with mobile, ID card and bank card numbers replaced by `*`. Its length, so all offsets, stay the same. */
export function maskPersonalData(text: string): string {
  // Ten digits are the least that any of the patterns has: most chat lines are done here.
  if (text.length < 11) return text;
  const masked = text.replace(run, (found) =>
    isPersonal(plainDigits(found)) ? '*'.repeat(found.length) : maskParts(found),
  );
  // Afterwards, since a Chinese figure beside a number is mostly the beginning of a word (一共, 三天).
  return masked.replace(runOfAny, (found) =>
    isPersonal(plainDigits(found)) ? '*'.repeat(found.length) : found,
  );
}

/** A run may be several numbers side by side, such as a name's mobile and card with a space between. */
function maskParts(found: string): string {
  return found.replace(/[0-9０-９]+[XxＸｘ]?/gu, (part) =>
    isPersonal(plainDigits(part)) ? '*'.repeat(part.length) : part,
  );
}

function plainDigits(found: string): string {
  let digits = '';
  for (const character of found) {
    if (/[XxＸｘ]/u.test(character)) digits += 'X';
    else if (anyFigure.test(character)) digits += figureOf(character);
  }
  return digits;
}

function figureOf(character: string): string {
  const chinese = chineseFigures.findIndex((all) => all.includes(character));
  if (chinese >= 0) return String(chinese);
  const plain = character.normalize('NFKC');
  if (/^[0-9]$/.test(plain)) return plain;
  // Unicode keeps the decimal digits of a script in runs of ten.
  let value = 0;
  const code = character.codePointAt(0) ?? 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

function isPersonal(digits: string): boolean {
  return isMobile(digits) || isResidentId(digits) || isBankCard(digits);
}

function isMobile(digits: string): boolean {
  return /^(?:0?0?86)?1[3-9]\d{9}$/.test(digits);
}

function isResidentId(digits: string): boolean {
  if (/^[1-9]\d{16}[\dX]$/.test(digits)) {
    const sum = idWeights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
    return idCheckDigits[sum % 11] === digits[17] && isDate(digits.slice(6, 14));
  }
  // The first generation has no check digit and a year of two digits.
  return /^[1-9]\d{14}$/.test(digits) && isDate(`19${digits.slice(6, 12)}`);
}

function isDate(text: string): boolean {
  const month = Number(text.slice(4, 6));
  const day = Number(text.slice(6, 8));
  return /^(?:18|19|20)/.test(text) && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** 15 to 19 digits with a valid Luhn check digit, not all alike. */
function isBankCard(digits: string): boolean {
  if (!/^[3-9]\d{14,18}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
