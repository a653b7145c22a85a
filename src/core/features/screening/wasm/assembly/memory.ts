// AssemblyScript, as all of this folder: `npm run build:wasm` makes ../module.ts of it.

// Where things lie: the numbers that are answered and given, what has a fixed size, the pairs, then the tables that the
// parameters point to.
@inline export const TRIGGER_BITS: usize = 0x400;
@inline export const JOINED_BITS: usize = TRIGGER_BITS + 0x2000;
@inline export const TEXT: usize = JOINED_BITS + 0x2000 + 0x10;
@inline export const TRIGGERS: usize = TEXT + 0x8000 + 0x10;
/** 16 bits each: twice the place, and what PAIRS says of it added. Behind them there is room for padding. */
@inline export const CANDIDATES: usize = TRIGGERS + 0x8000;
@inline export const KEPT: usize = CANDIDATES + 0x8000 + 0x10;
/** For each of KEPT, while the filter is asked: its bits for what may be to the right and to the left. */
@inline export const TO_RIGHT: usize = KEPT + 0x10000;
@inline export const TO_LEFT: usize = TO_RIGHT + 0x10000;
@inline export const FOUND: usize = TO_LEFT + 0x10000;
/** A place behind the longest block, for what fills up a group of four candidates: it and what is read around it stay 0. */
@inline export const PADDING: u32 = 16_384 + 3;
@inline export const WAITING: usize = FOUND + 8192 * 12;
/** For `MOST_WAITING`, and the five that one more place may ask for. */
@inline export const WAITING_ROOM: usize = 0x1000;
@inline export const LEFT: usize = WAITING + WAITING_ROOM;
@inline export const RIGHT: usize = LEFT + 0x10004;
@inline export const COLUMNS: usize = RIGHT + 0x10004;
@inline export const READING: usize = COLUMNS + 0x20000;
@inline export const PAIRS: usize = READING + 0x20000;

@inline export const MOST_FOUND: i32 = 8192;

@inline export const SKIPPED: u32 = 0x7fff;
@inline export const FLAGGED: u32 = 0x8000;
/** From WHOLE and FLAGGED to what says it in KEPT, and from there to the width of one of TRIGGERS. */
@inline export const WHOLE_SHIFT: u32 = 16;
@inline export const FLAGGED_SHIFT: u32 = 5;
@inline export const FLAGGED_TO_WIDTH: u32 = 19;
/** In PAIRS: the second of the two is a candidate; a pattern may be these two and nothing else. */
@inline export const LISTED: u32 = 2;
@inline export const WHOLE: u32 = 1;
/** Of a candidate in KEPT, above the 16 bits of its place: what may be around it, by the filters. */
@inline export const MAY_BE_WHOLE: u32 = WHOLE << WHOLE_SHIFT;
@inline export const MAY_GO_RIGHT: u32 = 1 << 17;
@inline export const MAY_GO_LEFT: u32 = 1 << 18;
/** More is repeated or skipped beside it than the filters were asked for: it has to be found out. */
@inline export const IS_OPEN: u32 = 1 << 19;
/** It is flagged. */
@inline export const IS_FLAGGED: u32 = FLAGGED << FLAGGED_SHIFT;
/** Columns below it are passed over. */
@inline export const COLUMN_NONE: u32 = 2;
@inline export const THIRD_NONE: u32 = 0x30000;
@inline export const THIRD_RIGHT: u32 = 0x10000;
@inline export const THIRD_LEFT: u32 = 0x20000;

@inline export const FURTHER: u32 = 0x40000;
@inline export const NO_FOURTH: u32 = 0x80000;
@inline export const ASKING_SHIFT: u32 = 14;
@inline export const LEFT_MASK: u32 = 0x3fff;
@inline export const ASKING_NOTHING: u32 = 0;
@inline export const ASKING_ONE: u32 = 1;
@inline export const ASKED_ON_RIGHT: u32 = 0x8000;
@inline export const ASKER_SIZE: usize = 12;
@inline export const GROUP_SIZE: usize = 12;
@inline export const GROUPS_END: usize = 4;
@inline export const RUN_SIZE: usize = 12;

@inline export const MULTIPLIER_A: u32 = 0x9e3779b1;
@inline export const MULTIPLIER_B: u32 = 0x85ebca6b;
@inline export const MULTIPLIER_C: u32 = 0xc2b2ae35;
@inline export const MULTIPLIER_D: u32 = 0x27d4eb2f;

// The answers, 32 bits each: how many occurrences there are, and how many triggers.
@inline export const FOUND_COUNT: usize = 4;
@inline export const TRIGGER_COUNT: usize = 8;

// The parameters, 32 bits each.
@inline export const COLUMN_COUNT: usize = 12;
@inline export const COLLAPSE: usize = 16;
@inline export const KEY_BITS: usize = 20;
@inline export const LINE_SHIFT: usize = 24;
@inline export const BUCKETS: usize = 28;
@inline export const BUCKET_SHIFT: usize = 32;
@inline export const ENTRIES: usize = 36;
@inline export const SINGLE: usize = 40;
@inline export const RUNS: usize = 44;
@inline export const FINER: usize = 48;
/** Room for numbers that are wanted four times. */
@inline export const LANES: usize = 0x300;

// What waits to be looked up: its bucket, and once that was seen where it is and where its groups end; the fourth classes; where the anchor is.
@inline export const OF_BUCKET: usize = 0;
@inline export const OF_END: usize = 4;
@inline export const OF_FILTER: usize = 4;
@inline export const OF_NONE: usize = 8;
@inline export const OF_BESIDE: usize = 12;
@inline export const OF_ACROSS: usize = 16;
@inline export const OF_LEFT: usize = 20;
@inline export const OF_RIGHT: usize = 22;
@inline export const WAITING_SIZE: usize = 24;
/** Looked up as soon as there are as many. */
@inline export const MOST_WAITING: i32 = 128;
