import { foldNamesOf } from '../folds.ts';
import type { UnitMatcher } from '../matcher.ts';
import type { MatchStep } from '../model.ts';
import type { Evaluation } from './evaluate.ts';
import type { Plan } from './plan.ts';
import { type Span, byPlace } from './spans.ts';

/**
 * How a rule's hit reads, piece by piece; the rule by its place in the plan. `evaluation` is of the whole text, with every rule
 * that may match in it evaluated.
 */
export function explainRule(
  plan: Plan,
  matchers: readonly UnitMatcher[],
  evaluation: Evaluation,
  rule: number,
  text: string,
  start: number,
  end: number,
): MatchStep[] {
  const shape = plan.rules[rule]?.shape;
  if (shape === undefined) return [];
  if (shape.kind !== 'required') {
    const span = evaluation.evaluate(rule).find((each) => each.start === start && each.end === end);
    if (span !== undefined) return stepsOf(matchers, span, text);
  }
  // A disclosure that is missing shows by what asks for it; an all-of over messages by the operands within it.
  const nodes = shape.kind === 'required' ? [shape.when] : shape.nodes;
  const steps = nodes
    .flatMap((node) => evaluation.spansOf(node).find((each) => each.start >= start && each.end <= end) ?? [])
    .toSorted(byPlace)
    .flatMap((span) => stepsOf(matchers, span, text));
  return shape.kind === 'required' && steps.length > 0
    ? [...steps, missingStep(end, shape.disclosures)]
    : steps;
}

/** What the span rests on, in order of place. */
function stepsOf(matchers: readonly UnitMatcher[], span: Span, text: string): MatchStep[] {
  const { start, end, folds, from } = span;
  switch (from.kind) {
    case 'term': {
      const steps = matchers[from.matcher]?.explain(text, from.index, start, end) ?? [];
      if (steps.length > 0) return steps;
      return [
        { start, end, written: text.slice(start, end), read: from.term.text, folds: foldNamesOf(folds) },
      ];
    }
    case 'read':
      return [{ start, end, written: text.slice(start, end), read: from.read, folds: foldNamesOf(folds) }];
    case 'parts':
      return from.parts.flatMap((part) => stepsOf(matchers, part, text));
    case 'lacking':
      return [...stepsOf(matchers, from.condition, text), missingStep(end, from.missing)];
    default:
      return from satisfies never;
  }
}

/** What is not there: nothing was written, and no fold reads it as anything. */
function missingStep(place: number, missing: string): MatchStep {
  return { start: place, end: place, written: '', read: missing, folds: [] };
}
