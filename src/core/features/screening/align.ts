import { fillerWidth, invisibleWidth } from './fillers.ts';
import { foldBit, foldTable, isInvisible, isLeading, isTrailing } from './folds.ts';
import type { LayerKind } from './layers.ts';
import type { Mimics } from './mimics.ts';
import type { MatchStep } from './model.ts';
import type { Permission } from './permissions.ts';
import { isAsciiDigit, isAsciiLetter, isNumberMark, isSpace } from './plain-characters.ts';
import { record } from './records.ts';
import { longestRun } from './runs.ts';
import { StepNotes } from './step-notes.ts';
import { createTableFolds } from './table-folds.ts';
import { createUnitFolds } from './unit-folds.ts';
import { type Reading, canonicalUnits } from './unit-reading.ts';
import { type Variant, allUnits, bound, heardUnits, lastHeard, standingUnits } from './variants.ts';
import { type View, endOf, startOf, viaOf } from './view.ts';
import { isWordAt } from './word-edges.ts';

/** Where a variant stands, and the folds that it took. */
export interface Aligned {
  /** Offsets of the original, end exclusive. */
  start: number;
  end: number;
  /** The place of its last unit in the view. */
  last: number;
  bits: number;
}

const noPlaces: readonly number[] = [];
/** Ways to take signs for fillers that are tried: more than one sign in a term is rare, and more than a few of it in a row. */
const mostTries = 16;

/**
 * Lines a variant up with the text, character by character, under what its term allows. A generator's occurrence says only
 * that the skeletons agree; this decides whether it is a match, where exactly, and by which folds.
 */
