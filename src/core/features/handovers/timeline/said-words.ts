import { excerptAround } from '../../supervision/model.ts';
import { type MessageRow, messageOf } from './message-rows.ts';
import type { DiversionReader, WordHit } from './diversion.ts';
import type { SaidWords } from './observed.ts';
import { createRecentWords } from './recent-words.ts';
import { TextScreen } from './text-screen.ts';
import { inOrder } from './message-rows.ts';

/** Hits of one kind in one conversation of which each is kept. */
const mostEach = 200;

/** Screens what the leaver wrote for words that lead out of the bank, each message by itself and with those before it. */
export function createSaidWords(diversion: DiversionReader, conversations: number) {
  const words = new Map<string, SaidWords>();
  const counts = new Map<string, number>();
  const recent = createRecentWords(conversations);
  const screenOf = (joined: boolean) =>
    new TextScreen<MessageRow>(diversion.screener, diversion.circumstances, joined, (row, found, text) =>
      take(
        row,
        text,
        found.flatMap((each) => diversion.hitOf(each, text) ?? []),
      ),
    );
  const single = screenOf(false);
  const joined = screenOf(true);

  /** The strongest of each kind stands for the message. */
  function take(row: MessageRow, text: string, hits: readonly WordHit[]): void {
    for (const { kind, start, end, strength } of hits) {
      const key = `${row[0]} ${kind}`;
      const known = words.get(key);
      if (known !== undefined && known.strength >= strength) continue;
      if (known === undefined) {
        const ofTalk = `${row[1]} ${kind}`;
        const seen = counts.get(ofTalk) ?? 0;
        counts.set(ofTalk, seen + 1);
        if (seen >= mostEach) continue;
      }
      const { excerpt } = excerptAround(text, start, end, (whole) => whole);
      words.set(key, { ...messageOf(row), kind, strength, words: text.slice(start, end), excerpt });
    }
  }

  return {
    /** A message of the leaver's, in the conversation with that number. */
    add(row: MessageRow, conversation: number): void {
      const text = row[5];
      const mayName = single.add(text, row, diversion.accountCues);
      if (mayName) take(row, text, diversion.accountsIn(text));
      const together = recent.join(conversation, row[3], text);
      if (together !== null) joined.addJoined(together, row);
    },
    finish(): SaidWords[] {
      single.flush();
      joined.flush();
      return [...words.values()].toSorted(inOrder);
    },
  };
}
