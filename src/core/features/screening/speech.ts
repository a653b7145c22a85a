import { noReading, primaryReading, readingsOf, syllables } from './tables/index.ts';

/** Units that stand for a syllable, in rewritten text and in patterns by sound: private use, which no reading has. */
export const syllableBase = 0xe000;

/** Whether a unit of rewritten text stands for a syllable. */
export function isSyllable(unit: number): boolean {
  return unit >= syllableBase && unit < syllableBase + syllables.length;
}

/** Most ways in which one term is spelled by the readings of its characters. */
export const mostSpellings = 16;

/** How text is read by sound. */
export interface Speech {
  /** By unit: as `canonicalUnits`, with a syllable's unit for what has a reading. */
  readonly readAs: Int32Array;
  /**
   * Tells each way in which a text with at least two characters that have readings may be said, in units of `readAs`; the
   * array is used again. False where the text has a character that breaks every match.
   */
  spell(text: string, onSpelling: (units: readonly number[]) => void): boolean;
}

const speeches = new WeakMap<Int32Array, Speech>();

/**
 * How text is read by sound that is read so by the letter. Kept for each table: it takes longer to make than a small lexicon.
 *
 * @param canonical how each unit is read by the letter; not to be changed afterwards
 */
export function createSpeech(canonical: Int32Array): Speech {
  const known = speeches.get(canonical);
  if (known !== undefined) return known;
  const speech = makeSpeech(canonical);
  speeches.set(canonical, speech);
  return speech;
}

function makeSpeech(canonical: Int32Array): Speech {
  const readAs = loudUnits(canonical);
  const unlike = readUnlike(canonical, readAs);
  const ways: number[][] = [];

  function spell(text: string, onSpelling: (units: readonly number[]) => void): boolean {
    const units: number[] = [];
    const several: number[] = [];
    const folded: number[] = [];
    let read = 0;
    let count = 1;
    for (let at = 0; at < text.length; at += 1) {
      const unit = canonical[text.charCodeAt(at)] ?? -2;
      if (unit === -2) return false;
      if (unit === -1) continue;
      const readings = readingsOf(text.charCodeAt(at));
      const [first] = readings;
      const place = units.length;
      if (first !== undefined) read += 1;
      units.push(first === undefined ? unit : syllableBase + first);
      ways[place] = readings.map((reading) => syllableBase + reading);
      if (readings.length > 1 && count * readings.length <= mostSpellings) {
        count *= readings.length;
        several.push(place);
      } else ways[place] = units.slice(place);
      if (unlike.has(unit)) folded.push(place, unit);
    }
    if (read < 2) return true;
    // Behind the readings, which matter more where there are too many ways.
    for (let index = 0; index < folded.length; index += 2) {
      const place = folded[index] ?? 0;
      const own = ways[place] ?? [];
      const all = [...new Set([...own, ...(unlike.get(folded[index + 1] ?? 0) ?? [])])];
      if ((count / own.length) * all.length > mostSpellings) continue;
      count = (count / own.length) * all.length;
      ways[place] = all;
      if (own.length === 1) several.push(place);
    }
    // Counts the spellings up, the ways of each character a digit.
    for (let number = 0; number < count; number += 1) {
      let rest = number;
      for (const place of several) {
        const own = ways[place] ?? [];
        units[place] = own[rest % own.length] ?? 0;
        rest = Math.floor(rest / own.length);
      }
      onSpelling(units);
    }
    return true;
  }

  return { readAs, spell };
}

/** The units with a syllable for each that has a reading. */
function loudUnits(canonical: Int32Array): Int32Array {
  const primary = primaryReading();
  const readAs = canonical.slice();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const folded = canonical[unit] ?? -2;
    if (folded < 0) continue;
    // By the character itself: 零 is read ling, the 0 that it folds to is not. A compatibility form has no reading but that of
    // what it is a form of.
    const own = primary[unit] ?? noReading;
    const reading = own === noReading ? (primary[folded] ?? noReading) : own;
    if (reading !== noReading) readAs[unit] = syllableBase + reading;
  }
  for (let index = 0; index < syllables.length; index += 1)
    readAs[syllableBase + index] = syllableBase + index;
  return readAs;
}

/**
 * What is one unit by the letter and several by sound, with all that it is by sound: 1 is also written 一 and 幺, which a
 * match by sound of what stands beside them has to find in its place.
 */
function readUnlike(canonical: Int32Array, readAs: Int32Array): ReadonlyMap<number, readonly number[]> {
  const first = new Int32Array(0x10000).fill(-1);
  const ways = new Map<number, number[]>();
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const own = canonical[unit] ?? -2;
    if (own < 0 || isSyllable(unit)) continue;
    const sound = readAs[unit] ?? own;
    const known = first[own] ?? -1;
    if (known === -1) first[own] = sound;
    else if (sound !== known) {
      const all = ways.get(own) ?? [known];
      if (!all.includes(sound)) ways.set(own, [...all, sound]);
    }
  }
  return ways;
}
