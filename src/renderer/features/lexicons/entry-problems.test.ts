import { describe, expect, it } from 'vitest';

import type { EntryOptions, RuleDefinition } from '../../../core/features/screening/rules/model.ts';
import { entryKinds, newRule, plainOptions } from './entry-options.ts';
import { exampleNamed, formProblems, placeHostProblems } from './entry-problems.ts';

const withRule = (rule: RuleDefinition | null): EntryOptions => ({ ...plainOptions, rule });

describe('formProblems', () => {
  it('finds every blank of a new rule', () => {
    const paths = Object.fromEntries(
      entryKinds.map((kind) => [kind, [...formProblems(withRule(newRule(kind))).keys()]]),
    );
    expect(paths).toEqual({
      word: [],
      near: ['rule.first', 'rule.second'],
      'all-of': ['rule.operands.0', 'rule.operands.1'],
      'any-of': ['rule.operands.0'],
      pattern: ['rule'],
      detector: [],
      required: ['rule.when', 'rule.disclosures.0'],
    });
  });

  it('finds what stands twice, and times that are none', () => {
    const problems = formProblems({
      ...plainOptions,
      notWhen: ['不保本', '不保本', ' '].map((phrase) => ({ phrase, code: '', reason: '' })),
      examples: [
        { text: '保本', followedBy: [], expect: 'hit' },
        { text: '保本', followedBy: [], expect: 'no-hit' },
        { text: '保', followedBy: ['本'], expect: 'hit' },
        { text: '保本', followedBy: [' '], expect: 'hit' },
        { text: '保', followedBy: ['本'], expect: 'no-hit' },
      ],
      scope: { ...plainOptions.scope, hours: { from: '9:00', to: '18:00' } },
    });
    expect([...problems].map(([path, problem]) => [path, problem.from === 'form' && problem.key])).toEqual([
      ['notWhen.1', 'twice'],
      ['notWhen.2', 'phrase'],
      ['examples.1', 'twice'],
      ['examples.3', 'example'],
      ['examples.4', 'twice'],
      ['scope.hours', 'hours'],
    ]);
  });
});

describe('placeHostProblems', () => {
  const options: EntryOptions = {
    ...plainOptions,
    rule: {
      kind: 'any-of',
      operands: [
        { kind: 'term', text: '稳赚' },
        { kind: 'term', text: '包赚' },
        { kind: 'pattern', pattern: '(a', ignoreCase: true },
        { kind: 'detector', detector: 'url', allow: ['a b'], deny: [] },
      ],
    },
    examples: [
      { text: '保本', followedBy: [], expect: 'hit' },
      { text: '这款保本', followedBy: [], expect: 'no-hit' },
      { text: '保', followedBy: ['本'], expect: 'no-hit' },
    ],
  };

  it('puts each to the field that it is about', () => {
    const { fields, rest } = placeHostProblems(options, [
      { kind: 'missing-term', detail: '包赚' },
      { kind: 'bad-pattern', detail: 'missing-bracket' },
      { kind: 'bad-domain', detail: 'a b' },
      { kind: 'example-fails', detail: '保本' },
      { kind: 'example-fails', detail: '保 / 本' },
      { kind: 'contradiction', detail: 'folds' },
    ]);
    expect([...fields.keys()]).toEqual([
      'rule.operands.1',
      'rule.operands.2',
      'rule.operands.3',
      'examples.0',
      'examples.2',
    ]);
    expect(fields.get('examples.0')).toEqual({ from: 'host', kind: 'example-misses', detail: '保本' });
    expect(rest).toEqual([{ kind: 'contradiction', detail: 'folds' }]);
  });

  it('names the example by its text, or by the longest that a sentence quotes', () => {
    const texts = ['保本', '这款保本'];
    expect(exampleNamed(texts, '保本')).toBe(0);
    expect(exampleNamed(texts, '“这款保本” is a hit')).toBe(1);
    expect(exampleNamed(texts, '别的')).toBe(-1);
  });
});
