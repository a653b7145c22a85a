import { describe, expect, test } from 'vitest';

import { resources } from '../../../../../test/support/workspace.ts';
import { TemplateContent } from './contract.ts';
import { type TemplateProblemKind, chooseTemplate, problemsOf } from './model.ts';
import { readStarterTemplates } from './starters.ts';

const roles = { roles: ['reviewer' as const] };
const stage = { key: 'a', name: 'a', kind: 'decide' as const, assignees: roles, mode: 'any' as const };

function template(stages: readonly object[], appliesTo: object = {}): TemplateContent {
  return TemplateContent.parse({ name: 't', validityMonths: 12, appliesTo, stages });
}

describe('a template', () => {
  test.each<[TemplateProblemKind, readonly object[]]>([
    ['no-stages', []],
    ['stage-key-twice', [stage, stage]],
    ['nobody-asked', [{ ...stage, assignees: {} }]],
    [
      'quorum-too-large',
      [
        {
          ...stage,
          mode: 'quorum',
          quorum: 2,
          assignees: { users: ['01900000-0000-7000-8000-000000000001'] },
        },
      ],
    ],
    ['last-stage-comments', [stage, { ...stage, key: 'b', kind: 'comment-only' }]],
    ['last-stage-copies', [{ ...stage, copyCondition: 'whitespace-only' }]],
    ['remind-without-deadline', [{ ...stage, remindHours: 1 }]],
    ['remind-too-early', [{ ...stage, remindHours: 8, deadlineHours: 8 }]],
    [
      'question-key-twice',
      [{ ...stage, questions: [1, 2].map(() => ({ key: 'q', text: 'q', kind: 'text' })) }],
    ],
    ['distinct-first', [{ ...stage, distinct: true }]],
  ])('is not published with the problem %s', (kind, stages) => {
    expect(problemsOf(template(stages)).map((problem) => problem.kind)).toContain(kind);
  });

  test('without a problem has none, and neither has any that ships', async () => {
    expect(problemsOf(template([stage, { ...stage, key: 'b', distinct: true }]))).toEqual([]);
    const starters = await readStarterTemplates(resources);
    expect(starters).toHaveLength(3);
    for (const starter of starters) expect(problemsOf(starter), starter.name).toEqual([]);
  });
});

describe('the template of a material', () => {
  const of = (number: number, appliesTo: object) => ({ number, content: template([stage], appliesTo) });
  const poster = { type: 'poster', channels: ['moments', 'sms'], branch: '杭州分行', risk: 'low' } as const;

  test.each([
    ['applies', [of(1, {}), of(2, { types: ['article'] })], 1],
    ['is the more specific one', [of(1, {}), of(2, { types: ['poster'] })], 2],
    [
      'by more of what is named',
      [of(1, { types: ['poster'] }), of(2, { branches: ['杭州分行'], channels: ['sms'] })],
      2,
    ],
    ['by its type before its risk', [of(1, { risks: ['low'] }), of(2, { types: ['poster'] })], 2],
    ['by its number among equals', [of(3, { channels: ['sms'] }), of(2, { channels: ['moments'] })], 2],
    [
      'may be none',
      [of(1, { risks: ['high'] }), of(2, { channels: ['web'] }), of(3, { branches: ['宁波分行'] })],
      null,
    ],
  ])('%s', (_name, templates, number) => {
    expect(chooseTemplate(templates, poster)?.number ?? null).toBe(number);
    expect(chooseTemplate(templates.toReversed(), poster)?.number ?? null).toBe(number);
  });
});
