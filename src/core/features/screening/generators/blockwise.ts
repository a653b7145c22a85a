import { type Generator, type OnOccurrence, unitClass } from '../stratum.ts';

/** Looks through one block at a time and keeps what it found until it is asked for. */
export interface BlockScanner {
  /**
   * Looks through `units[from…to)`, at most `blockLength` of them, as if nothing stood around them. Answers the steps of
   * checking that it took, or -1 where they would be more than `budget`, or more was found than there is room for: what
   * was found then counts for nothing.
   */
  scan(units: Uint16Array, from: number, to: number, budget: number): number;
  /** How many occurrences the last block had, and how many triggers. */
  readonly counts: Int32Array;
  /** Three numbers each: the pattern's label, start and end, counted from the block's first unit. */
  readonly found: Int32Array;
  /** Counted from the block's first unit, ascending. */
  readonly triggers: Uint16Array;
  /** `Generator.scratch`. */
  readonly scratch?: Uint16Array;
}

/** Units that are looked through at once, at most. */
export const blockLength = 16_384;
/** Room for occurrences in a block. With more, the automaton's own pace is no worse than reporting them. */
export const mostFound = 8192;

/**
 * Steps of checking that a unit of text may cost on average, and how many may be saved up. A step takes about a nanosecond, a
 * unit in the automaton ten: text that stays inside the budget is never much slower than the automaton.
 */
const stepsPerUnit = 6;
const mostSaved = 2 * blockLength * stepsPerUnit;

/** Units that the automaton reads after a budget was spent: doubled each time that it soon happens again. */
const shortestPenalty = 4 * blockLength;
const longestPenalty = 256 * blockLength;

/**
 * A generator out of a quick scanner that some text can slow down, and one that no text can. Blocks end behind a unit
 * that is in no pattern, so that nothing spans two of them, and each is looked through by one or the other as a whole.
 *
 * @param classOf the stratum's
 * @param createSteady called when it is first needed
 */
export function createBlockwise(
  classOf: Uint16Array,
  quick: BlockScanner,
  createSteady: () => Generator,
): Generator {
  const { counts, found, triggers } = quick;
  const breaks = breaksOf(classOf);
  let steady: Generator | undefined;
  let saved = mostSaved;
  let penalty = shortestPenalty / 2;
  /** Units that the steady one still has to read. */
  let owed = 0;
  /** Units that the quick one read since. */
  let since = 0;

  /** Behind the last unit in `units[from…to)` that is in no pattern; `from` where there is none. */
  function cutBefore(units: Uint16Array, from: number, to: number): number {
    let at = to;
    while (at > from && breaks[units[at - 1] ?? 0] === 0) at -= 1;
    return at;
  }

  /** Behind the first such unit from `from` on; `to` where there is none. */
  function cutAfter(units: Uint16Array, from: number, to: number): number {
    let at = from;
    while (at < to && breaks[units[at] ?? 0] === 0) at += 1;
    return Math.min(at + 1, to);
  }

  function report(origin: number, onOccurrence: OnOccurrence, onTrigger?: (at: number) => void): void {
    const end = (counts[0] ?? 0) * 3;
    for (let at = 0; at < end; at += 3)
      onOccurrence(found[at] ?? 0, origin + (found[at + 1] ?? 0), origin + (found[at + 2] ?? 0));
    if (onTrigger === undefined) return;
    const triggerCount = counts[1] ?? 0;
    for (let index = 0; index < triggerCount; index += 1) onTrigger(origin + (triggers[index] ?? 0));
  }

  return {
    ...(quick.scratch === undefined ? {} : { scratch: quick.scratch }),
    scanUnits(units, from, to, onOccurrence, onTrigger) {
      let start = from;
      while (start < to) {
        let end = to;
        let fits = true;
        if (end - start > blockLength) {
          end = cutBefore(units, start, start + blockLength);
          if (end === start) {
            end = cutAfter(units, start + blockLength, to);
            fits = end - start <= blockLength;
          }
        }
        const length = end - start;
        if (fits && owed <= 0) {
          saved = Math.min(mostSaved, saved + length * stepsPerUnit);
          const spent = quick.scan(units, start, end, saved);
          if (spent >= 0) {
            saved -= spent;
            since = Math.min(longestPenalty, since + length);
            report(start, onOccurrence, onTrigger);
            start = end;
            continue;
          }
          saved = 0;
          penalty = since < longestPenalty ? Math.min(longestPenalty, penalty * 2) : shortestPenalty;
          owed = penalty;
          since = 0;
        }
        owed -= length;
        steady ??= createSteady();
        steady.scanUnits(units, start, end, onOccurrence, onTrigger);
        start = end;
      }
    },
  };
}

/** By unit: 1 where it is in no pattern. */
function breaksOf(classOf: Uint16Array): Uint8Array {
  const breaks = new Uint8Array(0x10000).fill(1);
  for (let unit = 0; unit < classOf.length; unit += 1)
    if (((classOf[unit] ?? 0) & unitClass.skipped) !== unitClass.none) breaks[unit] = 0;
  return breaks;
}
