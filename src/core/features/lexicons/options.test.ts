import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EntryOptions, LexiconSettings } from '../screening/rules/model.ts';
import { TermInput } from './contract.ts';
import {
  areSettingsOfOld,
  compactOptions,
  optionsOf,
  plainOptions,
  settingsOf,
  storedOptions,
  storedSettings,
} from './options.ts';
import { arbitraryOptions, arbitrarySettings } from '../../../../test/support/entry-arbitraries.ts';
import { hashVersion } from './views.ts';

const ofOld = LexiconSettings.parse({ folds: ['width', 'case', 'invisible'] });
const term = (options: EntryOptions) =>
  TermInput.parse({ text: '保本', category: '承诺', severity: 'high', options });

/** Every object in a value that has this key, with the key taken out. */
function* withoutOneKey(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (!Array.isArray(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    }
    for (const changed of withoutOneKey(member)) {
      yield Array.isArray(value)
        ? value.map((item: unknown, index) => (String(index) === key ? changed : item))
        : { ...value, [key]: changed };
    }
  }
}

describe('stored options', () => {
  it('are nothing for a plain word', () => {
    expect(storedOptions(EntryOptions.parse({}))).toBe('{}');
    expect(optionsOf('{}')).toBe(plainOptions);
  });

  it('read back the same, and say no default', () => {
    fc.assert(
      fc.property(arbitraryOptions, (options) => {
        const stored = storedOptions(options);
        const back = optionsOf(stored);
        expect(storedOptions(back)).toBe(stored);
        const sorted = (of: EntryOptions) => ({
          ...of,
          foldsOn: of.foldsOn.toSorted(),
          foldsOff: of.foldsOff.toSorted(),
          examples: of.examples.toSorted((a, b) => a.expect.localeCompare(b.expect)),
        });
        expect(sorted(back)).toEqual(sorted(options));
        // Whatever is taken out says something else, or the whole can't be read any more.
        for (const less of withoutOneKey(compactOptions(options))) {
          const read = EntryOptions.safeParse(less);
          if (read.success) expect(storedOptions(read.data)).not.toBe(stored);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are the same whatever the order of folds', () => {
    const one = EntryOptions.parse({ foldsOn: ['pinyin', 'homophones'] });
    const other = EntryOptions.parse({ foldsOn: ['homophones', 'pinyin', 'pinyin'] });
    expect(storedOptions(one)).toBe(storedOptions(other));
  });
});

describe('stored settings', () => {
  it('read back the same', () => {
    fc.assert(
      fc.property(arbitrarySettings, (settings) => {
        expect(settingsOf(storedSettings(settings))).toEqual(settings);
      }),
    );
  });

  it('name the forms that are off once, and only where there are any', () => {
    expect(storedSettings(ofOld)).toBe('{"aliases":[],"components":[],"folds":["width","case","invisible"]}');
    const vx = { target: '微信', written: ['vx'] };
    const one = LexiconSettings.parse({ aliasesOff: [vx, { target: '微信', written: ['vx', 'v信'] }] });
    const other = LexiconSettings.parse({ aliasesOff: [{ target: '微信', written: ['vx', 'v信'] }] });
    expect(storedSettings(one)).toBe(storedSettings(other));
    expect(settingsOf(storedSettings(one))).toEqual(other);
    expect(settingsOf('{"aliases":[],"components":[],"folds":["width"]}').aliasesOff).toEqual([]);
  });

  it('know those of old', () => {
    expect(areSettingsOfOld(LexiconSettings.parse({}))).toBe(false);
    expect(areSettingsOfOld(ofOld)).toBe(true);
  });
});

describe("a version's hash", () => {
  it('is what it was before there were options and settings', () => {
    // sha256 of the line {"basis":"","category":"承诺","enabled":true,"note":"","severity":"high","text":"保本"}
    expect(hashVersion(ofOld, [term(plainOptions)])).toBe(
      '9062741e546447efb83d432cf71f1d6cbfb29f800ea55e671a08b90477c77af2',
    );
  });

  it('covers options and settings', () => {
    const plain = hashVersion(ofOld, [term(plainOptions)]);
    expect(hashVersion(ofOld, [term(EntryOptions.parse({ wholeWord: true }))])).not.toBe(plain);
    const begun = hashVersion(LexiconSettings.parse({}), [term(plainOptions)]);
    expect(begun).not.toBe(plain);
    const aliasesOff = [{ target: '微信', written: ['vx'] }];
    expect(hashVersion(LexiconSettings.parse({ aliasesOff }), [term(plainOptions)])).not.toBe(begun);
  });
});
