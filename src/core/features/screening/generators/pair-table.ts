import { unitClass } from '../stratum.ts';
import { estimateFrequencies } from './rarity.ts';

/**
 * The first thing that is asked of every unit: whether a pattern's anchor may end here, by one byte for each two classes.
 * Classes have numbers of their own here, their columns, so that the byte's place is `before * columns + own` and nothing
 * has to be masked or told apart on the way to it.
 */
export interface PairTable {
  /** By unit: its column. */
  readonly columnOf: Uint16Array;
  /** By the column before, and the own one: as in `pairing`. */
  readonly pairs: Uint8Array;
  readonly columns: number;
}

/**
 * The first columns. Up to `skippedAlways` a unit is passed over: what stands before it counts as before the next one.
 * Those called always are candidates whatever stands before them.
 */
export const column = { skipped: 0, skippedAlways: 1, none: 2, always: 3, first: 4 } as const;

/** Of two neighbours: the second is a candidate; and a pattern may be these two and nothing else. */
export const pairing = { listed: 2, whole: 1 } as const;

/** A table of a megabyte at most, which is about what a core's second cache holds. */
const mostColumns = 1024;
/** Where there are more groups, the rarest share so many: their pairs are seldom seen, so that little passes wrongly. */
const sharedColumns = 256;

/**
 * An anchor, the two neighbours that a pattern is looked for by, in numbers: their classes, and the finer classes asked of
 * them, or 0; and 1 where the pattern is these two and nothing else.
 */
export const anchor = { first: 0, ofFirst: 1, second: 2, ofSecond: 3, isWhole: 4, width: 5 } as const;

/**
 * The table of a stratum's anchors; what is common gets neighbouring columns, which keeps what is often asked for in few places.
 * A class has a column, and one more for each finer class that an anchor asks of it.
 *
 * @param reading by unit: its class or `skipped`, `unitClass.trigger` added where it is a candidate always
 * @param finerOf by unit: its finer class; null where none is asked for
 * @param anchors as in `anchor`, one behind the other
 */
export function createPairTable(
  reading: Uint16Array,
  finerOf: Uint16Array | null,
  anchors: Uint16Array,
): PairTable {
  const told = finerOf === null ? byClass(reading) : tellApart(reading, finerOf, anchors);
  const columnOfGroup = numberColumns(estimateFrequencies(told.groupOf, told.count));
  const columns = columnOfGroup.reduce((most, own) => Math.max(most, own), column.always) + 1;
  const columnOf = new Uint16Array(reading.length);
  /** By group: 1 where a unit of it is a candidate always, and has that column. */
  const always = new Uint8Array(told.count + 1);
  for (let unit = 0; unit < reading.length; unit += 1) {
    const isAlways = (reading[unit] ?? 0) >= unitClass.trigger;
    const own = told.groupOf[unit] ?? 0;
    if (own === unitClass.skipped) columnOf[unit] = isAlways ? column.skippedAlways : column.skipped;
    else columnOf[unit] = isAlways ? column.always : (columnOfGroup[own] ?? column.none);
    if (isAlways && own !== unitClass.skipped) always[own] = 1;
  }

  const pairs = new Uint8Array(columns * columns);
  for (let row = 0; row < columns; row += 1) {
    pairs[row * columns + column.skippedAlways] = pairing.listed;
    pairs[row * columns + column.always] = pairing.listed;
  }
  const known = new Map<number, readonly number[]>();
  const columnsOf = (own: number, asked: number) => {
    const key = keyOf(own, asked);
    let found = known.get(key);
    if (found === undefined) {
      const groups = told.groupsOf(own, asked);
      found = groups.map((group) => columnOfGroup[group] ?? column.none);
      if (groups.some((group) => always[group] === 1)) found = [...found, column.always];
      known.set(key, found);
    }
    return found;
  };
  for (let at = 0; at < anchors.length; at += anchor.width) {
    const behind = columnsOf(anchors[at + anchor.second] ?? 0, anchors[at + anchor.ofSecond] ?? 0);
    const before = columnsOf(anchors[at + anchor.first] ?? 0, anchors[at + anchor.ofFirst] ?? 0);
    const value = pairing.listed | (anchors[at + anchor.isWhole] === 1 ? pairing.whole : 0);
    for (const row of before) {
      for (const own of behind) {
        const place = row * columns + own;
        pairs[place] = (pairs[place] ?? 0) | value;
      }
    }
  }
  return { columnOf, pairs, columns };
}

