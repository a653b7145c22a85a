import { type TextBlock, createCandidates } from './candidates.ts';
import { confidenceOf, foldBit } from './folds.ts';
import { HitKeeper } from './hit-keeper.ts';
import { type OnMatch, compileMatcher } from './matcher.ts';
import type { FoldName, MatchStep } from './model.ts';
import { type Evaluation, createEvaluation } from './rules/evaluate.ts';
import { explainRule } from './rules/explain-rule.ts';
import { joiningEntries } from './rules/joining.ts';
import { createPossibility } from './rules/possible.ts';
import { type FailingExample, failingExamples } from './rules/examples.ts';
import type { Circumstances, Entry, LexiconSettings, Suppression } from './rules/model.ts';
import { tablesOf } from './rules/lexicon-tables.ts';
import { planEntries } from './rules/plan.ts';
import type { ScreenerEntry } from './rules/references.ts';
import { holds, isOpen } from './rules/scope.ts';
import { type Silence, type Silencer, createSilencing } from './rules/silencing.ts';
import { sourceText } from './rules/source-text.ts';
import type { Span, SpanSource } from './rules/spans.ts';
import type { JoinedText } from './split.ts';

export { checkEntries } from './rules/check.ts';
export type { ScreenerEntry } from './rules/references.ts';

/** A hit of an entry in a text; UTF-16 offsets, end exclusive. */
export interface Found {
  /** The entry's position in the list that the screener was compiled from. */
  readonly entry: number;
  readonly start: number;
  readonly end: number;
  /** The folds needed, as bits (`foldNamesOf`). */
  readonly folds: number;
  /** 0 to 1, that of the weakest fold; 1 without any. */
  readonly confidence: number;
  /** The exemption or suppression by which it does not count; null: it counts. */
  readonly silencedBy: Silence | null;
}

/**
 * Why something of a text was left out: it has more than `mostHits` hits (the first of every entry and the gravest are kept), or
 * finding them takes more work than is spent on one text.
 */
export type CutReason = 'hits' | 'work';

/** Entries and suppressions, ready to screen texts. From one thread, and one text at a time. */
export interface Screener {
  readonly size: number;
  /** Whether any entry needs `screenJoined`: one with the split fold, or an all-of over messages. */
  readonly joins: boolean;
  /** Whether the last call left something out. */
  readonly cut: boolean;
  /** What it was left out for; empty where nothing was. */
  readonly cutBy: readonly CutReason[];
  /** All hits, silenced ones too, by end, start and entry. Never throws, whatever the string. */
  screen(text: string, circumstances: Circumstances): Found[];
  /** The same of `units[from…to)`, in no promised order; offsets count from the array's beginning. */
  screenUnits(
    units: Uint16Array,
    from: number,
    to: number,
    circumstances: Circumstances,
    onFound: (found: Found) => void,
  ): void;
  /**
   * The hits that only reading the messages together gives: they begin before the newest message and end in it. Offsets
   * are the joined text's.
   */
  screenJoined(joined: JoinedText, circumstances: Circumstances): Found[];
  /** Calls back, in order, with those texts of a block that may have a hit: the others have none, whatever the circumstances. */
  candidates(block: TextBlock, onCandidate: (index: number) => void): void;
  /**
   * How a hit that this screener gave reads, piece by piece: a word's folds, or what each operand of a rule matched, in
   * order of place. Behind what asks for a disclosure comes the one that is missing: nothing written, without folds, its
   * words (any would do) as what is read. For a hit of `screenJoined`, `text` is the joined one.
   */
  explain(entry: number, text: string, start: number, end: number): MatchStep[];
}

/** What holds for all entries of a screener. */
export interface ScreenerOptions {
  /** In place of every entry's own folds; with pinyin, initials count for all. */
  readonly force?: readonly FoldName[];
}

/** Most hits of one text. */
export const mostHits = 10_000;
/** Most matches of operands kept of one text, and how many of each operand are kept in any case. */
const mostOperands = 200_000;
const fewOperands = 100;
/** Longest text whose copy is kept for the next call, in units. */
const keptBuffer = 1 << 18;

