import { isPossible } from './detectors/unit-counts.ts';
import type { AllOfWindow, Circumstances } from './model.ts';
import type { Budget } from './pattern-program.ts';
import { patternWork } from './patterns.ts';
import type { Node, Plan, PlannedRule } from './plan.ts';
import { type SourceText, widthFolds } from './source-text.ts';
import {
  type Span,
  closestTogether,
  joined,
  lacking,
  nearPairs,
  neighboursOf,
  sortSpans,
  withoutRepeats,
} from './spans.ts';

/** Most spans that one rule keeps of one text: those that count come first. */
export const mostSpans = 10_000;
/** Most that a pattern or detector gives a rule to choose from. */
const mostRead = 100_000;

/** What the matchers have found in a text, and how it is to be read. */
export interface Findings {
  readonly source: SourceText;
  /** A slot's spans, in no order. */
  readonly spansOf: (slot: number) => readonly Span[];
  /** Whether exemptions of an entry silence a span of it. */
  readonly exempts: (entry: number, start: number, end: number) => boolean;
  /** Whether a span of an entry would count as a hit: nothing silences it. */
  readonly counts: (entry: number, start: number, end: number) => boolean;
  /** Whether a rule (its place in the plan) can match at all: one of the slots without which it can't has a span. */
  readonly isAwake: (rule: number) => boolean;
  readonly circumstances: Circumstances;
  /** Where all but the first of several messages begin that are read as one text; null: it is one. */
  readonly joints: readonly number[] | null;
}

/** What the rules of a plan match in one text. */
export interface Evaluation {
  /** The spans of a rule (its place in the plan), by start and then by end, each extent once. */
  readonly evaluate: (rule: number) => readonly Span[];
  /** The spans of an operand. */
  readonly spansOf: (node: Node) => readonly Span[];
  /** Whether something was left out since a budget was spent. */
  readonly cut: () => boolean;
  /** Whether a rule has more spans than are kept of one. */
  readonly dropped: () => boolean;
}

/** A short text's worth of work. */
const mostLeastWork = 1_048_576;

const none: readonly Span[] = [];

/**
 * Evaluates rules over one text; each operand, pattern and rule once. Rules are to be asked for in the plan's order, so that
 * a chain of them, however long, is never followed by recursion.
 */
