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
