import { expect, test } from 'vitest';

import { excerptOf } from './find-text.ts';
import { searchPattern } from './search-pattern.ts';

test.each([
  ['fof', '买 ＦｏF 产品', 'ＦｏF'],
  ['ＶＩＰ客户', '这位vip客户', 'vip客户'],
  ['a b', 'A\u3000B', 'A\u3000B'],
  ['1+1', '服务1+1', '1+1'],
  ['[x]', 'y [X] z', '[X]'],
  ['😀好', '真😀好', '😀好'],
])('%s is found in %s', (query, text, found) => {
  expect(searchPattern(query).exec(text)?.[0]).toBe(found);
});

test('an excerpt shows the match in its place, masked', () => {
  const text = `${'前'.repeat(100)}打13800138000给保本部${'后'.repeat(100)}`;
  const { excerpt, start, end } = excerptOf(text, text.indexOf('保本'), 2);
  expect(excerpt.slice(start, end)).toBe('保本');
  expect(excerpt).toContain('打***********给');
});