export function createAligner(reading: Reading, permissions: readonly Permission[], mimics: Mimics) {
  const { single } = foldTable(reading.bits);
  const canonical = canonicalUnits(reading);
  const unitFolds = createUnitFolds(reading.bits, mimics);
  const tableFolds = createTableFolds(single);
  const aligned: Aligned = { start: 0, end: 0, last: 0, bits: 0 };
  const notes = new StepNotes();

  /** What is being lined up: `wanted[from…from + length)`, in the variant's units. */
  let wanted: Uint16Array = new Uint16Array(0);
  let wantedFrom = 0;
  let wantedLength = 0;
  /** By unit, the last bit for all from there on: whether it may be another one of the same sound. */
  let heard = 0;
  /** As `heard`: whether it is a letter that stands for a character, which it does in capitals too. */
  let standing = 0;
  /** Where it says more of its units than that. */
  let detail: Variant | null = null;

  /** Places at which a sign of the variant was found that may be a filler as well, and those at which it has to be one. */
  let signs: number[] = [];
  let asFillers: readonly number[] = [];

  /**
   * Lines up the wanted units from `firstIndex` on with the text from `at` on. Answers the place behind the last
   * unit, or -1; what was needed is added to `aligned.bits`. A sign of the variant is taken where it is met first; where that leads
   * to nothing, that one is tried as a filler before it: 保😀😀-本 for 保😀本 with one filler at a time.
   */
  function walk(view: View, at: number, firstIndex: number, allowed: Permission): number {
    const [bits, noted] = [aligned.bits, notes.count];
    if (signs.length > 0) signs = [];
    asFillers = noPlaces;
    const behind = walkOnce(view, at, firstIndex, allowed);
    if (behind >= 0 || signs.length === 0) return behind;
    const open = signs.map((place) => [place]);
    for (let tries = 0; tries < mostTries && open.length > 0; tries += 1) {
      asFillers = open.pop() ?? noPlaces;
      signs = [];
      aligned.bits = bits;
      notes.cut(noted);
      repeated = false;
      wordsOnly = false;
      const other = walkOnce(view, at, firstIndex, allowed);
      if (other >= 0) return other;
      for (const place of signs) open.push([...asFillers, place]);
    }
    return -1;
  }

  function walkOnce(view: View, at: number, firstIndex: number, allowed: Permission): number {
    const via = detail?.via ?? null;
    const gaps = detail?.gaps ?? null;
    let place = at;
    let index = firstIndex;
    let fillers = 0;
    let previous = -1;
    let repeatable = -1;
    /** Spaces of the term that the text does without, told of with what follows. */
    let leftOut = '';
    let run = 0;
    let atStart = true;
    while (index < wantedLength) {
      spent += 1;
      if (place >= view.to) return -1;
      const unit = view.units[place] ?? 0;
      const own = wanted[wantedFrom + index] ?? 0;
      // Half an emoji says nothing: 💰 and 😀 begin alike, and one may stand before the other as a filler.
      const isHalf = isLeading(own) && (view.units[place + 1] ?? 0) !== wanted[wantedFrom + index + 1];
      const bySound = ((heard >>> Math.min(index, lastHeard)) & 1) === 1;
      const stands = ((standing >>> Math.min(index, lastHeard)) & 1) === 1;
      let folds = -1;
      if (!isHalf && !asFillers.includes(place))
        folds = stands
          ? unitFolds.ofLetter(view, place, own, allowed.bits, bySound)
          : unitFolds.of(view, place, own, allowed.bits, bySound);
      if (folds >= 0) {
        const isSign = canonical[own] === -1 && !isTrailing(own);
        if (isSign && mayFill(index > firstIndex, fillers, allowed)) signs.push(place);
        if (fillers > 0) wordsOnly = true;
        const bits = folds | (via?.[index] ?? 0);
        aligned.bits |= bits;
        if (notes.isOn)
          notes.add(
            view,
            place,
            place + 1,
            leftOut + readAt(index),
            leftOut === '' ? bits : bits | foldBit.filler,
          );
        leftOut = '';
        if (index > firstIndex && (single[unit] ?? unit) !== previous) atStart = false;
        run = (single[unit] ?? unit) === previous ? run + 1 : 1;
        previous = single[unit] ?? unit;
        repeatable = unit;
        index += 1;
        place += 1;
        fillers = 0;
        continue;
      }
      const inside = index > firstIndex;
      const hidden = inside ? invisibleWidth(view, place) : 0;
      if (hidden > 0) {
        const bits = foldBit.invisible | viaOf(view, place);
        if ((bits & ~allowed.bits) !== 0) return -1;
        aligned.bits |= bits;
        notes.add(view, place, place + hidden, '', bits);
        place += hidden;
        continue;
      }
      // Where no filler may stand (any more), a sign is a character like others, that may be repeated.
      const fills = mayFill(inside, fillers, allowed);
      const width = fills ? fillerWidth(view, place, allowed.acrossSentences) : 0;
      if (inside && mayBeLeftOut(index, previous, allowed) && (width === 0 || isNext(index, unit))) {
        wordsOnly = true;
        aligned.bits |= foldBit.filler;
        leftOut += readAt(index);
        index += 1;
        continue;
      }
      const again = inside && width === 0 && (single[unit] ?? unit) === previous;
      if (again && (allowed.bits & foldBit.repeats) !== 0) {
        // A match begins as late in a run as it can; a number with a figure more is another number; doubled letters are how
        // English is spelled.
        if (atStart || isAsciiDigit(previous)) return -1;
        run += 1;
        const next = single[view.units[place + 1] ?? 0];
        if (isAsciiLetter(previous) && run < 3 && !(place + 1 < view.to && next === previous)) return -1;
        const bits = foldBit.repeats | viaOf(view, place) | tableFolds(unit, repeatable, allowed.bits);
        if ((bits & ~allowed.bits) !== 0) return -1;
        aligned.bits |= bits;
        repeated = true;
        notes.add(view, place, place + 1, '', bits);
        place += 1;
        fillers = 0;
        continue;
      }
      if (width === 0 || (gaps !== null && gaps[index] === 0)) return -1;
      const bits = foldBit.filler | viaOf(view, place);
      if ((bits & ~allowed.bits) !== 0) return -1;
      if (
        isAsciiDigit(previous) &&
        isNumberMark(unit) &&
        isAsciiDigit(single[view.units[place + 1] ?? 0] ?? 0)
      )
        return -1;
      fillers += 1;
      aligned.bits |= bits;
      notes.add(view, place, place + width, '', bits);
      place += width;
    }
    return place;
  }

  /** Whether another filler may stand here. */
  function mayFill(inside: boolean, fillers: number, { bits, fillers: most }: Permission): boolean {
    return inside && (bits & foldBit.filler) !== 0 && fillers < most;
  }

  /** Whether a wanted unit is a space between words: another filler may stand there, or nothing. In a number it parts two. */
  function mayBeLeftOut(index: number, previous: number, allowed: Permission): boolean {
    const own = wanted[wantedFrom + index] ?? 0;
    const next = wanted[wantedFrom + index + 1] ?? 0;
    const isBetween = isSpace(own) && index < wantedLength - 1 && (allowed.bits & foldBit.filler) !== 0;
    return isBetween && !(isAsciiDigit(previous) && isAsciiDigit(single[next] ?? next));
  }

  /** Whether the text says here what is wanted behind this unit. */
  function isNext(index: number, unit: number): boolean {
    const next = wanted[wantedFrom + index + 1] ?? 0;
    return (single[next] ?? next) === (single[unit] ?? unit);
  }

  /** What the term says where this unit is wanted. */
  function readAt(index: number): string {
    return detail?.read?.[index] ?? String.fromCharCode(wanted[wantedFrom + index] ?? 0);
  }

  let repeated = false;
  let wordsOnly = false;
  /** Units looked at since it was last reset: the measure of work. */
  let spent = 0;

  /** The first wanted unit that is not passed over, which a skeleton begins with. */
  function skeletonAt(): number {
    let index = 0;
    while (index < wantedLength && canonical[wanted[wantedFrom + index] ?? 0] === -1) index += 1;
    return index;
  }

  /** Lines up a variant, of which a skeleton's occurrence begins at `at`. Answers `aligned`, which the next call overwrites, or null. */
  function alignVariant(
    view: View,
    at: number,
    variant: Variant,
    permission: Permission,
    kind: LayerKind,
  ): Aligned | null {
    const { units } = variant;
    if (units.length > ownUnits.length) ownUnits = new Uint16Array(units.length * 2);
    for (let index = 0; index < units.length; index += 1) ownUnits[index] = units.charCodeAt(index);
    wanted = ownUnits;
    wantedFrom = 0;
    wantedLength = units.length;
    heard = kind.bySound ? heardUnits(variant) : 0;
    standing = standingUnits(variant);
    detail = variant;
    aligned.bits = 0;
    return lineUp(view, at, permission, kind.literal, variant.bounds);
  }
  let ownUnits = new Uint16Array(64);

  /**
   * The same for the plain variant of a record, which says all of it: what else is known of variants lies in no cache, and most
   * of what has to be lined up is in a record.
   */
  function alignRecord(
    view: View,
    at: number,
    records: Uint16Array,
    place: number,
    kind: LayerKind,
  ): Aligned | null {
    const permission = permissions[records[place + record.permission] ?? 0];
    if (permission === undefined) return null;
    wanted = records;
    wantedFrom = place + record.units;
    wantedLength = records[place + record.length] ?? 0;
    const heardBits = records[place + record.heard] ?? 0;
    heard = kind.bySound ? heardBits : 0;
    // A plain variant has no pinyin: what is not heard is a look-alike.
    standing = ~heardBits & allUnits;
    detail = null;
    aligned.bits = records[place + record.folds] ?? 0;
    return lineUp(view, at, permission, kind.literal, 0);
  }

  function lineUp(
    view: View,
    at: number,
    allowed: Permission,
    literal: boolean,
    bounds: number,
  ): Aligned | null {
    const { bits } = aligned;
    unitFolds.begin(true);
    const result = lineUpOnce(view, at, allowed, literal, bounds);
    if (result === null || !unitFolds.hadMimics() || (aligned.bits & foldBit.homophones) === 0) return result;
    // Where it takes homophones anyway, look-alikes that sound alike are no more than that; unless only a look-alike says how it
    // sounds, as one in a compatibility form.
    const [first, ofFirst] = [{ ...aligned }, notes.renew()];
    unitFolds.begin(false);
    aligned.bits = bits;
    if (lineUpOnce(view, at, allowed, literal, bounds) === null) {
      Object.assign(aligned, first);
      notes.putBack(ofFirst);
    }
    return aligned;
  }

  function lineUpOnce(
    view: View,
    at: number,
    allowed: Permission,
    literal: boolean,
    bounds: number,
  ): Aligned | null {
    repeated = false;
    wordsOnly = false;
    let first = at;
    const skeleton = literal ? 0 : skeletonAt();
    // What stands before the first unit that counts: the 《 of 《保本》, the 💰 of 💰群.
    for (let index = skeleton - 1; index >= 0; index -= 1) {
      first = placeBefore(view, first, wanted[wantedFrom + index] ?? 0, allowed.bits);
      if (first < 0) return null;
    }
    const behind = walk(view, first, first < at ? 0 : skeleton, allowed);
    if (behind < 0) return null;
    let last = behind - 1;
    if (repeated) {
      first = overRun(view, first, -1, allowed.bits);
      last = overRun(view, last, 1, allowed.bits);
    }
    if (!isBounded(view, first, last, bounds) || splitsStretch(view, first, last)) return null;
    aligned.start = startOf(view, first);
    aligned.end = endOf(view, last);
    aligned.last = last;
    return aligned;
  }

  /** The nearest place before another at which the view says a unit, over what may stand between; -1 where there is none. */
  function placeBefore(view: View, at: number, own: number, allowed: number): number {
    const furthest = Math.max(view.from, at - longestRun);
    for (let place = at - 1; place >= furthest; place -= 1) {
      spent += 1;
      if (unitFolds.of(view, place, own, allowed, false) >= 0) return place;
      const unit = view.units[place] ?? 0;
      const fills = (allowed & foldBit.filler) !== 0 && canonical[unit] === -1;
      const repeats =
        (allowed & foldBit.repeats) !== 0 && tableFolds(unit, view.units[at] ?? 0, allowed) >= 0;
      if (!isInvisible(unit) && !fills && !repeats) return -1;
    }
    return -1;
  }

  /** Whether an edge lies inside a stretch that was rewritten as one: half of ㏄ is no c. The brackets of ㈱ are part of 株. */
  function splitsStretch(view: View, first: number, last: number): boolean {
    if (view.map === null) return false;
    const before = first > view.from && startOf(view, first - 1) === startOf(view, first);
    const behind = last + 1 < view.to && endOf(view, last + 1) === endOf(view, last);
    return (before && !isBracket(view, first - 1)) || (behind && !isBracket(view, last + 1));
  }

  /** Whether a bracket stands there, alone in front of or behind what it is around, and none is asked for. */
  function isBracket(view: View, at: number): boolean {
    const unit = view.units[at] ?? 0;
    if (unit !== 0x28 && unit !== 0x29) return false;
    for (let index = 0; index < wantedLength; index += 1) {
      const own = single[wanted[wantedFrom + index] ?? 0];
      if (own === 0x28 || own === 0x29) return false;
    }
    return true;
  }

  /** The last place of the run that an edge of a match stands in; the folds that make it one are added. */
  function overRun(view: View, from: number, step: 1 | -1, allowed: number): number {
    const edge = view.units[from] ?? 0;
    let at = from;
    let bits = foldBit.repeats;
    for (let seen = 0; seen < longestRun; seen += 1) {
      const next = at + step;
      if (next < view.from || next >= view.to || isAsciiDigit(single[edge] ?? edge)) break;
      const folds = tableFolds(view.units[next] ?? 0, edge, allowed);
      if (folds < 0 || (viaOf(view, next) & ~allowed) !== 0) break;
      bits |= folds | viaOf(view, next);
      at = next;
    }
    if (at === from) return at;
    aligned.bits |= bits;
    notes.addBeside(view, from, at, bits);
    return at;
  }

  /**
   * Whether the match stands as a word where it has to: a variant that asks for it, and a Latin edge of a match with
   * fillers (TV 信号 says no V信).
   */
  function isBounded(view: View, first: number, last: number, bounds: number): boolean {
    const digits = (bounds & bound.digits) !== 0;
    const asksLeft = isBound((bounds & bound.left) !== 0, 0);
    const asksRight = isBound((bounds & bound.right) !== 0, wantedLength - 1);
    return (
      !(asksLeft && isWordAt(view, first - 1, -1, digits)) &&
      !(asksRight && isWordAt(view, last + 1, 1, digits))
    );
  }

  /** Whether nothing of a word may stand beside this wanted unit, an edge; always asked of a letter among fillers. */
  function isBound(isAsked: boolean, index: number): boolean {
    const edge = wanted[wantedFrom + index] ?? 0;
    const plain = single[edge] ?? edge;
    return isAsciiLetter(plain) ? isAsked || wordsOnly : isAsked && isAsciiDigit(plain);
  }

  return {
    /** Units looked at since `reset`. */
    spent: () => spent,
    reset(): void {
      spent = 0;
    },
    alignVariant,
    alignRecord,
    /** As `alignVariant`, with the steps. `written` of each is left to whoever holds the original. */
    explainAt(
      ...parameters: Parameters<typeof alignVariant>
    ): { aligned: Aligned; steps: MatchStep[] } | null {
      notes.begin();
      const result = alignVariant(...parameters);
      const steps = notes.end();
      return result === null ? null : { aligned: { ...result }, steps };
    },
  };
}

/** Lines up variants; of one program, and not from inside itself. */
export type Aligner = ReturnType<typeof createAligner>;
