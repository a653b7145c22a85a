// AssemblyScript, not TypeScript: built by `npm run build:wasm` into ../module.ts, over memory that
// ../../generators/webassembly.ts fills. The scanner of ../../generators/anchors.ts over one block: change both. It says it
// the same way, but looks up several buckets at a time, and `ask` goes by what the filters have said.
import {
  CANDIDATES,
  COLLAPSE,
  COLUMN_COUNT,
  COLUMN_NONE,
  COLUMNS,
  FLAGGED,
  FOUND_COUNT,
  FURTHER,
  JOINED_BITS,
  KEPT,
  KEY_BITS,
  LINE_SHIFT,
  LISTED,
  MAY_BE_WHOLE,
  MAY_GO_LEFT,
  MAY_GO_RIGHT,
  NO_FOURTH,
  PAIRS,
  RUN_SIZE,
  RUNS,
  SINGLE,
  SKIPPED,
  TEXT,
  THIRD_LEFT,
  THIRD_NONE,
  THIRD_RIGHT,
  TRIGGER_BITS,
  TRIGGER_COUNT,
  TRIGGERS,
  WHOLE,
} from './memory';
import { anchorBits, anchorSeed, bitAt, bucketOf, thirdBit } from './keys';
import {
  anchorFirst,
  anchorSecond,
  before,
  beginBlock,
  classAt,
  collapse,
  goTo,
  isSpent,
  leftAt,
  readingAt,
  readingOf,
  rightAt,
  spend,
  spent,
  standsAgain,
  stoodBefore,
} from './around';
import { finerOf, forget, isFull, lookUp, note, wait } from './entries';

function checkRuns(at: i32, own: u32): bool {
  const runs = <usize>load<u32>(RUNS);
  const list = load<u32>(runs + (<usize>own << 2));
  if (list == 0) return true;
  let run = runs + (<usize>list << 2);
  const behind = run + 4 + <usize>load<u32>(run) * RUN_SIZE;
  let start = at;
  let length: u32 = 1;
  for (run += 4; run < behind; run += RUN_SIZE) {
    while (length < load<u32>(run)) {
      start = before(start, SKIPPED);
      if (classAt(start) != own) return !isSpent();
      spend(1);
      length += 1;
    }
    if (!isAsked(load<u16>(run, 8), start) || !isAsked(load<u16>(run, 10), at)) continue;
    if (!note(load<u32>(run, 4), start, at + 1)) return false;
  }
  return !isSpent();
}

