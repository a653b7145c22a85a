import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { createInstance } from 'i18next';
import { describe, expect, it } from 'vitest';

import { errorCodes } from '../src/core/contract/errors.ts';
import { describeMistake, mistakeKinds, mistakeOf, mistakeTypes } from '../src/core/contract/mistakes.ts';
import { jobKinds, jobStates } from '../src/core/features/jobs/contract.ts';
import { lexiconProblems, lexiconWarningKinds, severities } from '../src/core/features/lexicons/model.ts';
import { documentProblems } from '../src/core/features/documents/model.ts';
import { productRefusals } from '../src/core/features/products/model.ts';
import { fieldGroups } from '../src/core/features/reviews/material/model.ts';
import {
  findingKinds,
  relations,
  standings,
  verdicts,
} from '../src/core/features/reviews/publication/model.ts';
import { exemptionCodes, findingLevels, findingRules } from '../src/core/features/reviews/precheck/model.ts';
import { decisions, hitStates } from '../src/core/features/supervision/model.ts';
import { roles } from '../src/core/features/users/model.ts';

const renderer = join(import.meta.dirname, '../src/renderer');
const languages = ['zh-CN', 'en-US'] as const;
const namespaces = globSync('*.json', { cwd: join(renderer, 'i18n/zh-CN') }).map((file) =>
  basename(file, '.json'),
);

/** All texts of a file by their path: `signIn.title`. */
function textsOf(language: string, namespace: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') texts.set(path, value);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === '' ? key : `${path}.${key}`);
    } else throw new Error(`${language}/${namespace}: ${path} is neither a text nor a group`);
  };
  walk(JSON.parse(readFileSync(join(renderer, 'i18n', language, `${namespace}.json`), 'utf8')), '');
  return texts;
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').toSorted();
/** English has two plural forms where Chinese has one. */
const singular = (key: string) => key.replace(/_(one|other)$/, '');

