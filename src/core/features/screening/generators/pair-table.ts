import { unitClass } from '../stratum.ts';

/**
 * The first thing that is asked of every unit: whether a pattern's anchor may end here, by one byte for each two classes.
 * Classes have numbers of their own here, their columns, so that the byte's place is `before * columns + own` and nothing
 * has to be masked or told apart on the way to it.
 */
export interface PairTable {
  /** By unit: its column. */
  readonly columnOf: Uint16Array;
  /** By the column before, and the own one: 1 where the unit is a candidate. */
  readonly pairs: Uint8Array;
  readonly columns: number;
}

/**
 * The first columns. Up to `skippedAlways` a unit is passed over: what stands before it counts as before the next one.
 * Those called always are candidates whatever stands before them.
 */
export const column = { skipped: 0, skippedAlways: 1, none: 2, always: 3, first: 4 } as const;

/** A table of a megabyte at most, which is about what a core's second cache holds. */
const mostColumns = 1024;
/** Where there are more classes, the rarest share so many: their pairs are seldom seen, so that little passes wrongly. */
const sharedColumns = 256;

/**
 * The table of a stratum's anchors; common classes get neighbouring columns, which keeps what is often asked for in few places.
 *
 * @param reading by unit: its class or `skipped`, `unitClass.trigger` added where it is a candidate always
 * @param frequencies by class: how often it stands in ordinary text
 * @param anchors two classes each, one behind the other
 */
export function createPairTable(
  reading: Uint16Array,
  frequencies: Float64Array,
  anchors: readonly number[],
): PairTable {
  const columnOfClass = numberColumns(frequencies);
  const columns = columnOfClass.reduce((most, own) => Math.max(most, own), column.always) + 1;
  const columnOf = new Uint16Array(reading.length);
  /** By class: 1 where a unit of it is a candidate always, and has that column. */
  const always = new Uint8Array(unitClass.trigger);
  for (let unit = 0; unit < reading.length; unit += 1) {
    const value = reading[unit] ?? 0;
    const own = value & unitClass.skipped;
    const isAlways = value >= unitClass.trigger;
    if (own === unitClass.skipped) columnOf[unit] = isAlways ? column.skippedAlways : column.skipped;
    else columnOf[unit] = isAlways ? column.always : (columnOfClass[own] ?? column.none);
    if (isAlways) always[own] = 1;
  }

  const pairs = new Uint8Array(columns * columns);
  for (let row = 0; row < columns; row += 1) {
    pairs[row * columns + column.skippedAlways] = 1;
    pairs[row * columns + column.always] = 1;
  }
  for (let at = 0; at < anchors.length; at += 2) {
    const first = anchors[at] ?? 0;
    const own = columnOfClass[anchors[at + 1] ?? 0] ?? column.none;
    pairs[(columnOfClass[first] ?? column.none) * columns + own] = 1;
    if (always[first] === 1) pairs[column.always * columns + own] = 1;
  }
  return { columnOf, pairs, columns };
}

/** By class: its column, the most frequent ones first. */
function numberColumns(frequencies: Float64Array): Uint16Array {
  const byFrequency = Array.from(frequencies.keys())
    .slice(1)
    .toSorted((a, b) => (frequencies[b] ?? 0) - (frequencies[a] ?? 0));
  const room = mostColumns - column.first;
  const columnOfClass = new Uint16Array(frequencies.length).fill(column.none);
  byFrequency.forEach((own, rank) => {
    const place = rank < room || byFrequency.length <= room ? rank : room - 1 - (rank % sharedColumns);
    columnOfClass[own] = column.first + place;
  });
  return columnOfClass;
}
