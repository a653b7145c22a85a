import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { type Stratum, unitClass } from '../stratum.ts';
import { type EngineName, createGenerator } from './index.ts';
import { column, createPairTable, pairing } from './pair-table.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

interface Anchor {
  readonly first: number;
  readonly ofFirst: number;
  readonly second: number;
  readonly ofSecond: number;
  readonly isWhole: boolean;
}

/** As the table takes them. */
const flat = (anchors: readonly Anchor[]) =>
  Uint16Array.from(
    anchors.flatMap(({ first, ofFirst, second, ofSecond, isWhole }) => {
      return [first, ofFirst, second, ofSecond, Number(isWhole)];
    }),
  );

const ownClass = fc.integer({ min: 1, max: 4 });
/** The same ones for all classes, and 0 for units of which nothing asks. */
const finerClass = fc.constantFrom(0, 1, 0x8001, 0xffff);
const reading = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: ownClass }, fc.constantFrom<number>(unitClass.none, unitClass.skipped)),
    fc.nat(7),
  )
  .map(([own, chance]) => (chance === 0 ? own | unitClass.trigger : own));
const anchor: fc.Arbitrary<Anchor> = fc.record({
  first: ownClass,
  ofFirst: finerClass,
  second: ownClass,
  ofSecond: finerClass,
  isWhole: fc.boolean(),
});

it(`has the pairs of units that anchors ask for, and no others (seed ${seed})`, () => {
  const unit = fc.record({ reading, finer: finerClass });
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 16 }), fc.array(anchor, { maxLength: 6 }), (units, anchors) => {
      const readings = Uint16Array.from(units, (own) => own.reading);
      const finerOf = Uint16Array.from(units, (own) => own.finer);
      const { columnOf, pairs, columns } = createPairTable(readings, finerOf, flat(anchors));
      expect(pairs).toHaveLength(columns * columns);
      const known = units.map((own, at) => ({
        own: own.reading & unitClass.skipped,
        finer: own.finer,
        isAlways: own.reading >= unitClass.trigger,
        column: columnOf[at] ?? 0,
      }));
      const isPassedOver = (own: (typeof known)[number]) => own.column < column.none;
      expect(known.map(isPassedOver)).toEqual(known.map(({ own }) => own === unitClass.skipped));
      const valueAt = (row: number, of: number) => pairs[row * columns + of] ?? 0;
      const isIn = (row: number, of: number) => (valueAt(row, of) & pairing.listed) !== 0;
      const isWholeIn = (row: number, of: number) => (valueAt(row, of) & pairing.whole) !== 0;
      for (const second of known) {
        // What nothing stands before.
        expect(isIn(column.skipped, second.column)).toBe(second.isAlways);
        for (const first of known.filter((own) => !isPassedOver(own))) {
          const asking = anchors.filter(
            (own) =>
              own.first === first.own &&
              own.second === second.own &&
              [0, first.finer].includes(own.ofFirst) &&
              [0, second.finer].includes(own.ofSecond),
          );
          const isAskedFor = asking.length > 0;
          const isWhole = asking.some((own) => own.isWhole);
          const isCandidate = isIn(first.column, second.column);
          // Those that are candidates always share a column, so that more may follow one than is asked for.
          if (first.isAlways) expect(isCandidate || !isAskedFor).toBe(true);
          else expect(isCandidate).toBe(isAskedFor || second.isAlways);
          const mayBeWhole = isWholeIn(first.column, second.column);
          if (first.isAlways || second.isAlways) expect(mayBeWhole || !isWhole).toBe(true);
          else expect(mayBeWhole).toBe(isWhole);
        }
      }
    }),
    { seed, endOnFailure: false, numRuns: 1500 },
  );
});

