import { exampleLine, messagesOf } from '../../../core/features/screening/model.ts';
import type {
  EntryOptions,
  Example,
  Operand,
  RuleDefinition,
} from '../../../core/features/screening/rules/model.ts';

/** What a field of the entry editor says is wrong: a key below `rules:problem.`, or the host's own words. */
export type FieldProblem =
  | {
      readonly from: 'form';
      readonly key: 'words' | 'term' | 'pattern' | 'phrase' | 'example' | 'hours' | 'twice';
    }
  | { readonly from: 'host'; readonly kind: string; readonly detail: string };

/** By the field's path in the options: `rule.first`, `rule.operands.1`, `notWhen.0`, `examples.2`. */
export type FieldProblems = ReadonlyMap<string, FieldProblem>;

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** What is not filled in yet, or can't be: these fields keep an entry from being saved. */
export function formProblems(options: EntryOptions): FieldProblems {
  const problems = new Map<string, FieldProblem>();
  const add = (path: string, key: Extract<FieldProblem, { from: 'form' }>['key']) =>
    problems.set(path, { from: 'form', key });
  for (const [path, operand] of operandsOf(options.rule)) {
    if (operand.kind === 'words' && operand.words.length === 0) add(path, 'words');
    if (operand.kind === 'term' && operand.text === '') add(path, 'term');
    if (operand.kind === 'pattern' && operand.pattern === '') add(path, 'pattern');
  }
  options.notWhen.forEach(({ phrase }, index) => {
    if (phrase.trim() === '') add(`notWhen.${index}`, 'phrase');
    else if (options.notWhen.findIndex((other) => other.phrase === phrase) < index)
      add(`notWhen.${index}`, 'twice');
  });
  const examples = options.examples.map((example) => JSON.stringify(messagesOf(example)));
  options.examples.forEach((example, index) => {
    if (messagesOf(example).some((text) => text.trim() === '')) add(`examples.${index}`, 'example');
    else if (examples.findIndex((other) => other === examples[index]) < index)
      add(`examples.${index}`, 'twice');
  });
  const { hours } = options.scope;
  if (hours && !(clock.test(hours.from) && clock.test(hours.to))) add('scope.hours', 'hours');
  return problems;
}

/** The operands of a rule with their paths; a rule that is a pattern or a detector is one itself. */
export function operandsOf(
  rule: RuleDefinition | null,
): readonly (readonly [path: string, operand: Operand])[] {
  if (rule === null) return [];
  const listed = (path: string, operands: readonly Operand[]) =>
    operands.map((operand, index) => [`${path}.${index}`, operand] as const);
  switch (rule.kind) {
    case 'near':
      return [
        ['rule.first', rule.first],
        ['rule.second', rule.second],
      ];
    case 'all-of':
    case 'any-of':
      return listed('rule.operands', rule.operands);
    case 'pattern':
    case 'detector':
      return [['rule', rule]];
    case 'required':
      return [['rule.when', rule.when], ...listed('rule.disclosures', rule.disclosures)];
  }
}

/** A failing example's problem by what was expected of it: the host names its text alone. */
export function withExpectation<Found extends HostProblem>(
  found: Found,
  examples: readonly Example[],
): Found {
  if (found.kind !== 'example-fails') return found;
  const example = examples[exampleNamed(examples.map(exampleLine), found.detail)];
  if (example === undefined) return found;
  return { ...found, kind: example.expect === 'hit' ? 'example-misses' : 'example-hits' };
}

interface HostProblem {
  readonly kind: string;
  readonly detail: string;
}

/**
 * Puts what the host found wrong with this entry to the fields that it is about, and answers what belongs to none: the
 * host names the pattern's error, the missing entry, the example's text, not the field.
 */
export function placeHostProblems(
  options: EntryOptions,
  found: readonly HostProblem[],
): { readonly fields: FieldProblems; readonly rest: readonly HostProblem[] } {
  const fields = new Map<string, FieldProblem>();
  const rest: HostProblem[] = [];
  const operands = operandsOf(options.rule);
  for (const problem of found) {
    const paths = pathsOf(problem, options, operands);
    if (paths.length === 0) rest.push(problem);
    for (const path of paths)
      fields.set(path, { from: 'host', ...withExpectation(problem, options.examples) });
  }
  return { fields, rest };
}

function pathsOf(
  { kind, detail }: HostProblem,
  options: EntryOptions,
  operands: readonly (readonly [string, Operand])[],
): readonly string[] {
  const pathsWhere = (test: (operand: Operand) => boolean) =>
    operands.filter(([, operand]) => test(operand)).map(([path]) => path);
  switch (kind) {
    case 'missing-term':
      return pathsWhere((operand) => operand.kind === 'term' && detail.includes(operand.text));
    case 'bad-pattern': {
      const patterns = pathsWhere((operand) => operand.kind === 'pattern');
      const named = pathsWhere((operand) => operand.kind === 'pattern' && detail.includes(operand.pattern));
      return named.length > 0 ? named : patterns;
    }
    case 'bad-domain':
      return pathsWhere(
        (operand) =>
          operand.kind === 'detector' &&
          [...operand.allow, ...operand.deny].some((domain) => detail.includes(domain)),
      );
    case 'example-fails': {
      const index = exampleNamed(options.examples.map(exampleLine), detail);
      return index < 0 ? [] : [`examples.${index}`];
    }
    default:
      return [];
  }
}

/** Which example a failing one's detail is about: its line itself, or the longest that the detail quotes; -1 for none. */
export function exampleNamed(texts: readonly string[], detail: string): number {
  const exact = texts.indexOf(detail);
  if (exact >= 0) return exact;
  const [longest] = texts.filter((text) => detail.includes(text)).toSorted((a, b) => b.length - a.length);
  return longest === undefined ? -1 : texts.indexOf(longest);
}
