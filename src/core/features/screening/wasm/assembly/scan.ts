// AssemblyScript, not TypeScript: built by `npm run build:wasm` into ../module.ts. The scanner of ../../generators/anchors.ts
// over one block in linear memory, said the same way but for looking up several buckets at a time: change both. ../../generators/webassembly.ts fills the memory.
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
  KEY_BITS,
  LINE_SHIFT,
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
} from './memory';
import { anchorBits, anchorSeed, bitAt, bucketOf, thirdBit } from './keys';
import {
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
  if (bitAt(keyBits, bits ^ thirdBit(THIRD_NONE))) wait(bucketOf(seed, THIRD_NONE), NO_FOURTH | THIRD_NONE, 0, 0);
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
  let kept: usize = CANDIDATES;
  for (let candidate: usize = CANDIDATES; candidate < listed; candidate += 2) {
    const at = load<u16>(candidate);
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
    const has =
      bitAt(keyBits, bits ^ thirdBit(THIRD_NONE)) |
      bitAt(keyBits, bits ^ thirdBit(THIRD_RIGHT | right)) |
      bitAt(keyBits, bits ^ thirdBit(THIRD_LEFT | left));
    const irregular =
      u32(first == SKIPPED) |
      u32(left == SKIPPED) |
      u32(right == SKIPPED) |
      (collapses & (u32(first == second) | u32(left == first) | u32(right == second)));
    store<u16>(kept, at);
    const alone = value >= FLAGGED ? takeFlagged(at, second) : 0;
    kept += <usize>((has | irregular | alone) << 1);
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
    listed += <usize>load<u8>(<usize>(row + own), PAIRS) << 1;
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
  for (let candidate: usize = CANDIDATES; candidate < kept; candidate += 2) {
    if (!check(<i32>load<u16>(candidate))) return -1;
  }
  return lookUp() ? spent : -1;
}
