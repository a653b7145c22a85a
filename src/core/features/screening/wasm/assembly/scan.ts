// AssemblyScript, not TypeScript: built by `npm run build:wasm` into ../module.ts, over memory that
// ../../generators/webassembly.ts fills. The scanner of ../../generators/anchors.ts over one block: change both. It says it
// the same way, but looks up several buckets at a time, `ask` goes by what the filters have said, and flagged units are taken first
// and cost no steps.
import {
  CANDIDATES,
  COLUMN_COUNT,
  COLUMN_NONE,
  COLUMNS,
  FOUND_COUNT,
  FURTHER,
  IS_OPEN,
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
  SKIPPED,
  TEXT,
  THIRD_LEFT,
  THIRD_NONE,
  THIRD_RIGHT,
  TRIGGER_COUNT,
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
import { takeFlagged, thin } from './thin';
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

/** Lists what may be worth a check in the first `size` bytes of TEXT; answers where the list ends. */
function listCandidates(size: usize): usize {
  const columns = load<u32>(COLUMN_COUNT);
  let listed: usize = CANDIDATES;
  let row: u32 = 0;
  for (let at: usize = 0; at < size; at += 2) {
    const own = <u32>load<u16>(<usize>load<u16>(at, TEXT) << 1, COLUMNS);
    // Always written, and kept by counting on: a branch here would be mispredicted.
    const pair = <u32>load<u8>(<usize>(row + own), PAIRS);
    store<u16>(listed, <u16>(<u32>at + pair));
    listed += <usize>(pair & LISTED);
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
  if (!takeFlagged()) return -1;
  for (let candidate: usize = KEPT; candidate < kept; candidate += 4) {
    const own = load<u32>(candidate);
    const at = <i32>(own & 0xffff);
    if (!(own & IS_OPEN ? check(at) : ask(at, own))) return -1;
  }
  return lookUp() ? spent : -1;
}
