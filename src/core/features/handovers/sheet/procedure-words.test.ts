import { expect, test } from 'vitest';

import { procedureSentence, procedureTitle } from './procedure-words.ts';

const findings: readonly {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
}[] = [
  { kind: 'transfer-late', values: { count: 6 } },
  { kind: 'transfer-limit', values: { customer: 'wmZhao', count: 3 } },
  { kind: 'beyond-one-year', values: { open: 4, started: 1 } },
  { kind: 'group-owner-without-customers', values: { groups: 2 } },
  { kind: 'held-by-other', values: { employee: '林晓雨', count: 1 } },
];

test.each(['zh-CN', 'en-US'] as const)(
  'every broken rule has words in %s, with what they name',
  (language) => {
    for (const finding of findings) {
      expect(procedureTitle(finding.kind, language)).not.toBe(finding.kind);
      const sentence = procedureSentence(finding, language);
      for (const value of Object.values(finding.values)) expect(sentence).toContain(String(value));
      expect(sentence).not.toMatch(/undefined|NaN/);
    }
  },
);

test('one of a thing is told apart from several', () => {
  const late = (count: number) => procedureSentence({ kind: 'transfer-late', values: { count } }, 'en-US');
  expect(late(1)).toContain('1 transfer without');
  expect(late(2)).toContain('2 transfers without');
});
