import { describe, expect, it } from 'vitest';

import { type Finer, type Stratum, unitClass } from '../stratum.ts';
import { anchorKey, anchorSeed, third } from './anchor-keys.ts';
import { buildScanTables } from './anchor-tables.ts';
import { createScanner as createAnchorScanner } from './anchors.ts';
import { blockLength, mostFound } from './blockwise.ts';
import { type EngineName, createGenerator } from './index.ts';
import { createScanner as createWasmScanner } from './webassembly.ts';

// What random texts don't meet: two keys in one bucket, and blocks that are given up in the middle. Held against the automaton,
// which has neither.

function stratumOf(patterns: readonly (readonly number[])[], classCount: number, finer: Finer | null = null) {
  const offsets = new Int32Array(patterns.length + 1);
  patterns.forEach((pattern, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + pattern.length;
  });
  const classOf = new Uint16Array(0x10000);
  for (let own = 1; own <= classCount; own += 1) classOf[own] = own;
  classOf[0xffff] = unitClass.skipped;
  return {
    classOf,
    joined: new Uint16Array(0),
    patterns: {
      classes: Uint16Array.from(patterns.flat()),
      offsets,
      labels: Int32Array.from(patterns, (_, index) => index),
      classCount,
    },
    collapse: true,
    finer,
  } satisfies Stratum;
}

function found(stratum: Stratum, engine: EngineName, units: ArrayLike<number>, to = units.length): string[] {
  const occurrences: string[] = [];
  createGenerator(stratum, { engine }).scanUnits(Uint16Array.from(units), 0, to, (label, start, end) => {
    occurrences.push(`${label} ${start} ${end}`);
  });
  return occurrences.toSorted();
}

