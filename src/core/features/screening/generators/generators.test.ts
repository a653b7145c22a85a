import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Finer, type Patterns, type Stratum, unitClass } from '../stratum.ts';
import { blockLength, mostFound } from './blockwise.ts';
import { type EngineName, createGenerator, engineNames } from './index.ts';

// The reference writes the skeleton out, with the first and the last unit of each element, and looks for every pattern at
// every place. It knows nothing of tables, blocks or anchors.

interface Result {
  readonly occurrences: string[];
  readonly triggers: number[];
}

/** With what is asked for. */
interface Expected extends Result {
  /** Those among the occurrences that have to be reported. */
  readonly due: string[];
  /**
   * Those that may pass where patterns are told apart by the rarest of what each asks for: the others have none of it, at
   * neither end of a run.
   */
  readonly possible: string[];
}

interface Spec {
  readonly patterns: readonly (readonly number[])[];
  /** By unit, the value in `classOf`; units beyond it are in no pattern. */
  readonly values: readonly number[];
  readonly collapse: boolean;
  /** Units that are `joined` where they are triggers. */
  readonly joined?: readonly number[];
  /** By pattern: the finer class that it asks for of each of its classes, 0 for none; of the first ones if there are more. */
  readonly demands?: readonly (readonly number[])[];
  /** By unit. */
  readonly finerOf?: readonly number[];
}

/** Runs stay as they are, and so do the first two and the last two. */
function withoutRuns(pattern: readonly number[]): number[] {
  if (pattern.every((own) => own === pattern[0])) return [...pattern];
  const { begins, ends } = twiceIn(pattern);
  const collapsed = pattern.filter((own, index) => index === 0 || own !== pattern[index - 1]);
  return [...collapsed.slice(0, Number(begins)), ...collapsed, ...collapsed.slice(ends ? -1 : Infinity)];
}

/** Whether the first class and the last one are there twice. */
function twiceIn(pattern: ArrayLike<number>): { readonly begins: boolean; readonly ends: boolean } {
  const all = Array.from(pattern);
  const isRun = all.every((own) => own === all[0]);
  return { begins: !isRun && all[0] === all[1], ends: !isRun && all.at(-1) === all.at(-2) };
}

/** What a pattern asks for, without what counts for nothing. */
function countingOf(classes: readonly number[], asked: readonly number[], collapse: boolean): number[] {
  const isRun = classes.every((own) => own === classes[0]);
  if (classes.length < 2 || (collapse && isRun && classes.length > 2)) return classes.map(() => 0);
  const { begins, ends } = twiceIn(classes);
  const counts = (index: number) =>
    !collapse || ((!begins || index > 1) && (!ends || index < classes.length - 2));
  return classes.map((_, index) => (counts(index) ? (asked[index] ?? 0) : 0));
}

/** Of equal patterns that ask for the same one. */
function createStratum({ patterns, values, collapse, joined = [], demands, finerOf = [] }: Spec): Stratum {
  const all = patterns.map((pattern, index) => {
    const classes = collapse ? withoutRuns(pattern) : [...pattern];
    return { classes, asked: classes.map((_, place) => demands?.[index]?.[place] ?? 0) };
  });
  const keyOf = ({ classes, asked }: (typeof all)[number]) =>
    `${classes.join()} ${countingOf(classes, asked, collapse).join()}`;
  const kept = [...new Map(all.map((pattern) => [keyOf(pattern), pattern])).values()];
  const written = kept.map(({ classes }) => classes);
  const offsets = new Int32Array(written.length + 1);
  written.forEach((pattern, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + pattern.length;
  });
  const classOf = new Uint16Array(0x10000);
  classOf.set(values);
  const classCount = values.reduce(
    (most, value) => {
      const own = value & unitClass.skipped;
      return own === unitClass.skipped ? most : Math.max(most, own);
    },
    Math.max(0, ...written.flat()),
  );
  // Any numbers, so that one that is made of the pattern's position would be noticed.
  const labels = Int32Array.from(written, (_, index) => (index * 70_001) % 1_000_003);
  const skeletons: Patterns = { classes: Uint16Array.from(written.flat()), offsets, labels, classCount };
  const together = joined.filter((unit) => (classOf[unit] ?? 0) >= unitClass.trigger);
  const plain = { classOf, joined: Uint16Array.from(together), patterns: skeletons, collapse };
  if (demands === undefined) return plain;
  const finer: Finer = {
    classOf: new Uint16Array(0x10000),
    asked: Uint16Array.from(kept.flatMap(({ asked }) => asked)),
  };
  finer.classOf.set(finerOf);
  return { ...plain, finer };
}

