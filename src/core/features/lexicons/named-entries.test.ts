import { expect, it } from 'vitest';

import { EntryOptions } from '../screening/rules/model.ts';
import { mostNamed, withNamedEntries } from './named-entries.ts';

/** A rule that names other entries. */
const rule = (text: string, names: readonly string[]) => ({
  text,
  options: EntryOptions.parse({
    rule: { kind: 'any-of', operands: names.map((name) => ({ kind: 'term', text: name })) },
  }),
});
const word = (text: string) => ({ text, options: EntryOptions.parse({}) });

function lexiconOf(entries: readonly ReturnType<typeof word>[]) {
  const asked: string[] = [];
  const byText = new Map(entries.map((entry) => [entry.text, entry]));
  return {
    asked,
    select: (texts: readonly string[]) => {
      asked.push(...texts);
      return Promise.resolve(texts.flatMap((text) => byText.get(text) ?? []));
    },
  };
}

it('answers an entry with all that its rule leads to, each once, circles included', async () => {
  const own = rule('甲', ['乙', '丙']);
  const { select, asked } = lexiconOf([own, rule('乙', ['丙', '甲', '没有']), word('丙'), word('丁')]);
  const found = await withNamedEntries(own, select);
  expect(found.map(({ text }) => text)).toEqual(['甲', '乙', '丙']);
  expect(asked).toEqual(['乙', '丙', '没有']);
});

it('ends after so many entries, however long the chain and however wide', async () => {
  const chain = Array.from({ length: 5_000 }, (_, index) => rule(`规则${index}`, [`规则${index + 1}`]));
  const long = lexiconOf(chain);
  const [first] = chain;
  if (first === undefined) throw new Error('no chain');
  expect(await withNamedEntries(first, long.select)).toHaveLength(mostNamed + 1);
  expect(long.asked).toHaveLength(mostNamed);

  const names = (index: number) => Array.from({ length: 100 }, (_, at) => `词${index}-${at}`);
  const middle = Array.from({ length: 100 }, (_, index) => rule(`中${index}`, names(index)));
  const wide = lexiconOf(middle);
  const own = rule('宽', middle.map(({ text }) => text)); // prettier-ignore
  expect(await withNamedEntries(own, wide.select)).toHaveLength(101);
  expect(wide.asked).toHaveLength(mostNamed);
});
