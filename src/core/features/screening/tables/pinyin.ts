import { mainReadings, polyphones, syllableNames } from './generated/pinyin.ts';
import { scriptTable } from './script.ts';

/** Every syllable that a character here is read as: without tone, ü as v (`lv`), ascending. Source: pinyin-pro. */
export const syllables: readonly string[] = syllableNames.trim().split(/\s+/);

/** In `primaryReading()`: not a character with a known reading. */
export const noReading = 0xffff;

interface Readings {
  readonly primary: Uint16Array;
  /** Characters with several common readings. */
  readonly several: ReadonlyMap<number, readonly number[]>;
}

const lineBreak = 0x0a;

/** The value of an ASCII digit or lower-case letter in base 36; negative for a dash or a line break. */
function digitOf(unit: number): number {
  return unit < 0x61 ? unit - 0x30 : unit - 0x57;
}

let readings: Readings | null = null;

function decode(): Readings {
  const position = new Map(syllables.map((name, index) => [name, index]));
  const own = new Uint16Array(0x10000).fill(noReading);
  let ideograph = 0x4e00;
  for (let at = 0; at < mainReadings.length; at += 2) {
    if (mainReadings.charCodeAt(at) === lineBreak) at += 1;
    const high = digitOf(mainReadings.charCodeAt(at));
    if (high >= 0) own[ideograph] = high * 36 + digitOf(mainReadings.charCodeAt(at + 1));
    ideograph += 1;
  }
  const several = new Map<number, number[]>();
  for (const entry of polyphones.trim().split(/\s+/)) {
    const indices = entry
      .slice(1)
      .split(',')
      .flatMap((name) => position.get(name) ?? []);
    const unit = entry.charCodeAt(0);
    own[unit] = indices[0] ?? noReading;
    if (indices.length > 1) several.set(unit, indices);
  }
  own[0x3007] = position.get('ling') ?? noReading;
  // A traditional form is read as what it is folded to: 髮 as 发.
  const script = scriptTable();
  const primary = own.slice();
  for (let unit = 0x3400; unit <= 0x9fff; unit += 1) {
    const folded = own[script[unit] ?? unit] ?? noReading;
    if (folded !== noReading) primary[unit] = folded;
  }
  return { primary, several };
}

/**
 * By UTF-16 unit: the position in `syllables` of the most frequent reading, `noReading` where there is none. 65,536
 * entries, made on first use and shared: read only. U+4E00 to U+9FFF and 〇, traditional forms as their simplified ones.
 */
export function primaryReading(): Uint16Array {
  readings ??= decode();
  return readings.primary;
}

/** The common readings of a UTF-16 unit as positions in `syllables`, the most frequent first; empty where none is known. */
export function readingsOf(unit: number): readonly number[] {
  readings ??= decode();
  const several = readings.several.get(scriptTable()[unit] ?? unit);
  if (several !== undefined) return several;
  const primary = readings.primary[unit] ?? noReading;
  return primary === noReading ? [] : [primary];
}
