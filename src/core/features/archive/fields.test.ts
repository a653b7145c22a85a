import fc from 'fast-check';
import { expect, test } from 'vitest';

import { fieldSeparator, fieldsOf, joinFields, locate, parseExact } from './fields.ts';

test('an offset in the stored text leads back to its field, whatever the texts hold', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.string()),
      fc.constantFrom('todo', 'link', 'chatrecord'),
      (body, kind) => {
        const fields = fieldsOf(kind, JSON.stringify(body), '');
        const joined = joinFields(fields);
        let start = 0;
        for (const field of fields) {
          for (const offset of [start, start + field.text.length]) {
            const place = locate(fields, offset);
            expect(place).toEqual({ field, start });
          }
          expect(joined.slice(start, start + field.text.length)).toBe(field.text);
          start += field.text.length + fieldSeparator.length;
        }
        expect(new Set(fields.map((field) => field.path)).size).toBe(fields.length);
      },
    ),
  );
});

test('a nested record that is too deep, or no JSON at all, is screened as it stands', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
  const body = JSON.stringify({ item: [{ content: deep }, { content: '{broken' }] });
  expect(fieldsOf('chatrecord', body, '').map((field) => field.text)).toEqual([deep, '{broken']);
});

test('hashes, ids and addresses are nobody’s words', () => {
  const body = {
    sdkfileid: 'abc',
    docid: 'd',
    url: 'https://example.com',
    mystery: 'd41d8cd98f00b204e9800998ecf8427e',
    said: '好',
  };
  expect(fieldsOf('todo', JSON.stringify(body), '')).toEqual([{ path: 'todo.said', text: '好' }]);
});

test('integers beyond 2^53 keep every digit', () => {
  expect(parseExact('{"a":18446744073709551615,"b":[-9007199254740993,1.5,12]}')).toEqual({
    a: '18446744073709551615',
    b: ['-9007199254740993', 1.5, 12],
  });
});
