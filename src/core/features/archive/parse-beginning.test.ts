import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseBeginning } from './parse-beginning.ts';

test('reads as much of a value as is there, wherever it is cut', () => {
  const value = {
    userid: 'wanglei',
    external_contact_list: [{ external_contact: { name: '甲"{[,' } }, 2],
    more: [[1]],
  };
  const text = JSON.stringify(value);
  expect(parseBeginning(text)).toEqual(value);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: text.length }), (length) => {
      const part = parseBeginning(text.slice(0, length));
      expect(part).toBeTypeOf('object');
      // Nothing is there that the whole doesn't have.
      expect(value).toMatchObject(
        Object.fromEntries(Object.entries(part ?? {}).filter(([key]) => key === 'userid')),
      );
    }),
  );
  expect(parseBeginning(text.slice(0, 60))).toHaveProperty('external_contact_list');
});

test('nothing of what is no JSON', () => {
  for (const text of ['', 'userid,name', '"', '}{']) expect(parseBeginning(text)).toBeUndefined();
});
