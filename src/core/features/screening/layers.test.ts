import { expect, it } from 'vitest';

import { LayerBuilder } from './layers.ts';
import { permissionsOf } from './permissions.ts';
import { createRecordWriter } from './records.ts';
import { canonicalUnits } from './unit-reading.ts';

/** Two sounds, and letters that have them. */
const [cheng, an] = [5, 6];

it('asks the scanner for what stands twice at either end, and for both letters of a run of two', () => {
  const canonical = canonicalUnits({ bits: 0, acrossSentences: false });
  const builder = new LayerBuilder(true, { bySound: true, literal: false }, canonical);
  const letters = { isAlike: true, only: true };
  // 程诚安, 安程诚, 程诚 by the letter, and 程诚程, which is a run of three.
  builder.add([cheng, cheng, an], 0);
  builder.add([an, cheng, cheng], 1);
  builder.add([cheng, cheng], 2, { ...letters, letters: [100, 101], fixed: [true, true] });
  builder.add([cheng, cheng, cheng], 3, { ...letters, letters: [100, 101, 100], fixed: [true, true, true] });
  const none = new Uint16Array(0);
  const readAs = new Int32Array(0x10000).fill(-2);
  const writer = createRecordWriter([], [], permissionsOf([], []));
  const [layer] = builder.finish(readAs, { triggers: none, joined: none }, writer);
  const { patterns, finer } = layer?.stratum ?? {};
  const listed = [0, 1, 2, 3].map((pattern) => {
    const range = [patterns?.offsets[pattern], patterns?.offsets[pattern + 1]] as const;
    return {
      classes: [...(patterns?.classes.subarray(...range) ?? [])],
      asked: [...(finer?.asked.subarray(...range) ?? [])],
    };
  });
  expect(listed).toEqual([
    { classes: [1, 1, 2], asked: [0, 0, 0] },
    { classes: [2, 1, 1], asked: [0, 0, 0] },
    { classes: [1, 1], asked: [100, 101] },
    { classes: [1, 1, 1], asked: [0, 0, 0] },
  ]);
});
