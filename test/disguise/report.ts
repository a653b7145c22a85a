import { readFileSync, writeFileSync } from 'node:fs';

import { foldNames, foldSets } from '../../src/core/features/screening/index.ts';
import type { FoldSet, Group } from './format.ts';
import { type Limit, falseHits, misses } from './limits.ts';
import type { Measured, Outcome } from './measure.ts';

const page = new URL('../../docs/detection.md', import.meta.url);
const begin = '<!-- disguise suite: begin; written by UPDATE_DOCS=1 vitest run test/disguise.test.ts -->';
const end = '<!-- disguise suite: end -->';

const groups: readonly Group[] = [...foldNames, 'combined', 'words'];
const groupNames: Partial<Record<Group, string>> = {
  combined: 'several at once',
  words: 'no disguise',
};

function tally(outcomes: readonly Outcome[], group: Group | null): { all: number; wrong: number } {
  const own = outcomes.filter((outcome) => group === null || outcome.group === group);
  return { all: own.length, wrong: own.filter((outcome) => outcome.problem !== null).length };
}

function figures(all: number, right: number): string {
  if (all === 0) return '';
  // Rounded down: 100 % means every one.
  return `${right} (${Math.floor((1000 * right) / all) / 10} %)`;
}

function row(name: string, group: Group | null, own: Measured, everyFold: Measured): string {
  const cases = tally(own.cases, group);
  const wide = tally(everyFold.cases, group);
  const innocents = tally(own.innocents, group);
  const loud = tally(everyFold.innocents, group);
  const cells = [
    name,
    cases.all === 0 ? '' : cases.all,
    figures(cases.all, cases.all - cases.wrong),
    figures(wide.all, wide.all - wide.wrong),
    innocents.all === 0 ? '' : innocents.all,
    innocents.all === 0 ? '' : innocents.wrong,
    loud.all === 0 ? '' : loud.wrong,
  ];
  return `| ${cells.join(' | ')} |`;
}

function setName(set: FoldSet): string {
  if (typeof set === 'string') return set;
  return `standard, ${set.filter((name) => !foldSets.standard.some((each) => each === name)).join(', ')}`;
}

function limitRows(rows: readonly Limit[]): string[] {
  return rows.map(({ term, text, set, why }) => `| ${text} | ${term} | ${setName(set)} | ${why} |`);
}

function section(own: Measured, everyFold: Measured): string {
  const loud = everyFold.innocents.filter((outcome) => outcome.problem !== null);
  return [
    '| fold | disguises | found | found with every fold on | innocent texts | false hits | false hits with every fold on |',
    '|---|---|---|---|---|---|---|',
    ...groups.map((group) =>
      row(groupNames[group] ?? (group === 'split' ? group : `\`${group}\``), group, own, everyFold),
    ),
    row('all', null, own, everyFold),
    '',
    'A disguise counts as found when the hit has exactly its span and names the folds that it needs, and none that the row does not allow; with every fold',
    'on only the span counts. The folds of a row are the standard ones, and the row’s own where that is not among them.',
    '',
    '“No disguise” is words that cross word borders, the allowed contexts of a rule, and ordinary sentences of a branch.',
    '',
    'The rows were written by hand from the definition of the folds, before the engine ran. The first run found 725 of 816 to',
    'the letter of the row, and 8 false hits; where the row was wrong and not the engine, it was reworded, allowed a second',
    'fold, or moved to the lists below. So the figures say whether the engine keeps its promises, not how much of what people',
    'write it catches.',
    '',
    'Innocent texts that hit once every fold is on for every term:',
    '',
    ...(loud.length === 0 ? ['none.'] : loud.map(({ name, problem }) => `- ${name}: ${problem ?? ''}`)),
    '',
    'Innocent texts that do hit, by what the folds are; exempt the phrase, or switch the fold off for the term:',
    '',
    '| text | term | folds | why |',
    '|---|---|---|---|',
    ...limitRows(falseHits),
    '',
    'Disguises that get past:',
    '',
    '| text | term | folds | why |',
    '|---|---|---|---|',
    ...limitRows(misses),
  ].join('\n');
}

/** What docs/detection.md says between the marks, and what it should say. */
export function documented(
  own: Measured,
  everyFold: Measured,
): { readonly is: string; readonly should: string } {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  const is = from < 0 || to < from ? '' : text.slice(from + begin.length, to).trim();
  return { is, should: section(own, everyFold) };
}

/** Writes the section between the marks, which it adds at the end of the page where they are missing. */
export function writeSection(should: string): void {
  const text = readFileSync(page, 'utf8');
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  const block = `${begin}\n\n${should}\n\n${end}`;
  const updated =
    from < 0 || to < from
      ? `${text.trimEnd()}\n\n## Recall and false hits per fold\n\n${block}\n`
      : `${text.slice(0, from)}${block}${text.slice(to + end.length)}`;
  writeFileSync(page, updated);
}
