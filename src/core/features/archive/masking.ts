// Personal data is masked on every screen until somebody unmasks it with a reason: resident ID numbers by their
// checksum (GB 11643-1999), bank cards by Luhn (ISO/IEC 7812-1), mobile numbers by their shape.

// A run of digits, with single spaces or dashes between them as people type card and phone numbers; full-width digits
// count. Digits or Latin letters right beside it make it part of something else, except the X that ends an ID number.
const run = /(?<![0-9０-９A-Za-z])[0-9０-９](?:[ \-－]?[0-9０-９]){9,22}[XxＸｘ]?(?![0-9０-９A-Za-z])/gu;
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const idCheckDigits = '10X98765432';

/** The text with mobile, ID card and bank card numbers replaced by `*`. Its length, so all offsets, stay the same. */
export function maskPersonalData(text: string): string {
  // Ten digits are the least that any of the patterns has: most chat lines are done here.
  if (text.length < 11) return text;
  return text.replace(run, (found) =>
    isPersonal(plainDigits(found)) ? '*'.repeat(found.length) : maskParts(found),
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
  for (const unit of found) {
    const code = unit.charCodeAt(0);
    if (code >= 0xff10 && code <= 0xff19) digits += String.fromCharCode(code - 0xfee0);
    else if (code >= 0x30 && code <= 0x39) digits += unit;
    else if (/[XxＸｘ]/u.test(unit)) digits += 'X';
  }
  return digits;
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
