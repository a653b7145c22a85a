import { noReading, primaryReading, readingsOf, syllables } from './tables/index.ts';

/** Units that stand for a syllable, in rewritten text and in patterns by sound: private use, which no reading has. */
export const syllableBase = 0xe000;

/** Whether a unit of rewritten text stands for a syllable. */
export function isSyllable(unit: number): boolean {
  return unit >= syllableBase && unit < syllableBase + syllables.length;
}

/** Most ways in which one term is spelled by the readings of its characters. */
export const mostSpellings = 16;

/** How much was told of a text: nothing, for it has a character that breaks every match; some of it; all that may be written for it. */
export type Spelled = 'broken' | 'partly' | 'wholly';

/** How text is read by sound. */
export interface Speech {
  /** By unit: as `canonicalUnits`, with a syllable's unit for what has a reading, and that of a figure for one that is a figure's name. */
  readonly readAs: Int32Array;
  /**
   * Tells each way in which a text with at least two characters that have readings may be said, in units of `readAs`; the
   * array is used again. Where it answers `wholly`, whatever is the text by the letter is read in one of these ways.
   *
   * @param isHeard by the place in the text: whether what sounds alike may stand there
   */
  spell(
    text: string,
    isHeard: (at: number) => boolean,
    onSpelling: (units: readonly number[]) => void,
  ): Spelled;
  /** Tells the ways in which what is letter by letter the same is read; answers false, and tells none, where they are too many. */
  spellLetters(letters: readonly number[], onSpelling: (units: readonly number[]) => void): boolean;
  /** Whether all that is a letter sounds like one of these readings; false where it is none. */
  isAmong(letter: number, readings: readonly number[]): boolean;
  /** Whether what is a letter may be taken for a character by its sound. */
  mayBe(letter: number, character: number): boolean;
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
  const soundsOf = (letter: number) => unlike.get(letter) ?? [readAs[letter] ?? letter];
  const unitOf = (reading: number) => readAs[syllableBase + reading] ?? 0;

  /** Counts the spellings up, the ways of each character a digit. */
  function tell(ways: readonly (readonly number[])[], onSpelling: (units: readonly number[]) => void): void {
    const units = ways.map(([first]) => first ?? 0);
    const several = ways.flatMap((own, place) => (own.length > 1 ? [place] : []));
    const count = ways.reduce((product, own) => product * own.length, 1);
    for (let number = 0; number < count; number += 1) {
      let rest = number;
      for (const place of several) {
        const own = ways[place] ?? [];
        units[place] = own[rest % own.length] ?? 0;
        rest = Math.floor(rest / own.length);
      }
      onSpelling(units);
    }
  }

  function spell(
    text: string,
    isHeard: (at: number) => boolean,
    onSpelling: (units: readonly number[]) => void,
  ): Spelled {
    const letters: number[] = [];
    const ways: (readonly number[])[] = [];
    let read = 0;
    let count = 1;
    for (let at = 0; at < text.length; at += 1) {
      const letter = canonical[text.charCodeAt(at)] ?? -2;
      if (letter === -2) return 'broken';
      if (letter === -1) continue;
      letters.push(letter);
      const all = readingsOf(text.charCodeAt(at));
      if (all.length > 0) read += 1;
      if (!isHeard(at)) {
        ways.push([]);
        continue;
      }
      const readings = distinct(all.map(unitOf));
      const fits = count * readings.length <= mostSpellings;
      ways.push(readings.length === 0 ? [letter] : fits ? readings : readings.slice(0, 1));
      if (fits) count *= Math.max(1, readings.length);
    }
    if (read < 2) return 'partly';
    // Behind the readings, which matter more where there are too many ways.
    let isWhole = true;
    letters.forEach((letter, place) => {
      const own = ways[place] ?? [];
      const all = distinct([...own, ...soundsOf(letter)]);
      const before = Math.max(1, own.length);
      const fits = (count / before) * all.length <= mostSpellings;
      if (!fits) isWhole = false;
      ways[place] = fits ? all : all.slice(0, before);
      if (fits) count = (count / before) * all.length;
    });
    tell(ways, onSpelling);
    return isWhole ? 'wholly' : 'partly';
  }

  function spellLetters(letters: readonly number[], onSpelling: (units: readonly number[]) => void): boolean {
    const ways = letters.map(soundsOf);
    if (ways.reduce((product, own) => product * own.length, 1) > mostSpellings) return false;
    tell(ways, onSpelling);
    return true;
  }

  return {
    readAs,
    spell,
    spellLetters,
    isAmong(letter, readings) {
      if (letter < 0 || readings.length === 0) return false;
      return soundsOf(letter).every((sound) => readings.some((reading) => unitOf(reading) === sound));
    },
    mayBe(letter, character) {
      const readings = readingsOf(character);
      return soundsOf(letter).some((sound) => readings.some((reading) => unitOf(reading) === sound));
    },
  };
}

function distinct(units: readonly number[]): readonly number[] {
  return units.length < 2 ? units : [...new Set(units)];
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
  return asFigures(canonical, readAs);
}

/** The figures by their names, in the order of their values. */
const figures = '零一二三四五六七八九';

/**
 * Where 八 is 8 by the letter, what sounds like it is read as the figure: a number of eleven has one spelling then, not one
 * for each way to write its figures.
 */
function asFigures(canonical: Int32Array, readAs: Int32Array): Int32Array {
  const figureOf = new Map<number, number>();
  for (let at = 0; at < figures.length; at += 1) {
    const name = figures.charCodeAt(at);
    const figure = 0x30 + at;
    if (canonical[name] === figure) figureOf.set(readAs[name] ?? name, figure);
  }
  return figureOf.size === 0 ? readAs : readAs.map((unit) => figureOf.get(unit) ?? unit);
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
