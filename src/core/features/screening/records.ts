import { foldBit, foldTable } from './folds.ts';
import type { Mimics } from './mimics.ts';
import type { Permission, Permissions } from './permissions.ts';
import { isAsciiDigit, isAsciiLetter, isSpace } from './plain-characters.ts';
import { noReading, primaryReading, readingsOf } from './tables/index.ts';
import { type Variant, allUnits, bound, heardUnits, lastHeard } from './variants.ts';
import type { View } from './view.ts';

/**
 * What an occurrence of a pattern may be, in 16 bits each: an owner's numbers and units, and those of the next owner behind
 * them where `follows` is set. An occurrence asks for all of it, in no order that a processor's cache could foresee, so that
 * it lies in one place, which is mostly one line of the cache.
 *
 * `owner` and `term` have their lower halves first. `firstRun` is how many of the owner's units are in its first run,
 * `once` where it is a single unit, found once a run. `length` is the number of units that follow, 0 where the variant is not plain: one that may not stand
 * anywhere, or whose units alone don't say it. `folds` make the units the term's; `heard` has a bit for each that may be another
 * one of the same sound, the last bit for all from there on; `permission` is the position of what it allows (`allowedBy`).
 */
export const record = {
  owner: 0,
  term: 2,
  firstRun: 4,
  marks: 5,
  length: 6,
  folds: 7,
  heard: 8,
  permission: 9,
  units: 10,
} as const;

/** In `firstRun`. */
export const once = 0xffff;
/** First runs are counted up to it: the longest that is followed is shorter. */
const mostCounted = 0x1fff;
/** The highest `length` and `permission`. */
const mostNumber = 0xffff;
/** In `marks`: another owner follows. */
const follows = 0x8000;

/**
 * In `marks`, of a layer by sound. `byLetter`: nothing of the variant may be another one of the same sound. `alike`:
 * neighbours in it sound alike and are different letters (洁婕), so that it is lined up by the letter, too: by sound the one may
 * be taken for the other. Of any layer: `wordLeft` and `wordRight`, which the writer adds: it begins, or ends, with a letter of
 * the alphabet beside which no other may stand.
 */
export const mark = { byLetter: 0x4000, alike: 0x2000, wordLeft: 0x1000, wordRight: 0x0800 } as const;

/** Writes what is known of owners (variants, and components behind them) into records. */
export interface RecordWriter {
  /** How much room an owner's record takes. */
  sizeOf(owner: number): number;
  /** Whether it is a term's own text. */
  isOwn(owner: number): boolean;
  /** Writes it at a place, and answers the place behind it. `firstRun` is -1 for `once`; `marks` are of `mark`, to which those of words are added. */
  write(records: Uint16Array, at: number, owner: number, firstRun: number, marks: number): number;
  /** Says that another owner's record follows the one at this place. */
  chain(records: Uint16Array, at: number): void;
}

/** What records allow: first what the parts of a character do, then what terms do. */
export function allowedBy(permissions: Permissions, ofParts: Permission): readonly Permission[] {
  return [ofParts, ...permissions.list];
}
const ofTerms = 1;

/** Writes the records of these variants, and of the parts of characters, which have the numbers behind them. */
export function createRecordWriter(
  variants: readonly Variant[],
  parts: readonly string[],
  permissions: Permissions,
): RecordWriter {
  const { indexOf, hides } = permissions;
  /** The owner's units where it is plain, as parts are; none otherwise. */
  const plainUnits = (owner: number) => {
    const variant = variants[owner];
    if (variant === undefined) return parts[owner - variants.length] ?? '';
    return variant.gaps === null &&
      variant.bounds === 0 &&
      hides[variant.term] === 0 &&
      variant.units.length <= mostNumber &&
      (indexOf[variant.term] ?? 0) + ofTerms <= mostNumber
      ? variant.units
      : '';
  };
  return {
    isOwn: (owner) => variants[owner]?.via === null,
    sizeOf: (owner) => record.units + plainUnits(owner).length,
    write(records, at, owner, firstRun, marks) {
      const variant = variants[owner];
      const units = plainUnits(owner);
      const term = variant?.term ?? 0;
      records[at + record.owner] = owner;
      records[at + record.owner + 1] = owner >>> 16;
      records[at + record.term] = term;
      records[at + record.term + 1] = term >>> 16;
      records[at + record.firstRun] = firstRun < 0 ? once : Math.min(firstRun, mostCounted);
      records[at + record.marks] = marks | (variant === undefined ? 0 : wordMarks(variant));
      records[at + record.length] = units.length;
      records[at + record.folds] = (variant?.via ?? []).reduce((all, own) => all | own, 0);
      records[at + record.heard] = variant === undefined ? allUnits : heardUnits(variant);
      records[at + record.permission] = variant === undefined ? 0 : (indexOf[term] ?? 0) + ofTerms;
      for (let unit = 0; unit < units.length; unit += 1)
        records[at + record.units + unit] = units.charCodeAt(unit);
      return at + record.units + units.length;
    },
    chain(records, at) {
      records[at + record.marks] = (records[at + record.marks] ?? 0) | follows;
    },
  };
}

function wordMarks({ units, bounds }: Variant): number {
  const isWord = (side: number, edge: string) => (bounds & side) !== 0 && isAsciiLetter(edge.charCodeAt(0));
  return (
    (isWord(bound.left, units.charAt(0)) ? mark.wordLeft : 0) |
    (isWord(bound.right, units.charAt(units.length - 1)) ? mark.wordRight : 0)
  );
}

