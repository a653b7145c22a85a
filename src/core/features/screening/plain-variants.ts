import type { Allowed } from './align.ts';
import { foldBit, foldTable } from './folds.ts';
import { noReading, primaryReading } from './tables/index.ts';
import type { Variant } from './variants.ts';

// Numbers of a record: the variant's term, where its units begin, how many they are (0 where it is not plain), and the
// fold by which they may be others that sound the same (0 where they may not).
const record = { term: 0, start: 1, length: 2, sound: 3, width: 4 } as const;

/** Answers of `foldsAt` that are no folds. */
export const notPlain = -1;

/**
 * Variants that are nothing but their term's text, side by side in numbers. Most of what a generator finds is one of
 * those and stands there unit by unit, by the letter or by sound: then there is nothing to line up, and of hundreds of
 * thousands of objects, which lie in no cache, none has to be looked at.
 *
 * @param reading the folds that any term has, as bits
 */
export function createPlainVariants(
  variants: readonly Variant[],
  allowed: readonly Allowed[],
  reading: number,
) {
  const { single } = foldTable(reading);
  const readings = primaryReading();
  const records = new Int32Array(variants.length * record.width);
  const isPlain = ({ read, bounds, term }: Variant) =>
    read === null && bounds === 0 && allowed[term]?.hides === false;
  const size = variants.reduce((sum, variant) => sum + (isPlain(variant) ? variant.units.length : 0), 0);
  const pool = new Uint16Array(size);
  let used = 0;
  variants.forEach((variant, index) => {
    const { term, units } = variant;
    const at = index * record.width;
    records[at + record.term] = term;
    if (!isPlain(variant)) return;
    records[at + record.start] = used;
    records[at + record.length] = units.length;
    records[at + record.sound] = (allowed[term]?.bits ?? 0) & foldBit.homophones;
    for (let unit = 0; unit < units.length; unit += 1) pool[used + unit] = units.charCodeAt(unit);
    used += units.length;
  });

  return {
    termOf: (index: number) => records[index * record.width + record.term] ?? -1,
    lengthOf: (index: number) => records[index * record.width + record.length] ?? 0,
    /**
     * The folds by which the variant stands in `units[at…to)` unit by unit: none, or homophones where `bySound`. `notPlain`
     * where it doesn't, or where it takes more than that to tell.
     */
    foldsAt(units: Uint16Array, at: number, to: number, index: number, bySound: boolean): number {
      const place = index * record.width;
      const length = records[place + record.length] ?? 0;
      if (length === 0 || at + length > to) return notPlain;
      const start = records[place + record.start] ?? 0;
      const sound = bySound ? (records[place + record.sound] ?? 0) : 0;
      let folds = 0;
      for (let unit = 0; unit < length; unit += 1) {
        const written = units[at + unit] ?? 0;
        const wanted = pool[start + unit] ?? 0;
        if (written === wanted) continue;
        const own = readings[written] ?? noReading;
        // What another fold makes the same is not the same by sound.
        if (
          sound === 0 ||
          own === noReading ||
          own !== readings[wanted] ||
          single[written] === single[wanted]
        )
          return notPlain;
        folds = sound;
      }
      return folds;
    },
  };
}
