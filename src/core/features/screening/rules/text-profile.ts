import { type UnitCounts, addFlags, flagTable, noCounts, ownFlag } from './detectors/unit-counts.ts';
import type { PatternNeeds } from './pattern-needs.ts';

/** What a text's characters say of what can't be in it, at a nanosecond a unit. */
export interface Profiler {
  /** Looks at `units[from…to)`; the others then answer for that text. */
  read(units: Uint16Array, from: number, to: number): void;
  counts(): Readonly<UnitCounts>;
  /** False where the pattern with these needs (its place in the list) has no match in the text. */
  mayMatch(pattern: number): boolean;
}

/** Emoji, most of them: none reads as another character (text-profile.test.ts). What else lies beyond the BMP may. */
const emoji = 0xd83d;
const bitsOfWord = 32;
/** Most words of bits, one a needed set; where there are more sets, several share a bit and tell less. */
const mostWords = 4;

/** Reads texts for the characters that these patterns need, each text once for all of them. */
export function createProfiler(patterns: readonly PatternNeeds[]): Profiler {
  const setCount = patterns.reduce((sum, sets) => sum + sets.length, 0);
  const words = Math.max(1, Math.min(mostWords, Math.ceil(setCount / bitsOfWord)));
  /** By pattern and word: the bits of the sets that it needs. */
  const needed = new Int32Array(patterns.length * words);
  /** By character: the bits, across the words, of the sets that it is in. */
  const bitsOf = new Map<string, number[]>();
  let nextBit = 0;
  patterns.forEach((sets, pattern) => {
    for (const set of sets) {
      const bit = nextBit % (words * bitsOfWord);
      nextBit += 1;
      const place = pattern * words + Math.floor(bit / bitsOfWord);
      needed[place] = (needed[place] ?? 0) | (1 << (bit % bitsOfWord));
      for (const character of set) {
        const own = bitsOf.get(character);
        if (own === undefined) bitsOf.set(character, [bit]);
        else own.push(bit);
      }
    }
  });
  const seen = new Int32Array(words);
  const counts = noCounts();
  let tables: { readonly flags: Uint8Array; readonly masks: Int32Array } | null = null;

  /** Made for the first text: most lexicons are compiled to be looked at, not to be used. */
  function makeTables() {
    const masks = new Int32Array(setCount === 0 ? 0 : 0x10000 * words);
    if (setCount === 0) return { flags: flagTable(), masks };
    const flags = flagTable().slice();
    const add = (unit: number, bits: readonly number[]) => {
      flags[unit] = (flags[unit] ?? 0) | ownFlag;
      for (const bit of bits) {
        const place = unit * words + Math.floor(bit / bitsOfWord);
        masks[place] = (masks[place] ?? 0) | (1 << (bit % bitsOfWord));
      }
    };
    for (const [character, bits] of bitsOf) {
      add(character.charCodeAt(0), bits);
      const large = character.toUpperCase();
      if (large !== character && large.length === 1) add(large.charCodeAt(0), bits);
    }
    for (const [unit, plain] of compatibilityForms()) {
      const bits = Array.from(plain).flatMap((character) => bitsOf.get(character) ?? []);
      if (bits.length > 0) add(unit, bits);
    }
    for (let unit = 0xd800; unit < 0xdc00; unit += 1) {
      if (unit === emoji) continue;
      flags[unit] = (flags[unit] ?? 0) | ownFlag;
      masks.fill(-1, unit * words, (unit + 1) * words);
    }
    return { flags, masks };
  }

  return {
    read(units, from, to) {
      tables ??= makeTables();
      const { flags, masks } = tables;
      Object.assign(counts, noCounts());
      seen.fill(0);
      for (let at = from; at < to; at += 1) {
        const unit = units[at] ?? 0;
        const own = flags[unit] ?? 0;
        if (own === 0) continue;
        addFlags(counts, own);
        if (own >= ownFlag)
          for (let word = 0; word < words; word += 1)
            seen[word] = (seen[word] ?? 0) | (masks[unit * words + word] ?? 0);
      }
    },
    counts: () => counts,
    mayMatch(pattern) {
      for (let word = 0; word < words; word += 1) {
        const own = needed[pattern * words + word] ?? 0;
        if (((seen[word] ?? 0) & own) !== own) return false;
      }
      return true;
    },
  };
}

let forms: readonly (readonly [unit: number, plain: string])[] | null = null;

/** Units that width reads as other characters, with those in small letters. */
function compatibilityForms(): readonly (readonly [unit: number, plain: string])[] {
  if (forms !== null) return forms;
  const made: (readonly [number, string])[] = [];
  for (let unit = 0x80; unit < 0x10000; unit += 1) {
    // Unified ideographs, Hangul syllables, surrogates and what is for private use read as themselves.
    if (unit === 0x3400) unit = 0xa000;
    if (unit === 0xac00) unit = 0xf900;
    const character = String.fromCharCode(unit);
    const plain = character.normalize('NFKC');
    if (plain !== character) made.push([unit, plain.toLowerCase()]);
  }
  forms = made;
  return made;
}