/** Whether an occurrence is in the middle of a word, where that of a record with these marks may not be: songyuanzhen says no yuanzhen. */
export function isInsideWord({ units, from, to }: View, marks: number, start: number, end: number): boolean {
  return (
    ((marks & mark.wordLeft) !== 0 && start > from && areInWord(units[start - 1] ?? 0, units[start] ?? 0)) ||
    ((marks & mark.wordRight) !== 0 && end < to && areInWord(units[end - 1] ?? 0, units[end] ?? 0))
  );
}

/**
 * Whether both are letters, and not the same one, in whatever case: of a run at its end an occurrence has the first one only, of one at
 * its beginning the last (nbxx for 内部消息).
 */
function areInWord(one: number, other: number): boolean {
  return isAsciiLetter(one) && isAsciiLetter(other) && (one | 0x20) !== (other | 0x20);
}

/** The owner of the record at a place: a variant's position, or behind the last one a component's. */
export function ownerAt(records: Uint16Array, at: number): number {
  return (records[at + record.owner] ?? 0) | ((records[at + record.owner + 1] ?? 0) << 16);
}

/** The term of the record at a place. */
export function termAt(records: Uint16Array, at: number): number {
  return (records[at + record.term] ?? 0) | ((records[at + record.term + 1] ?? 0) << 16);
}

/** How many units the record at a place has; 0 where its owner is not plain. */
export function lengthAt(records: Uint16Array, at: number): number {
  return records[at + record.length] ?? 0;
}

/** The last unit of the record at a place, which has units. */
export function lastUnitAt(records: Uint16Array, at: number): number {
  return records[at + record.units + lengthAt(records, at) - 1] ?? 0;
}

/** The first unit of the record at a place; 0 where the variant is not plain. */
export function firstUnitAt(records: Uint16Array, at: number): number {
  return lengthAt(records, at) === 0 ? 0 : (records[at + record.units] ?? 0);
}

/** Whether the first unit of the record at a place may be another one of the same sound. */
export function isHeardAt(records: Uint16Array, at: number): boolean {
  return (marksAt(records, at) & mark.byLetter) === 0 && ((records[at + record.heard] ?? 0) & 1) === 1;
}

/** The marks of the record at a place, and whether another one follows (`hasNext`). */
export function marksAt(records: Uint16Array, at: number): number {
  return records[at + record.marks] ?? 0;
}

/** Whether a text's `units[from…to)` are those of the record at a place. */
export function saysUnits(
  records: Uint16Array,
  at: number,
  units: Uint16Array,
  from: number,
  to: number,
): boolean {
  if (to - from !== lengthAt(records, at)) return false;
  for (let place = from; place < to; place += 1)
    if (units[place] !== records[at + record.units + place - from]) return false;
  return true;
}

/** Whether another owner's record follows the one with these marks. */
export function hasNext(marks: number): boolean {
  return marks >= follows;
}

/** The next owner's record, where there is one. */
export function nextRecord(records: Uint16Array, at: number): number {
  return at + record.units + lengthAt(records, at);
}

/** Answers of the test for plain variants that are no folds: it takes more to tell; it doesn't stand there. */
export const notPlain = -1;
export const absent = -2;

/**
 * Tells by which folds the variant of a record stands in `units[at…to)` unit by unit: its own, and homophones where
 * `bySound` and units are others. `absent` where it doesn't, `notPlain` where it takes more than that to tell. Most of what a
 * generator finds stands there just so, and then there is nothing to line up.
 *
 * @param reading the folds that any term has, as bits
 */
export function createPlainTest(reading: number, permissions: readonly Permission[], mimics: Mimics) {
  const hears = permissions.map(({ bits }) => (bits & foldBit.homophones) !== 0);
  const seesLikeness = permissions.map(({ bits }) => (bits & foldBit['look-alikes']) !== 0);
  const { single } = foldTable(reading);
  // Made only where it is asked for: that takes a while.
  const readings = (reading & foldBit.homophones) === 0 ? new Uint16Array(0) : primaryReading();
  /** Whether a figure is the wanted unit by no fold: nor is it passed over, or a space may be left out before it. */
  const isNothing = (figure: number, wanted: number) =>
    single[wanted] !== figure && !isSpace(wanted) && mimics.of(figure, wanted).length === 0;
  return (
    records: Uint16Array,
    place: number,
    units: Uint16Array,
    at: number,
    to: number,
    bySound: boolean,
  ): number => {
    const length = records[place + record.length] ?? 0;
    if (length === 0 || at + length > to) return notPlain;
    const start = place + record.units;
    const mayHear = bySound && hears[records[place + record.permission] ?? 0] === true;
    const heard = mayHear ? (records[place + record.heard] ?? 0) : 0;
    let folds = records[place + record.folds] ?? 0;
    let likeness = 0;
    for (let unit = 0; unit < length; unit += 1) {
      const written = units[at + unit] ?? 0;
      const wanted = records[start + unit] ?? 0;
      if (written === wanted) continue;
      // A figure is read as what sounds like its name (5日 as 武日), which it doesn't stand for.
      if (unit > 0 && isAsciiDigit(written) && isNothing(written, wanted)) return absent;
      const own = readings[written] ?? noReading;
      // What another fold makes the same is not the same by sound.
      if (
        ((heard >>> Math.min(unit, lastHeard)) & 1) === 0 ||
        own === noReading ||
        single[written] === single[wanted] ||
        (own !== readings[wanted] && !readingsOf(wanted).includes(own))
      )
        return notPlain;
      const likenesses = mimics.of(written, wanted);
      if (likenesses.length === 0 || seesLikeness[records[place + record.permission] ?? 0] === false)
        folds |= foldBit.homophones;
      else if (likenesses.includes(written)) likeness = foldBit['look-alikes'];
      else return notPlain;
    }
    // Where it takes homophones anyway, look-alikes that sound alike are no more than that.
    return (folds & foldBit.homophones) === 0 ? folds | likeness : folds;
  };
}
