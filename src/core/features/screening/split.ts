import { type SplitWindow, splitReach, splitWindow } from './model.ts';

/** A sender's latest messages in one conversation as one text, without anything between them. */
export interface JoinedText {
  readonly text: string;
  /** Offsets at which one message ends and the next begins, ascending. */
  readonly joints: readonly number[];
  readonly parts: readonly JoinedPart[];
}

/** What of a joined text is one message's. */
export interface JoinedPart {
  /** 0: the message itself, 1: the one before it, and so on. */
  readonly back: number;
  /** Where the part stands in the joined text. */
  readonly start: number;
  readonly length: number;
  /** Where the part begins in its own message. */
  readonly offset: number;
}

export interface SplitOptions extends Partial<SplitWindow> {
  /** Most units that are taken from each message: of the first its end, of the others all or nothing beyond. */
  readonly reach?: number;
  /** Most conversations and senders remembered; the ones silent for longest are forgotten first. */
  readonly remembered?: number;
}

interface Sent {
  readonly at: number;
  readonly text: string;
  /** Where `text`, the end of what was written, begins in it. */
  readonly offset: number;
}

/**
 * Remembers what each sender wrote last in each conversation, so that what is split across messages can be found. Give it
 * the messages of a key in order; `key` names conversation and sender.
 */
export function createSplitJoiner(options: SplitOptions = {}) {
  const { messages, milliseconds, reach = splitReach, remembered = 200_000 } = { ...splitWindow, ...options };
  const recent = new Map<string | number, Sent[]>();

  return {
    /** The message joined to those before it; null where there are none in the window, or where it says nothing. */
    join(key: string | number, at: number, text: string): JoinedText | null {
      const before = (recent.get(key) ?? []).filter((sent) => Math.abs(at - sent.at) <= milliseconds);
      recent.delete(key);
      if (recent.size >= remembered) {
        const [oldest] = recent.keys();
        if (oldest !== undefined) recent.delete(oldest);
      }
      if (text === '') {
        // Says nothing, and takes no place in the window: a picture between two halves does not part them.
        if (before.length > 0) recent.set(key, before);
        return null;
      }
      const offset = Math.max(0, text.length - reach);
      recent.set(key, [...before, { at, text: text.slice(offset), offset }].slice(-(messages - 1)));
      return before.length === 0 ? null : join(before, text, reach);
    },
    /** How many keys it remembers. */
    size: () => recent.size,
  };
}

export type SplitJoiner = ReturnType<typeof createSplitJoiner>;

/** Joins the ends of earlier texts, oldest first, and the beginning of the last; null where there is no earlier one. */
export function joinTexts(before: readonly string[], last: string, reach = splitReach): JoinedText | null {
  return join(
    before.map((text) => ({ text, offset: 0 })),
    last,
    reach,
  );
}

function join(
  before: readonly { readonly text: string; readonly offset: number }[],
  last: string,
  reach: number,
): JoinedText | null {
  let text = '';
  const joints: number[] = [];
  const parts: JoinedPart[] = [];
  const add = (piece: string, back: number, offset: number) => {
    if (piece === '') return;
    if (text !== '') joints.push(text.length);
    parts.push({ back, start: text.length, length: piece.length, offset });
    text += piece;
  };
  before.forEach((piece, index) => {
    // A longer text can only give its end: what comes before is no neighbour of the next message.
    const from = Math.max(0, piece.text.length - reach);
    add(piece.text.slice(from), before.length - index, piece.offset + from);
  });
  if (text === '') return null;
  add(last.slice(0, reach), 0, 0);
  return { text, joints, parts };
}
