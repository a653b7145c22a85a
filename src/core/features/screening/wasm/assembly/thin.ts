// Goes through the candidates of a block before any is checked. In two passes: the first works out what the filters are to be
// asked, for four candidates at a time; the second asks, and does so little besides that many answers are on their way at once.
import {
  CANDIDATES,
  COLLAPSE,
  FLAGGED,
  FLAGGED_SHIFT,
  FLAGGED_TO_WIDTH,
  IS_FLAGGED,
  IS_OPEN,
  JOINED_BITS,
  KEPT,
  KEY_BITS,
  LANES,
  LINE_SHIFT,
  LISTED,
  MAY_BE_WHOLE,
  MAY_GO_LEFT,
  MAY_GO_RIGHT,
  MULTIPLIER_A,
  MULTIPLIER_B,
  MULTIPLIER_C,
  MULTIPLIER_D,
  PADDING,
  READING,
  SINGLE,
  SKIPPED,
  TEXT,
  THIRD_LEFT,
  THIRD_RIGHT,
  TO_LEFT,
  TO_RIGHT,
  TRIGGERS,
  TRIGGER_BITS,
  TRIGGER_COUNT,
  WHOLE,
  WHOLE_SHIFT,
} from './memory';
import { bitAt } from './keys';
import { before, classAt, collapse } from './around';
import { note } from './entries';

/** The readings of four units. */
@inline
function gather(first: u32, second: u32, third: u32, fourth: u32): v128 {
  let readings = i32x4.splat(0);
  readings = v128.load_lane<u16>(<usize>first << 1, readings, 0, READING);
  readings = v128.load_lane<u16>(<usize>second << 1, readings, 2, READING);
  readings = v128.load_lane<u16>(<usize>third << 1, readings, 4, READING);
  return v128.load_lane<u16>(<usize>fourth << 1, readings, 6, READING);
}

/** Twice the place of a candidate, as it is listed. */
@inline
function placeIn(listed: u32): usize {
  return <usize>(listed & ~WHOLE) - LISTED;
}

/** `thirdBit` of four classes with their kinds. */
@inline
function thirdBits(kindsAndClasses: v128, multiplier: v128): v128 {
  return i32x4.shr_u(i32x4.mul(kindsAndClasses, multiplier), 23);
}

/**
 * The same number four times. By way of memory: V8 makes a constant anew wherever it is used, by three instructions, and keeps what it
 * has read.
 */
@inline
function lanesOf(value: u32, index: usize): v128 {
  store<u32>(LANES + (index << 2), value);
  return v128.load_splat<u32>(LANES + (index << 2));
}

/**
 * Writes for each of the candidates up to `listed` the bits of the filter that it is to be asked for on either side, and an entry in
 * KEPT with what is known besides; for up to three behind them, too.
 */
function prepare(listed: usize): void {
  const lineShift = load<u32>(LINE_SHIFT);
  const collapses = i32x4.splat(-(<i32>load<u32>(COLLAPSE)));
  const skipped = lanesOf(SKIPPED, 0);
  const multiplierA = lanesOf(MULTIPLIER_A, 1);
  const multiplierB = lanesOf(MULTIPLIER_B, 2);
  const multiplierC = lanesOf(MULTIPLIER_C, 3);
  const multiplierD = lanesOf(MULTIPLIER_D, 4);
  const thirdLeft = lanesOf(THIRD_LEFT, 5);
  const thirdRight = lanesOf(THIRD_RIGHT, 6);
  const inLine = lanesOf(0x1ff, 7);
  const one = lanesOf(1, 8);
  const isFlagged = lanesOf(FLAGGED, 9);
  const isOpen = lanesOf(IS_OPEN, 10);
  let entry: usize = KEPT;
  for (let candidate: usize = CANDIDATES; candidate < listed; candidate += 8) {
    const place0 = placeIn(load<u16>(candidate));
    const place1 = placeIn(load<u16>(candidate, 2));
    const place2 = placeIn(load<u16>(candidate, 4));
    const place3 = placeIn(load<u16>(candidate, 6));
    const own = gather(load<u16>(place0, TEXT), load<u16>(place1, TEXT), load<u16>(place2, TEXT), load<u16>(place3, TEXT));
    const beside = v128.and(
      skipped,
      gather(load<u16>(place0, TEXT - 2), load<u16>(place1, TEXT - 2), load<u16>(place2, TEXT - 2), load<u16>(place3, TEXT - 2)),
    );
    const further = v128.and(
      skipped,
      gather(load<u16>(place0, TEXT - 4), load<u16>(place1, TEXT - 4), load<u16>(place2, TEXT - 4), load<u16>(place3, TEXT - 4)),
    );
    const furthest = v128.and(
      skipped,
      gather(load<u16>(place0, TEXT - 6), load<u16>(place1, TEXT - 6), load<u16>(place2, TEXT - 6), load<u16>(place3, TEXT - 6)),
    );
    const behind = v128.and(
      skipped,
      gather(load<u16>(place0, TEXT + 2), load<u16>(place1, TEXT + 2), load<u16>(place2, TEXT + 2), load<u16>(place3, TEXT + 2)),
    );
    const beyond = v128.and(
      skipped,
      gather(load<u16>(place0, TEXT + 4), load<u16>(place1, TEXT + 4), load<u16>(place2, TEXT + 4), load<u16>(place3, TEXT + 4)),
    );
    // One skipped unit on each side is seen through.
    const second = v128.and(skipped, own);
    const isSkipped = i32x4.eq(beside, skipped);
    const first = v128.bitselect(further, beside, isSkipped);
    const left = v128.bitselect(furthest, further, v128.or(isSkipped, i32x4.eq(further, skipped)));
    const right = v128.bitselect(beyond, behind, i32x4.eq(behind, skipped));
    const irregular = v128.or(
      v128.or(v128.or(i32x4.eq(first, skipped), i32x4.eq(left, skipped)), i32x4.eq(right, skipped)),
      v128.and(collapses, v128.or(v128.or(i32x4.eq(first, second), i32x4.eq(left, first)), i32x4.eq(right, second))),
    );
    // As `anchorSeed` and `anchorBits` have it.
    const seed = v128.xor(i32x4.mul(first, multiplierA), i32x4.mul(second, multiplierB));
    const mixed = i32x4.mul(v128.xor(seed, i32x4.shr_u(seed, 15)), multiplierD);
    const bits = v128.or(
      i32x4.shl(i32x4.shr_u(mixed, lineShift), 9),
      v128.and(i32x4.shr_u(mixed, 4), inLine),
    );
    v128.store(entry, v128.xor(bits, thirdBits(v128.or(right, thirdRight), multiplierC)), TO_RIGHT - KEPT);
    v128.store(entry, v128.xor(bits, thirdBits(v128.or(left, thirdLeft), multiplierC)), TO_LEFT - KEPT);

    const four = v128.load16x4_u(candidate);
    // LISTED is twice one.
    const at = i32x4.sub(i32x4.shr_u(four, 1), one);
    const whole = i32x4.shl(v128.and(four, one), WHOLE_SHIFT);
    const flagged = i32x4.shl(v128.and(own, isFlagged), FLAGGED_SHIFT);
    const open = v128.and(irregular, isOpen);
    v128.store(entry, v128.or(v128.or(at, whole), v128.or(flagged, open)));
    entry += 16;
  }
}

