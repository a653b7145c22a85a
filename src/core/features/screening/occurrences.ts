import { type Aligned, createAligner } from './align.ts';
import { areAtMost } from './fillers.ts';
import { foldBit } from './folds.ts';
import { type Layer, type LayerKind, written } from './layers.ts';
import type { MatchList } from './match-list.ts';
import type { Mimics } from './mimics.ts';
import type { MatchStep, TermSpec } from './model.ts';
import { type Permission, type Permissions, permissionOf } from './permissions.ts';
import {
  createPlainTest,
  firstUnitAt,
  isHeardAt,
  mark,
  marksAt,
  nextRecord,
  notPlain,
  once,
  ownerAt,
  record,
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

/** Told of every match with its steps, where it is asked for. */
export type OnAligned = (term: number, aligned: Aligned, steps: MatchStep[]) => void;

/** What occurrences may be of. */
interface Owners {
  readonly terms: readonly TermSpec[];
  /** Records' owners: these, and behind them the parts. */
  readonly variants: readonly Variant[];
  /** The parts of each character that may be taken apart. */
  readonly parts: readonly string[];
  readonly permissions: Permissions;
  readonly reading: Reading;
  readonly mimics: Mimics;
}

/**
 * Takes what the generators find for what it is: a match of a term, which is lined up and put into the list; parts of a character,
 * which are kept until they are asked for; or nothing. Keeps the budget of a scan. Of one scan at a time.
 */
export function createTaker({ terms, variants, parts, permissions, reading, mimics }: Owners) {
  const { bits } = reading;
  const asVariants = parts.map((units): Variant => ({
    term: -1,
    units,
    read: null,
    via: null,
    bounds: 0,
    gaps: null,
  }));
  const partsAllowed: Permission = { bits, fillers: 1, acrossSentences: false };
  const aligner = createAligner(reading, permissions.list, mimics);
  const plainFolds = createPlainTest(bits, permissions.list, mimics);

  let original: Uint16Array = new Uint16Array(0);
  let found: MatchList | null = null;
  let onAligned: OnAligned | null = null;
  let taken: Taken[] = [];
  let budget = 0;
  let matched = 0;
  /** Owners and places that were looked at. */
  let looked = 0;
  /** By term: its attempts since the budget was spent; null until it is. */
  let attempts: Uint8Array | null = null;

  function takeComponent({ stratum }: Layer, view: View, from: number, to: number, component: number): void {
    const parts = asVariants[component];
    if (parts === undefined) return;
    const { units } = parts;
    if (!isLetter(stratum, view, from, units.charCodeAt(0))) return;
    if (!isLetter(stratum, view, to - 1, units.charCodeAt(units.length - 1))) return;
    // The parts of one character stand side by side: at most one filler is between them, be it an emoji of many units.
    const most = units.length + 1;
    if (areAtMost(view, from, to, most)) composeAt(view, from, component);
  }

  function composeAt(view: View, from: number, component: number): void {
    const parts = asVariants[component];
    if (parts === undefined) return;
    const aligned = aligner.alignVariant(view, from, parts, partsAllowed, written);
    if (aligned === null) return;
    taken.push({ from, to: aligned.last + 1, component, via: foldBit['look-alikes'] | aligned.bits });
  }

  /** Whether what was found by its sound may be this letter. Quick: most of what sounds like it is another. */
  function isLetter({ finer }: Stratum, view: View, at: number, wanted: number): boolean {
    if (finer === undefined || finer === null) return true;
    const letter = finer.classOf[wanted];
    return letter === 0 || letter === finer.classOf[view.units[at] ?? 0];
  }

  /** Tries the owner at this place of the layer's records. */
  function takeOwner(layer: Layer, view: View, place: number, start: number, end: number): void {
    const { records } = layer;
    const { classOf } = layer.stratum;
    const owner = ownerAt(records, place);
    const marks = marksAt(records, place);
    looked += 1;
    if (owner >= variants.length) {
      const component = owner - variants.length;
      if ((marks & mark.alike) === 0) takeComponent(layer, view, start, end, component);
      else placesInRun(layer, view, start, place, (at) => composeAt(view, at, component));
      return;
    }
    // What is spent is spent on following runs, too.
    if (isSpent() && (attempts?.[termAt(records, place)] ?? 0) >= lastAttempts) return;
    const run = records[place + record.firstRun] ?? 1;
    if ((marks & mark.alike) !== 0) {
      placesInRun(layer, view, start, place, (at) => attempt(layer, view, at, place, written));
      if ((marks & mark.byLetter) !== 0) return;
    }
    const kind = (marks & mark.byLetter) === 0 ? layer.kind : written;
    const letter = isHeardAt(records, place) ? 0 : firstUnitAt(records, place);
    if (run === 1) {
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
   * Tells each place at which the owner may begin by the letter: any in the first run by sound that is its first letter. What sounds
   * alike side by side is one run, of which it isn't known where the letters change.
   */
  function placesInRun(
    { records, stratum }: Layer,
    view: View,
    start: number,
    place: number,
    tell: (at: number) => void,
  ): void {
    const wanted = classAt(view, start, stratum.classOf);
    const component = asVariants[ownerAt(records, place) - variants.length];
    const letter = component?.units.charCodeAt(0) ?? firstUnitAt(records, place);
    const furthest = records[place + record.firstRun] === 1 ? start : Math.max(view.from, start - longestRun);
    for (let at = start; at >= furthest; at -= 1) {
      looked += 1;
      const own = classAt(view, at, stratum.classOf);
      if (own === unitClass.skipped) continue;
      if (own !== wanted) break;
      if (isLetter(stratum, view, at, letter)) tell(at);
    }
  }

  function attempt({ records }: Layer, view: View, at: number, place: number, kind: LayerKind): void {
    const term = termAt(records, place);
    if (isSpent() && !isDue(term)) return;
    matched += 1;
    if (onAligned === null && view.map === null) {
      const folds = plainFolds(records, place, view.units, at, view.to, kind.bySound);
      if (folds !== notPlain) {
        found?.add(term, at, at + (records[place + record.length] ?? 0), folds);
        return;
      }
    }
    const isPlain = (records[place + record.length] ?? 0) > 0;
    if (isPlain && onAligned === null) {
      const aligned = aligner.alignRecord(view, at, records, place, kind);
      if (aligned === null) return;
      const differs = view.map === null && (records[place + record.folds] ?? 0) === 0;
      found?.add(
        term,
        aligned.start,
        aligned.end,
        differs ? aligned.bits : neededBits(original, aligned, terms[term]?.text ?? '', false),
      );
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

  return {
    /** Begins a scan of so many units of a text; `told` hears of every match instead of the list. */
    begin(units: Uint16Array, size: number, into: MatchList, told: OnAligned | null): void {
      original = units;
      found = into;
      onAligned = told;
      taken = [];
      budget = leastBudget + size * stepsPerUnit;
      matched = 0;
      looked = 0;
      attempts = null;
      aligner.reset();
    },
    /** Takes an occurrence of the pattern with this label. */
    take(layer: Layer, view: View, label: number, start: number, end: number): void {
      for (let at = label; at >= 0; at = nextRecord(layer.records, at))
        takeOwner(layer, view, at, start, end);
    },
    hasParts: () => taken.length > 0,
    /** The parts that were found since, in the order of their places. */
    partsInOrder(): Taken[] {
      if (taken.length === 0) return [];
      // By their places alone: the generators don't find them in one order.
      const own = taken.toSorted((a, b) => a.from - b.from || a.to - b.to || a.component - b.component);
      taken = [];
      return own;
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