export function createEvaluation(plan: Plan, findings: Findings): Evaluation {
  const { source } = findings;
  const budget: Budget = { left: patternWork };
  const patterns = plan.readers.filter(({ kind }) => kind === 'pattern').length;
  /** Work of each pattern for which the others have left none: what one spends hides no other. */
  const leastWork = Math.min(mostLeastWork, patternWork / Math.max(patterns, 1));
  const bySlot = new Map<number, readonly Span[]>();
  const byReader = new Map<number, readonly Span[]>();
  const byRule = new Map<number, readonly Span[]>();
  let cut = false;
  let dropped = false;
  /** Where the newest message begins. */
  const joint = findings.joints?.at(-1) ?? null;

  function bounded(spans: readonly Span[]): readonly Span[] {
    if (spans.length <= mostRead) return spans;
    cut = true;
    return spans.slice(0, mostRead);
  }

  /** Those that count are kept first: what an exemption silences would else hide, by its number, what it does not. */
  function boundedOf(entry: number, spans: readonly Span[]): readonly Span[] {
    if (spans.length <= mostSpans) return spans;
    dropped = true;
    const counting: Span[] = [];
    const silenced: Span[] = [];
    for (const span of spans) {
      if (counting.length === mostSpans) break;
      if (findings.counts(entry, span.start, span.end)) counting.push(span);
      else if (silenced.length < mostSpans) silenced.push(span);
    }
    return sortSpans([...counting, ...silenced.slice(0, mostSpans - counting.length)]);
  }

  function readSlot(slot: number): readonly Span[] {
    const owner = plan.slots[slot] ?? -1;
    const all = findings.spansOf(slot);
    if (all.length === 0) return none;
    const counting = owner < 0 ? all : all.filter(({ start, end }) => !findings.exempts(owner, start, end));
    return withoutRepeats(sortSpans(counting));
  }

  function readReader(index: number): readonly Span[] {
    const reader = plan.readers[index];
    if (reader === undefined) return none;
    if (reader.kind === 'detector')
      return isPossible(reader.detector, source.counts()) ? bounded(reader.detect(source)) : none;
    const reading = source.width();
    const text = source.text();
    const found: Span[] = [];
    const own = budget.left >= leastWork ? budget : { left: leastWork };
    const finished = reader.pattern.find(reading, own, (start, end) => {
      if (found.length > mostRead) return;
      const place = reading.original(start, end);
      const read = reading.text.slice(start, end);
      const same = text.slice(place.start, place.end) === read;
      found.push({
        ...place,
        folds: same ? 0 : widthFolds(text, place.start, place.end),
        from: { kind: 'read', read },
      });
    });
    if (!finished) cut = true;
    return bounded(withoutRepeats(found));
  }

  function spansOf(node: Node): readonly Span[] {
    switch (node.kind) {
      case 'slot':
        return remember(bySlot, node.slot, readSlot);
      case 'rule':
        return findings.isAwake(node.rule) ? unexempted(node.rule) : none;
      case 'reader': {
        const spans = remember(byReader, node.reader, readReader);
        return spans.every(({ folds }) => (folds & ~node.allowed) === 0)
          ? spans
          : spans.filter(({ folds }) => (folds & ~node.allowed) === 0);
      }
      case 'nothing':
        return none;
      default:
        return node satisfies never;
    }
  }

  /** The spans of a rule as another one takes them: those that its exemptions leave. */
  function unexempted(index: number): readonly Span[] {
    const owner = plan.rules[index]?.entry ?? -1;
    return evaluate(index).filter(({ start, end }) => !findings.exempts(owner, start, end));
  }

  function evaluate(index: number): readonly Span[] {
    return remember(byRule, index, () => {
      const rule = plan.rules[index];
      return rule === undefined ? none : boundedOf(rule.entry, spansOfRule(rule));
    });
  }

  function spansOfRule({ shape }: PlannedRule): readonly Span[] {
    switch (shape.kind) {
      case 'near': {
        const [first, second] = shape.nodes;
        const ofFirst = spansOf(first);
        if (ofFirst.length === 0) return none;
        const { position, together } = source;
        return nearPairs(ofFirst, spansOf(second), {
          within: shape.within,
          ordered: shape.ordered,
          position,
          together,
        });
      }
      case 'all-of':
        return allOf(shape.nodes, shape.window);
      case 'any-of': {
        const lists = shape.nodes.map(spansOf).filter((spans) => spans.length > 0);
        return lists.length <= 1 ? (lists[0] ?? none) : withoutRepeats(sortSpans(lists.flat()));
      }
      case 'required': {
        const { productTypes, within } = shape;
        const { productType } = findings.circumstances;
        if (productTypes.length > 0 && (productType === null || !productTypes.includes(productType)))
          return none;
        const when = spansOf(shape.when);
        if (when.length === 0) return none;
        return without(when, sortSpans(shape.nodes.flatMap(spansOf)), within).map((span) =>
          lacking(span, shape.disclosures),
        );
      }
      default:
        return shape satisfies never;
    }
  }

  function allOf(nodes: readonly Node[], window: AllOfWindow): readonly Span[] {
    // Split over messages it is one word that was cut, not words of several messages.
    if (window === (joint === null ? 'across' : 'message')) return none;
    const lists: (readonly Span[])[] = [];
    for (const node of nodes) {
      const spans = spansOf(node);
      if (spans.length === 0) return none;
      lists.push(spans);
    }
    const parts = closestTogether(lists, joint);
    if (parts === undefined) return none;
    const whole = joined(parts);
    // Then that message is a hit by itself: what stands beside it adds nothing.
    if (findings.joints !== null && isInOneMessage(lists, whole, findings.joints)) return none;
    if (source.together(whole.start, whole.end)) return [whole];
    // Over several fields: the hit is where the last of the operands stands, since no hit is in two fields.
    const last = parts.at(-1);
    return last === undefined ? none : [{ ...whole, start: last.start, end: last.end }];
  }

  /** Whether one of the messages that a stretch goes over has a span of every list by itself. */
  function isInOneMessage(
    lists: readonly (readonly Span[])[],
    whole: Span,
    joints: readonly number[],
  ): boolean {
    return [0, ...joints].some((from, index) => {
      const to = joints[index] ?? Infinity;
      if (whole.start >= to || whole.end <= from) return false;
      return lists.every((list) => list.some(({ start, end }) => start >= from && end <= to));
    });
  }

  /** Those of `when` without a disclosure within so many characters; any is enough where that is null. */
  function without(
    when: readonly Span[],
    disclosures: readonly Span[],
    within: number | null,
  ): readonly Span[] {
    if (disclosures.length === 0) return when;
    if (within === null) return none;
    const near = neighboursOf(disclosures);
    const { position } = source;
    return when.filter(({ start, end }) => {
      if (near.overlaps(start, end)) return false;
      const behind = near.behind(end);
      const before = near.before(start);
      const isNear =
        (behind !== undefined && position(behind.start) - position(end) <= within) ||
        (before !== undefined && position(start) - position(before.end) <= within);
      return !isNear;
    });
  }

  return { evaluate, spansOf, cut: () => cut, dropped: () => dropped };
}

function remember(
  kept: Map<number, readonly Span[]>,
  key: number,
  make: (key: number) => readonly Span[],
): readonly Span[] {
  let spans = kept.get(key);
  if (spans === undefined) {
    spans = make(key);
    kept.set(key, spans);
  }
  return spans;
}
