import { describe, expect, it } from 'vitest';

import { LexiconId, LexiconVersionId } from '../../contract/ids.ts';
import type { Circumstances, EntryOptionsInput } from '../screening/rules/model.ts';
import { TermInput } from './contract.ts';
import { newSettings } from './options.ts';
import { checkRules } from './rule-check.ts';
import { type TriedEntry, createVersionCompiler } from './tried-version.ts';
import { tryTexts } from './try-text.ts';

const circumstances: Circumstances = {
  speaker: null,
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

function entry(text: string, options: EntryOptionsInput = {}): TriedEntry {
  const term = TermInput.parse({ text, category: '承诺', severity: 'high', options });
  return { id: null, key: null, term, text, options: term.options };
}

const compilerOf = (entries: readonly TriedEntry[]) =>
  createVersionCompiler(
    {
      versionId: LexiconVersionId.parse('01920000-0000-7000-8000-000000000001'),
      lexiconId: LexiconId.parse('01920000-0000-7000-8000-000000000002'),
      change: 0,
      disabled: [],
      settings: newSettings,
      entries,
    },
    [],
  );

/** Rules that each name the next; the last names `last`. */
const chain = (length: number, last: string): TriedEntry[] =>
  Array.from({ length }, (_, index) =>
    entry(`规则${index}`, {
      rule: {
        kind: 'any-of',
        operands: [{ kind: 'term', text: index === length - 1 ? last : `规则${index + 1}` }],
      },
    }),
  );

describe('trying texts', () => {
  it('says in which message each part of a split hit stands, empty messages between them or not', () => {
    const texts = ['', '加我私人微', '', '', '信'];
    const { hits } = tryTexts(compilerOf([entry('私人微信')]).plain(), { texts, circumstances });
    expect(hits).toMatchObject([
      {
        index: 4,
        text: '信',
        parts: [
          { index: 1, start: 2, end: 5, text: '私人微' },
          { index: 4, start: 0, end: 1, text: '信' },
        ],
      },
    ]);
  });

  it('explains a thousand hits of rules in one text without reading it a thousand times', () => {
    const rules = compilerOf(
      Array.from({ length: 20 }, (_, index) =>
        entry(`编号${index}`, {
          rule: {
            kind: 'near',
            first: { kind: 'words', words: ['保本'] },
            second: { kind: 'pattern', pattern: `[a-z]\\d{1,${index + 1}}%` },
            within: 1,
            ordered: true,
          },
        }),
      ),
    ).plain();
    const started = performance.now();
    const { hits, more, counts } = tryTexts(rules, { texts: ['保本 a5%。'.repeat(400)], circumstances });
    // Some 300 ms; a reading for each hit took half a minute.
    expect(performance.now() - started).toBeLessThan(10_000);
    expect([hits.length, more > 0]).toEqual([1_000, true]);
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(hits.length + more);
    for (const { start, steps } of hits)
      expect([start % 7, ...steps.map(({ written }) => written)]).toEqual([0, '保本', 'a5%']);
  });

  it('follows a chain of 20,000 rules from the entry that is being edited', () => {
    const compiler = compilerOf([...chain(20_000, '保本'), entry('保本')]);
    const edited = entry('头', { rule: { kind: 'any-of', operands: [{ kind: 'term', text: '规则0' }] } });
    const { problems, screeners } = compiler.edited({ id: null, term: edited.term });
    expect(problems).toEqual([]);
    expect(screeners.map(({ screener }) => screener.size)).toEqual([20_001, 20_002]);
  });
});

describe('checkRules', () => {
  it('sets aside whoever names what is set aside, along a chain of 20,000 in no time', () => {
    const entries = [...chain(20_000, '没有'), entry('保本')];
    const started = performance.now();
    const { usable, problems } = checkRules(entries, newSettings);
    // Some 200 ms; a round for each link took minutes.
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(usable).toEqual([20_000]);
    expect(problems).toHaveLength(20_000);
    expect(problems.slice(0, 2)).toEqual([
      { kind: 'missing-term', entry: '规则19999', detail: '没有' },
      { kind: 'missing-term', entry: '规则19998', detail: '规则19999' },
    ]);
  });

  it('sets aside the tables alone where only these are wrong', () => {
    const components = [
      { character: '保', parts: '亻呆' },
      { character: '呆', parts: '保木' },
    ];
    const checked = checkRules([entry('保本')], { ...newSettings, components });
    expect(checked).toMatchObject({ usable: [0], settings: { components: [], aliases: [] } });
    expect(checked.problems.map(({ kind }) => kind)).toEqual(['component-cycle', 'component-cycle']);
  });

  it('keeps the tables where only a form that is off is unknown', () => {
    const aliases = [{ target: '微信', written: ['绿泡泡'] }];
    const settings = { ...newSettings, aliases, aliasesOff: [{ target: '微信', written: ['围信'] }] };
    const checked = checkRules([entry('保本')], settings);
    expect(checked).toMatchObject({ usable: [0], settings: { aliases } });
    expect(checked.problems).toEqual([{ kind: 'unknown-alias', entry: '', detail: '围信 → 微信' }]);
  });
});
