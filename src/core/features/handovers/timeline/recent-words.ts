import { type JoinedText, joinTexts } from '../../screening/index.ts';

// Messages that one hit may be split over, the longest from the first of them to the last, and units of each: as screening has it.
const mostMessages = 5;
const milliseconds = 120_000;
const reach = 1_000;

interface Earlier {
  readonly at: number;
  readonly text: string;
}

/**
 * Joins what the leaver writes shortly after one another in a conversation. Columns of numbers, one for each conversation: messages of
 * different ones come mixed, and objects all over the memory cost more than anything else that is done with a message.
 */
export function createRecentWords(conversations: number) {
  const lastAt = new Float64Array(conversations).fill(-Infinity);
  const lastText: string[] = Array.from({ length: conversations }, () => '');
  /** Those before the last, where they came within the time. */
  const before = new Map<number, readonly Earlier[]>();

  return {
    /** The text with those before it; null where it stands alone. In order of time for each conversation. */
    join(conversation: number, at: number, text: string): JoinedText | null {
      const last = lastAt[conversation] ?? -Infinity;
      const previous = lastText[conversation] ?? '';
      lastAt[conversation] = at;
      lastText[conversation] = text;
      if (at - last > milliseconds) {
        if (before.size > 0) before.delete(conversation);
        return null;
      }
      const all = [...(before.get(conversation) ?? []), { at: last, text: previous }];
      const own = all.filter((each) => at - each.at <= milliseconds).slice(1 - mostMessages);
      before.set(conversation, own);
      return joinTexts(
        own.map((each) => each.text.slice(-reach)),
        text,
        reach,
      );
    },
  };
}