const nothingKnown: Circumstances = {
  speaker: null,
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

/** The failing examples of a lexicon's entries, all enabled ones (`failingExamples`). */
export function runExamples(entries: readonly Entry[], settings: LexiconSettings): FailingExample[] {
  return failingExamples(entries, settings, (all) => compileScreener(all, []));
}

/** Those of a screener's entries that have something to say of joined texts, compiled by themselves. */
interface Joiner {
  readonly screener: Screener;
  /** By entry of `screener`: its place among all. */
  readonly entries: readonly number[];
}

/**
 * Compiles entries of one or more lexicons. A rule that names a missing entry or itself, or that has a pattern that can't be
 * compiled, never matches (`checkEntries` says so before it is published).
 */
export function compileScreener(
  entries: readonly ScreenerEntry[],
  suppressions: readonly Suppression[],
  options: ScreenerOptions = {},
): Screener {
  const plan = planEntries(entries, options.force);
  const silencing = createSilencing(entries, suppressions, options.force);
  const matchers = plan.groups.map(({ specs, settings }) => compileMatcher(specs, tablesOf(settings)));
  const sources: (SpanSource | undefined)[][] = plan.groups.map(() => []);
  const open = entries.map((entry) => isOpen(entry.options.scope));
  const direct = entries.map((_entry, index) => open[index] === true && !silencing.concerns(index));
  const splits = entries.map((_entry, index) => ((plan.folds[index] ?? 0) & foldBit.split) !== 0);
  const overMessages = plan.rules.map(({ shape }) => shape.kind === 'all-of' && shape.window !== 'message');
  const possibility = createPossibility(plan);
  const { sleepless } = possibility;
  const rulesBySlot: number[][] = plan.slots.map(() => []);
  possibility.wakers.forEach((slots, rule) => {
    for (const slot of slots) rulesBySlot[slot]?.push(rule);
  });
  const joining = {
    splits,
    counts: plan.rules.map(
      ({ entry, shape }, rule) =>
        overMessages[rule] === true || (splits[entry] === true && shape.kind !== 'required'),
    ),
  };
  const findCandidates = createCandidates(plan, matchers, possibility, joining);
  /** Undefined until it is first asked for. */
  let joiner: Joiner | null | undefined;
  const confidences = new Map<number, number>();

  // Of the text in hand. Reset at the beginning of each, since a callback may have left the last one by an exception.
  const spansBySlot: Span[][] = plan.slots.map(() => []);
  let touched: number[] = [];
  let operands = 0;
  /** A budget of work was spent. */
  let spent = false;
  /** A rule has more spans than are kept of one. */
  let overflowed = false;
  let silencer: () => Silencer = () => silencing.read(buffer, 0, 0);
  /** By the joiner, where it was the last to answer; else what `keeper` and `spent` say. */
  let cutByJoiner: readonly CutReason[] | null = null;
  const keeper = new HitKeeper(mostHits, (entry) => entries[entry]?.gravity ?? 0);
  let origin = 0;
  let known = nothingKnown;
  let joints: readonly number[] | null = null;
  /** Where the newest of several messages begins that are read as one text; null: it is one. */
  let joint: number | null = null;
  let buffer = new Uint16Array(1024);
  /** What rules found in the text in hand, where it is one to explain: a text may have a thousand hits to be explained. */
  let explained: { readonly text: string; readonly evaluation: Evaluation } | null = null;

  function confidence(folds: number): number {
    let value = confidences.get(folds);
    if (value === undefined) {
      value = confidenceOf(folds);
      confidences.set(folds, value);
    }
    return value;
  }

  function emit(entry: number, start: number, end: number, folds: number, silencedBy: Silence | null): void {
    keeper.add({
      entry,
      start: start + origin,
      end: end + origin,
      folds,
      confidence: confidence(folds),
      silencedBy,
    });
  }

  const listeners = plan.groups.map(({ entryOf, slotsOf, specs }, group): OnMatch => {
    return (term, start, end, folds) => {
      const entry = entryOf[term] ?? -1;
      if (entry >= 0) takeWord(entry, start - origin, end - origin, folds);
      const slots = slotsOf[term];
      if (slots === undefined) return;
      const own = (sources[group] ??= []);
      const from = (own[term] ??= {
        kind: 'term',
        term: specs[term] ?? { text: '' },
        matcher: group,
        index: term,
      });
      const span: Span = { start: start - origin, end: end - origin, folds, from };
      for (const slot of slots) takeOperand(slot, span);
    };
  });

  function takeWord(entry: number, start: number, end: number, folds: number): void {
    let needed = folds;
    if (joint !== null) {
      if (splits[entry] !== true || start >= joint || end <= joint) return;
      needed |= foldBit.split;
    }
    if (direct[entry] === true) {
      if (keeper.wants({ entry, start: start + origin, end: end + origin }))
        emit(entry, start, end, needed, null);
      return;
    }
    const scope = entries[entry]?.options.scope;
    if (scope === undefined || (open[entry] !== true && !holds(scope, known))) return;
    settle(entry, start, end, needed);
  }

  /** Keeps a hit, with what silences it. */
  function settle(entry: number, start: number, end: number, folds: number): void {
    if (!keeper.wants({ entry, start: start + origin, end: end + origin })) return;
    emit(entry, start, end, folds, silencing.concerns(entry) ? silenceOf(entry, start, end) : null);
  }

  function silenceOf(entry: number, start: number, end: number): Silence | null {
    return silencer().exempts(entry, start, end) ?? silencer().suppresses(entry, start, end, known);
  }

  function takeOperand(slot: number, span: Span): void {
    const own = spansBySlot[slot];
    if (own === undefined) return;
    if (operands >= mostOperands && own.length >= fewOperands) {
      spent = true;
      return;
    }
    operands += 1;
    if (own.length === 0) touched.push(slot);
    own.push(span);
  }

  function begin(
    units: Uint16Array,
    from: number,
    to: number,
    circumstances: Circumstances,
    over: readonly number[] | null,
  ): void {
    if (touched.length > 0) {
      for (const slot of touched) spansBySlot[slot] = [];
      touched = [];
    }
    explained = null;
    operands = 0;
    spent = false;
    overflowed = false;
    cutByJoiner = null;
    keeper.clear();
    let made: Silencer | null = null;
    silencer = () => {
      made ??= silencing.read(units, from, to);
      if (made.cut) spent = true;
      return made;
    };
    origin = from;
    known = circumstances;
    joints = over;
    joint = over?.at(-1) ?? null;
  }

  function scan(units: Uint16Array, from: number, to: number): void {
    for (let group = 0; group < matchers.length; group += 1) {
      const listener = listeners[group];
      const matcher = matchers[group];
      if (listener === undefined || matcher === undefined) continue;
      matcher.scanUnits(units, from, to, listener);
      if (matcher.cut) spent = true;
    }
  }

  /** The rules that may match, in the plan's order. */
  function awakeRules(units: Uint16Array, from: number, to: number): number[] {
    const awake = new Set<number>();
    for (const slot of touched) for (const rule of rulesBySlot[slot] ?? []) awake.add(rule);
    if (sleepless.length > 0) {
      possibility.read(units, from, to, sleepless);
      for (const rule of sleepless) if (possibility.mayMatch(rule)) awake.add(rule);
    }
    return [...awake].toSorted((a, b) => a - b);
  }

  function evaluationOf(units: Uint16Array, from: number, to: number, awake: ReadonlySet<number>) {
    return createEvaluation(plan, {
      source: sourceText(units, from, to),
      spansOf: (slot) => spansBySlot[slot] ?? [],
      exempts: (entry, start, end) =>
        silencing.hasExemptions(entry) && silencer().exempts(entry, start, end) !== null,
      counts: (entry, start, end) => !silencing.concerns(entry) || silenceOf(entry, start, end) === null,
      isAwake: (rule) => awake.has(rule),
      circumstances: known,
      joints,
    });
  }

  /** Everything behind the matchers: rules. */
  function conclude(units: Uint16Array, from: number, to: number): void {
    if (plan.rules.length === 0) return;
    const rules = awakeRules(units, from, to);
    if (rules.length === 0) return;
    const evaluation = evaluationOf(units, from, to, new Set(rules));
    for (const rule of rules) {
      const planned = plan.rules[rule];
      if (planned === undefined) continue;
      const { entry } = planned;
      const scope = entries[entry]?.options.scope;
      const counts =
        scope !== undefined && holds(scope, known) && (joint === null || joining.counts[rule] === true);
      if (!counts && !planned.referred) continue;
      const spans = evaluation.evaluate(rule);
      if (!counts) continue;
      for (const { start, end, folds } of spans) {
        if (joint !== null && !overMessages[rule] && (start >= joint || end <= joint)) continue;
        const split = joint === null ? 0 : foldBit.split;
        settle(entry, start, end, folds | split);
      }
    }
    if (evaluation.cut()) spent = true;
    if (evaluation.dropped()) overflowed = true;
  }

  function unitsOf(text: string): Uint16Array {
    const { length } = text;
    let units = buffer;
    if (length > units.length) {
      units = new Uint16Array(Math.max(length, units.length * 2));
      if (units.length <= keptBuffer) buffer = units;
    }
    for (let at = 0; at < length; at += 1) units[at] = text.charCodeAt(at);
    return units;
  }

  function collect(text: string, circumstances: Circumstances, over: readonly number[] | null): Found[] {
    const units = unitsOf(text);
    begin(units, 0, text.length, circumstances, over);
    scan(units, 0, text.length);
    conclude(units, 0, text.length);
    return keeper.take().toSorted((a, b) => a.end - b.end || a.start - b.start || a.entry - b.entry);
  }

  function cutBy(): readonly CutReason[] {
    if (cutByJoiner !== null) return cutByJoiner;
    return [
      ...(keeper.dropped || overflowed ? (['hits'] as const) : []),
      ...(spent ? (['work'] as const) : []),
    ];
  }

  /** All rules' findings in a text, whoever speaks. */
  function evaluationToExplain(text: string): Evaluation {
    if (explained?.text === text) return explained.evaluation;
    const units = unitsOf(text);
    begin(units, 0, text.length, nothingKnown, null);
    scan(units, 0, text.length);
    const awake = awakeRules(units, 0, text.length);
    const evaluation = evaluationOf(units, 0, text.length, new Set(awake));
    for (const rule of awake) evaluation.evaluate(rule);
    explained = { text, evaluation };
    return evaluation;
  }

  /** What is compiled for joined texts, of which few entries have anything to say; null: all of them have. */
  function joinerOf(): Joiner | null {
    if (joiner === undefined) {
      const own = joiningEntries(entries, plan, joining);
      joiner = own.length === entries.length ? null : compileJoiner(own);
    }
    return joiner;
  }

  function compileJoiner(own: readonly number[]): Joiner {
    return {
      screener: compileScreener(
        own.flatMap((index) => entries[index] ?? []),
        suppressions,
        options,
      ),
      entries: own,
    };
  }

  const ruleOf = new Map(plan.rules.map(({ entry }, rule) => [entry, rule] as const));
  const wordOf = new Map<number, { matcher: number; term: number }>();
  plan.groups.forEach(({ entryOf }, matcher) => {
    entryOf.forEach((entry, term) => {
      if (entry >= 0) wordOf.set(entry, { matcher, term });
    });
  });

  return {
    size: entries.length,
    joins: splits.some((own) => own) || overMessages.some((own) => own),
    get cut() {
      return cutBy().length > 0;
    },
    get cutBy() {
      return cutBy();
    },
    screen: (text, circumstances) => collect(text, circumstances, null),
    screenUnits(units, from, to, circumstances, onFound) {
      begin(units, from, to, circumstances, null);
      scan(units, from, to);
      conclude(units, from, to);
      for (const found of keeper.take()) onFound(found);
    },
    screenJoined(joined, circumstances) {
      if (joined.joints.length === 0) return [];
      const own = joinerOf();
      if (own === null) return collect(joined.text, circumstances, joined.joints);
      const found = own.screener.screenJoined(joined, circumstances);
      cutByJoiner = own.screener.cutBy;
      return found.map((each) => ({ ...each, entry: own.entries[each.entry] ?? each.entry }));
    },
    candidates(block, onCandidate) {
      const own = block.joints === null ? null : joinerOf();
      if (own === null) findCandidates(block, onCandidate);
      else own.screener.candidates(block, onCandidate);
    },
    explain(entry, text, start, end) {
      const rule = ruleOf.get(entry);
      if (rule !== undefined)
        return explainRule(plan, matchers, evaluationToExplain(text), rule, text, start, end);
      const word = wordOf.get(entry);
      return word === undefined ? [] : (matchers[word.matcher]?.explain(text, word.term, start, end) ?? []);
    },
  };
}
