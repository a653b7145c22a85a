// What is split across messages is looked for in what one sender wrote in one conversation, in the order of the file: each
// message with the four before it, of these what is at most 120 seconds apart.

export const windowMessages = 5;
const windowMilliseconds = 120_000;
/** Units taken from each message. */
export const reach = 1_000;
/** Messages that are remembered, and units of their texts: the memory is a ring, and what is oldest makes room. Both are powers of two. */
const mostMessages = 1 << 15;
const mostUnits = 1 << 21;

const fieldSeparator = 0x1e;

/** A message that is remembered; the end of its text. */
export interface SentMessage {
  readonly msgid: string;
  readonly text: string;
  /** Units of the field that `text` begins in which stand before it. */
  readonly inField: number;
}

/** Messages as one thread tells another of them. */
export interface Remembered {
  readonly keys: readonly string[];
  readonly msgids: readonly string[];
  /** Of each: when it was sent, the length of its text, `inField`. */
  readonly numbers: Float64Array<ArrayBuffer>;
  /** The texts, one behind the other. */
  readonly units: Uint16Array<ArrayBuffer>;
}

const numbersPerMessage = 3;

/** Remembers what was sent last by each sender in each conversation. A message is named by its number. */
export class SenderMemory {
  /** By sender and conversation: the message that was sent last. */
  readonly #last = new Map<string, number>();
  readonly #units = new Uint16Array(mostUnits);
  /** By number within the ring. Starts count all units since the beginning; a message without one before has itself there. */
  readonly #starts = new Float64Array(mostMessages);
  readonly #times = new Float64Array(mostMessages);
  readonly #previous = new Float64Array(mostMessages);
  readonly #lengths = new Int32Array(mostMessages);
  readonly #inFields = new Int32Array(mostMessages);
  readonly #msgids: string[] = Array.from({ length: mostMessages }, () => '');
  readonly #keys: string[] = Array.from({ length: mostMessages }, () => '');
  #used = 0;
  /** The number of the next message. */
  next = 0;

  clear(): void {
    this.#last.clear();
  }

  /** Remembers a message whose text, not empty, fills `units[from…to)`; answers those before it, oldest first. */
  add(
    key: string,
    msgid: string,
    at: number,
    units: Uint16Array,
    from: number,
    to: number,
  ): readonly number[] {
    const start = Math.max(from, to - reach);
    let fieldStart = start;
    while (fieldStart > from && units[fieldStart - 1] !== fieldSeparator) fieldStart -= 1;
    const last = this.#last.get(key) ?? -1;
    this.#append(key, msgid, at, last, start - fieldStart, units, start, to);
    return last < 0 ? [] : this.#before(last, at);
  }

  /** The message; what `add` answered is there until some ten thousand more were remembered. */
  sent(message: number): SentMessage {
    const units = new Uint16Array(reach);
    const length = this.copy(message, units, 0);
    const place = message & (mostMessages - 1);
    return {
      msgid: this.#msgids[place] ?? '',
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
    const places = Array.from({ length: count }, (_, index) => (first + index) & (mostMessages - 1));
    const units = new Uint16Array(places.reduce((sum, place) => sum + (this.#lengths[place] ?? 0), 0));
    let used = 0;
    places.forEach((place, index) => {
      const length = this.copy(first + index, units, used);
      used += length;
      numbers[index * numbersPerMessage] = this.#times[place] ?? 0;
      numbers[index * numbersPerMessage + 1] = length;
      numbers[index * numbersPerMessage + 2] = this.#inFields[place] ?? 0;
    });
    return {
      keys: places.map((place) => this.#keys[place] ?? ''),
      msgids: places.map((place) => this.#msgids[place] ?? ''),
      numbers,
      units,
    };
  }

  /** Takes over what another thread remembered. */
  recall({ keys, msgids, numbers, units }: Remembered): void {
    let start = 0;
    keys.forEach((key, index) => {
      const [at = 0, length = 0, inField = 0] = numbers.subarray(
        index * numbersPerMessage,
        (index + 1) * numbersPerMessage,
      );
      const last = this.#last.get(key) ?? -1;
      this.#append(key, msgids[index] ?? '', at, last, inField, units, start, start + length);
      start += length;
    });
  }

  #append(
    key: string,
    msgid: string,
    at: number,
    last: number,
    inField: number,
    units: Uint16Array,
    from: number,
    to: number,
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
    this.#previous[place] = last < 0 ? message : last;
    this.#lengths[place] = length;
    this.#inFields[place] = inField;
    this.#msgids[place] = msgid;
    this.#keys[place] = key;
    const ring = this.#units;
    for (let index = 0; index < length; index += 1) ring[start + index] = units[from + index] ?? 0;
    this.#used += length;
    this.next = message + 1;
    this.#last.set(key, message);
    if (this.#last.size > 2 * mostMessages) this.#forgetSilent();
  }

  /** Messages of one sender from `last` back, as many as go into a window; oldest first. */
  #before(last: number, at: number): number[] {
    const found: number[] = [];
    let message = last;
    for (let seen = 1; seen < windowMessages && this.#isKept(message); seen += 1) {
      const place = message & (mostMessages - 1);
      if (Math.abs(at - (this.#times[place] ?? 0)) <= windowMilliseconds) found.push(message);
      const previous = this.#previous[place] ?? message;
      if (previous === message) break;
      message = previous;
    }
    return found.toReversed();
  }

  #startOf(message: number): number {
    return this.#starts[message & (mostMessages - 1)] ?? 0;
  }

  #isKept(message: number): boolean {
    return this.next - message < mostMessages && this.#used - this.#startOf(message) <= mostUnits;
  }

  #forgetSilent(): void {
    for (const [key, last] of this.#last) if (!this.#isKept(last)) this.#last.delete(key);
  }
}
