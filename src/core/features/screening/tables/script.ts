import { scriptPairs } from './generated/script.ts';

const lineBreak = 0x0a;

let table: Uint16Array | null = null;

/**
 * By UTF-16 unit: the simplified character that stands for all ways to write it, the unit itself where there are none.
 * 65,536 entries, idempotent (`table[table[unit]] === table[unit]`), made on first use and shared: read only.
 *
 * Traditional, Taiwan and Hong Kong forms, and Japanese ones where they are no characters of their own in simplified text.
 * One-to-many groups have one representative, so 乾, 干 and 幹 are equal. Astral ideographs and the compatibility block
 * (the width fold's) are left out. Source: opencc-js, and a few additions (scripts/lib/fold-script.ts).
 */
export function scriptTable(): Uint16Array {
  if (table !== null) return table;
  const made = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) made[unit] = unit;
  // Every line has whole pairs.
  for (let at = 0; at < scriptPairs.length; at += 2) {
    if (scriptPairs.charCodeAt(at) === lineBreak) at += 1;
    if (at < scriptPairs.length) made[scriptPairs.charCodeAt(at)] = scriptPairs.charCodeAt(at + 1);
  }
  table = made;
  return made;
}
