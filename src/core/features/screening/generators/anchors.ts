import { type Generator, type Stratum, unitClass } from '../stratum.ts';
import {
  anchorBits,
  anchorKey,
  anchorSeed,
  fourthBit,
  further,
  noFourth,
  third,
  thirdBit,
} from './anchor-keys.ts';
import { type ScanTables, buildScanTables, flagged, run } from './anchor-tables.ts';
import { createAutomaton } from './automaton.ts';
import { type BlockScanner, blockLength, createBlockwise, mostFound } from './blockwise.ts';
import { askedOnRight, asker, asking, entry, group } from './entries.ts';
import { column, pairing } from './pair-table.ts';

/**
 * A generator that looks for each pattern's rarest two neighbours, with one look at a table a unit, and checks what stands around
 * them afterwards.
 */
export function createAnchors(stratum: Stratum): Generator {
  const { classOf } = stratum;
  const scanner = createScanner(classOf, buildScanTables(stratum));
  return createBlockwise(classOf, scanner, () => createAutomaton(stratum));
}

// Written twice, here and in ../wasm/assembly/: change both. That says it the same way, but looks up several buckets at a time,
// and goes by what the filters have said of a candidate.
export function createScanner(classOf: Uint16Array, tables: ScanTables): BlockScanner {
  const { columnOf, pairs, columns } = tables.pairTable;
  const { reading, keyBits, lineShift, buckets, bucketShift } = tables;
  const { entries, single, runs, collapse } = tables;
  const finerOf = tables.finerOf ?? new Uint16Array(0);
  const candidates = new Int32Array(blockLength + 1);
  const counts = new Int32Array(2);
  const found = new Int32Array(mostFound * 3);
  const triggers = new Uint16Array(blockLength);
  const joined = new Uint8Array(0x10000);
  for (const unit of tables.joined) joined[unit] = 1;
  // The block at hand.
  let text: Uint16Array = new Uint16Array(0);
  let from = 0;
  let to = 0;
  let spent = 0;
  let budget = 0;
  // Around the anchor that is being checked: as many of the skeleton's classes to its left and right are known.
  let lefts = 0;
  let rights = 0;
  const leftPlaces = new Int32Array(blockLength + 1);
  const rightPlaces = new Int32Array(blockLength + 1);

  /** The place of the skeleton's next class before `at`, where the class is `own`; `from - 1` where there is none. */
  function before(at: number, own: number): number {
    let place = at - 1;
    while (place >= from) {
      const other = readAt(place);
      if (other !== unitClass.skipped && !(collapse && other === own)) break;
      place -= 1;
    }
    spent += at - place;
    return place;
  }

  /** The same behind `at`; `to` where there is none. */
  function after(at: number, own: number): number {
    let place = at + 1;
    while (place < to) {
      const other = readAt(place);
      if (other !== unitClass.skipped && !(collapse && other === own)) break;
      place += 1;
    }
    spent += place - at;
    return place;
  }

  function classAt(at: number): number {
    return at < from || at >= to ? unitClass.none : readAt(at);
  }

  /** Notes an occurrence; false where there is no more room. */
  function note(label: number, start: number, end: number): boolean {
    const count = counts[0] ?? 0;
    if (count === mostFound) return false;
    found[count * 3] = label;
    found[count * 3 + 1] = start - from;
    found[count * 3 + 2] = end - from;
    counts[0] = count + 1;
    return true;
  }

  /** The class `index` steps to the left of the anchor, whose own place is the first one in the list; asked for in order. */
  function leftAt(index: number): number {
    if (index === lefts) {
      const place = leftPlaces[index] ?? 0;
      lefts += 1;
      leftPlaces[lefts] = before(place, classAt(place));
    }
    return classAt(leftPlaces[index + 1] ?? 0);
  }

  /** The same to the right. */
  function rightAt(index: number): number {
    if (index === rights) {
      const place = rightPlaces[index] ?? 0;
      rights += 1;
      rightPlaces[rights] = after(place, classAt(place));
    }
    return classAt(rightPlaces[index + 1] ?? 0);
  }

  /** Whether the next class before a place that is not skipped is `own`. */
  function stoodBefore(at: number, own: number): boolean {
    return classAt(before(at, unitClass.skipped)) === own;
  }

  /** The same behind it. */
  function standsAgain(at: number, own: number): boolean {
    return classAt(after(at, unitClass.skipped)) === own;
  }

  /**
   * Checks the patterns of a key around the anchor which have one of these fourth classes, or none; false where it has to be
   * given up.
   */
  function checkBucket(
    bucket: number,
    none: number,
    beside: number,
    across: number,
    first: number,
    second: number,
  ): boolean {
    spent += 1;
    const asked = fourthBit(none) | fourthBit(beside) | fourthBit(across);
    if (((buckets[bucket * 2 + 1] ?? 0) & asked) === 0) return true;
    const own = buckets[bucket * 2] ?? 0;
    const last = own + numberAt(own + group.from) - group.end;
    for (let head = own; head < last; head += group.size) {
      spent += 1;
      if (entries[head + group.first] !== first || entries[head + group.second] !== second) continue;
      const fourth = numberAt(head + group.fourth);
      if (fourth !== none && fourth !== beside && fourth !== across) continue;
      const behind = own + numberAt(head + group.size + group.from);
      if (!checkGroup(own + numberAt(head + group.from), behind, first, second)) return false;
    }
    return true;
  }

  function numberAt(place: number): number {
    return (entries[place] ?? 0) | ((entries[place + 1] ?? 0) << 16);
  }

  function checkGroup(from: number, to: number, first: number, second: number): boolean {
    let following = from;
    while (following < to) {
      const at = following;
      const toLeft = entries[at + entry.left] ?? 0;
      const ofLeft = toLeft & entry.leftMask;
      const ofRight = entries[at + entry.right] ?? 0;
      const around = at + entry.header;
      let behind = around + ofLeft + ofRight;
      const asks = toLeft >>> entry.askingShift;
      following = behind + entry.label;
      if (asks !== asking.nothing) {
        const isOne = asks === asking.one;
        const askers = isOne ? 1 : (entries[behind] ?? 0);
        if (!isOne) behind += 1;
        following = behind + askers * asker.size;
      }
      spent += 1;

      let left = 0;
      while (left < ofLeft && leftAt(left) === entries[around + left]) left += 1;
      spent += left;
      if (spent > budget) return false;
      if (left < ofLeft) {
        const inner = (left === 0 ? first : entries[around + left - 1]) ?? 0;
        const isLast = left === ofLeft - 1 && entries[around + left] === inner;
        if (!isLast || !stoodBefore(leftPlaces[left] ?? 0, inner)) continue;
      }

      let right = 0;
      while (right < ofRight && rightAt(right) === entries[around + ofLeft + right]) right += 1;
      spent += right;
      if (spent > budget) return false;
      if (right < ofRight) {
        const inner = (right === 0 ? second : entries[around + ofLeft + right - 1]) ?? 0;
        const isLast = right === ofRight - 1 && entries[around + ofLeft + right] === inner;
        if (!isLast || !standsAgain(rightPlaces[right] ?? 0, inner)) continue;
      }
      const start = leftPlaces[left] ?? 0;
      const end = (rightPlaces[right] ?? 0) + 1;
      if (asks !== asking.nothing) {
        if (!noteAsking(behind, following, start, end)) return false;
      } else if (!note(numberAt(behind), start, end)) return false;
    }
    return true;
  }

  /**
   * Notes those of an entry's patterns that have what they ask for; false where there is no more room. Takes no steps: for
   * each of these patterns the automaton would report an occurrence.
   */
  function noteAsking(first: number, behind: number, start: number, end: number): boolean {
    for (let at = first; at < behind; at += asker.size) {
      if (finerAt(entries[at + asker.place] ?? 0) !== entries[at + asker.wanted]) continue;
      if (finerAt(entries[at + asker.otherPlace] ?? 0) !== entries[at + asker.otherWanted]) continue;
      if (!note(numberAt(at + asker.label), start, end)) return false;
    }
    return true;
  }

  /** The finer class at a place that an asker names. */
  function finerAt(asked: number): number | undefined {
    const place = asked < askedOnRight ? leftPlaces[asked] : rightPlaces[asked - askedOnRight];
    return finerOf[text[place ?? 0] ?? 0];
  }

  /** Notes the runs of a class that end at a place inside or at the end of one; false where it has to be given up. */
  function checkRuns(at: number, own: number): boolean {
    const list = runs[own] ?? 0;
    if (list === 0) return true;
    const behind = list + 1 + run.size * (runs[list] ?? 0);
    let start = at;
    let length = 1;
    for (let place = list + 1; place < behind; place += run.size) {
      while (length < (runs[place + run.length] ?? 0)) {
        start = before(start, unitClass.skipped);
        if (classAt(start) !== own) return spent <= budget;
        length += 1;
      }
      const asked = runs[place + run.asked] ?? 0;
      if (!isAsked(asked & 0xffff, start) || !isAsked(asked >>> 16, at)) continue;
      if (!note(runs[place + run.label] ?? 0, start, at + 1)) return false;
    }
    return spent <= budget;
  }

  function isAsked(wanted: number, at: number): boolean {
    return wanted === 0 || finerOf[text[at] ?? 0] === wanted;
  }

  /** Finds out what is at a candidate; false where the block has to be given up. */
  function check(at: number): boolean {
    spent += 2;
    const value = reading[text[at] ?? 0] ?? 0;
    const second = value & unitClass.skipped;
    if (second === unitClass.none || second === unitClass.skipped) return true;
    const previous = before(at, unitClass.skipped);
    const first = classAt(previous);
    // Inside a run, nothing else begins or ends.
    if (collapse && first === second) return checkRuns(at, second);
    if (value >= flagged) {
      const label = (single[second] ?? 0) - 1;
      if (label >= 0 && !note(label, at, at + 1)) return false;
    }
    if (first === unitClass.none) return true;

    const seed = anchorSeed(first, second);
    const bits = anchorBits(seed, lineShift);
    const has = (kindAndClass: number) => bitAt(bits ^ thirdBit(kindAndClass)) === 1;
    const bucketOf = (kindAndClass: number) => anchorKey(seed, kindAndClass) >>> bucketShift;
    const checks = (bucket: number, kind: number, beside: number, across: number) =>
      checkBucket(bucket, noFourth | kind, beside, across, first, second);
    leftPlaces[0] = previous;
    rightPlaces[0] = at;
    lefts = 0;
    rights = 0;
    if (isWholeAt(previous, at) === 1 && !checks(bucketOf(third.none), third.none, 0, 0)) return false;
    const right = third.right | rightAt(0);
    const left = third.left | leftAt(0);
    let looked = -1;
    if (has(right)) {
      looked = bucketOf(right);
      if (!checks(looked, third.right, further | third.right | rightAt(1), left)) return false;
    }
    // Of what ends in a class that stands twice. Where it is in the same bucket, it was found there.
    const again = third.right | second;
    if (collapse && has(again) && standsAgain(at, second)) {
      const bucket = bucketOf(again);
      if (bucket !== looked && !checks(bucket, third.right, 0, left)) return false;
    }
    looked = -1;
    if (has(left)) {
      looked = bucketOf(left);
      if (!checks(looked, third.left, further | third.left | leftAt(1), right)) return false;
    }
    // Of what begins with one.
    const twice = third.left | first;
    if (collapse && has(twice) && stoodBefore(previous, first)) {
      const bucket = bucketOf(twice);
      if (bucket !== looked && !checks(bucket, third.left, 0, right)) return false;
    }
    return spent <= budget;
  }

  /** 1 where a pattern may be what stands at these two places and nothing else. */
  function isWholeAt(before: number, at: number): number {
    const row = Math.imul(columnOf[text[before] ?? 0] ?? 0, columns);
    return (pairs[row + (columnOf[text[at] ?? 0] ?? 0)] ?? 0) & pairing.whole;
  }

  /** 1 where the unit and the one before it are triggers of which only the first is reported. */
  function isJoined(at: number): number {
    return at === from ? 0 : (joined[text[at] ?? 0] ?? 0) & (joined[text[at - 1] ?? 0] ?? 0);
  }

  /** 1 where a flagged unit is a pattern by itself; notes it where it is a trigger. */
  function takeFlagged(at: number, second: number): number {
    if ((classOf[text[at] ?? 0] ?? 0) >= unitClass.trigger && isJoined(at) === 0) {
      const count = counts[1] ?? 0;
      triggers[count] = at - from;
      counts[1] = count + 1;
    }
    return Number(second !== unitClass.skipped && single[second] !== 0);
  }

  /**
   * Keeps of the listed candidates those that may have a pattern around them, by the filter over anchors with a third class.
   * Without a branch on what it finds there, so that the memory's answers for one candidate are not waited for by the next; one
   * unit that is skipped on a side is looked behind, and where there are more, or something is repeated, the check finds out. Notes
   * the triggers.
   */
  function thin(): number {
    let kept = 0;
    for (let index = 0; index < listed; index += 1) {
      const at = candidates[index] ?? 0;
      const value = reading[text[at] ?? 0] ?? 0;
      const second = value & unitClass.skipped;
      // Beyond the block it may be anything: then nothing is there to be found, whatever the filter says.
      const before = readAt(at - 1);
      const further = readAt(at - 2);
      const isSkipped = before === unitClass.skipped;
      const first = isSkipped ? further : before;
      const left = isSkipped || further === unitClass.skipped ? readAt(at - 3) : further;
      const behind = readAt(at + 1);
      const right = behind === unitClass.skipped ? readAt(at + 2) : behind;
      const seed = anchorSeed(first, second);
      const bits = anchorBits(seed, lineShift);
      const has =
        isWholeAt(isSkipped ? at - 2 : at - 1, at) |
        bitAt(bits ^ thirdBit(third.right | right)) |
        bitAt(bits ^ thirdBit(third.left | left));
      const irregular =
        Number(first === unitClass.skipped) |
        Number(left === unitClass.skipped) |
        Number(right === unitClass.skipped) |
        (Number(collapse) & (Number(first === second) | Number(left === first) | Number(right === second)));
      candidates[kept] = at;
      const alone = value >= flagged ? takeFlagged(at, second) : 0;
      kept += has | irregular | alone;
    }
    return kept;
  }

  function readAt(at: number): number {
    return (reading[text[at] ?? 0] ?? 0) & unitClass.skipped;
  }

  function bitAt(hash: number): number {
    return ((keyBits[hash >>> 5] ?? 0) >>> hash) & 1;
  }

  /** Lists what may be worth a check in the block. */
  let listed = 0;
  function list(units: Uint16Array, start: number, end: number): void {
    let row = 0;
    let count = 0;
    for (let at = start; at < end; at += 1) {
      const own = columnOf[units[at] ?? 0] ?? 0;
      // Always written, and kept by counting on: a branch here would be mispredicted.
      candidates[count] = at;
      count += (pairs[row + own] ?? 0) >> 1;
      // All ones for a skipped unit, which leaves the class before as it is.
      const skips = (own - column.none) >> 31;
      const next = Math.imul(own, columns);
      row = next ^ ((next ^ row) & skips);
    }
    listed = count;
  }

  return {
    counts,
    found,
    triggers,
    scan(units, blockFrom, blockTo, limit) {
      text = units;
      from = blockFrom;
      to = blockTo;
      budget = limit;
      spent = 0;
      counts.fill(0);
      list(units, blockFrom, blockTo);
      const kept = thin();
      for (let index = 0; index < kept; index += 1) {
        if (!check(candidates[index] ?? 0)) return -1;
      }
      return spent;
    },
  };
}
