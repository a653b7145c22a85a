// AssemblyScript, not TypeScript: built by `npm run build:wasm` into ../module.ts. The scanner of ../../generators/anchors.ts
// over one block in linear memory, said the same way but for what waits: change both. ../../generators/webassembly.ts fills the memory.

// Where things lie: the numbers that are answered and given, what has a fixed size, the pairs, then the tables that the
// parameters point to.
@inline const TRIGGER_BITS: usize = 0x400;
@inline const JOINED_BITS: usize = TRIGGER_BITS + 0x2000;
@inline const TEXT: usize = JOINED_BITS + 0x2000 + 0x10;
@inline const TRIGGERS: usize = TEXT + 0x8000 + 0x10;
@inline const CANDIDATES: usize = TRIGGERS + 0x8000;
@inline const FOUND: usize = CANDIDATES + 0x8000 + 0x10;
@inline const WAITING: usize = FOUND + 8192 * 12;
@inline const LEFT: usize = WAITING + 0x1000;
@inline const RIGHT: usize = LEFT + 0x10004;
@inline const COLUMNS: usize = RIGHT + 0x10004;
@inline const READING: usize = COLUMNS + 0x20000;
@inline const PAIRS: usize = READING + 0x20000;

@inline const MOST_FOUND: i32 = 8192;

@inline const SKIPPED: u32 = 0x7fff;
@inline const FLAGGED: u32 = 0x8000;
/** Columns below it are passed over. */
@inline const COLUMN_NONE: u32 = 2;
@inline const THIRD_NONE: u32 = 0x30000;
@inline const THIRD_RIGHT: u32 = 0x10000;
@inline const THIRD_LEFT: u32 = 0x20000;

@inline const FURTHER: u32 = 0x40000;
@inline const NO_FOURTH: u32 = 0x80000;
@inline const ASKING_SHIFT: u32 = 14;
@inline const LEFT_MASK: u32 = 0x3fff;
@inline const ASKING_NOTHING: u32 = 0;
@inline const ASKING_ONE: u32 = 1;
@inline const ASKED_ON_RIGHT: u32 = 0x8000;
@inline const ASKER_SIZE: usize = 12;
@inline const RUN_SIZE: usize = 12;

@inline const MULTIPLIER_A: u32 = 0x9e3779b1;
@inline const MULTIPLIER_B: u32 = 0x85ebca6b;
@inline const MULTIPLIER_C: u32 = 0xc2b2ae35;
@inline const MULTIPLIER_D: u32 = 0x27d4eb2f;

// The answers, 32 bits each: how many occurrences there are, and how many triggers.
@inline const FOUND_COUNT: usize = 4;
@inline const TRIGGER_COUNT: usize = 8;

// The parameters, 32 bits each.
@inline const COLUMN_COUNT: usize = 12;
@inline const COLLAPSE: usize = 16;
@inline const KEY_BITS: usize = 20;
@inline const LINE_SHIFT: usize = 24;
@inline const BUCKETS: usize = 28;
@inline const BUCKET_SHIFT: usize = 32;
@inline const ENTRIES: usize = 36;
@inline const SINGLE: usize = 40;
@inline const RUNS: usize = 44;
@inline const FINER: usize = 48;

// What waits to be looked up: its bucket, and once that was seen where its entries begin and end; the fourth classes; where the anchor is.
@inline const OF_BUCKET: usize = 0;
@inline const OF_END: usize = 4;
@inline const OF_NONE: usize = 8;
@inline const OF_BESIDE: usize = 12;
@inline const OF_ACROSS: usize = 16;
@inline const OF_LEFT: usize = 20;
@inline const OF_RIGHT: usize = 22;
@inline const WAITING_SIZE: usize = 24;
/** With those of one place more, there is room for it. */
@inline const MOST_WAITING: i32 = 128;
let waiting: i32 = 0;

let length: i32 = 0;
let spent: i32 = 0;
let budget: i32 = 0;
let collapse: bool = false;

// Around the anchor that is being checked: of the skeleton's classes to its left in LEFT and to its right in RIGHT so many
// are known, 32 bits each: the class, and its place 16 bits up.
let lefts: i32 = 0;
let rights: i32 = 0;
let anchorLeft: i32 = 0;
let anchorRight: i32 = 0;
let anchorFirst: u32 = 0;
let anchorSecond: u32 = 0;

