import { AppError } from '../../contract/errors.ts';
import { checkEntries, operandsOf } from '../screening/index.ts';
import type { Entry, LexiconSettings, RuleDefinition, RuleProblem } from '../screening/rules/model.ts';
import type { DraftProblem } from './contract.ts';
import type { LexiconProblem } from './model.ts';
import { plainOptions } from './options.ts';

/** The entries that work, by their place in the list, and what is wrong with the others. */
export interface CheckedEntries {
  readonly usable: readonly number[];
  readonly settings: LexiconSettings;
  readonly problems: readonly RuleProblem[];
}

/**
 * Sets aside what can't be compiled, so that the rest of a draft can still be tried. Setting an entry aside may leave a rule
 * without an entry that it names; then that one goes too, and so on.
 */
export function checkRules(entries: readonly Entry[], settings: LexiconSettings): CheckedEntries {
  const own = checkEntries(worthChecking(entries), settings);
  if (own.length === 0) return { usable: entries.map((_, index) => index), settings, problems: [] };
  // A problem of no entry is one of the settings. A form that the built-in table doesn't have is off in any case.
  const isSound = own.every(({ entry, kind }) => entry !== '' || kind === 'unknown-alias');
  const { broken, problems } = withFollowers(entries, own);
  return {
    usable: entries.flatMap(({ text }, index) => (broken.has(text) ? [] : [index])),
    settings: isSound ? settings : { ...settings, aliases: [], components: [] },
    problems,
  };
}

/** The entries that have problems of their own, and those that name one of them. Linear, however long the chain. */
function withFollowers(entries: readonly Entry[], own: readonly RuleProblem[]) {
  const namedBy = new Map<string, string[]>();
  for (const { text, options } of entries) {
    for (const name of new Set(namedEntries(options.rule))) {
      const rules = namedBy.get(name);
      if (rules === undefined) namedBy.set(name, [text]);
      else rules.push(text);
    }
  }
  const problems = [...own];
  const broken = new Set(own.map((problem) => problem.entry));
  // A set goes on over what is added meanwhile.
  for (const detail of broken) {
    for (const entry of namedBy.get(detail) ?? []) {
      if (broken.has(entry)) continue;
      broken.add(entry);
      problems.push({ kind: 'missing-term', entry, detail });
    }
  }
  return { broken, problems };
}

/** Without the plain words that no rule names: nothing but their characters can be wrong with them, and there may be 200,000. */
function worthChecking(entries: readonly Entry[]): readonly Entry[] {
  const named = new Set(entries.flatMap(({ options }) => namedEntries(options.rule)));
  return entries.filter(
    ({ text, options }) => options !== plainOptions || named.has(text) || !text.isWellFormed(),
  );
}

/** The entries that a rule names, by their texts. */
export function namedEntries(rule: RuleDefinition | null): readonly string[] {
  if (rule === null) return [];
  return operandsOf(rule).flatMap((operand) => (operand.kind === 'term' ? [operand.text] : []));
}

/**
 * What is wrong with one entry among the others of its lexicon, in itself; `missing` is the first entry that it names and
 * that is not there, which may still be added.
 */
export function checkOneEntry(
  entry: Entry,
  others: readonly Entry[],
  settings: LexiconSettings,
): { readonly problem: RuleProblem | null; readonly missing: RuleProblem | null } {
  const concerned = entry.options.rule === null ? [] : worthChecking([...others, entry]);
  const found = checkEntries([entry, ...concerned.filter((other) => other !== entry)], settings).filter(
    (problem) => problem.entry === entry.text,
  );
  return {
    problem: found.find((problem) => problem.kind !== 'missing-term') ?? null,
    missing: found.find((problem) => problem.kind === 'missing-term') ?? null,
  };
}

type Problem = Pick<DraftProblem, 'kind' | 'entry' | 'detail'>;

/** The refusal of what can't work: of one entry, of a file, or of a draft that is to be published. */
export function brokenRules(problems: readonly Problem[]): AppError {
  const [first] = problems;
  const listed = problems.slice(0, 5).map(({ kind, entry, detail }) => {
    const name = entry === '' ? `the lexicon's ${brokenTable(kind).table}` : `"${entry}"`;
    return `${name}: ${kind}${detail === '' ? '' : ` (${detail})`}`;
  });
  return new AppError(
    'lexicon-invalid',
    `${problems.length === 1 ? 'A rule' : `${problems.length} rules`} can't work: ${listed.join('; ')}.`,
    {
      problem: first?.entry === '' ? brokenTable(first.kind).problem : 'broken-rule',
      number: problems.length,
      entry: first?.entry ?? '',
      kind: first?.kind ?? '',
      detail: first?.detail ?? '',
    },
  );
}

/** What is wrong where a problem is of no entry but of the settings, and in which of their tables. */
function brokenTable(kind: Problem['kind']): { readonly problem: LexiconProblem; readonly table: string } {
  switch (kind) {
    case 'unknown-alias':
      return { problem: 'unknown-alias', table: 'built-in aliases that are off' };
    case 'unpaired-surrogate':
      return { problem: 'half-character', table: 'aliases or components' };
    case 'component-of-several':
      return { problem: 'component-of-several', table: 'components' };
    default:
      return { problem: 'broken-components', table: 'components' };
  }
}

/** The refusal to publish while examples fail. */
export function failedExamples(problems: readonly Problem[]): AppError {
  const first = problems[0]?.entry ?? '';
  return new AppError(
    'examples-failed',
    `${problems.length === 1 ? 'An example fails' : `${problems.length} examples fail`}, the first of "${first}". Correct the rules or the examples.`,
    { entry: first, number: problems.length },
  );
}