describe.each([
  ['wasm', createWasmScanner],
  ['anchors', createAnchorScanner],
] as const)('the scanner of %s', (engine, createScanner) => {
  it('finds what shares a bucket once, be it by what stands twice or by what stands beside', () => {
    /** The buckets of so few patterns. */
    const bucket = (first: number, second: number, kindAndClass: number) =>
      anchorKey(anchorSeed(first, second), kindAndClass) >>> 24;
    const seen = { twice: 0, across: 0, again: 0 };
    const check = (kind: keyof typeof seen, patterns: number[][], units: number[]) => {
      if (seen[kind] === 20) return;
      seen[kind] += 1;
      const stratum = stratumOf(patterns, 299);
      expect(found(stratum, engine, units)).toEqual(found(stratum, 'automaton', units));
    };
    for (let a = 150; a < 170; a += 1)
      for (let b = 200; b < 220; b += 1)
        for (let x = 240; x < 300; x += 1) {
          const twice = bucket(a, b, third.left | a);
          const again = bucket(a, b, third.right | b);
          if (twice === bucket(a, b, third.left | x))
            check(
              'twice',
              [
                [a, a, b],
                [x, a, b],
              ],
              [x, a, a, b],
            );
          if (twice === bucket(a, b, third.right | x))
            check(
              'across',
              [
                [a, a, b],
                [a, b, x],
              ],
              [a, a, b, x],
            );
          if (again === bucket(a, b, third.right | x))
            check(
              'again',
              [
                [a, b, b],
                [a, b, x],
              ],
              [a, b, b, x],
            );
        }
    expect(seen).toEqual({ twice: 20, across: 20, again: 20 });
  });

  it('gives up where its budget is spent, and leaves nothing of that to the next block', () => {
    // Of so many patterns with the same key each costs a step.
    const beside = Array.from({ length: 400 }, (_, index) => [1, 2, 3, 10 + index]);
    const stratum = stratumOf([[1, 2], ...beside], 500);
    const scanner = createScanner(stratum.classOf, buildScanTables(stratum));
    const units = Uint16Array.from({ length: 400 }, (_, at) => [1, 2, 3, 0][at % 4] ?? 0);
    const spent = scanner?.scan(units, 0, units.length, 1_000_000) ?? 0;
    expect(scanner?.counts[0]).toBe(100);
    for (const budget of [0, 20, 500, spent >> 1, spent - 1]) {
      expect([budget, scanner?.scan(units, 0, units.length, budget)]).toEqual([budget, -1]);
      expect([budget, scanner?.scan(units, 0, units.length, spent)]).toEqual([budget, spent]);
      expect(scanner?.counts[0]).toBe(100);
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, blockLength - 3, blockLength - 2, blockLength - 1, blockLength])(
    'reports each trigger of a block of %i, and what stands at its end',
    (length) => {
      const stratum = stratumOf([[1, 2]], 3);
      stratum.classOf[3] = 3 | unitClass.trigger;
      const units = new Uint16Array(length).fill(3);
      units.set([1, 2].slice(-length), Math.max(0, length - 2));
      const scanner = createScanner(stratum.classOf, buildScanTables(stratum));
      // What a longer block has left behind counts for nothing.
      scanner?.scan(new Uint16Array(blockLength).fill(3), 0, blockLength, 1_000_000);
      expect(scanner?.scan(units, 0, length, 1_000_000)).toBeGreaterThanOrEqual(0);
      expect(Array.from(scanner?.counts ?? [])).toEqual([length > 1 ? 1 : 0, Math.max(0, length - 2)]);
      expect(Array.from(scanner?.triggers.subarray(0, Math.max(0, length - 2)) ?? [])).toEqual(
        Array.from({ length: Math.max(0, length - 2) }, (_, at) => at),
      );
      if (length > 1)
        expect(Array.from(scanner?.found.subarray(0, 3) ?? [])).toEqual([0, length - 2, length]);
    },
  );

  it('reports what is a pattern by itself once a run, be it a trigger or not, beside triggers that are passed over', () => {
    const stratum = stratumOf([[1], [2], [1, 2]], 3);
    stratum.classOf[2] = 2 | unitClass.trigger;
    for (const skipped of [unitClass.skipped, unitClass.skipped | unitClass.trigger]) {
      stratum.classOf[0xffff] = skipped;
      for (const units of [
        [1, 1, 0xffff, 1, 2, 2],
        [2, 0xffff, 2, 3, 2, 1],
        [0, 1, 0, 1, 0xffff, 2, 0, 2],
        [0xffff, 1, 0xffff, 1],
      ])
        expect(found(stratum, engine, units)).toEqual(found(stratum, 'automaton', units));
    }
  });

  it('reports the first of joined triggers', () => {
    const stratum = { ...stratumOf([[1, 2]], 8), joined: Uint16Array.of(7, 8) };
    for (const unit of [7, 8]) stratum.classOf[unit] = unit | unitClass.trigger;
    const scanner = createScanner(stratum.classOf, buildScanTables(stratum));
    scanner?.scan(Uint16Array.of(7, 8, 7, 0, 7), 0, 5, 1_000);
    expect(Array.from(scanner?.triggers.subarray(0, scanner.counts[1]) ?? [])).toEqual([0, 4]);
  });

  it('gives up where more patterns of one class stand than there is room for', () => {
    const stratum = stratumOf([[1], [2]], 2);
    const units = Uint16Array.from({ length: mostFound + 1 }, (_, at) => 1 + (at % 2));
    const scanner = createScanner(stratum.classOf, buildScanTables(stratum));
    expect(scanner?.scan(units, 0, mostFound, 1_000_000)).toBeGreaterThanOrEqual(0);
    expect(scanner?.scan(units, 0, mostFound + 1, 1_000_000)).toBe(-1);
  });

  it('sees what is repeated or passed over beside the two that it looks for', () => {
    expect(found(stratumOf([[1, 2, 3]], 3), engine, [1, 2, 2, 3])).toEqual(['0 0 4']);
    // Of these the first is so common that the other two are looked for, and it on their left.
    const [common, ...rare] = Array.from('的鬱龘', (character) => character.charCodeAt(0));
    const stratum = stratumOf([[1, 2, 3]], 3);
    stratum.classOf.fill(0, 1, 4);
    [common, ...rare].forEach((unit, index) => {
      stratum.classOf[unit ?? 0] = index + 1;
    });
    expect(found(stratum, engine, [common ?? 0, ...rare])).toEqual(['0 0 3']);
    expect(found(stratum, engine, [common ?? 0, 0xffff, 0xffff, ...rare])).toEqual(['0 0 5']);
  });

  it('loses nothing where there is no more room for what was found at the end of a block', () => {
    const finer = { classOf: new Uint16Array(0x10000), asked: new Uint16Array(180) };
    finer.classOf[1] = 7;
    for (let pattern = 0; pattern < 90; pattern += 1) finer.asked[pattern * 2] = 7;
    const stratum = stratumOf(
      Array.from({ length: 90 }, () => [1, 2]),
      2,
      finer,
    );
    const units = Array.from({ length: 330 }, (_, at) => [1, 2, 0][at % 3] ?? 0);
    const occurrences = found(stratum, engine, units);
    expect(occurrences.length).toBeGreaterThan(mostFound);
    expect(occurrences).toEqual(found(stratum, 'automaton', units));
  });
});

it.each(['wasm', 'anchors', 'automaton'] as const)(
  '%s looks for what stands twice within its part only',
  (engine) => {
    const stratum = stratumOf(
      [
        [1, 2, 2],
        [1, 1, 2],
      ],
      2,
    );
    expect(found(stratum, engine, [1, 2, 2], 2)).toEqual([]);
    expect(found(stratum, engine, [1, 2, 0xffff, 0xffff, 2], 4)).toEqual([]);
    expect(found(stratum, engine, [1, 2, 0xffff, 0xffff, 2], 5)).toEqual(['0 0 2']);
    expect(found(stratum, engine, [1, 0xffff, 1, 2])).toEqual(['1 2 4']);
  },
);
