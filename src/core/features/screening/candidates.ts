import type { OnMatch, UnitMatcher } from './matcher.ts';
import type { Plan } from './rules/plan.ts';
import type { Possibility } from './rules/possible.ts';

/** Many texts side by side, with a field separator between each two. */
export interface TextBlock {
  readonly units: Uint16Array;
  /** Where the first one begins. */
  readonly from: number;
  /** Where each of them ends, exclusive; the next one begins one unit behind. */
  readonly ends: Int32Array;
  readonly count: number;
  /** Where the newest message of each begins, where they are a sender's messages read together; null: each is one message. */
  readonly joints: Int32Array | null;
}

/** What is counted of joined texts. */
export interface Joining {
  /** By entry: its words may be split. */
  readonly splits: readonly boolean[];
  /** By rule: it says something of several messages. */
  readonly counts: readonly boolean[];
}

const flag = { word: 1, split: 2, wakes: 4, wakesJoined: 8 } as const;

/**
 * Finds the texts of a block that may have a hit; all others have none. Most texts have nothing, and what each call of the
 * matchers and of the rules costs is saved for them: a block costs little more than its units.
 */
export function createCandidates(
  plan: Plan,
  matchers: readonly UnitMatcher[],
  possibility: Possibility,
  joining: Joining,
): (block: TextBlock, onCandidate: (index: number) => void) => void {
  const wakes = new Uint8Array(plan.slots.length);
  possibility.wakers.forEach((slots, rule) => {
    const own = joining.counts[rule] === true ? flag.wakes | flag.wakesJoined : flag.wakes;
    for (const slot of slots) wakes[slot] = (wakes[slot] ?? 0) | own;
  });
  /** By group and term: what a match of it may come to. */
  const flags = plan.groups.map(({ specs, entryOf, slotsOf }) =>
    Uint8Array.from(specs, (_spec, term) => {
      const entry = entryOf[term] ?? -1;
      const ofWord = entry < 0 ? 0 : flag.word | (joining.splits[entry] === true ? flag.split : 0);
      return (slotsOf[term] ?? []).reduce((all, slot) => all | (wakes[slot] ?? 0), ofWord);
    }),
  );
  const { sleepless } = possibility;
  const sleeplessJoined = sleepless.filter((rule) => joining.counts[rule] === true);
  let marks = new Uint8Array(512);

  function markMatches({ units, from, ends, count, joints }: TextBlock): void {
    const to = ends[count - 1] ?? from;
    matchers.forEach((matcher, group) => {
      const own = flags[group];
      let index = 0;
      // Matches come by their end.
      const take: OnMatch = (term, start, end) => {
        while (index < count && (ends[index] ?? to) < end) index += 1;
        if (marks[index] === 1) return;
        const what = own?.[term] ?? 0;
        const joint = joints?.[index] ?? -1;
        const isHit =
          joints === null
            ? (what & (flag.word | flag.wakes)) !== 0
            : (what & flag.wakesJoined) !== 0 || ((what & flag.split) !== 0 && start < joint && end > joint);
        if (isHit) marks[index] = 1;
      };
      matcher.scanUnits(units, from, to, take);
      // One text may have spent what others needed: each is looked at by itself.
      if (matcher.cut) marks.fill(1, 0, count);
    });
  }

  return (block, onCandidate) => {
    const { units, from, ends, count, joints } = block;
    if (count > marks.length) marks = new Uint8Array(count);
    marks.fill(0, 0, count);
    markMatches(block);
    const rules = joints === null ? sleepless : sleeplessJoined;
    let start = from;
    for (let index = 0; index < count; index += 1) {
      const end = ends[index] ?? start;
      const isMarked = marks[index] === 1;
      if (isMarked || (rules.length > 0 && possibility.read(units, start, end, rules))) onCandidate(index);
      start = end + 1;
    }
  };
}
