import { isPossible } from './detectors/unit-counts.ts';
import type { Node, Plan, PlannedRule } from './plan.ts';
import { createProfiler } from './text-profile.ts';

/** Tells which rules can match a text at all, by its characters and by what the matchers found in it. */
export interface Possibility {
  /**
   * By rule (its place in the plan): the slots one of which has a span wherever it matches, unless `mayMatch` says that it may
   * without.
   */
  readonly wakers: readonly (readonly number[])[];
  /** The rules that may match in a text in whose slots there is nothing. */
  readonly sleepless: readonly number[];
  /**
   * Looks at a text, which `mayMatch` is then asked about: whether one of `rules`, all or some of `sleepless` in their order,
   * may match in it.
   */
  read(units: Uint16Array, from: number, to: number, rules: readonly number[]): boolean;
  /** Whether one of `sleepless` may match by what its patterns and detectors need. */
  mayMatch(rule: number): boolean;
}

/** Tells which rules of a plan may match in a text, by what stands in it. */
export function createPossibility(plan: Plan): Possibility {
  const profiler = createProfiler(
    plan.readers.map((reader) => (reader.kind === 'pattern' ? reader.pattern.needs : [])),
  );
  const wakers: (readonly number[])[] = [];
  for (const rule of plan.rules) wakers.push(rule.wakers ?? wakersWithin(rule, wakers));

  function mayRead(index: number): boolean {
    const reader = plan.readers[index];
    if (reader === undefined) return false;
    return reader.kind === 'detector'
      ? isPossible(reader.detector, profiler.counts())
      : profiler.mayMatch(index);
  }

  const sleepless = plan.rules.flatMap((rule, index) => (rule.wakers === null ? [index] : []));
  /** By rule: the one pattern or detector that it may match by, which is all that most are; -1: there is more to it. */
  const onlyReader = plan.rules.map(({ shape }) => {
    const nodes = shape.kind === 'required' ? [shape.when] : shape.nodes;
    const [first] = nodes;
    return nodes.length === 1 && first?.kind === 'reader' ? first.reader : -1;
  });
  /** By rule, 1 where it may match the text. */
  const possible = new Uint8Array(plan.rules.length);

  function mayMatchNode(node: Node): boolean {
    switch (node.kind) {
      case 'reader':
        return mayRead(node.reader);
      case 'rule':
        return possible[node.rule] === 1;
      // By these it can only match where a slot has a span.
      case 'slot':
      case 'nothing':
        return false;
      default:
        return node satisfies never;
    }
  }

  function mayMatch({ shape }: PlannedRule): boolean {
    switch (shape.kind) {
      case 'near':
      case 'all-of':
        return shape.nodes.every(mayMatchNode);
      case 'any-of':
        return shape.nodes.some(mayMatchNode);
      case 'required':
        return mayMatchNode(shape.when);
      default:
        return shape satisfies never;
    }
  }

  return {
    wakers,
    sleepless,
    read(units, from, to, rules) {
      profiler.read(units, from, to);
      let any = false;
      for (const index of sleepless) {
        // In the plan's order, each behind those that it refers to: a long chain of them is no deep recursion.
        const only = onlyReader[index] ?? -1;
        const rule = only >= 0 ? undefined : plan.rules[index];
        const own = only >= 0 ? mayRead(only) : rule !== undefined && mayMatch(rule);
        possible[index] = own ? 1 : 0;
      }
      for (const index of rules) any ||= possible[index] === 1;
      return any;
    },
    mayMatch: (rule) => possible[rule] === 1,
  };
}

/** Of a rule that may match without any slot: those by which it may match too. */
function wakersWithin({ shape }: PlannedRule, before: readonly (readonly number[])[]): readonly number[] {
  const nodes = shape.kind === 'required' ? [shape.when] : shape.nodes;
  return nodes.flatMap((node) => {
    if (node.kind === 'slot') return [node.slot];
    return node.kind === 'rule' ? (before[node.rule] ?? []) : [];
  });
}
