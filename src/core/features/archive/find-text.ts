import { fieldSeparator } from './fields.ts';
import { maskPersonalData } from './masking.ts';

/** So much text stands before and after a match in an excerpt. */
const excerptMargin = 40;

/**
 * A pattern that finds a text whatever its case and width: each character as a set of its forms, so that what it finds has
 * offsets in the original.
 */
export function searchPattern(text: string): RegExp {
  const source = Array.from(text, (character) => {
    if (/\s/u.test(character)) return String.raw`[\s\u3000]`;
    const forms = new Set<string>();
    for (const form of [character, narrow(character), wide(character)]) {
      forms.add(form).add(form.toLowerCase()).add(form.toUpperCase());
    }
    // `ß` in capitals is two letters: no form of one character.
    const single = [...forms].filter((form) => Array.from(form).length === 1);
    return single.length === 1 ? escaped(character) : `[${single.map(escaped).join('')}]`;
  }).join('');
  return new RegExp(source, 'u');
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Full-width forms stand 0xFEE0 above ASCII. */
function wide(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x21 && code <= 0x7e ? String.fromCodePoint(code + 0xfee0) : character;
}

function narrow(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code >= 0xff01 && code <= 0xff5e ? String.fromCodePoint(code - 0xfee0) : character;
}

/** Text around a match, personal data masked, and the match's place in it. */
export function excerptOf(
  text: string,
  at: number,
  length: number,
): { readonly excerpt: string; readonly start: number; readonly end: number } {
  // Masked as a whole: cut first, and half a card number would stay readable. Very long texts in a window of it.
  const windowStart = Math.max(0, at - 2000);
  const masked = maskPersonalData(text.slice(windowStart, at + length + 2000)).replaceAll(
    fieldSeparator,
    ' ',
  );
  const from = wholeCharacter(masked, Math.max(0, at - windowStart - excerptMargin));
  const to = wholeCharacter(masked, Math.min(masked.length, at - windowStart + length + excerptMargin));
  const start = at - windowStart - from;
  return { excerpt: masked.slice(from, to).replaceAll(/[\r\n\t]/g, ' '), start, end: start + length };
}

/** The offset, moved behind a surrogate pair that it would cut. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset + 1 : offset;
}