function keyOf(one: number, other: number): number {
  return one * 0x10000 + other;
}

/** A reading's class; 0 for what is none or passed over. */
function classIn(value: number): number {
  const own = value & unitClass.skipped;
  return own === unitClass.skipped ? unitClass.none : own;
}

/** What the pass tells units apart by. */
interface Told {
  /** By unit: its group, numbered from 1; 0 or `skipped` as in a reading. */
  readonly groupOf: Uint16Array;
  readonly count: number;
  /** The groups of a class, or the one of those of its units that are of a finer class. */
  groupsOf(own: number, asked: number): readonly number[];
}

/** A group for each class. */
function byClass(reading: Uint16Array): Told {
  const groupOf = new Uint16Array(reading.length);
  let count = 0;
  for (let unit = 0; unit < reading.length; unit += 1) {
    const value = reading[unit] ?? 0;
    groupOf[unit] = value & unitClass.skipped;
    count = Math.max(count, classIn(value));
  }
  return { groupOf, count, groupsOf: (own) => [own] };
}

/** A group for each class, and for each finer class that an anchor asks of it. */
function tellApart(reading: Uint16Array, finerOf: Uint16Array, anchors: Uint16Array): Told {
  const finer = new Map<number, number>();
  /** By finer class: 1 where it is asked for. */
  const isAsked = new Uint8Array(0x10000);
  const ask = (own: number, asked: number) => {
    if (asked === 0) return;
    finer.set(keyOf(own, asked), 0);
    isAsked[asked] = 1;
  };
  for (let at = 0; at < anchors.length; at += anchor.width) {
    ask(anchors[at + anchor.first] ?? 0, anchors[at + anchor.ofFirst] ?? 0);
    ask(anchors[at + anchor.second] ?? 0, anchors[at + anchor.ofSecond] ?? 0);
  }
  // Groups have the numbers that classes may have. What there is none left for is not told from its class.
  let room = unitClass.most - reading.reduce((most, value) => Math.max(most, classIn(value)), 0);
  const groupOf = new Uint16Array(reading.length);
  /** By class: its own group. */
  const own = new Uint16Array(unitClass.trigger);
  /** By class: the groups of what is asked of it. */
  const besides = new Map<number, number[]>();
  let count = 0;
  for (let unit = 0; unit < reading.length; unit += 1) {
    const value = (reading[unit] ?? 0) & unitClass.skipped;
    groupOf[unit] = value;
    if (value === unitClass.none || value === unitClass.skipped) continue;
    const fine = finerOf[unit] ?? 0;
    const key = keyOf(value, fine);
    let group = isAsked[fine] === 1 ? finer.get(key) : undefined;
    if (group === undefined || (group === 0 && room === 0)) {
      if (own[value] === 0) {
        count += 1;
        own[value] = count;
      }
      if (group === 0) finer.set(key, own[value] ?? 0);
      group = own[value] ?? 0;
    } else if (group === 0) {
      count += 1;
      room -= 1;
      group = count;
      finer.set(key, group);
      const all = besides.get(value);
      if (all === undefined) besides.set(value, [group]);
      else all.push(group);
    }
    groupOf[unit] = group;
  }
  return {
    groupOf,
    count,
    groupsOf(value, asked) {
      const groups =
        asked === 0
          ? [own[value] ?? 0, ...(besides.get(value) ?? [])]
          : [finer.get(keyOf(value, asked)) ?? 0];
      return groups.filter((group) => group > 0);
    },
  };
}

/** By group: its column, the most frequent ones first. */
function numberColumns(frequencies: Float64Array): Uint16Array {
  const byFrequency = Array.from(frequencies.keys())
    .slice(1)
    .toSorted((a, b) => (frequencies[b] ?? 0) - (frequencies[a] ?? 0));
  const room = mostColumns - column.first;
  const columnOfGroup = new Uint16Array(frequencies.length).fill(column.none);
  byFrequency.forEach((own, rank) => {
    const place = rank < room || byFrequency.length <= room ? rank : room - 1 - (rank % sharedColumns);
    columnOfGroup[own] = column.first + place;
  });
  return columnOfGroup;
}