/** Where the flagged candidates end, which are all in TRIGGERS until `takeFlagged` has been there. */
let flaggedEnd: usize = 0;

/** Keeps of the candidates up to `listed` those that may have a pattern around them; answers where they end. Lists the flagged ones. */
export function thin(listed: usize): usize {
  store<u16>(listed, 2 * PADDING + LISTED);
  store<u16>(listed, 2 * PADDING + LISTED, 2);
  store<u16>(listed, 2 * PADDING + LISTED, 4);
  prepare(listed);
  const keyBits = <usize>load<u32>(KEY_BITS);
  const end = KEPT + ((listed - CANDIDATES) << 1);
  let kept: usize = KEPT;
  let flagged: usize = TRIGGERS;
  for (let entry: usize = KEPT; entry < end; entry += 4) {
    const own = load<u32>(entry);
    const may =
      (own & (IS_OPEN | MAY_BE_WHOLE)) |
      (bitAt(keyBits, load<u32>(entry, TO_RIGHT - KEPT)) * MAY_GO_RIGHT) |
      (bitAt(keyBits, load<u32>(entry, TO_LEFT - KEPT)) * MAY_GO_LEFT);
    store<u16>(flagged, <u16>own);
    flagged += <usize>((own & IS_FLAGGED) >>> FLAGGED_TO_WIDTH);
    store<u32>(kept, (own & 0xffff) | may);
    kept += <usize>u32(may != 0) << 2;
  }
  flaggedEnd = flagged;
  return kept;
}

@inline
function isUnitIn(bits: usize, unit: u32): u32 {
  return (load<u32>(bits + (<usize>(unit >>> 5) << 2)) >>> (unit & 31)) & 1;
}

/** Whether the unit at this address and the one before it are triggers of which only the first is reported. */
@inline
function isJoined(place: usize): u32 {
  return isUnitIn(JOINED_BITS, load<u16>(place)) & isUnitIn(JOINED_BITS, load<u16>(place - 2));
}

/**
 * Of the flagged units, notes those that are a pattern by themselves, once a run, and leaves the triggers in their list; false where
 * the block has to be given up.
 */
export function takeFlagged(): bool {
  const single = <usize>load<u32>(SINGLE);
  let triggers: usize = TRIGGERS;
  for (let flagged: usize = TRIGGERS; flagged < flaggedEnd; flagged += 2) {
    const at = <i32>load<u16>(flagged);
    const place = TEXT + (<usize>at << 1);
    const own = classAt(at);
    if (own != SKIPPED) {
      const label = load<u32>(single + (<usize>own << 2));
      const isAgain = label != 0 && collapse && classAt(before(at, SKIPPED)) == own;
      if (label != 0 && !isAgain && !note(label - 1, at, at + 1)) return false;
    }
    store<u16>(triggers, <u16>at);
    triggers += <usize>(isUnitIn(TRIGGER_BITS, load<u16>(place)) & ~isJoined(place)) << 1;
  }
  store<u32>(TRIGGER_COUNT, <u32>(triggers - TRIGGERS) >>> 1);
  return true;
}
