import { expect, test } from 'vitest';

import { whySentence } from './why-words.ts';

const taker = (name: string) => () => name;

test('a sentence names the taker and the code', () => {
  const refused = { why: 'errcode', whyValue: '40129', taker: 'sumei' };
  expect(whySentence(refused, taker('苏梅'), 'en-US')).toBe('The transfer was refused with errcode 40129.');
  const waits = { why: 'status-2', whyValue: '', taker: 'sumei' };
  expect(whySentence(waits, taker('苏梅'), 'zh-CN')).toBe('接替结果为等待苏梅接替。');
});

test('a name stands as it is, whatever signs it has', () => {
  const row = { why: 'own-list', whyValue: '7', taker: 'x' };
  for (const name of ['$& $1', '{value}', '{taker}'])
    expect(whySentence(row, taker(name), 'en-US')).toBe(`In the customer list of ${name}.`);
});

test('a reason that this version doesn’t know stands as its key', () => {
  expect(whySentence({ why: 'of-another-version', whyValue: '', taker: null }, taker(''), 'zh-CN')).toBe(
    'of-another-version',
  );
});