@inline
function readingOf(unit: u32): u32 {
  return load<u16>(<usize>unit << 1, READING);
}

@inline
function readingAt(at: i32): u32 {
  return readingOf(load<u16>(<usize>at << 1, TEXT));
}

@inline
function before(at: i32, own: u32): i32 {
  const place = at - 1;
  if (place < 0) return place;
  const other = readingAt(place) & SKIPPED;
  return other != SKIPPED && other != own ? place : beforeRun(place, own);
}

function beforeRun(at: i32, own: u32): i32 {
  const run = collapse ? own : SKIPPED;
  let place = at;
  while (place >= 0) {
    const other = readingAt(place) & SKIPPED;
    if (other != SKIPPED && other != run) break;
    place -= 1;
  }
  spent += at - place;
  return place;
}

@inline
function after(at: i32, own: u32): i32 {
  const place = at + 1;
  if (place >= length) return place;
  const other = readingAt(place) & SKIPPED;
  return other != SKIPPED && other != own ? place : afterRun(place, own);
}

function afterRun(at: i32, own: u32): i32 {
  const run = collapse ? own : SKIPPED;
  let place = at;
  while (place < length) {
    const other = readingAt(place) & SKIPPED;
    if (other != SKIPPED && other != run) break;
    place += 1;
  }
  spent += place - at;
  return place;
}

@inline
function classAt(at: i32): u32 {
  return <u32>at >= <u32>length ? 0 : readingAt(at) & SKIPPED;
}

/** The class `index` steps to the left of the anchor, 0 where there is none; asked for in order. */
@inline
function leftAt(index: i32): u32 {
  return index < lefts ? load<u16>(<usize>index << 2, LEFT) : nextLeft();
}

function nextLeft(): u32 {
  let place = anchorLeft;
  let own = anchorFirst;
  const at = <usize>lefts << 2;
  if (lefts > 0) {
    own = load<u16>(at - 4, LEFT);
    place = load<u16>(at - 4, LEFT + 2);
  }
  place = before(place, own);
  own = classAt(place);
  store<u16>(at, <u16>own, LEFT);
  store<u16>(at, <u16>place, LEFT + 2);
  lefts += 1;
  spent += 1;
  return own;
}

/** The same to the right. */
@inline
function rightAt(index: i32): u32 {
  return index < rights ? load<u16>(<usize>index << 2, RIGHT) : nextRight();
}

function nextRight(): u32 {
  let place = anchorRight;
  let own = anchorSecond;
  const at = <usize>rights << 2;
  if (rights > 0) {
    own = load<u16>(at - 4, RIGHT);
    place = load<u16>(at - 4, RIGHT + 2);
  }
  place = after(place, own);
  own = classAt(place);
  store<u16>(at, <u16>own, RIGHT);
  store<u16>(at, <u16>place, RIGHT + 2);
  rights += 1;
  spent += 1;
  return own;
}

function note(label: u32, start: i32, end: i32): bool {
  const count = load<i32>(FOUND_COUNT);
  if (count == MOST_FOUND) return false;
  const place = <usize>count * 12;
  store<u32>(place, label, FOUND);
  store<i32>(place, start, FOUND + 4);
  store<i32>(place, end, FOUND + 8);
  store<i32>(FOUND_COUNT, count + 1);
  return true;
}

@inline
function anchorKey(seed: u32, kindAndClass: u32): u32 {
  const mixed = seed ^ (kindAndClass * MULTIPLIER_C);
  return (mixed ^ (mixed >>> 15)) * MULTIPLIER_D;
}

@inline
function bucketOf(seed: u32, kindAndClass: u32): u32 {
  return anchorKey(seed, kindAndClass) >>> load<u32>(BUCKET_SHIFT);
}

@inline
function bitAt(keyBits: usize, bit: u32): u32 {
  return (load<u32>(keyBits + (<usize>(bit >>> 5) << 2)) >>> (bit & 31)) & 1;
}

/** The place of an anchor's bits, which are told apart by its third classes. */
@inline
function anchorBits(seed: u32, lineShift: u32): u32 {
  const mixed = (seed ^ (seed >>> 15)) * MULTIPLIER_D;
  return ((mixed >>> lineShift) << 9) | ((mixed >>> 4) & 0x1ff);
}

@inline
function thirdBit(kindAndClass: u32): u32 {
  return (kindAndClass * MULTIPLIER_C) >>> 23;
}