/** Whether nobody asks for the trigger at this place: only the first of those that are joined has to be reported. */
function isJoined({ joined }: Stratum, units: Uint16Array, at: number, from: number): boolean {
  return at > from && joined.includes(units[at] ?? 0) && joined.includes(units[at - 1] ?? 0);
}

/** Where as many units of a run's class stand in a row, those that are skipped left out. */
function runsIn({ classOf }: Stratum, units: Uint16Array, wanted: Uint16Array) {
  const places = Array.from(units, (unit, at) => ({ own: (classOf[unit] ?? 0) & 0x7fff, at })).filter(
    ({ own }) => own !== 0x7fff,
  );
  return places.flatMap(({ at }, first) => {
    const row = places.slice(first, first + wanted.length);
    const isWhole = row.length === wanted.length && row.every(({ own }) => own === wanted[0]);
    return isWhole ? [{ start: at, end: (row.at(-1)?.at ?? 0) + 1 }] : [];
  });
}

function reference(stratum: Stratum, units: Uint16Array, from: number, to: number): Result {
  const { occurrences, triggers } = referenceFor(stratum, units, from, to);
  return { occurrences, triggers };
}

/** Units with a finer class are below it, all of them equally rare in text. */
const knownUnits = 40;

/** How many units have a finer class, against those that have the class that it is asked of. */
function shareOf({ classOf, finer }: Stratum, own: number, wanted: number): number {
  const ofClass = classOf.subarray(0, knownUnits).filter((value) => (value & 0x7fff) === own);
  const ofFiner = finer?.classOf.subarray(0, knownUnits).filter((each) => each === wanted);
  return (ofFiner?.length ?? 0) / ofClass.length;
}

function referenceFor(stratum: Stratum, units: Uint16Array, from: number, to: number): Expected {
  const elements: { own: number; first: number; last: number; times: number }[] = [];
  const triggers: number[] = [];
  for (let at = from; at < to; at += 1) {
    const value = stratum.classOf[units[at] ?? 0] ?? 0;
    if (value >= 0x8000 && !isJoined(stratum, units, at, from)) triggers.push(at);
    const own = value & 0x7fff;
    if (own === 0x7fff) continue;
    const latest = elements.at(-1);
    if (stratum.collapse && own !== 0 && latest?.own === own) {
      latest.last = at;
      latest.times += 1;
    } else elements.push({ own, first: at, last: at, times: 1 });
  }
  const { classes, offsets, labels } = stratum.patterns;
  const occurrences: string[] = [];
  const due: string[] = [];
  const possible: string[] = [];
  const { finer } = stratum;
  const note = (occurrence: string, isDue: boolean, isPossible: boolean) => {
    occurrences.push(occurrence);
    if (isDue) due.push(occurrence);
    if (isPossible) possible.push(occurrence);
  };
  for (let pattern = 0; pattern + 1 < offsets.length; pattern += 1) {
    const whole = classes.subarray(offsets[pattern], offsets[pattern + 1]);
    const isRun = whole.every((own) => own === whole[0]);
    const { begins, ends } = stratum.collapse ? twiceIn(whole) : { begins: false, ends: false };
    const wanted = whole.subarray(Number(begins), ends ? -1 : whole.length);
    if (wanted.length === 0) continue;
    const asked = finer?.asked.subarray(offsets[pattern], offsets[pattern + 1]) ?? [];
    if (stratum.collapse && wanted.length > 1 && isRun) {
      const [first, last] = countingOf([...whole], [...asked], true);
      for (const { start, end } of runsIn(stratum, units.subarray(from, to), wanted)) {
        const hasAt = (at: number, of = 0) => of === 0 || finer?.classOf[units[from + at] ?? 0] === of;
        const isDue = hasAt(start, first) && hasAt(end - 1, last);
        note(`${labels[pattern]} ${from + start} ${from + end}`, isDue, isDue);
      }
      continue;
    }
    const demands = countingOf([...whole], [...asked], stratum.collapse)
      .map((of, at) => ({ of, place: at - Number(begins), share: shareOf(stratum, whole[at] ?? 0, of) }))
      .filter(({ of }) => of > 0);
    const least = Math.min(...demands.map(({ share }) => share));
    for (let at = 0; at + wanted.length <= elements.length; at += 1) {
      if (!wanted.every((own, index) => elements[at + index]?.own === own)) continue;
      if (begins && (elements[at]?.times ?? 0) < 2) continue;
      if (ends && (elements[at + wanted.length - 1]?.times ?? 0) < 2) continue;
      const end = (elements[at + wanted.length - 1]?.first ?? 0) + 1;
      const start = wanted.length === 1 ? end - 1 : elements[at]?.last;
      const holding = demands.map(({ of, place, share }) => {
        const { first = 0, last = 0 } = elements[at + place] ?? {};
        const deciding = place === 0 ? [last] : place === wanted.length - 1 ? [first] : [first, last];
        const has = deciding.map((own) => finer?.classOf[units[own] ?? 0] === of);
        return { all: has.every(Boolean), some: share === least && has.some(Boolean) };
      });
      const isDue = holding.every(({ all }) => all);
      const isPossible = !(least < 0.8) || holding.some(({ some }) => some);
      note(`${labels[pattern]} ${start} ${end}`, isDue, isDue || isPossible);
    }
  }
  return {
    occurrences: occurrences.toSorted(),
    triggers,
    due: due.toSorted(),
    possible: possible.toSorted(),
  };
}

