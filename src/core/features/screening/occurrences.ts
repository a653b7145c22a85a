import { type Aligned, createAligner } from './align.ts';
import { areAtMost } from './fillers.ts';
import { foldBit } from './folds.ts';
import { type Layer, type LayerKind, written } from './layers.ts';
import type { MatchList } from './match-list.ts';
import type { Mimics } from './mimics.ts';
import type { MatchStep, TermSpec } from './model.ts';
import { type Permissions, permissionOf } from './permissions.ts';
import {
  absent,
  allowedBy,
  createPlainTest,
  firstUnitAt,
  hasNext,
  isHeardAt,
  isInsideWord,
  lastUnitAt,
  lengthAt,
  mark,
  marksAt,
  nextRecord,
  notPlain,
  once,
  ownerAt,
  record,
  saysUnits,
  termAt,
} from './records.ts';
import type { Taken } from './rereading.ts';
import { classAt, longestRun, startOfRun } from './runs.ts';
import { type Stratum, unitClass } from './stratum.ts';
import type { Reading } from './unit-reading.ts';
import type { Variant } from './variants.ts';
import type { View } from './view.ts';

/**
 * What one scan may spend, in units looked at: some ten nanoseconds each. Ordinary text needs a tenth of one for each of
 * its own; a megabyte has at most some two seconds.
 */
const leastBudget = 2_000_000;
const stepsPerUnit = 150;
/** What an attempt costs besides: remembering and sorting its match. */
const stepsPerAttempt = 40;

/** Attempts of each term once the budget is spent: what others spent it on hides no term altogether. */
const lastAttempts = 8;

/** Of an occurrence that waits to be taken: its label, start and end, and the marks of its first record. */
const waits = { label: 0, start: 1, end: 2, marks: 3, width: 4 } as const;
/** Occurrences that are taken together. */
const mostWaiting = 64;

/** Told of every match with its steps, where it is asked for. */
export type OnAligned = (term: number, aligned: Aligned, steps: MatchStep[]) => void;

/** What occurrences may be of. */
interface Owners {
  readonly terms: readonly TermSpec[];
  /** Records' owners: these, and behind them the parts. */
  readonly variants: readonly Variant[];
  readonly permissions: Permissions;
  readonly reading: Reading;
  readonly mimics: Mimics;
}

/**
 * Takes what the generators find for what it is: a match of a term, which is lined up and put into the list; parts of a character,
 * which are kept until they are asked for; or nothing. Keeps the budget of a scan. Of one scan at a time.
 */
