import { expect, test } from 'vitest';

import { findingWords } from './finding-words.ts';

test.each([
  ['diversion', { customer: 'wmZhao', count: 2 }],
  ['held-by-other', { employee: 'luyao', count: 2 }],
] as const)('says %s in words, whether it is a sign or one of procedure', (kind, values) => {
  for (const language of ['zh-CN', 'en-US'] as const) {
    const { title, sentence } = findingWords({ kind, values }, language);
    expect(title).not.toBe(kind);
    expect(sentence).toContain('2');
  }
});

test('names whom a finding of procedure is about, as far as they are known', () => {
  const finding = { kind: 'held-by-other', values: { employee: 'luyao', count: 2 } };
  expect(findingWords(finding, 'zh-CN', { luyao: '陆瑶' }).sentence).toContain('2 项在陆瑶名下');
  expect(findingWords(finding, 'zh-CN').sentence).toContain('2 项在luyao名下');
});

test('shows a kind that it has no words for', () => {
  expect(findingWords({ kind: 'of-a-later-version', values: {} }, 'en-US')).toEqual({
    title: 'of-a-later-version',
    sentence: '',
  });
});
