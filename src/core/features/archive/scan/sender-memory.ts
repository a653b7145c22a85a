import { type SplitWindow, splitReach } from '../../screening/index.ts';

// What is split across messages is looked for in what one sender wrote in one conversation, in the order of the file: each
// message with those before it that are within the window.

/** Messages that are remembered, and units of their texts: the memory is a ring, and what is oldest makes room. Both are powers of two. */
const mostMessages = 1 << 15;
const mostUnits = 1 << 21;
/** Bytes of their ids. */
const mostIdBytes = 1 << 21;

const fieldSeparator = 0x1e;
const nothing: readonly number[] = [];

/** A message that is remembered; the end of its text. */
export interface SentMessage {
  readonly msgid: string;
  readonly text: string;
  /** Units of the field that `text` begins in which stand before it. */
  readonly inField: number;
}

/** Messages as one thread tells another of them. */
export interface Remembered {
  /** Senders in their conversations, each once. */
  readonly keys: readonly string[];
  /** Of each message: its key's place, when it was sent, the length of its text, `inField`, the length of its id. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** The texts, one behind the other. */
  readonly units: Uint16Array<ArrayBuffer>;
  /** The ids, one behind the other, in UTF-8. */
  readonly ids: Uint8Array<ArrayBuffer>;
}

const numbersPerMessage = 5;
/** Bytes kept of an id: no archive has longer ones. */
const longestId = 1_000;

interface Sender {
  readonly key: string;
  /** The message that was sent last. */
  last: number;
  /** Its place among the keys that are being told. */
  told: number;
}

/** A message to remember; its text, not empty, fills `units[from…to)`, its id `bytes[idFrom…idTo)`. */
export interface MessageSent {
  readonly at: number;
  readonly units: Uint16Array;
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly idFrom: number;
  readonly idTo: number;
}

/** Remembers what was sent last by each sender in each conversation. A message is named by its number. */
export class SenderMemory {
  readonly #window: SplitWindow;
  readonly #senders = new Map<string, Sender>();
  readonly #units = new Uint16Array(mostUnits);
  readonly #ids = new Uint8Array(mostIdBytes);
  /** By number within the ring. Starts count all units since the beginning; a message without one before has itself there. */
  readonly #starts = new Float64Array(mostMessages);
  readonly #times = new Float64Array(mostMessages);
  readonly #previous = new Float64Array(mostMessages);
  readonly #lengths = new Int32Array(mostMessages);
  readonly #inFields = new Int32Array(mostMessages);
  readonly #idStarts = new Float64Array(mostMessages);
  readonly #idLengths = new Int32Array(mostMessages);
  readonly #sentBy: (Sender | undefined)[] = [];
  #used = 0;
  #idBytes = 0;
  /** The number of the next message. */
  next = 0;

  constructor(window: SplitWindow) {
    this.#window = window;
  }

  clear(): void {
    this.#senders.clear();
  }

