import { describe, expect, it } from 'vitest';

import { LexiconSettings } from '../screening/rules/model.ts';
import { fileSettings, mostNamed, settingsChanges } from './settings-changes.ts';

const settings = LexiconSettings.parse({});
const withChange = (change: Partial<LexiconSettings>): LexiconSettings => ({ ...settings, ...change });
const none = { count: 0, first: [] };

describe('what changes in settings', () => {
  it('is nothing where they are the same but for the order and the rows of their tables', () => {
    const one = withChange({
      folds: ['case', 'width'],
      aliases: [
        { target: '微信', written: ['薇信', '威信'] },
        { target: '保本', written: ['宝本'] },
      ],
      components: [
        { character: '保', parts: '亻呆' },
        { character: '信', parts: '亻言' },
      ],
    });
    const other = withChange({
      folds: ['width', 'case'],
      aliases: [
        { target: '保本', written: ['宝本', '宝本'] },
        { target: '微信', written: ['威信'] },
        { target: '微信', written: ['薇信'] },
      ],
      components: one.components.toReversed(),
    });
    expect(settingsChanges(one, other)).toBe(null);
    expect(settingsChanges(settings, settings)).toBe(null);
  });

  it('names folds in their order, and forms with what they are read as', () => {
    const before = withChange({
      folds: ['width', 'homophones', 'case'],
      aliases: [{ target: '微信', written: ['薇信', '威信'] }],
      aliasesOff: [{ target: '微信', written: ['vx'] }],
      components: [{ character: '保', parts: '亻呆' }],
    });
    const after = withChange({
      folds: ['pinyin', 'script', 'width'],
      aliases: [{ target: '微信', written: ['薇信', 'v心'] }],
      aliasesOff: [{ target: '微信', written: ['徽信'] }],
      components: [{ character: '保', parts: '人呆' }],
    });
    expect(settingsChanges(before, after)).toEqual({
      folds: { on: ['script', 'pinyin'], off: ['case', 'homophones'] },
      aliases: {
        before: 2,
        after: 2,
        added: { count: 1, first: [{ written: 'v心', read: '微信' }] },
        removed: { count: 1, first: [{ written: '威信', read: '微信' }] },
      },
      aliasesOff: {
        before: 1,
        after: 1,
        added: { count: 1, first: [{ written: '徽信', read: '微信' }] },
        removed: { count: 1, first: [{ written: 'vx', read: '微信' }] },
      },
      components: {
        before: 1,
        after: 1,
        added: { count: 1, first: [{ written: '人呆', read: '保' }] },
        removed: { count: 1, first: [{ written: '亻呆', read: '保' }] },
      },
    });
  });

  it('keeps the same form of two words apart', () => {
    const before = withChange({ aliases: [{ target: '微信', written: ['vx'] }] });
    const after = withChange({ aliases: [{ target: '微商', written: ['vx'] }] });
    expect(settingsChanges(before, after)?.aliases).toMatchObject({
      added: { count: 1, first: [{ written: 'vx', read: '微商' }] },
      removed: { count: 1, first: [{ written: 'vx', read: '微信' }] },
    });
  });

  it('counts what is beyond the first few, and is the same backwards', () => {
    const written = Array.from({ length: 12 }, (_, index) => `写法${String.fromCodePoint(0x41 + index)}`);
    const after = withChange({ aliases: [{ target: '微信', written }] });
    const there = settingsChanges(settings, after);
    expect(there?.aliases).toMatchObject({ before: 0, after: 12, added: { count: 12 }, removed: none });
    expect(there?.aliases.added.first).toEqual(
      written.slice(0, mostNamed).map((form) => ({ written: form, read: '微信' })),
    );
    expect(settingsChanges(after, settings)?.aliases).toEqual({
      before: 12,
      after: 0,
      added: none,
      removed: there?.aliases.added,
    });
  });
});

describe('the settings of a file', () => {
  const empty = { settings, terms: 0 };
  const filled = { settings, terms: 3 };
  const file = withChange({ folds: ['width'] });
  const wrong = withChange({ aliasesOff: [{ target: '微信', written: ['没有这个写法', 'vx'] }] });

  it('are taken into an empty draft and in place of entries, and left where entries are added', () => {
    expect(fileSettings(empty, file, 'add').outcome).toBe('taken');
    expect(fileSettings(filled, file, 'replace').outcome).toBe('taken');
    expect(fileSettings(filled, file, 'add')).toEqual({
      outcome: 'left',
      changes: settingsChanges(settings, file),
      problems: none,
    });
  });

  it('change nothing where there are none, or the draft has them', () => {
    expect(fileSettings(empty, null, 'replace')).toEqual({ outcome: 'none', changes: null, problems: none });
    expect(fileSettings(filled, settings, 'add')).toEqual({ outcome: 'same', changes: null, problems: none });
  });

  it('are named where they can not work, whether they would be taken or not', () => {
    const problems = { count: 1, first: [{ kind: 'unknown-alias', detail: '没有这个写法 → 微信' }] };
    expect(fileSettings(filled, wrong, 'add')).toMatchObject({ outcome: 'left', problems });
    expect(fileSettings(filled, wrong, 'replace')).toMatchObject({ outcome: 'refused', problems });
    expect(fileSettings(empty, wrong, 'add')).toMatchObject({ outcome: 'refused', problems });
  });
});
