import { expect, it } from 'vitest';

import { createFindMarks } from './find-marks.ts';

const message = {
  fields: [
    { path: 'link.title', text: 'ＶＩＰ客户专享' },
    { path: 'link.description', text: '只给vip客户，vip客户优先' },
  ],
};

it('finds the words in every field, whatever their case and width', () => {
  const marks = createFindMarks('vip客户')(message, true);
  expect(marks?.get('link.title')).toEqual([{ start: 0, end: 5, strength: 'strong' }]);
  expect(marks?.get('link.description')).toEqual([
    { start: 2, end: 7, strength: 'strong' },
    { start: 8, end: 13, strength: 'strong' },
  ]);
});

it('answers the same marks for the same message, and none without words', () => {
  const marksOf = createFindMarks('vip');
  expect(marksOf(message, false)).toBe(marksOf(message, false));
  expect(marksOf(message, false)?.get('link.description')?.[0]?.strength).toBe('light');
  expect(createFindMarks('')(message, true)).toBeUndefined();
});