  /** Remembers a message; answers those before it, oldest first. */
  add(key: string, sent: MessageSent): readonly number[] {
    const { at, units, from, to } = sent;
    const start = Math.max(from, to - splitReach);
    let fieldStart = start;
    while (fieldStart > from && units[fieldStart - 1] !== fieldSeparator) fieldStart -= 1;
    if (this.#senders.size > 2 * mostMessages) this.#forgetSilent();
    const sender = this.#senderOf(key);
    const { last } = sender;
    this.#append(sender, sent, start, start - fieldStart);
    return last < 0 ? nothing : this.#before(last, at);
  }

  /** The message; what `add` answered is there until some ten thousand more were remembered. */
  sent(message: number): SentMessage {
    const units = new Uint16Array(splitReach);
    const length = this.copy(message, units, 0);
    const place = message & (mostMessages - 1);
    const id = (this.#idStarts[place] ?? 0) % mostIdBytes;
    return {
      msgid: Buffer.from(this.#ids.buffer, id, this.#idLengths[place]).toString('utf8'),
      text: String.fromCharCode(...units.subarray(0, length)),
      inField: this.#inFields[place] ?? 0,
    };
  }

  lengthOf(message: number): number {
    return this.#lengths[message & (mostMessages - 1)] ?? 0;
  }

  /** Copies the end of its text; answers how long it is. */
  copy(message: number, into: Uint16Array, at: number): number {
    const ring = this.#units;
    const start = this.#startOf(message) % mostUnits;
    const length = this.lengthOf(message);
    for (let index = 0; index < length; index += 1) into[at + index] = ring[start + index] ?? 0;
    return length;
  }

  /** The messages from this number on, for other threads. */
  since(first: number): Remembered {
    const count = this.next - first;
    const numbers = new Float64Array(count * numbersPerMessage);
    let units = 0;
    let bytes = 0;
    for (let message = first; message < this.next; message += 1) {
      units += this.lengthOf(message);
      bytes += this.#idLengths[message & (mostMessages - 1)] ?? 0;
      const sender = this.#sentBy[message & (mostMessages - 1)];
      if (sender !== undefined) sender.told = -1;
    }
    const told = {
      keys: new Array<string>(),
      numbers,
      units: new Uint16Array(units),
      ids: new Uint8Array(bytes),
    };
    units = 0;
    bytes = 0;
    for (let message = first; message < this.next; message += 1) {
      const place = message & (mostMessages - 1);
      const sender = this.#sentBy[place];
      if (sender !== undefined && sender.told < 0) sender.told = told.keys.push(sender.key) - 1;
      const length = this.copy(message, told.units, units);
      units += length;
      const idLength = this.#idLengths[place] ?? 0;
      const id = (this.#idStarts[place] ?? 0) % mostIdBytes;
      told.ids.set(this.#ids.subarray(id, id + idLength), bytes);
      bytes += idLength;
      const at = (message - first) * numbersPerMessage;
      numbers[at] = sender?.told ?? 0;
      numbers[at + 1] = this.#times[place] ?? 0;
      numbers[at + 2] = length;
      numbers[at + 3] = this.#inFields[place] ?? 0;
      numbers[at + 4] = idLength;
    }
    return told;
  }

  /** Takes over what another thread remembered. */
  recall({ keys, numbers, units, ids }: Remembered): void {
    if (this.#senders.size > 2 * mostMessages) this.#forgetSilent();
    const senders = keys.map((key) => this.#senderOf(key));
    let from = 0;
    let idFrom = 0;
    for (let index = 0; index < numbers.length; index += numbersPerMessage) {
      const sender = senders[numbers[index] ?? 0];
      const at = numbers[index + 1] ?? 0;
      const to = from + (numbers[index + 2] ?? 0);
      const idTo = idFrom + (numbers[index + 4] ?? 0);
      if (sender !== undefined)
        this.#append(
          sender,
          { at, units, from, to, bytes: ids, idFrom, idTo },
          from,
          numbers[index + 3] ?? 0,
        );
      from = to;
      idFrom = idTo;
    }
  }

  #senderOf(key: string): Sender {
    let sender = this.#senders.get(key);
    if (sender === undefined) {
      sender = { key, last: -1, told: -1 };
      this.#senders.set(key, sender);
    }
    return sender;
  }

  #append(
    sender: Sender,
    { at, units, to, bytes, idFrom, idTo }: MessageSent,
    from: number,
    inField: number,
  ): void {
    const message = this.next;
    const place = message & (mostMessages - 1);
    const length = to - from;
    let start = this.#used % mostUnits;
    // A text lies in one piece: where it would not, what is left of the ring stays empty.
    if (start + length > mostUnits) {
      this.#used += mostUnits - start;
      start = 0;
    }
    this.#starts[place] = this.#used;
    this.#times[place] = at;
    this.#previous[place] = sender.last < 0 ? message : sender.last;
    this.#lengths[place] = length;
    this.#inFields[place] = inField;
    this.#sentBy[place] = sender;
    const ring = this.#units;
    for (let index = 0; index < length; index += 1) ring[start + index] = units[from + index] ?? 0;
    const idLength = Math.min(idTo - idFrom, longestId);
    let id = this.#idBytes % mostIdBytes;
    if (id + idLength > mostIdBytes) {
      this.#idBytes += mostIdBytes - id;
      id = 0;
    }
    this.#idStarts[place] = this.#idBytes;
    this.#idLengths[place] = idLength;
    this.#idBytes += idLength;
    for (let index = 0; index < idLength; index += 1) this.#ids[id + index] = bytes[idFrom + index] ?? 0;
    this.#used += length;
    this.next = message + 1;
    sender.last = message;
  }

  /** Messages of one sender from `last` back, as many as go into a window; oldest first. */
  #before(last: number, at: number): number[] {
    const found: number[] = [];
    let message = last;
    for (let seen = 1; seen < this.#window.messages && this.#isKept(message); seen += 1) {
      const place = message & (mostMessages - 1);
      if (Math.abs(at - (this.#times[place] ?? 0)) <= this.#window.milliseconds) found.push(message);
      const previous = this.#previous[place] ?? message;
      if (previous === message) break;
      message = previous;
    }
    return found.length > 1 ? found.toReversed() : found;
  }

  #startOf(message: number): number {
    return this.#starts[message & (mostMessages - 1)] ?? 0;
  }

  #isKept(message: number): boolean {
    return (
      this.next - message < mostMessages &&
      this.#used - this.#startOf(message) <= mostUnits &&
      this.#idBytes - (this.#idStarts[message & (mostMessages - 1)] ?? 0) <= mostIdBytes
    );
  }

  #forgetSilent(): void {
    for (const [key, { last }] of this.#senders) if (!this.#isKept(last)) this.#senders.delete(key);
  }
}