it('loses nothing where more is asked for than there are columns, however common', () => {
  const [classCount, unitCount, patternCount] = [30, 4000, 3000];
  const classOf = new Uint16Array(0x10000);
  const finerOf = new Uint16Array(0x10000);
  // Letters and digits are among them, and common characters.
  const units = Array.from({ length: unitCount }, (_, index) => (index < 200 ? index : 0x4e00 + index));
  units.forEach((unit, index) => {
    const own = 1 + (index % classCount);
    classOf[unit] = index % 7 === 0 ? own | unitClass.trigger : own;
    finerOf[unit] = 1 + index;
  });
  const classes: number[] = [];
  const asked: number[] = [];
  // The two of each stand side by side in the text; some ask for one of them only, and some for neither.
  const text: number[] = [];
  for (let pattern = 0; pattern < patternCount; pattern += 1) {
    for (const [place, index] of [pattern * 3, pattern * 5 + 1].entries()) {
      const unit = units[index % unitCount] ?? 0;
      const isAsked = pattern < 60 ? pattern % 2 === place : pattern % 101 > 0 && pattern % 11 !== place;
      text.push(unit);
      classes.push((classOf[unit] ?? 0) & unitClass.skipped);
      asked.push(isAsked ? (finerOf[unit] ?? 0) : 0);
    }
  }
  const all = Array.from({ length: patternCount }, (_, pattern) => [
    ...classes.slice(pattern * 2, pattern * 2 + 2),
    ...asked.slice(pattern * 2, pattern * 2 + 2),
  ]);
  const kept = [...new Map(all.map((pattern) => [pattern.join(), pattern])).values()];
  const stratum: Stratum = {
    classOf,
    joined: new Uint16Array(0),
    patterns: {
      classes: Uint16Array.from(kept.flatMap((pattern) => pattern.slice(0, 2))),
      offsets: Int32Array.from({ length: kept.length + 1 }, (_, index) => index * 2),
      labels: Int32Array.from(kept.keys()),
      classCount,
    },
    collapse: false,
    finer: { classOf: finerOf, asked: Uint16Array.from(kept.flatMap((pattern) => pattern.slice(2))) },
  };
  const anchors = kept.map(([first = 0, second = 0, ofFirst = 0, ofSecond = 0]): Anchor => {
    return { first, ofFirst, second, ofSecond, isWhole: true };
  });
  expect(createPairTable(classOf, finerOf, flat(anchors)).columns).toBe(1024);
  const find = (engine: EngineName) => {
    const found: [label: number, start: number][] = [];
    const { scanUnits } = createGenerator(stratum, { engine });
    scanUnits(Uint16Array.from(text), 0, text.length, (label, start) => found.push([label, start]));
    return found;
  };
  const due = find('automaton').filter(([label, start]) =>
    (kept[label] ?? []).slice(2).every((of, place) => of === 0 || of === finerOf[text[start + place] ?? 0]),
  );
  expect(new Set(due.map(([label]) => label)).size).toBe(kept.length);
  expect(new Set(kept.flatMap((pattern) => pattern.slice(2))).size).toBeGreaterThan(2048);
  for (const engine of ['wasm', 'anchors'] as const) {
    const found = new Set(find(engine).map(String));
    expect(due.map(String).filter((each) => !found.has(each))).toEqual([]);
  }
});

it('tells no more finer classes apart than there are numbers for', () => {
  const pairs = 20_000;
  const classOf = new Uint16Array(0x10000);
  const finerOf = new Uint16Array(0x10000);
  for (let unit = 1; unit <= 2 * pairs; unit += 1) {
    classOf[unit] = 1 + (unit % 2);
    finerOf[unit] = unit;
  }
  const text = Uint16Array.from({ length: 2 * pairs }, (_, index) => index + 1);
  const stratum: Stratum = {
    classOf,
    joined: new Uint16Array(0),
    patterns: {
      classes: Uint16Array.from(text, (unit) => classOf[unit] ?? 0),
      offsets: Int32Array.from({ length: pairs + 1 }, (_, pattern) => 2 * pattern),
      labels: Int32Array.from({ length: pairs }, (_, pattern) => pattern),
      classCount: 2,
    },
    collapse: false,
    finer: { classOf: finerOf, asked: text },
  };
  // Around the last number, where one would be taken for what is skipped.
  const [from, to] = [unitClass.skipped - 201, unitClass.skipped + 199];
  for (const engine of ['wasm', 'anchors'] as const) {
    const found = new Set<number>();
    createGenerator(stratum, { engine }).scanUnits(text, from, to, (label) => found.add(label));
    expect(found.size).toBe((to - from) / 2);
  }
});
