import type { Allowed } from './align.ts';
import { foldBit, foldTable } from './folds.ts';
import { noReading, primaryReading, readingsOf } from './tables/index.ts';
import type { Variant } from './variants.ts';

// Numbers of a record: the variant's term; where its units begin; how many they are (0 where it is not plain); the folds that
// make them the term's, and 16 bits up the one by which they may be others that sound the same (0 where they may not).
const record = { term: 0, start: 1, length: 2, folds: 3, width: 4 } as const;

/** Answers of `foldsAt` that are no folds. */
export const notPlain = -1;

/**
 * Variants that may stand anywhere, side by side in numbers. Most of what a generator finds is one of those and stands
 * there unit by unit, by the letter or by sound: then there is nothing to line up, and of hundreds of thousands of
 * objects, which lie in no cache, none has to be looked at.
 *
 * @param reading the folds that any term has, as bits
 */
export function createPlainVariants(
  variants: readonly Variant[],
  allowed: readonly Allowed[],
  reading: number,
) {
  const { single } = foldTable(reading);
  // Made only where it is asked for: that takes a while.
  const readings = (reading & foldBit.homophones) === 0 ? new Uint16Array(0) : primaryReading();
  const records = new Int32Array(variants.length * record.width);
  const isPlain = ({ gaps, bounds, term }: Variant) =>
    gaps === null && bounds === 0 && allowed[term]?.hides === false;
  const size = variants.reduce((sum, variant) => sum + (isPlain(variant) ? variant.units.length : 0), 0);
  const pool = new Uint16Array(size);
  let used = 0;
  variants.forEach((variant, index) => {
    const { term, units, via } = variant;
    const at = index * record.width;
    records[at + record.term] = term;
    if (!isPlain(variant)) return;
    records[at + record.start] = used;
    records[at + record.length] = units.length;
    const sound = (allowed[term]?.bits ?? 0) & foldBit.homophones;
    records[at + record.folds] = (via ?? []).reduce((all, own) => all | own, sound << 16);
    for (let unit = 0; unit < units.length; unit += 1) pool[used + unit] = units.charCodeAt(unit);
    used += units.length;
  });

  return {
    termOf: (index: number) => records[index * record.width + record.term] ?? -1,
    lengthOf: (index: number) => records[index * record.width + record.length] ?? 0,
    /**
     * The folds by which the variant stands in `units[at…to)` unit by unit: its own, and homophones where `bySound` and
     * units are others. `notPlain` where it doesn't, or where it takes more than that to tell.
     */
    foldsAt(units: Uint16Array, at: number, to: number, index: number, bySound: boolean): number {
      const place = index * record.width;
      const length = records[place + record.length] ?? 0;
      if (length === 0 || at + length > to) return notPlain;
      const start = records[place + record.start] ?? 0;
      const all = records[place + record.folds] ?? 0;
      const sound = bySound ? all >>> 16 : 0;
      let folds = all & 0xffff;
      for (let unit = 0; unit < length; unit += 1) {
        const written = units[at + unit] ?? 0;
        const wanted = pool[start + unit] ?? 0;
        if (written === wanted) continue;
        const own = readings[written] ?? noReading;
        // What another fold makes the same is not the same by sound.
        if (
          sound === 0 ||
          own === noReading ||
          single[written] === single[wanted] ||
          (own !== readings[wanted] && !readingsOf(wanted).includes(own))
        )
          return notPlain;
        folds |= sound;
      }
      return folds;
    },
  };
}
