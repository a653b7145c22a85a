import type { MessageId } from '../../../contract/ids.ts';
import type { ContactDay } from './observed.ts';
import type { SignWindow } from './window.ts';

/** Shorter texts are greetings. */
const shortest = 6;
const longest = 500;
/** Counters for the texts of a day. */
const buckets = 2_048;
/** Messages of one bucket from which on its texts are counted by themselves. */
const frequent = 5;
/** Texts of a day that are counted by themselves. */
const mostTexts = 16;

interface Earliest {
  readonly at: number;
  readonly messageId: MessageId | null;
}

const never: Earliest = { at: Infinity, messageId: null };

function isEarlier(one: Earliest, other: Earliest): boolean {
  return one.at < other.at || (one.at === other.at && (one.messageId ?? 0) < (other.messageId ?? 0));
}

/** Of one day: in how many single conversations the leaver wrote, the first message, and texts that came often. */
export interface DayCounts {
  readonly people: number;
  readonly first: Earliest;
  readonly texts: readonly (readonly [text: string, count: number])[];
}

/**
 * Counts on which day how many single conversations a leaver wrote in, and finds what was written often. Of texts only their
 * hashes are counted until one of them comes often; whatever the number of messages, two thousand texts are held.
 */
export function createContactDays(window: SignWindow) {
  const people = new Int32Array(window.days.length);
  const earliest = window.days.map(() => never);
  const counts = new Uint16Array(window.days.length * buckets);
  const texts = window.days.map(() => new Map<string, number>());

  return {
    /** A message of the leaver's on that day; `first`: the first of its conversation then. */
    take(day: number, first: boolean, text: string, messageId: MessageId, at: number): void {
      if (day < 0 || day >= people.length) return;
      const known = earliest[day] ?? never;
      if (at < known.at || (at === known.at && messageId < (known.messageId ?? 0)))
        earliest[day] = { at, messageId };
      if (first) people[day] = (people[day] ?? 0) + 1;
      if (text.length < shortest || text.length > longest) return;
      const bucket = day * buckets + (hashOf(text) & (buckets - 1));
      const count = Math.min(0xff_ff, (counts[bucket] ?? 0) + 1);
      counts[bucket] = count;
      if (count < frequent) return;
      const own = texts[day];
      const often = own?.get(text);
      if (often !== undefined || (own !== undefined && own.size < mostTexts))
        own?.set(text, (often ?? 0) + 1);
    },
    finish: (): DayCounts[] =>
      window.days.map((_day, day) => ({
        people: people[day] ?? 0,
        first: earliest[day] ?? never,
        texts: [...(texts[day] ?? [])],
      })),
  };
}

/** What several counters of different conversations counted, as one would have. */
export function mergeDays(parts: readonly (readonly DayCounts[])[]): DayCounts[] {
  const [first = [], ...others] = parts;
  return first.map((counts, day) =>
    others.reduce<DayCounts>((sum, part) => {
      const other = part[day];
      if (other === undefined) return sum;
      const texts = new Map(sum.texts);
      for (const [text, count] of other.texts) texts.set(text, (texts.get(text) ?? 0) + count);
      return {
        people: sum.people + other.people,
        first: isEarlier(other.first, sum.first) ? other.first : sum.first,
        texts: [...texts],
      };
    }, counts),
  );
}

/** The days on which anybody was written to; `sameWords` counts exactly what was written most on busy ones. */
export function contactDaysOf(
  counts: readonly DayCounts[],
  window: SignWindow,
  sameWords: (
    text: string,
    from: number,
    to: number,
  ) => { readonly conversations: number; readonly first: MessageId | null },
): ContactDay[] {
  const usual = usualPeople(counts.map(({ people }) => people));
  return counts.flatMap(({ people, first, texts }, day) => {
    if (people === 0) return [];
    const [text] = texts.toSorted(
      ([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1),
    )[0] ?? [''];
    if (text === '' || !isBusy(people, usual))
      return [{ day, people, same: 0, words: '', messageId: first.messageId }];
    const same = sameWords(text, window.midnights[day] ?? 0, (window.midnights[day + 1] ?? 0) - 1);
    return [{ day, people, same: same.conversations, words: text, messageId: same.first }];
  });
}

/** How many are written to on an ordinary day: the median of the days on which anybody was. */
export function usualPeople(people: ArrayLike<number>): number {
  const counts = Array.from(people)
    .filter((count) => count > 0)
    .toSorted((a, b) => a - b);
  return counts[Math.floor((counts.length - 1) / 2)] ?? 0;
}

/** As many customers as a manager visits in a day or two. */
export const manyPeople = 20;

/** Mass contact: at least twenty people, and three times as many as on an ordinary day. */
export function isBusy(people: number, usual: number): boolean {
  return people >= manyPeople && people >= 3 * usual;
}

/** FNV-1a of its first characters and its length. */
function hashOf(text: string): number {
  let hash = 0x81_1c_9d_c5 ^ text.length;
  const end = Math.min(text.length, 24);
  for (let at = 0; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  return hash ^ (hash >>> 15);
}