@inline
function fourthBit(kindAndClass: u32): u32 {
  return 1 << ((kindAndClass * MULTIPLIER_C) >>> 27);
}

/** The place of the last one of so many classes to the left of the anchor, its own where there are none. */
@inline
function placeToLeft(count: i32): i32 {
  return count == 0 ? anchorLeft : <i32>load<u16>(<usize>count << 2, LEFT - 2);
}

/** The place of the last one of so many classes to the right of the anchor, its own where there are none. */
@inline
function placeToRight(count: i32): i32 {
  return count == 0 ? anchorRight : <i32>load<u16>(<usize>count << 2, RIGHT - 2);
}

/** Whether the next class before a place that is not skipped is `own`. */
function stoodBefore(at: i32, own: u32): bool {
  return classAt(before(at, SKIPPED)) == own;
}

/** The same behind it. */
function standsAgain(at: i32, own: u32): bool {
  return classAt(after(at, SKIPPED)) == own;
}

/**
 * Keeps for later that a key's bucket has to be looked up for the patterns around the anchor which have one of these fourth
 * classes, or none: several together don't wait for each other's memory.
 */
function wait(bucket: u32, none: u32, beside: u32, across: u32): void {
  const place = WAITING + <usize>waiting * WAITING_SIZE;
  store<u32>(place, bucket, OF_BUCKET);
  store<u32>(place, none, OF_NONE);
  store<u32>(place, beside, OF_BESIDE);
  store<u32>(place, across, OF_ACROSS);
  store<u16>(place, <u16>anchorLeft, OF_LEFT);
  store<u16>(place, <u16>anchorRight, OF_RIGHT);
  waiting += 1;
}

/** Looks up what waits; false where it has to be given up. */
function lookUp(): bool {
  const buckets = <usize>load<u32>(BUCKETS);
  const end = WAITING + <usize>waiting * WAITING_SIZE;
  spent += waiting;
  waiting = 0;
  // First those that may have something are picked out, without a branch on what the memory answers.
  let kept: usize = WAITING;
  for (let place: usize = WAITING; place < end; place += WAITING_SIZE) {
    const bucket = buckets + (<usize>load<u32>(place, OF_BUCKET) << 3);
    const none = load<u32>(place, OF_NONE);
    const beside = load<u32>(place, OF_BESIDE);
    const across = load<u32>(place, OF_ACROSS);
    const asked = fourthBit(none) | fourthBit(beside) | fourthBit(across);
    store<u32>(kept, load<u32>(bucket), OF_BUCKET);
    store<u32>(kept, load<u32>(bucket, 8), OF_END);
    store<u32>(kept, none, OF_NONE);
    store<u32>(kept, beside, OF_BESIDE);
    store<u32>(kept, across, OF_ACROSS);
    store<u32>(kept, load<u32>(place, OF_LEFT), OF_LEFT);
    kept += select<usize>(WAITING_SIZE, 0, (load<u32>(bucket, 4) & asked) != 0);
  }
  for (let place: usize = WAITING; place < kept; place += WAITING_SIZE) {
    anchorLeft = load<u16>(place, OF_LEFT);
    anchorRight = load<u16>(place, OF_RIGHT);
    anchorFirst = classAt(anchorLeft);
    anchorSecond = classAt(anchorRight);
    lefts = 0;
    rights = 0;
    if (!checkEntries(place)) return false;
  }
  return true;
}

/** Checks the entries of a bucket that has waited. */
function checkEntries(place: usize): bool {
  const entries = <usize>load<u32>(ENTRIES);
  const last = entries + (<usize>load<u32>(place, OF_END) << 1);
  const none = load<u32>(place, OF_NONE);
  const beside = load<u32>(place, OF_BESIDE);
  const across = load<u32>(place, OF_ACROSS);
  const pair = anchorFirst | (anchorSecond << 16);
  let following = entries + (<usize>load<u32>(place, OF_BUCKET) << 1);
  while (following < last) {
    const head = following;
    following = head + 12 + (<usize>load<u32>(head, 8) << 1);
    spent += 1;
    if (load<u32>(head) != pair) continue;
    const fourth = load<u32>(head, 4);
    if (fourth != none && fourth != beside && fourth != across) continue;
    if (!checkGroup(head + 12, following)) return false;
  }
  return true;
}

