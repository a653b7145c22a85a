import type { ConversationId, MessageId } from '../../../contract/ids.ts';
import type { ContactDay } from './observed.ts';
import type { SignWindow } from './window.ts';

/** Texts that are remembered for each day: what more than a thirty-third of its messages say is among them (Misra and Gries). */
const remembered = 32;
/** Shorter texts are greetings. */
const shortest = 6;
const longest = 500;
/** Days on which so few were written to have nothing to tell of mass contact. */
const fewest = 10;

/**
 * Counts on which day how many single conversations a leaver wrote in, and what was written most. Conversations come one after
 * another; whatever their number, some thousand texts are held.
 */
export function createContactDays(window: SignWindow) {
  const people = new Int32Array(window.days.length);
  const last = new Float64Array(window.days.length).fill(-1);
  const frequent = window.days.map(() => new Map<string, number>());

  return {
    /** A message of the leaver's on that day. */
    take(conversation: ConversationId, day: number, text: string): void {
      if (day < 0 || day >= people.length) return;
      if (last[day] !== conversation) {
        last[day] = conversation;
        people[day] = (people[day] ?? 0) + 1;
      }
      const counts = frequent[day];
      if (counts === undefined || text.length < shortest || text.length > longest) return;
      const known = counts.get(text);
      if (known !== undefined) counts.set(text, known + 1);
      else if (counts.size < remembered) counts.set(text, 1);
      else {
        for (const [other, count] of counts) {
          if (count === 1) counts.delete(other);
          else counts.set(other, count - 1);
        }
      }
    },
    /** The days on which anybody was written to; `sameWords` counts exactly what was written most on busy ones. */
    finish(
      sameWords: (
        text: string,
        from: number,
        to: number,
      ) => { readonly conversations: number; readonly first: MessageId | null },
    ): ContactDay[] {
      return window.days.flatMap((_day, day) => {
        const count = people[day] ?? 0;
        if (count === 0) return [];
        const [text] = [...(frequent[day] ?? [])].toSorted(
          ([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1),
        )[0] ?? [''];
        if (count < fewest || text === '')
          return [{ day, people: count, same: 0, words: '', messageId: null }];
        const { conversations, first } = sameWords(
          text,
          window.midnights[day] ?? 0,
          (window.midnights[day + 1] ?? 0) - 1,
        );
        return [{ day, people: count, same: conversations, words: text, messageId: first }];
      });
    },
  };
}
