import { expect, it } from 'vitest';

import { type Stratum, unitClass } from '../stratum.ts';
import { chooseAnchors, createPairCosts } from './choose-anchors.ts';
import { estimateFrequencies } from './rarity.ts';

/** Forty names of ten letters that begin with the same six, each letter a class. */
function namesOf(classOf: Uint16Array): Stratum {
  const names = Array.from({ length: 40 }, (_, name) => [
    1,
    2,
    3,
    4,
    5,
    6,
    ...[1, 3, 5, 7].map((step) => 7 + ((name * step) % 19)),
  ]);
  return {
    classOf,
    joined: new Uint16Array(0),
    patterns: {
      classes: Uint16Array.from(names.flat()),
      offsets: Int32Array.from({ length: names.length + 1 }, (_, name) => name * 10),
      labels: Int32Array.from(names, (_, name) => name),
      classCount: 26,
    },
    collapse: false,
  };
}

function placesOf(stratum: Stratum): number[] {
  const frequencies = estimateFrequencies(stratum.classOf, stratum.patterns.classCount);
  const costs = createPairCosts(stratum, frequencies, new Float64Array(0));
  return Array.from(chooseAnchors(stratum, costs, frequencies), (at, name) => at - name * 10);
}

it('looks for what is listed anyway where it is least like the others', () => {
  const classOf = new Uint16Array(0x10000);
  for (let own = 1; own <= 26; own += 1) classOf[0x60 + own] = own | unitClass.trigger;
  // The last of the six, and what is behind them. By the first pair all forty would be looked at wherever the six stand.
  for (const place of placesOf(namesOf(classOf))) expect(place).toBeGreaterThanOrEqual(3);
});

it('looks for the rarest pair, whoever has it too, where listing costs', () => {
  const classOf = new Uint16Array(0x10000);
  for (let own = 1; own <= 26; own += 1) classOf[0x60 + own] = own;
  for (let own = 3; own <= 26; own += 1)
    classOf['的一是不了在人有我他这中大来上国个到说们为子和你'.charCodeAt(own - 3)] = own;
  expect(new Set(placesOf(namesOf(classOf)))).toEqual(new Set([0]));
});
