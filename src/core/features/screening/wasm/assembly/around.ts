// The block at hand, and what stands in it around a place.
import { COLLAPSE, LEFT, READING, RIGHT, SKIPPED, TEXT } from './memory';

let length: i32 = 0;
let budget: i32 = 0;
/** Steps of checking that were taken. */
export let spent: i32 = 0;
export let collapse: bool = false;

// Around the anchor that is being checked: of the skeleton's classes to its left in LEFT and to its right in RIGHT so many
// are known, 32 bits each: the class, and its place 16 bits up.
let lefts: i32 = 0;
let rights: i32 = 0;
export let anchorLeft: i32 = 0;
export let anchorRight: i32 = 0;
export let anchorFirst: u32 = 0;
export let anchorSecond: u32 = 0;

export function beginBlock(units: i32, limit: i32): void {
  length = units;
  budget = limit;
  spent = 0;
  collapse = load<u32>(COLLAPSE) != 0;
}

@inline
export function spend(steps: i32): void {
  spent += steps;
}

@inline
export function isSpent(): bool {
  return spent > budget;
}

/** Goes to an anchor, by the places of its two classes. */
@inline
export function goTo(left: i32, right: i32): void {
  anchorLeft = left;
  anchorRight = right;
  anchorFirst = classAt(left);
  anchorSecond = classAt(right);
  lefts = 0;
  rights = 0;
}

@inline
export function readingOf(unit: u32): u32 {
  return load<u16>(<usize>unit << 1, READING);
}

@inline
export function readingAt(at: i32): u32 {
  return readingOf(load<u16>(<usize>at << 1, TEXT));
}

@inline
export function before(at: i32, own: u32): i32 {
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
export function classAt(at: i32): u32 {
  return <u32>at >= <u32>length ? 0 : readingAt(at) & SKIPPED;
}

/** The class `index` steps to the left of the anchor, 0 where there is none; asked for in order. */
@inline
export function leftAt(index: i32): u32 {
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
export function rightAt(index: i32): u32 {
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

/** The place of the last one of so many classes to the left of the anchor, its own where there are none. */
@inline
export function placeToLeft(count: i32): i32 {
  return count == 0 ? anchorLeft : <i32>load<u16>(<usize>count << 2, LEFT - 2);
}

/** The place of the last one of so many classes to the right of the anchor, its own where there are none. */
@inline
export function placeToRight(count: i32): i32 {
  return count == 0 ? anchorRight : <i32>load<u16>(<usize>count << 2, RIGHT - 2);
}

/** Whether the next class before a place that is not skipped is `own`. */
export function stoodBefore(at: i32, own: u32): bool {
  return classAt(before(at, SKIPPED)) == own;
}

/** The same behind it. */
export function standsAgain(at: i32, own: u32): bool {
  return classAt(after(at, SKIPPED)) == own;
}