function scan(
  stratum: Stratum,
  engine: EngineName,
  texts: readonly (readonly [Uint16Array, number, number])[],
): Result[] {
  const generator = createGenerator(stratum, { engine });
  return texts.map(([units, from, to]) => {
    const occurrences: string[] = [];
    const triggers: number[] = [];
    generator.scanUnits(
      units,
      from,
      to,
      (label, start, end) => occurrences.push(`${label} ${start} ${end}`),
      (at) => {
        expect(stratum.classOf[units[at] ?? 0]).toBeGreaterThanOrEqual(unitClass.trigger);
        if (!isJoined(stratum, units, at, from)) triggers.push(at);
      },
    );
    return { occurrences: occurrences.toSorted(), triggers };
  });
}

/** A unit's value: mostly a class, at times none or skipped, at times a trigger besides. */
const value = (classCount: number) =>
  fc
    .tuple(
      fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 1, max: classCount }) },
        { weight: 1, arbitrary: fc.constant<number>(unitClass.none) },
        { weight: 2, arbitrary: fc.constant<number>(unitClass.skipped) },
      ),
      fc.integer({ min: 0, max: 9 }),
    )
    .map(([own, chance]) => (chance === 0 ? own | unitClass.trigger : own));

const spec: fc.Arbitrary<Spec> = fc.integer({ min: 1, max: 6 }).chain((classCount) =>
  fc.record({
    patterns: fc.array(fc.array(fc.integer({ min: 1, max: classCount }), { maxLength: 6 }), {
      maxLength: 12,
    }),
    values: fc.array(value(classCount), { minLength: 1, maxLength: 12 }),
    collapse: fc.boolean(),
    joined: fc.subarray(Array.from({ length: 12 }, (_, unit) => unit)),
  }),
);

/** Few, so that what is asked for is often there, of one class and of another. */
const finerClass = fc.constantFrom(0, 1, 0x8001, 0xffff);

