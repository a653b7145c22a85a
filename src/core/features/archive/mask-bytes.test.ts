import { expect, test } from 'vitest';

import { maskPersonalBytes } from './mask-bytes.ts';

const masked = (raw: Uint8Array, cut = false) => Buffer.from(maskPersonalBytes(raw, cut));

test('personal numbers in raw bytes become stars, and every other byte stays where it is', () => {
  const raw = Buffer.from('{"content":"电话13800138000，身份证11010519491231002X，单号12345","x":', 'utf8');
  const expected = Buffer.from(
    `{"content":"电话${'*'.repeat(11)}，身份证${'*'.repeat(18)}，单号12345","x":`,
    'utf8',
  );
  expect(masked(raw).equals(expected)).toBe(true);
});

test('bytes that are no text in any encoding keep their length', () => {
  const raw = Buffer.concat([
    Buffer.from([0xff, 0xfe, 0x00]),
    Buffer.from(' 13800138000 '),
    Buffer.from([0x80, 0xc3]),
  ]);
  const expected = Buffer.concat([
    Buffer.from([0xff, 0xfe, 0x00]),
    Buffer.from(` ${'*'.repeat(11)} `),
    Buffer.from([0x80, 0xc3]),
  ]);
  expect(masked(raw).equals(expected)).toBe(true);
});

test.each([
  [
    'UTF-8',
    Buffer.from('手机１３８００１３８０００。', 'utf8'),
    Buffer.from(`手机${'*'.repeat(33)}。`, 'utf8'),
  ],
  [
    'GBK',
    Buffer.concat([
      Buffer.from('cad6bbfa', 'hex'),
      Buffer.from('a3b1a3b3a3b8a3b0a3b0a3b1a3b3a3b8a3b0a3b0a3b0', 'hex'),
    ]),
    Buffer.concat([Buffer.from('cad6bbfa', 'hex'), Buffer.from('*'.repeat(22))]),
  ],
])('full-width digits in %s are digits', (_name, raw, expected) => {
  expect(masked(raw).equals(expected)).toBe(true);
});

test('a number that the end of the kept bytes cuts through shows none of its digits', () => {
  expect(masked(Buffer.from('电话1380013'), true).toString()).toBe('电话*******');
  expect(masked(Buffer.from('单号1380013'), false).toString()).toBe('单号1380013');
});

test('what holds no personal number is the same bytes', () => {
  const raw = Buffer.from('{"msgid":"1","msgtime":1790000000000');
  expect(maskPersonalBytes(raw, false)).toBe(raw);
});
