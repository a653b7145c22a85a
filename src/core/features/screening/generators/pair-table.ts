import { unitClass } from '../stratum.ts';
import { type Listing, type Spread, forEachListed } from './listing.ts';

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

/** A stratum's part in the table. */
export interface Listed {
  /** Its anchors, two of its classes each, one behind the other. */
  readonly anchors: readonly number[];
  /** By unit: its class or `skipped`, `unitClass.trigger` added where it is a candidate always. */
  readonly reading: Uint16Array;
}

/** The table of these strata's anchors; common classes get neighbouring columns, which keeps what is often asked for in few places. */
export function createPairTable(
  { classOf, frequencies, spreads }: Listing,
  strata: readonly Listed[],
): PairTable {
  const columnOfClass = numberColumns(frequencies);
  const columns = columnOfClass.reduce((most, own) => Math.max(most, own), column.always) + 1;
  const columnOf = new Uint16Array(classOf.length);
  const always = new Set<number>();
  for (let unit = 0; unit < classOf.length; unit += 1) {
    const own = classOf[unit] ?? 0;
    columnOf[unit] = own === unitClass.skipped ? column.skipped : (columnOfClass[own] ?? column.none);
  }
  for (const { reading } of strata) {
    for (let unit = 0; unit < reading.length; unit += 1) {
      if ((reading[unit] ?? 0) < unitClass.trigger) continue;
      const own = classOf[unit] ?? 0;
      always.add(own);
      columnOf[unit] = own === unitClass.skipped ? column.skippedAlways : column.always;
    }
  }

  const pairs = new Uint8Array(columns * columns);
  const columnsOf = (spread: Spread | null, own: number) => {
    const found = new Set<number>();
    forEachListed(spread, own, (listed) => {
      found.add(columnOfClass[listed] ?? column.none);
      if (always.has(listed)) found.add(column.always);
    });
    return found;
  };
  for (let row = 0; row < columns; row += 1) {
    pairs[row * columns + column.skippedAlways] = 1;
    pairs[row * columns + column.always] = 1;
  }
  strata.forEach(({ anchors }, index) => {
    const spread = spreads[index] ?? null;
    const known = new Map<number, Set<number>>();
    const columnsFor = (own: number) => {
      const found = known.get(own) ?? columnsOf(spread, own);
      known.set(own, found);
      return found;
    };
    for (let at = 0; at < anchors.length; at += 2) {
      const seconds = columnsFor(anchors[at + 1] ?? 0);
      for (const row of columnsFor(anchors[at] ?? 0))
        for (const own of seconds) pairs[row * columns + own] = 1;
    }
  });
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
