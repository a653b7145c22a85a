import fc from 'fast-check';
import { expect, it } from 'vitest';

import { EntryOptions, LexiconSettings } from './rules/model.ts';
import { type ScreenerEntry, compileScreener } from './screener.ts';
import { joinTexts } from './split.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);
const settings = LexiconSettings.parse({ folds: ['width', 'case', 'filler', 'repeats'] });
const words = (...all: string[]) => ({ kind: 'words', words: all });
const pattern = (text: string) => ({ kind: 'pattern', pattern: text });

function entry(text: string, options: unknown = {}): ScreenerEntry {
  return { text, options: EntryOptions.parse(options), settings };
}

const rule = (text: string, definition: unknown, more: object = {}) =>
  entry(text, { rule: definition, ...more });
const entries = [
  entry('保本', { foldsOn: ['split'], notWhen: [{ phrase: '不保本' }] }),
  entry('息', { scope: { speaker: 'employee' } }),
  rule('near', {
    kind: 'near',
    first: words('加我'),
    second: { kind: 'detector', detector: 'rate' },
    within: 3,
  }),
  rule('pattern', pattern(String.raw`收益\d+%`)),
  rule('mixed', { kind: 'any-of', operands: [words('微信'), pattern('a[bc]')] }),
  rule('of mixed', {
    kind: 'near',
    first: { kind: 'term', text: 'mixed' },
    second: pattern('x{2}'),
    within: 9,
  }),
  rule('required', {
    kind: 'required',
    when: { kind: 'term', text: 'pattern' },
    disclosures: [words('不代表')],
  }),
  rule('all', { kind: 'all-of', operands: [words('加我'), words('微信')], window: 'messages' }),
  rule('all with a pattern', {
    kind: 'all-of',
    operands: [pattern('a[bc]'), pattern('x{2}')],
    window: 'messages',
  }),
  rule('card', { kind: 'detector', detector: 'mobile' }),
];
const piece = fc.constantFrom(
  ...'保 本 不 息 加 我 加我 收益 5% 5 ％ 微 信 微信 ab A x xx 年化 不代表 13800138000 ， 。 😀'.split(' '),
);
const text = fc.array(piece, { maxLength: 6 }).map((all) => all.join(''));
const known = {
  speaker: 'employee',
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
} as const;

/** Texts side by side, as a block. */
function blockOf(texts: readonly string[], joints: readonly number[] | null) {
  const whole = texts.join('\u001e');
  const units = new Uint16Array(whole.length + 3);
  for (let at = 0; at < whole.length; at += 1) units[at + 3] = whole.charCodeAt(at);
  const ends = new Int32Array(texts.length);
  const last = new Int32Array(texts.length);
  let start = 3;
  texts.forEach((own, index) => {
    last[index] = start + (joints?.[index] ?? 0);
    ends[index] = start + own.length;
    start += own.length + 1;
  });
  return { units, from: 3, ends, count: texts.length, joints: joints === null ? null : last };
}

it('leaves out no text that has a hit, and most that have none', () => {
  const screener = compileScreener(entries, []);
  let left = 0;
  let hit = 0;
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 8 }), (texts) => {
      const found = new Set<number>();
      screener.candidates(blockOf(texts, null), (index) => found.add(index));
      texts.forEach((own, index) => {
        const hits = screener.screen(own, known).length;
        if (hits > 0) hit += 1;
        if (!found.has(index)) left += 1;
        expect(hits > 0 && !found.has(index), own).toBe(false);
      });
    }),
    { numRuns: 1_500, seed },
  );
  expect(hit).toBeGreaterThan(1_000);
  expect(left).toBeGreaterThan(1_000);
});

it('nor a joined one', () => {
  const screener = compileScreener(entries, []);
  let left = 0;
  let hit = 0;
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (all) => {
        const joined = all
          .flatMap((texts) => joinTexts(texts.slice(0, -1), texts.at(-1) ?? '') ?? [])
          .filter(({ joints }) => joints.length > 0);
        if (joined.length === 0) return;
        const found = new Set<number>();
        screener.candidates(
          blockOf(
            joined.map((own) => own.text),
            joined.map(({ joints }) => joints.at(-1) ?? 0),
          ),
          (index) => found.add(index),
        );
        joined.forEach((own, index) => {
          const hits = screener.screenJoined(own, known).length;
          if (hits > 0) hit += 1;
          if (!found.has(index)) left += 1;
          expect(hits > 0 && !found.has(index), own.text).toBe(false);
        });
      },
    ),
    { numRuns: 1_500, seed },
  );
  expect(hit).toBeGreaterThan(50);
  expect(left).toBeGreaterThan(500);
});