describe('translations', () => {
  it('exist in both languages for every feature', () => {
    expect(namespaces.length).toBeGreaterThan(5);
    for (const language of languages) {
      const files = globSync('*.json', { cwd: join(renderer, 'i18n', language) });
      expect(files.map((file) => basename(file, '.json')).toSorted()).toEqual(namespaces.toSorted());
    }
  });

  describe.each(namespaces)('%s', (namespace) => {
    const chinese = textsOf('zh-CN', namespace);
    const english = textsOf('en-US', namespace);

    it('has the same keys in both languages', () => {
      const keys = (texts: ReadonlyMap<string, string>) =>
        [...new Set([...texts.keys()].map(singular))].toSorted();
      expect(keys(english)).toEqual(keys(chinese));
    });

    it('leaves no text empty', () => {
      for (const [key, text] of [...chinese, ...english]) expect(text.trim(), key).not.toBe('');
    });

    it('fills the same values into both languages', () => {
      for (const [key, text] of english) {
        const other = chinese.get(key) ?? chinese.get(singular(key)) ?? chinese.get(`${singular(key)}_other`);
        // `count` may go without words: "one term" says it.
        const wanted = placeholders(text).filter((name) => name !== 'count');
        expect(
          placeholders(other ?? '').filter((name) => name !== 'count'),
          key,
        ).toEqual(wanted);
      }
    });
  });

  it('have a sentence for every error code', () => {
    for (const language of languages) {
      const texts = textsOf(language, 'errors');
      for (const code of errorCodes) expect(texts.get(code), `${language} ${code}`).toBeDefined();
    }
  });

  it('have a sentence for every warning about a term, and no other', () => {
    const frame = ['title', 'list', 'line', 'more'];
    for (const language of languages) {
      const texts = [...textsOf(language, 'lexicons').keys()]
        .filter((key) => key.startsWith('warning.'))
        .map((key) => singular(key.slice('warning.'.length)));
      expect(new Set(texts), language).toEqual(new Set([...frame, ...lexiconWarningKinds]));
    }
  });

  it('have a sentence for everything that can be wrong with a lexicon file', () => {
    for (const language of languages) {
      const texts = [...textsOf(language, 'errors').keys()]
        .filter((key) => key.startsWith('lexiconProblem.'))
        .map((key) => key.slice('lexiconProblem.'.length));
      expect(texts.toSorted(), language).toEqual(['inLine', ...lexiconProblems].toSorted());
    }
  });

  it('say in either language what is wrong with an entry of a lexicon file: the key, and what was expected', () => {
    for (const language of languages) {
      const keys = [...textsOf(language, 'errors').keys()];
      const below = (group: string) =>
        keys.filter((key) => key.startsWith(`${group}.`)).map((key) => key.slice(group.length + 1));
      expect(below('mistake').toSorted(), language).toEqual(mistakeKinds.toSorted());
      expect(below('mistakeType').toSorted(), language).toEqual(mistakeTypes.toSorted());
    }
    const mistake = mistakeOf(
      [{ code: 'invalid_type', expected: 'number', path: ['options', 'rule', 'within'] }],
      { options: { rule: { within: 'five' } } },
    );
    const sentence = (language: string) => {
      const i18n = createInstance();
      const texts: unknown = JSON.parse(
        readFileSync(join(renderer, 'i18n', language, 'errors.json'), 'utf8'),
      );
      void i18n.init({
        lng: language,
        resources: { [language]: { errors: texts as Record<string, string> } },
        interpolation: { escapeValue: false },
        initAsync: false,
      });
      return i18n.t('errors:lexiconProblem.bad-options', { ...mistake, number: 2, entry: '转账' });
    };
    expect(describeMistake(mistake)).toBe('options.rule.within has to be a number, not five');
    expect(sentence('en-US')).toBe(
      'Term number 2, “转账”: options.rule.within has to be a number, not five. Correct it in the file.',
    );
    expect(sentence('zh-CN')).toBe(
      '第 2 个词条“转账”：options.rule.within 应为数字，不能是 five。请在文件中改正。',
    );
  });

  it('have a sentence for every rule of the pre-check, and words for what it names', () => {
    const keys = [
      ...findingRules.map((rule) => `rule.${rule}`),
      ...findingLevels.map((level) => `level.${level}`),
      ...exemptionCodes.map((code) => `exemption.${code}`),
      ...[...fieldGroups, 'title', 'body', 'validFrom', 'validUntil'].map((field) => `field.${field}`),
      ...[...documentProblems, 'pending'].map((problem) => `unread.${problem}`),
    ];
    for (const language of languages) {
      const texts = textsOf(language, 'precheck');
      for (const key of keys) expect(texts.get(key), `${language} ${key}`).toBeDefined();
      const rules = [...texts.keys()].filter((key) => key.startsWith('rule.'));
      expect(rules).toHaveLength(findingRules.length);
    }
  });

  it('have words for what a published text is, and for every kind of finding', () => {
    for (const language of languages) {
      const publication = textsOf(language, 'publication');
      const findings = textsOf(language, 'findings');
      for (const key of [
        ...verdicts.flatMap((verdict) => [`verdict.${verdict}`, `sentence.${verdict}`]),
        ...relations.map((relation) => `relation.${relation}`),
        ...standings.map((standing) => `standing.${standing}`),
      ])
        expect(publication.get(key), `${language} ${key}`).toBeDefined();
      for (const kind of findingKinds)
        for (const key of [`kind.${kind}`, `sentence.${kind}`])
          expect(findings.get(key), `${language} ${key}`).toBeDefined();
      for (const decision of decisions)
        expect(findings.get(`decision.${decision}`), `${language} ${decision}`).toBeDefined();
    }
  });

  it('have a sentence for every reason to refuse a row of products', () => {
    for (const language of languages) {
      const texts = textsOf(language, 'products');
      for (const reason of productRefusals) expect(texts.get(`refused.${reason}`), reason).toBeDefined();
    }
  });

  it('say of each record of a handover’s sheet what it says', () => {
    const sheet = join(import.meta.dirname, '../src/core/features/handovers/sheet');
    const source = globSync('**/*.ts', { cwd: sheet })
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => readFileSync(join(sheet, file), 'utf8'))
      .join('\n');
    const keysOf = (...patterns: readonly RegExp[]) => [
      ...new Set(patterns.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))),
    ];
    const says = keysOf(/\bsourceOf\(\s*\w+,\s*'([a-z0-9-]+)'/g, /\bsays: '([a-z0-9-]+)'/g);
    expect(says.length).toBeGreaterThan(15);
    for (const language of languages) {
      const texts = textsOf(language, 'handovers');
      for (const key of says) expect(texts.get(`says.${key}`), `${language} ${key}`).toBeDefined();
    }
  });

  it('have a word for every role, severity, state and kind of job', () => {
    const keys = [
      ...roles.map((role) => `role.${role}`),
      ...severities.map((severity) => `severity.${severity}`),
      ...[...hitStates, ...jobStates].map((state) => `state.${state}`),
      ...jobKinds.map((kind) => `jobs.kind.${kind}`),
    ];
    for (const language of languages) {
      const texts = textsOf(language, 'common');
      for (const key of keys) expect(texts.get(key), `${language} ${key}`).toBeDefined();
    }
  });

  it('hold every key that a screen names in full', () => {
    const all = new Map(
      namespaces.map((namespace) => [namespace, [...textsOf('zh-CN', namespace).keys()].map(singular)]),
    );
    const missing: string[] = [];
    for (const file of globSync('**/*.{ts,tsx}', { cwd: renderer })) {
      if (file.endsWith('.test.ts')) continue;
      const source = readFileSync(join(renderer, file), 'utf8');
      const used = [...source.matchAll(/useTranslation\((?:'([^']*)')?\)/g)].map(
        (match) => match[1] ?? 'common',
      );
      for (const [, key = ''] of source.matchAll(/\bt\(\s*'([^'$]+)'/g)) {
        const [namespace, path] = key.includes(':') ? key.split(':') : [undefined, key];
        const places = namespace === undefined ? (used.length === 0 ? namespaces : used) : [namespace];
        if (!places.some((place) => all.get(place)?.includes(path ?? ''))) missing.push(`${file}: ${key}`);
      }
    }
    expect(missing).toEqual([]);
  });
});