@inline
function isAsked(wanted: u16, at: i32): bool {
  return wanted == 0 || finerOf(at) == wanted;
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

@inline
function columnAt(place: usize): u32 {
  return load<u16>(<usize>load<u16>(place) << 1, COLUMNS);
}

/** 1 where a pattern may be the units at these two addresses and nothing else. */
@inline
function isWhole(before: usize, place: usize): u32 {
  return load<u8>(<usize>(columnAt(before) * load<u32>(COLUMN_COUNT) + columnAt(place)), PAIRS) & WHOLE;
}

/** Asks for what may be around a candidate that nothing is repeated beside, nor more than one unit skipped on a side. */
function ask(at: i32, may: u32): bool {
  spend(2);
  const isSkipped = (readingOf(load<u16>(TEXT + (<usize>at << 1) - 2)) & SKIPPED) == SKIPPED;
  const left = at - 1 - i32(isSkipped);
  goTo(left, at);
  const seed = anchorSeed(anchorFirst, anchorSecond);
  if (may & MAY_BE_WHOLE) wait(bucketOf(seed, THIRD_NONE), NO_FOURTH | THIRD_NONE, 0, 0);
  if (may & (MAY_GO_RIGHT | MAY_GO_LEFT)) {
    const toRight = THIRD_RIGHT | rightAt(0);
    const toLeft = THIRD_LEFT | leftAt(0);
    if (may & MAY_GO_RIGHT)
      wait(bucketOf(seed, toRight), NO_FOURTH | THIRD_RIGHT, FURTHER | THIRD_RIGHT | rightAt(1), toLeft);
    if (may & MAY_GO_LEFT)
      wait(bucketOf(seed, toLeft), NO_FOURTH | THIRD_LEFT, FURTHER | THIRD_LEFT | leftAt(1), toRight);
  }
  return !isSpent() && (!isFull() || lookUp());
}

function check(at: i32): bool {
  spend(2);
  const value = readingAt(at);
  const second = value & SKIPPED;
  if (second == 0 || second == SKIPPED) return true;
  const left = before(at, SKIPPED);
  const first = classAt(left);
  if (first == second && collapse) return checkRuns(at, second);
  if (value >= FLAGGED) {
    const label = load<u32>(<usize>load<u32>(SINGLE) + (<usize>second << 2));
    if (label != 0 && !note(label - 1, at, at + 1)) return false;
  }
  if (first == 0) return true;

  const seed = anchorSeed(first, second);
  const bits = anchorBits(seed, load<u32>(LINE_SHIFT));
  const keyBits = <usize>load<u32>(KEY_BITS);
  goTo(left, at);
  if (isWhole(TEXT + (<usize>left << 1), TEXT + (<usize>at << 1))) wait(bucketOf(seed, THIRD_NONE), NO_FOURTH | THIRD_NONE, 0, 0);
  const toRight = THIRD_RIGHT | rightAt(0);
  const toLeft = THIRD_LEFT | leftAt(0);
  let looked: u32 = 0xffffffff;
  if (bitAt(keyBits, bits ^ thirdBit(toRight))) {
    looked = bucketOf(seed, toRight);
    wait(looked, NO_FOURTH | THIRD_RIGHT, FURTHER | THIRD_RIGHT | rightAt(1), toLeft);
  }
  // Of what ends in a class that stands twice. Where it is in the same bucket, it was found there.
  const again = THIRD_RIGHT | second;
  if (collapse && bitAt(keyBits, bits ^ thirdBit(again)) && standsAgain(at, second)) {
    const own = bucketOf(seed, again);
    if (own != looked) wait(own, NO_FOURTH | THIRD_RIGHT, 0, toLeft);
  }
  looked = 0xffffffff;
  if (bitAt(keyBits, bits ^ thirdBit(toLeft))) {
    looked = bucketOf(seed, toLeft);
    wait(looked, NO_FOURTH | THIRD_LEFT, FURTHER | THIRD_LEFT | leftAt(1), toRight);
  }
  // Of what begins with one.
  const twice = THIRD_LEFT | first;
  if (collapse && bitAt(keyBits, bits ^ thirdBit(twice)) && stoodBefore(left, first)) {
    const own = bucketOf(seed, twice);
    if (own != looked) wait(own, NO_FOURTH | THIRD_LEFT, 0, toRight);
  }
  return !isSpent() && (!isFull() || lookUp());
}

/** Whether a flagged unit is a pattern by itself; notes it where it is a trigger. */
function takeFlagged(at: u32, second: u32): u32 {
  const place = TEXT + (<usize>at << 1);
  if (isUnitIn(TRIGGER_BITS, load<u16>(place)) & ~isJoined(place)) {
    const count = load<u32>(TRIGGER_COUNT);
    store<u16>(<usize>count << 1, <u16>at, TRIGGERS);
    store<u32>(TRIGGER_COUNT, count + 1);
  }
  return u32(second != SKIPPED && load<u32>(<usize>load<u32>(SINGLE) + (<usize>second << 2)) != 0);
}

/** Keeps of the candidates up to `listed` those that may have a pattern around them; answers where they end. Notes the triggers. */
function thin(listed: usize): usize {
  const keyBits = <usize>load<u32>(KEY_BITS);
  const lineShift = load<u32>(LINE_SHIFT);
  const collapses = load<u32>(COLLAPSE);
  let kept: usize = KEPT;
  for (let candidate: usize = CANDIDATES; candidate < listed; candidate += 2) {
    const at = <u32>load<u16>(candidate);
    const place = TEXT + (<usize>at << 1);
    const value = readingOf(load<u16>(place));
    const second = value & SKIPPED;
    const before = readingOf(load<u16>(place - 2)) & SKIPPED;
    const further = readingOf(load<u16>(place - 4)) & SKIPPED;
    const furthest = readingOf(load<u16>(place - 6)) & SKIPPED;
    const isSkipped = before == SKIPPED;
    const first = select<u32>(further, before, isSkipped);
    const left = select<u32>(furthest, further, isSkipped | (further == SKIPPED));
    const behind = readingOf(load<u16>(place + 2)) & SKIPPED;
    const beyond = readingOf(load<u16>(place + 4)) & SKIPPED;
    const right = select<u32>(beyond, behind, behind == SKIPPED);
    const seed = anchorSeed(first, second);
    const bits = anchorBits(seed, lineShift);
    const may =
      (isWhole(place - select<usize>(4, 2, isSkipped), place) * MAY_BE_WHOLE) |
      (bitAt(keyBits, bits ^ thirdBit(THIRD_RIGHT | right)) * MAY_GO_RIGHT) |
      (bitAt(keyBits, bits ^ thirdBit(THIRD_LEFT | left)) * MAY_GO_LEFT);
    const irregular =
      u32(first == SKIPPED) |
      u32(left == SKIPPED) |
      u32(right == SKIPPED) |
      (collapses & (u32(first == second) | u32(left == first) | u32(right == second)));
    const alone = value >= FLAGGED ? takeFlagged(at, second) : 0;
    const isOpen = irregular | alone;
    store<u32>(kept, at | (select<u32>(0, may, isOpen) << 16));
    kept += <usize>(u32((may | isOpen) != 0) << 2);
  }
  return kept;
}

/** Lists what may be worth a check in the first `size` bytes of TEXT; answers where the list ends. */
function listCandidates(size: usize): usize {
  const columns = load<u32>(COLUMN_COUNT);
  let listed: usize = CANDIDATES;
  let row: u32 = 0;
  for (let at: usize = 0; at < size; at += 2) {
    const own = <u32>load<u16>(<usize>load<u16>(at, TEXT) << 1, COLUMNS);
    // Always written, and kept by counting on: a branch here would be mispredicted.
    store<u16>(listed, <u16>(at >> 1));
    listed += <usize>(load<u8>(<usize>(row + own), PAIRS) & LISTED);
    row = select<u32>(row, own * columns, own < COLUMN_NONE);
  }
  return listed;
}

/** Looks through the first `units` of TEXT: answers the steps it took, or -1 where it was given up. */
export function scan(units: i32, limit: i32): i32 {
  beginBlock(units, limit);
  forget();
  store<u32>(FOUND_COUNT, 0);
  store<u32>(TRIGGER_COUNT, 0);
  const kept = thin(listCandidates(<usize>units << 1));
  for (let candidate: usize = KEPT; candidate < kept; candidate += 4) {
    const at = <i32>load<u16>(candidate);
    const may = <u32>load<u16>(candidate, 2);
    if (!(may == 0 ? check(at) : ask(at, may))) return -1;
  }
  return lookUp() ? spent : -1;
}