export function createTaker({ terms, variants, permissions, reading, mimics }: Owners) {
  const { bits } = reading;
  // The parts of one character stand side by side: at most one filler is between them.
  const allowed = allowedBy(permissions, { bits, fillers: 1, acrossSentences: false });
  const aligner = createAligner(reading, allowed, mimics);
  const plainFolds = createPlainTest(bits, allowed, mimics);

  let original: Uint16Array = new Uint16Array(0);
  let found: MatchList | null = null;
  let onAligned: OnAligned | null = null;
  let taken: Taken[] = [];
  let budget = 0;
  let matched = 0;
  /** Owners and places that were looked at. */
  let looked = 0;
  /** What is being read, and the occurrences in it that wait to be taken, as in `waits`. */
  let layer: Layer | null = null;
  let view: View | null = null;
  const occurrences = new Int32Array(mostWaiting * waits.width);
  let waiting = 0;
  /** By term: its attempts since the budget was spent; null until it is. */
  let attempts: Uint8Array | null = null;

  function takeParts(layer: Layer, view: View, from: number, to: number, place: number): void {
    const { records, stratum } = layer;
    if (!isLetter(stratum, view, from, firstUnitAt(records, place))) return;
    if (!isLetter(stratum, view, to - 1, lastUnitAt(records, place))) return;
    // A filler may be an emoji of many units.
    if (areAtMost(view, from, to, lengthAt(records, place) + 1)) composeAt(layer, view, from, place);
  }

  function composeAt({ records }: Layer, view: View, from: number, place: number): void {
    const aligned = aligner.alignRecord(view, from, records, place, written);
    if (aligned === null) return;
    const component = ownerAt(records, place) - variants.length;
    taken.push({ from, to: aligned.last + 1, component, via: foldBit['look-alikes'] | aligned.bits });
  }

  /** Whether what was found by its sound may be this letter. Quick: most of what sounds like it is another. */
  function isLetter({ finer }: Stratum, view: View, at: number, wanted: number): boolean {
    if (finer === undefined || finer === null) return true;
    const letter = finer.classOf[wanted];
    return letter === 0 || letter === finer.classOf[view.units[at] ?? 0];
  }

  /** Tries the owner at this place of the layer's records, which has these marks. */
  function takeOwner(
    layer: Layer,
    view: View,
    place: number,
    marks: number,
    start: number,
    end: number,
  ): void {
    const { records } = layer;
    const { classOf } = layer.stratum;
    const owner = ownerAt(records, place);
    looked += 1;
    if (owner >= variants.length) {
      if ((marks & mark.alike) === 0) takeParts(layer, view, start, end, place);
      else takeInRun(layer, view, start, place);
      return;
    }
    // What is spent is spent on following runs, too.
    if (isSpent() && (attempts?.[termAt(records, place)] ?? 0) >= lastAttempts) return;
    const run = records[place + record.firstRun] ?? 1;
    if ((marks & mark.alike) !== 0) {
      takeInRun(layer, view, start, place);
      if ((marks & mark.byLetter) !== 0) return;
    }
    const kind = (marks & mark.byLetter) === 0 ? layer.kind : written;
    const letter = isHeardAt(records, place) ? 0 : firstUnitAt(records, place);
    if (run === 1) {
      // Where it begins in a run of several, it isn't known yet where.
      if (isInsideWord(view, marks, start, end)) return;
      if (isLetter(layer.stratum, view, start, letter)) attempt(layer, view, start, place, kind);
    } else if (run === once) {
      // One character: it is reported once a run, which ends where the generator's does, and each place of the run is a match.
      const wanted = classAt(view, start, classOf);
      for (let at = start; at < view.to; at += 1) {
        const own = classAt(view, at, classOf);
        if (own === wanted) attempt(layer, view, at, place, kind);
        else if (own !== unitClass.skipped) break;
      }
    } else {
      const at = startOfRun(view, start, run, classOf);
      looked += start - Math.max(at, view.from, start - longestRun);
      if (at >= 0 && isLetter(layer.stratum, view, at, letter)) attempt(layer, view, at, place, kind);
    }
  }

  /**
   * Tries the owner by the letter at each place where it may begin: any in the first run by sound that is its first letter. What
   * sounds alike side by side is one run, of which it isn't known where the letters change.
   */
  function takeInRun(layer: Layer, view: View, start: number, place: number): void {
    const { records, stratum } = layer;
    const isPart = ownerAt(records, place) >= variants.length;
    const wanted = classAt(view, start, stratum.classOf);
    const letter = firstUnitAt(records, place);
    const furthest = records[place + record.firstRun] === 1 ? start : Math.max(view.from, start - longestRun);
    for (let at = start; at >= furthest; at -= 1) {
      looked += 1;
      const own = classAt(view, at, stratum.classOf);
      if (own === unitClass.skipped) continue;
      if (own !== wanted) break;
      if (!isLetter(stratum, view, at, letter)) continue;
      if (isPart) composeAt(layer, view, at, place);
      else attempt(layer, view, at, place, written);
    }
  }

  function attempt({ records }: Layer, view: View, at: number, place: number, kind: LayerKind): void {
    const term = termAt(records, place);
    if (isSpent() && !isDue(term)) return;
    matched += 1;
    if (onAligned === null && view.map === null) {
      const folds = plainFolds(records, place, view.units, at, view.to, kind.bySound);
      if (folds === absent) return;
      if (folds !== notPlain) {
        found?.add(term, at, at + lengthAt(records, place), folds);
        return;
      }
    }
    const isPlain = lengthAt(records, place) > 0;
    if (isPlain && onAligned === null) {
      const aligned = aligner.alignRecord(view, at, records, place, kind);
      if (aligned === null) return;
      const { start, end, bits } = aligned;
      // What is in the record is the term's own text, where it takes no folds by itself.
      const isOwn = (records[place + record.folds] ?? 0) === 0;
      let needed = bits;
      if (!isOwn) needed = neededBits(original, aligned, terms[term]?.text ?? '', false);
      else if (view.map !== null && saysUnits(records, place, original, start, end)) needed = 0;
      found?.add(term, start, end, needed);
      return;
    }
    const variant = variants[ownerAt(records, place)];
    if (variant === undefined) return;
    const permission = permissionOf(permissions, term);
    if (onAligned !== null) {
      const explained = aligner.explainAt(view, at, variant, permission, kind);
      if (explained === null) return;
      const { aligned, steps } = explained;
      const isExact = neededBits(original, aligned, terms[term]?.text ?? '', false) === 0;
      onAligned(term, aligned, isExact ? steps.map((step) => ({ ...step, folds: [] })) : steps);
      return;
    }
    const aligned = aligner.alignVariant(view, at, variant, permission, kind);
    if (aligned === null) return;
    const hides = permissions.hides[term] === 1;
    found?.add(
      term,
      aligned.start,
      aligned.end,
      neededBits(original, aligned, terms[term]?.text ?? '', hides),
    );
  }

  function isDue(term: number): boolean {
    attempts ??= new Uint8Array(terms.length);
    const made = attempts[term] ?? 0;
    if (made === lastAttempts) return false;
    attempts[term] = made + 1;
    return true;
  }

  /** Terms that nest in one another by the hundred, on text made of them, have more matches than anybody can look at. */
  function isSpent(): boolean {
    return aligner.spent() + looked + matched * stepsPerAttempt > budget;
  }

  /** Takes an occurrence of the pattern with this label, soon. */
  function take(label: number, start: number, end: number): void {
    if (waiting === occurrences.length) takeWaiting();
    occurrences[waiting + waits.label] = label;
    occurrences[waiting + waits.start] = start;
    occurrences[waiting + waits.end] = end;
    waiting += waits.width;
  }

  /**
   * Takes what waits. Looks at all first records before anything is done with one: they lie in no cache, and so none is waited
   * for behind another.
   */
  function takeWaiting(): void {
    if (layer === null || view === null) return;
    const { records } = layer;
    for (let at = 0; at < waiting; at += waits.width)
      occurrences[at + waits.marks] = marksAt(records, occurrences[at + waits.label] ?? 0);
    for (let at = 0; at < waiting; at += waits.width) {
      const start = occurrences[at + waits.start] ?? 0;
      const end = occurrences[at + waits.end] ?? 0;
      let place = occurrences[at + waits.label] ?? 0;
      let marks = occurrences[at + waits.marks] ?? 0;
      takeOwner(layer, view, place, marks, start, end);
      while (hasNext(marks)) {
        place = nextRecord(records, place);
        marks = marksAt(records, place);
        takeOwner(layer, view, place, marks, start, end);
      }
    }
    waiting = 0;
  }

  return {
    /** Begins a scan of so many units of a text; `told` hears of every match instead of the list. */
    begin(units: Uint16Array, size: number, into: MatchList, told: OnAligned | null): void {
      original = units;
      found = into;
      onAligned = told;
      taken = [];
      // Of a scan that an exception ended.
      waiting = 0;
      budget = leastBudget + size * stepsPerUnit;
      matched = 0;
      looked = 0;
      attempts = null;
      aligner.reset();
    },
    /** Begins a reading: what is taken from now on is of this layer and view. */
    open(own: Layer, of: View): void {
      layer = own;
      view = of;
    },
    take,
    /** Ends it. */
    close: takeWaiting,
    hasParts: () => taken.length > 0,
    /** The parts that were found since, in the order of their places. */
    partsInOrder(): readonly Taken[] {
      const own = taken;
      if (own.length > 0) taken = [];
      if (own.length < 2) return own;
      // By their places alone: the generators don't find them in one order.
      return own.toSorted((a, b) => a.from - b.from || a.to - b.to || a.component - b.component);
    },
    isSpent,
  };
}

/** None where the original says the term to the letter, however it was read. */
function neededBits(
  original: Uint16Array,
  { start, end, bits }: Aligned,
  text: string,
  hides: boolean,
): number {
  if (bits === 0 && !hides) return 0;
  const needed = hides ? bits | foldBit.invisible : bits;
  if (end - start !== text.length) return needed;
  for (let at = 0; at < text.length; at += 1) {
    if (original[start + at] !== text.charCodeAt(at)) return needed;
  }
  return 0;
}