/** Some of the patterns several times, each asking for something of its own: of few of its classes, or of many. */
const finerSpec: fc.Arbitrary<Spec> = spec.chain(({ patterns, ...rest }) =>
  fc
    .record({
      demands: fc.array(
        fc.array(
          fc.oneof(
            fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, finerClass), { maxLength: 6 }),
            fc.array(finerClass, { minLength: 6, maxLength: 6 }),
          ),
          { minLength: 1, maxLength: 6 },
        ),
        { minLength: patterns.length, maxLength: patterns.length },
      ),
      finerOf: fc.array(finerClass, { minLength: 13, maxLength: 13 }),
    })
    .map(({ demands, finerOf }) => ({
      ...rest,
      patterns: patterns.flatMap((pattern, index) => (demands[index] ?? []).map(() => pattern)),
      demands: demands.flat(),
      finerOf,
    })),
);

const text = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 40 });

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);
const parameters = { seed, endOnFailure: false };

/** Small numbers that look random and are the same each time. */
function createRandom(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function without(all: Iterable<string>, known: Iterable<string>): string[] {
  const left = new Set(known);
  return [...all].filter((each) => !left.has(each));
}

/** Has to find what is due, and nothing that is no occurrence. */
function expectFiner(result: Result | undefined, { due, occurrences, triggers }: Expected): void {
  const found = new Set(result?.occurrences);
  expect(found.size).toBe(result?.occurrences.length);
  expect(without(found, occurrences)).toEqual([]);
  expect(without(due, found)).toEqual([]);
  expect(result?.triggers).toEqual(triggers);
}

it(`finds with both kinds of anchors what is asked for and no more, in 7,200 texts (seed ${seed})`, () => {
  fc.assert(
    fc.property(finerSpec, fc.array(text, { minLength: 8, maxLength: 8 }), (given, texts) => {
      const stratum = createStratum(given);
      const parts = texts.map((units): readonly [Uint16Array, number, number] => [
        Uint16Array.from(units),
        0,
        units.length,
      ]);
      const found = scan(stratum, 'anchors', parts);
      expect(scan(stratum, 'wasm', parts)).toEqual(found);
      parts.forEach(([units, from, to], index) => {
        const expected = referenceFor(stratum, units, from, to);
        expectFiner(found[index], expected);
        expect(without(found[index]?.occurrences ?? [], expected.possible)).toEqual([]);
      });
    }),
    { ...parameters, numRuns: 900 },
  );
}, 120_000);

describe.each(engineNames)('%s', (engine) => {
  it(`finds what the reference finds in 8,000 texts (seed ${seed})`, () => {
    fc.assert(
      fc.property(spec, fc.array(text, { minLength: 8, maxLength: 8 }), fc.nat(5), (given, texts, margin) => {
        const stratum = createStratum(given);
        const parts = texts.map((units): readonly [Uint16Array, number, number] => {
          // What stands around the part that is looked at must not count.
          const from = Math.min(margin, units.length);
          return [Uint16Array.from(units), from, Math.max(from, units.length - (margin >> 1))];
        });
        const expected = parts.map(([units, from, to]) => reference(stratum, units, from, to));
        expect(scan(stratum, engine, parts)).toEqual(expected);
      }),
      { ...parameters, numRuns: 1000 },
    );
  }, 120_000);

  it(`loses and doubles nothing where blocks meet (seed ${seed})`, () => {
    fc.assert(
      fc.property(spec, fc.nat(), fc.nat(40), fc.nat(3), (given, start, extra, rare) => {
        const stratum = createStratum(given);
        const random = createRandom(start);
        // With `rare`, units that are in no pattern are seldom, so that blocks are cut far from their nominal border.
        const usable = given.values
          .map((_, unit) => unit)
          .filter((unit) => rare > 0 && given.values[unit] !== 0);
        const alphabet = usable.length === 0 ? given.values.length + 1 : usable.length;
        const units = Uint16Array.from({ length: 2 * blockLength + extra }, () => {
          if (rare === 1 && random(5000) === 0) return 0xffff;
          const unit = random(alphabet);
          return usable[unit] ?? unit;
        });
        expect(scan(stratum, engine, [[units, 0, units.length]])).toEqual([
          reference(stratum, units, 0, units.length),
        ]);
      }),
      { ...parameters, numRuns: 40 },
    );
  }, 120_000);

  it(`finds what is asked for, whatever stands around it and where blocks meet (seed ${seed})`, () => {
    fc.assert(
      fc.property(finerSpec, text, fc.nat(5), fc.nat(), (given, units, margin, start) => {
        const stratum = createStratum(given);
        const random = createRandom(start);
        const from = Math.min(margin, units.length);
        const short = Uint16Array.from(units);
        const long = Uint16Array.from({ length: blockLength + 40 }, () =>
          random(99) === 0 ? 0xffff : random(13),
        );
        const parts: [Uint16Array, number, number][] = [
          [short, from, Math.max(from, units.length - (margin >> 1))],
          [long, margin, long.length],
        ];
        const found = scan(stratum, engine, parts);
        parts.forEach((part, index) => {
          expectFiner(found[index], referenceFor(stratum, ...part));
        });
      }),
      { ...parameters, numRuns: 60 },
    );
  }, 120_000);

  it('finds all in near misses that spend the budget, and goes on with ordinary text', () => {
    // 400 patterns that begin alike and differ at their ends only.
    const patterns = Array.from({ length: 400 }, (_, index) => [
      ...Array.from({ length: 12 }, (__, at) => 1 + ((at * 7) % 5)),
      6 + (index % 20),
      6 + Math.floor(index / 20),
    ]);
    const values = Array.from({ length: 40 }, (_, unit) => (unit < 30 ? unit : unitClass.skipped));
    for (const collapse of [false, true]) {
      const stratum = createStratum({ patterns, values, collapse });
      const random = createRandom(7);
      const near = Uint16Array.from({ length: 1500 }, (_, at) => {
        const place = at % 15;
        if (place < 12) return 1 + ((place * 7) % 5);
        return place === 14 ? random(3) * 15 : 6 + random(20);
      });
      const ordinary = Uint16Array.from({ length: 1500 }, () => random(60));
      const texts = Array.from({ length: 40 }, (_, index): [Uint16Array, number, number] => {
        const units = index % 20 < 12 ? near : ordinary;
        return [units, index, units.length];
      });
      const expected = texts.map(([units, from, to]) => reference(stratum, units, from, to));
      expect(expected.some(({ occurrences }) => occurrences.length > 10)).toBe(true);
      expect(scan(stratum, engine, texts)).toEqual(expected);
    }
  }, 120_000);

  it('finds what is asked for by many patterns with the same classes, also where there is no more room', () => {
    const classes = [1, 2, 3, 1, 2, 4];
    const demands = classes.flatMap((_, place) =>
      Array.from({ length: 20 }, (__, index) => classes.map((___, at) => (at === place ? index + 1 : 0))),
    );
    const values = Array.from({ length: 21 }, (_, unit) => (unit === 20 ? unitClass.skipped : unit % 5));
    const finerOf = values.map((_, unit) => unit);
    for (const collapse of [false, true]) {
      const patterns = demands.map(() => classes);
      const stratum = createStratum({ patterns, values, collapse, demands, finerOf });
      const random = createRandom(13);
      // Each time the classes stand there, 6 of the 120 patterns have what they ask for.
      const units = Uint16Array.from({ length: 2 * blockLength }, (_, at) => {
        if (random(20) === 0) return random(3) === 0 ? 0 : 20;
        return (classes[at % classes.length] ?? 0) + 5 * random(4);
      });
      const parts: [Uint16Array, number, number][] = [3000, units.length].map((to) => [units, 0, to]);
      const found = scan(stratum, engine, parts);
      parts.forEach((part, index) => {
        const expected = referenceFor(stratum, ...part);
        expect(expected.due.length).toBeGreaterThan(index * mostFound);
        expectFiner(found[index], expected);
        // So many patterns take no more steps than one.
        if (index === 0 && engine !== 'automaton')
          expect(without(found[index]?.occurrences ?? [], expected.possible)).toEqual([]);
      });
    }
  });

  it('takes text that is all skipped, one run, or one match after the other', () => {
    const values = [unitClass.skipped, 1, 2, 3, unitClass.skipped | unitClass.trigger];
    for (const collapse of [false, true]) {
      const stratum = createStratum({
        patterns: [[1, 2], [2], [2, 1], [1, 2, 1, 2], [2, 2, 2]],
        values,
        collapse,
      });
      const long = 3 * blockLength;
      const texts = [
        new Uint16Array(long),
        new Uint16Array(long).fill(4),
        new Uint16Array(long).fill(1),
        new Uint16Array(long).fill(2),
        Uint16Array.from({ length: long }, (_, at) => 1 + (at % 2)),
        // One occurrence whose two halves are blocks apart.
        Uint16Array.from({ length: long }, (_, at) => (at === 5 ? 1 : at === long - 5 ? 2 : 0)),
      ];
      for (const units of texts) {
        const expected = reference(stratum, units, 0, units.length);
        const [found] = scan(stratum, engine, [[units, 0, units.length]]);
        expect(found?.occurrences.length).toBe(expected.occurrences.length);
        expect(found).toEqual(expected);
      }
    }
  }, 120_000);

  it('finds a pattern that is longer than a block, and short ones beside it', () => {
    const random = createRandom(11);
    // Both are looked for by the same three neighbours.
    const short = [6, 1, 2];
    const long = [...short, ...Array.from({ length: 5 * blockLength }, () => 1 + random(5))];
    const values = Array.from({ length: 8 }, (_, unit) => (unit < 7 ? unit : unitClass.skipped));
    const stratum = createStratum({ patterns: [long, short], values, collapse: false });
    const units = Uint16Array.from([
      ...short,
      0,
      ...long,
      0,
      ...long.slice(0, 2 * blockLength),
      0,
      6,
      7,
      1,
      2,
    ]);
    const [found] = scan(stratum, engine, [[units, 0, units.length]]);
    expect(found?.occurrences).toHaveLength(5);
    expect(found).toEqual(reference(stratum, units, 0, units.length));
  });

  it('scans what lies in its own room', () => {
    const stratum = createStratum({
      patterns: [
        [1, 2],
        [2, 3, 1],
      ],
      values: [0, 1, 2, 3],
      collapse: true,
    });
    const generator = createGenerator(stratum, { engine });
    const room = generator.scratch;
    expect(room !== undefined).toBe(engine === 'wasm');
    if (room === undefined) return;
    for (const units of [
      [1, 2, 3, 1],
      [2, 3, 1, 2],
    ]) {
      room.set(units);
      const found: string[] = [];
      generator.scanUnits(room, 0, 4, (label, start, end) => found.push(`${label} ${start} ${end}`));
      expect(found.toSorted()).toEqual(reference(stratum, Uint16Array.from(units), 0, 4).occurrences);
    }
    expect(() => generator.scanUnits(room, 1, 4, () => undefined)).toThrow(RangeError);
  });

  it('takes an empty pattern, and no patterns at all', () => {
    const values = [0, 1, 2, 3];
    const stratum = createStratum({ patterns: [[1, 2], [], [3]], values, collapse: true });
    const units = Uint16Array.from([1, 2, 3]);
    expect(scan(stratum, engine, [[units, 0, 3]])).toEqual([reference(stratum, units, 0, 3)]);
    const none = createStratum({ patterns: [], values: [0, unitClass.trigger], collapse: true });
    expect(scan(none, engine, [[units, 0, 3]])).toEqual([{ occurrences: [], triggers: [0] }]);
  });

  it('handles many classes and patterns', () => {
    const random = createRandom(11);
    const patterns = Array.from({ length: 5000 }, () =>
      Array.from({ length: 2 + random(5) }, () => 1 + (random(3) === 0 ? random(20_000) : random(60))),
    );
    const values = Array.from({ length: 30_000 }, (_, unit) => (unit <= 20_000 ? unit : unitClass.skipped));
    for (const collapse of [false, true]) {
      const stratum = createStratum({ patterns, values, collapse });
      const units: number[] = [];
      while (units.length < 40_000) {
        if (random(2) === 0) units.push(random(80));
        else for (const own of patterns[random(patterns.length)] ?? []) units.push(own);
        if (random(6) === 0) units.push(20_001 + random(50));
      }
      const text = Uint16Array.from(units);
      const plain = scan(stratum, 'automaton', [[text, 0, text.length]]);
      expect(plain[0]?.occurrences.length).toBeGreaterThan(1000);
      expect(scan(stratum, engine, [[text, 0, text.length]])).toEqual(plain);
    }
  });
});
