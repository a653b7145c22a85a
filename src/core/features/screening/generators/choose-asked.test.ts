import { expect, it } from 'vitest';

import type { Stratum } from '../stratum.ts';
import { chooseAsked } from './choose-asked.ts';

/** Patterns of four classes, all of which ask for the same finer classes of their own. */
function stratumOf(...asked: readonly (readonly number[])[]): Stratum {
  const patterns = {
    classes: Uint16Array.from(asked.flatMap(() => [1, 2, 3, 4])),
    offsets: Int32Array.from({ length: asked.length + 1 }, (_, pattern) => pattern * 4),
    labels: Int32Array.from(asked, (_, pattern) => pattern),
    classCount: 4,
  };
  const finer = { classOf: new Uint16Array(0x10000), asked: Uint16Array.from(asked.flat()) };
  return { classOf: new Uint16Array(0x10000), joined: new Uint16Array(0), patterns, collapse: true, finer };
}

it('asks for the two letters that are least of what has their class, and for none that nearly all of it is', () => {
  const ofClass = Float64Array.from([0, 10, 10, 10, 10]);
  const ofLetter = Float64Array.from([0, 5, 1, 3, 9.5]);
  const stratum = stratumOf([1, 2, 3, 4], [0, 0, 3, 4], [4, 0, 0, 4], [3, 1, 0, 2]);
  const { first, second } = chooseAsked(stratum, ofClass, ofLetter);
  // One more than their places among all classes; what asks for one letter asks for it twice.
  expect([...first]).toEqual([2, 7, 0, 16]);
  expect([...second]).toEqual([3, 7, 0, 13]);
});
