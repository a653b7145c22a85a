import { type JoinedText, joinTexts } from '../../screening/index.ts';

// What is split across messages is looked for in what one sender wrote in one conversation, in the order of the file: each
// message with those before it, as many as five and at most 120 seconds apart.

export const windowMessages = 5;
const windowMilliseconds = 120_000;
/** Units taken from each message. */
const reach = 1_000;
/** Most senders in a conversation that are remembered; who was silent for longest is forgotten first. */
const mostKeys = 100_000;

export interface SentMessage {
  readonly msgid: string;
  readonly at: number;
  /** The end of its text, and how many units stand before it. */
  readonly text: string;
  readonly skipped: number;
  /** Units of the field that `text` begins in which stand before it. */
  readonly inField: number;
}

export interface JoinedMessages {
  readonly joined: JoinedText;
  /** Oldest first, without the newest. */
  readonly before: readonly SentMessage[];
}

const separator = '\u001E';

/** Remembers what was sent last by each sender in each conversation. */
export class SenderMemory {
  readonly #recent = new Map<string, readonly SentMessage[]>();

  clear(): void {
    this.#recent.clear();
  }

  /** The message joined to those before it; null where there are none. A message without text is not to be given. */
  add(key: string, msgid: string, at: number, text: string): JoinedMessages | null {
    const before = (this.#recent.get(key) ?? []).filter(
      (sent) => Math.abs(at - sent.at) <= windowMilliseconds,
    );
    this.#recent.delete(key);
    if (this.#recent.size >= mostKeys) {
      const [oldest] = this.#recent.keys();
      if (oldest !== undefined) this.#recent.delete(oldest);
    }
    const skipped = Math.max(0, text.length - reach);
    const inField = skipped === 0 ? 0 : skipped - (text.lastIndexOf(separator, skipped - 1) + 1);
    const sent = { msgid, at, text: text.slice(skipped), skipped, inField };
    this.#recent.set(key, [...before, sent].slice(1 - windowMessages));
    if (before.length === 0) return null;
    const joined = joinTexts(
      before.map((each) => each.text),
      text,
      reach,
    );
    return joined === null ? null : { joined, before };
  }
}
