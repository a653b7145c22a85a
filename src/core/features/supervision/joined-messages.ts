import type { ConversationId, MessageId, Milliseconds, PersonId } from '../../contract/ids.ts';
import type {
  NeighbourMessage,
  NeighbourSource,
  PlacedMessage,
  ScannedMessage,
} from '../../platform/database/sqlite/message-scan.ts';
import { type JoinedText, joinTexts, splitReach, splitWindow } from '../screening/index.ts';

// What is split across messages is looked for in joined texts: of every message, with those of the same sender in the same
// conversation that were sent shortly before it. Which texts are joined depends on the archive alone, not on how a run came
// by the message. A message is joined to what has a lower id and was sent no later; where it is older than what was
// imported before it, those later ones are joined again with it between them. So every window of messages that stand beside
// one another at the end of an import has been looked at, whatever the order of the files, and a run that goes on after a
// crash, or looks only at new messages or through a filter, joins as one that sees all from the first.

/** A text to screen, of several messages. */
export interface Joining {
  readonly joined: JoinedText;
  /** By `back` of the parts: the last message, the one before it, and so on. */
  readonly messages: readonly JoinedMessage[];
  /** The one that made the window: the archive had the others before it. */
  readonly trigger: MessageId;
  /** The last message's, which a hit is stored with. */
  readonly conversation_id: ConversationId;
  readonly sender_id: PersonId;
  readonly sent_at: Milliseconds;
  readonly kind: string;
}

interface JoinedMessage {
  readonly id: MessageId;
  readonly sent_at: Milliseconds;
  readonly text: string;
  /** Units of the message before `text`. */
  readonly skipped: number;
}

/** What a sender said last in a conversation. */
interface Recent {
  /** In order of time, their ends only; the last is the latest of all that were seen. */
  readonly messages: readonly JoinedMessage[];
  /** From then on the archive has messages that were imported before: whoever comes near has to look them up. */
  readonly knownUntil: number;
}

const nothingYet: Recent = { messages: [], knownUntil: Infinity };

/** Keys, and units of text, that one generation of what is remembered may have; there are two generations. */
const mostKeys = 50_000;
const mostUnits = 4_000_000;

export interface JoinerOptions {
  /** Every message comes, in the order of ids; otherwise each one's neighbours are looked up. */
  readonly everyMessage: boolean;
  /** They come from the first of the archive on: who is not known has said nothing yet. */
  readonly fromFirst: boolean;
  readonly mostKeys?: number;
}

/** Makes the joined texts of messages that come in the order of their ids. */
export function createMessageJoiner(
  source: NeighbourSource,
  options: JoinerOptions,
): (message: ScannedMessage) => readonly Joining[] {
  const memory = createMemory(options.mostKeys ?? mostKeys);

  return (message) => {
    if (!isPlaced(message) || message.text === '') return [];
    if (!options.everyMessage) return lookUp(source, message).joinings;
    const key = keyOf(message);
    const known = memory.get(key) ?? (options.fromFirst && memory.isWhole() ? nothingYet : undefined);
    const newest = known?.messages.at(-1)?.sent_at ?? -Infinity;
    if (
      known !== undefined &&
      message.sent_at >= newest &&
      message.sent_at + splitWindow.milliseconds < known.knownUntil
    ) {
      const before = known.messages.filter((entry) => isNear(entry, message));
      memory.set(key, { messages: latest([...before, endOf(message)]), knownUntil: known.knownUntil });
      return joiningsOf(before, message, message);
    }
    const { joinings, before } = lookUp(source, message);
    memory.set(
      key,
      known !== undefined && message.sent_at < newest
        ? // What this sender said last stays what the next message is joined to.
          { messages: latest(inserted(known.messages, endOf(message))), knownUntil: known.knownUntil }
        : {
            messages: latest([...before.map(endOf), endOf(message)]),
            knownUntil: source.next(message),
          },
    );
    return joinings;
  };
}

type Placed = ScannedMessage & PlacedMessage;

function isPlaced(message: ScannedMessage): message is Placed {
  return message.conversation_id !== null && message.sender_id !== null;
}

/** Ids are counted from 1, so two of them fit a number that is exact: 2^26 conversations by 2^27 people. */
function keyOf({ conversation_id, sender_id }: PlacedMessage): number {
  return conversation_id * 2 ** 27 + sender_id;
}

/** All windows that the message is in, from the archive itself. */
function lookUp(source: NeighbourSource, message: Placed) {
  const before = source.before(message, message.sent_at - splitWindow.milliseconds, splitWindow.messages - 1);
  const after = source.after(message, message.sent_at + splitWindow.milliseconds, splitWindow.messages - 1);
  const line = [...before, message, ...after];
  const joinings = line.slice(before.length).flatMap((last, index) => {
    const end = before.length + index;
    const window = line
      .slice(Math.max(0, end - splitWindow.messages + 1), end)
      .filter((entry) => isNear(entry, last));
    return last === message || window.includes(message)
      ? joiningsOf(
          window.map((entry) => ({ ...entry, skipped: 0 })),
          last,
          message,
        )
      : [];
  });
  return { joinings, before };
}

function isNear(earlier: { readonly sent_at: Milliseconds }, later: { readonly sent_at: Milliseconds }) {
  return later.sent_at - earlier.sent_at <= splitWindow.milliseconds;
}

/** The message to those before it, in order of time, as one text; none where there is nothing before it. */
function joiningsOf(
  before: readonly JoinedMessage[],
  last: NeighbourMessage,
  { id, conversation_id, sender_id }: PlacedMessage,
): readonly Joining[] {
  if (before.length === 0) return [];
  const joined = joinTexts(
    before.map((entry) => entry.text),
    last.text,
  );
  if (joined === null) return [];
  return [
    {
      joined,
      messages: [{ ...last, skipped: 0 }, ...before.toReversed()],
      trigger: id,
      conversation_id,
      sender_id,
      sent_at: last.sent_at,
      kind: last.kind,
    },
  ];
}

/** The message with its end only. */
function endOf({ id, sent_at, text }: Pick<NeighbourMessage, 'id' | 'sent_at' | 'text'>): JoinedMessage {
  const skipped = Math.max(0, text.length - splitReach);
  return { id, sent_at, text: skipped === 0 ? text : copied(text.slice(skipped)), skipped };
}

/** A slice keeps the whole text alive that it was cut from: a megabyte for its end. */
function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

function latest(messages: readonly JoinedMessage[]): readonly JoinedMessage[] {
  return messages.slice(1 - splitWindow.messages);
}

function inserted(messages: readonly JoinedMessage[], own: JoinedMessage): readonly JoinedMessage[] {
  const at = messages.findIndex((entry) => entry.sent_at > own.sent_at);
  return messages.toSpliced(at < 0 ? messages.length : at, 0, own);
}

/** What was said last by whom, in bounded memory: what nobody adds to during a generation is forgotten after the next. */
function createMemory(mostKeys: number) {
  let young = new Map<number, Recent>();
  let old = new Map<number, Recent>();
  let units = 0;
  let whole = true;
  return {
    get: (key: number): Recent | undefined => young.get(key) ?? old.get(key),
    set(key: number, recent: Recent): void {
      if (young.size >= mostKeys || units >= mostUnits) {
        whole &&= old.size === 0;
        old = young;
        young = new Map();
        units = 0;
      }
      units += recent.messages.at(-1)?.text.length ?? 0;
      young.set(key, recent);
    },
    /** True while nothing was forgotten. */
    isWhole: () => whole,
  };
}