function checkGroup(from: usize, to: usize): bool {
  let following = from;
  while (following < to) {
    const toLeft = <u32>load<u16>(following);
    const ofLeft = <i32>(toLeft & LEFT_MASK);
    const ofRight = <i32>load<u16>(following, 2);
    let place = following + 4;
    let behind = place + (<usize>(ofLeft + ofRight) << 1);
    const asks = toLeft >>> ASKING_SHIFT;
    following = behind + 4;
    if (asks != ASKING_NOTHING) {
      const isOne = asks == ASKING_ONE;
      const askers: usize = isOne ? 1 : load<u16>(behind);
      if (!isOne) behind += 2;
      following = behind + askers * ASKER_SIZE;
    }
    spent += 1;

    let left = 0;
    while (left < ofLeft && leftAt(left) == <u32>load<u16>(place)) {
      left += 1;
      place += 2;
    }
    spent += left;
    if (spent > budget) return false;
    if (left < ofLeft) {
      if (left < ofLeft - 1) continue;
      const beyond = left == 0 ? anchorFirst : <u32>load<u16>(place - 2);
      if (<u32>load<u16>(place) != beyond || !stoodBefore(placeToLeft(left), beyond)) continue;
      place += 2;
    }

    let right = 0;
    while (right < ofRight && rightAt(right) == <u32>load<u16>(place)) {
      right += 1;
      place += 2;
    }
    spent += right;
    if (spent > budget) return false;
    if (right < ofRight) {
      if (right < ofRight - 1) continue;
      const beyond = right == 0 ? anchorSecond : <u32>load<u16>(place - 2);
      if (<u32>load<u16>(place) != beyond || !standsAgain(placeToRight(right), beyond)) continue;
    }
    const start = placeToLeft(left);
    const end = placeToRight(right) + 1;
    if (asks != ASKING_NOTHING) {
      if (!noteAsking(behind, following, start, end)) return false;
    } else if (!note(load<u32>(behind), start, end)) return false;
  }
  return true;
}

/**
 * Notes those of an entry's patterns that have what they ask for; false where there is no more room. Takes no steps: for each
 * of these patterns the automaton would report an occurrence.
 */
function noteAsking(first: usize, behind: usize, start: i32, end: i32): bool {
  for (let at = first; at < behind; at += ASKER_SIZE) {
    if (finerAt(load<u16>(at, 4)) != load<u16>(at, 6)) continue;
    if (finerAt(load<u16>(at, 8)) != load<u16>(at, 10)) continue;
    if (!note(load<u32>(at), start, end)) return false;
  }
  return true;
}

/** The finer class at a place that an asker names. */
@inline
function finerAt(asked: u32): u16 {
  return finerOf(asked < ASKED_ON_RIGHT ? placeToLeft(asked) : placeToRight(asked - ASKED_ON_RIGHT));
}

@inline
function finerOf(at: i32): u16 {
  return load<u16>(<usize>load<u32>(FINER) + (<usize>load<u16>(<usize>at << 1, TEXT) << 1));
}

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
      if (classAt(start) != own) return spent <= budget;
      spent += 1;
      length += 1;
    }
    if (!isAsked(load<u16>(run, 8), start) || !isAsked(load<u16>(run, 10), at)) continue;
    if (!note(load<u32>(run, 4), start, at + 1)) return false;
  }
  return spent <= budget;
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
  spent += 2;
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

  const seed = (first * MULTIPLIER_A) ^ (second * MULTIPLIER_B);
  const bits = anchorBits(seed, load<u32>(LINE_SHIFT));
  const keyBits = <usize>load<u32>(KEY_BITS);
  anchorLeft = left;
  anchorRight = at;
  anchorFirst = first;
  anchorSecond = second;
  lefts = 0;
  rights = 0;
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
  return spent <= budget && (waiting < MOST_WAITING || lookUp());
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
    const seed = (first * MULTIPLIER_A) ^ (second * MULTIPLIER_B);
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
  length = units;
  budget = limit;
  spent = 0;
  waiting = 0;
  store<u32>(FOUND_COUNT, 0);
  store<u32>(TRIGGER_COUNT, 0);
  collapse = load<u32>(COLLAPSE) != 0;
  const kept = thin(listCandidates(<usize>units << 1));
  for (let candidate: usize = CANDIDATES; candidate < kept; candidate += 2) {
    if (!check(<i32>load<u16>(candidate))) return -1;
  }
  return lookUp() ? spent : -1;
}
