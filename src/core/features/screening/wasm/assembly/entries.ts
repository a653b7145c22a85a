// Looks up the patterns of an anchor's key, and notes those that stand around it.
import {
  ASKED_ON_RIGHT,
  ASKER_SIZE,
  ASKING_NOTHING,
  ASKING_ONE,
  ASKING_SHIFT,
  BUCKETS,
  ENTRIES,
  FINER,
  FOUND,
  FOUND_COUNT,
  GROUPS_END,
  GROUP_SIZE,
  LEFT_MASK,
  MOST_FOUND,
  MOST_WAITING,
  OF_ACROSS,
  OF_BESIDE,
  OF_BUCKET,
  OF_END,
  OF_FILTER,
  OF_LEFT,
  OF_NONE,
  OF_RIGHT,
  TEXT,
  WAITING,
  WAITING_SIZE,
} from './memory';
import { fourthBit } from './keys';
import {
  anchorFirst,
  anchorLeft,
  anchorRight,
  anchorSecond,
  goTo,
  isSpent,
  leftAt,
  placeToLeft,
  placeToRight,
  rightAt,
  spend,
  standsAgain,
  stoodBefore,
} from './around';
let waiting: i32 = 0;

/** Forgets what waits, of a block that was given up. */
export function forget(): void {
  waiting = 0;
}

/** Whether there may be no room for what another candidate asks for. */
@inline
export function isFull(): bool {
  return waiting >= MOST_WAITING;
}

export function note(label: u32, start: i32, end: i32): bool {
  const count = load<i32>(FOUND_COUNT);
  if (count == MOST_FOUND) return false;
  const place = <usize>count * 12;
  store<u32>(place, label, FOUND);
  store<i32>(place, start, FOUND + 4);
  store<i32>(place, end, FOUND + 8);
  store<i32>(FOUND_COUNT, count + 1);
  return true;
}

/**
 * Keeps for later that a key's bucket has to be looked up for the patterns around the anchor which have one of these fourth
 * classes, or none: several together don't wait for each other's memory.
 */
export function wait(bucket: u32, none: u32, beside: u32, across: u32): void {
  const place = WAITING + <usize>waiting * WAITING_SIZE;
  store<u32>(place, bucket, OF_BUCKET);
  store<u32>(place, none, OF_NONE);
  store<u32>(place, beside, OF_BESIDE);
  store<u32>(place, across, OF_ACROSS);
  store<u16>(place, <u16>anchorLeft, OF_LEFT);
  store<u16>(place, <u16>anchorRight, OF_RIGHT);
  waiting += 1;
}

/** Looks up what waits; false where the block has to be given up. */
export function lookUp(): bool {
  const buckets = <usize>load<u32>(BUCKETS);
  const end = WAITING + <usize>waiting * WAITING_SIZE;
  spend(waiting);
  waiting = 0;
  // The buckets are in no cache: read in a loop that does nothing else, many are on their way at a time.
  for (let place: usize = WAITING; place < end; place += WAITING_SIZE)
    store<u64>(place, load<u64>(buckets + (<usize>load<u32>(place, OF_BUCKET) << 3)), OF_BUCKET);
  // First those that may have something are picked out, without a branch on what the memory answers.
  let kept: usize = WAITING;
  for (let place: usize = WAITING; place < end; place += WAITING_SIZE) {
    const filter = load<u32>(place, OF_FILTER);
    const none = load<u32>(place, OF_NONE);
    const beside = load<u32>(place, OF_BESIDE);
    const across = load<u32>(place, OF_ACROSS);
    const asked = fourthBit(none) | fourthBit(beside) | fourthBit(across);
    store<u32>(kept, load<u32>(place, OF_BUCKET), OF_BUCKET);
    store<u32>(kept, none, OF_NONE);
    store<u32>(kept, beside, OF_BESIDE);
    store<u32>(kept, across, OF_ACROSS);
    store<u32>(kept, load<u32>(place, OF_LEFT), OF_LEFT);
    kept += select<usize>(WAITING_SIZE, 0, (filter & asked) != 0);
  }
  // Then where their groups end is read, for all of them before anything is done with one.
  const entries = <usize>load<u32>(ENTRIES);
  for (let place: usize = WAITING; place < kept; place += WAITING_SIZE) {
    const own = entries + (<usize>load<u32>(place, OF_BUCKET) << 1);
    store<u32>(place, <u32>own, OF_BUCKET);
    store<u32>(place, <u32>(own + (<usize>load<u32>(own) << 1) - GROUPS_END), OF_END);
  }
  for (let place: usize = WAITING; place < kept; place += WAITING_SIZE) {
    goTo(load<u16>(place, OF_LEFT), load<u16>(place, OF_RIGHT));
    if (!checkEntries(place) || isSpent()) return false;
  }
  return true;
}

/** Checks the entries of a bucket that has waited. */
function checkEntries(place: usize): bool {
  const own = <usize>load<u32>(place, OF_BUCKET);
  const last = <usize>load<u32>(place, OF_END);
  const none = load<u32>(place, OF_NONE);
  const beside = load<u32>(place, OF_BESIDE);
  const across = load<u32>(place, OF_ACROSS);
  const pair = anchorFirst | (anchorSecond << 16);
  for (let head = own; head < last; head += GROUP_SIZE) {
    spend(1);
    if (load<u32>(head, 4) != pair) continue;
    const fourth = load<u32>(head, 8);
    if (fourth != none && fourth != beside && fourth != across) continue;
    if (!checkGroup(own + (<usize>load<u32>(head) << 1), own + (<usize>load<u32>(head, GROUP_SIZE) << 1))) return false;
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
    spend(1);

    let left = 0;
    while (left < ofLeft && leftAt(left) == <u32>load<u16>(place)) {
      left += 1;
      place += 2;
    }
    spend(left);
    if (isSpent()) return false;
    if (left < ofLeft) {
      if (left < ofLeft - 1) continue;
      const inner = left == 0 ? anchorFirst : <u32>load<u16>(place - 2);
      if (<u32>load<u16>(place) != inner || !stoodBefore(placeToLeft(left), inner)) continue;
      place += 2;
    }

    let right = 0;
    while (right < ofRight && rightAt(right) == <u32>load<u16>(place)) {
      right += 1;
      place += 2;
    }
    spend(right);
    if (isSpent()) return false;
    if (right < ofRight) {
      if (right < ofRight - 1) continue;
      const inner = right == 0 ? anchorSecond : <u32>load<u16>(place - 2);
      if (<u32>load<u16>(place) != inner || !standsAgain(placeToRight(right), inner)) continue;
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
export function finerOf(at: i32): u16 {
  return load<u16>(<usize>load<u32>(FINER) + (<usize>load<u16>(<usize>at << 1, TEXT) << 1));
}
