// Splits a stream of bytes into entries with bounded memory: an entry longer than the limit is passed over without
// being held, however long it is.

/** The longest entry that is read: a record of a thousand forwarded messages is some 300 KB. */
export const maximumEntryBytes = 16 * 2 ** 20;
/** So much of an entry that could not be read is kept. */
export const maximumRawBytes = 64 * 2 ** 10;

export interface EntrySink {
  /** One entry; the bytes are valid during the call only. `valid`: known to be UTF-8. */
  entry(bytes: Uint8Array, start: number, end: number, line: number, valid: boolean): void;
  /**
   * One entry that begins a line of valid UTF-8, taken without looking for the line's end first; `last` is a line break, its
   * own or a later one. Answers where its own stands; -1: not taken, it comes again by `entry`.
   */
  quick?(bytes: Uint8Array, start: number, last: number, line: number): number;
  /** An entry beyond the limit: its first bytes and its full size. */
  tooLong(head: Uint8Array, size: number, line: number): void;
}

export interface EntrySplitter {
  /** Bytes up to the end of the last whole entry, and the line there: where a resumed import goes on. */
  readonly position: number;
  readonly line: number;
  push(chunk: Uint8Array): void;
  /** The input is over: what is left is the last entry. */
  finish(): void;
}

type IsUtf8 = (bytes: Uint8Array) => boolean;

/** Bytes of an entry that has not ended yet, kept as pieces until it has. */
export class Carry {
  size = 0;
  #pieces: Uint8Array[] = [];
  /** Set once the entry is beyond the limit: only its head is kept. */
  tooLong = false;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.size += piece.length;
    if (this.tooLong) return;
    this.#pieces.push(piece);
    if (this.size > this.#limit) {
      this.#pieces = [Buffer.concat(this.#pieces).subarray(0, maximumRawBytes).slice()];
      this.tooLong = true;
    }
  }

  /** What was carried, as one piece; empties the carry. */
  take(): Uint8Array {
    const [only] = this.#pieces;
    const whole = this.#pieces.length === 1 && only !== undefined ? only : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.size = 0;
    this.tooLong = false;
    return whole;
  }
}

/** JSON lines: every line that is not blank is an entry. */
export class LineSplitter implements EntrySplitter {
  position: number;
  line: number;
  readonly #sink: EntrySink;
  readonly #isUtf8: IsUtf8;
  readonly #limit: number;
  readonly #carry: Carry;

  constructor(
    sink: EntrySink,
    isUtf8: IsUtf8,
    start: { position: number; line: number },
    limit = maximumEntryBytes,
  ) {
    this.#sink = sink;
    this.#isUtf8 = isUtf8;
    this.#limit = limit;
    this.#carry = new Carry(limit);
    this.position = start.position;
    this.line = start.line;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    if (this.#carry.size > 0) {
      const newline = chunk.indexOf(0x0a);
      this.#carry.add(newline < 0 ? chunk : chunk.subarray(0, newline));
      if (newline < 0) return;
      this.#endCarried(1);
      at = newline + 1;
    }
    const last = chunk.lastIndexOf(0x0a);
    if (last >= at) {
      const valid = this.#isUtf8(chunk.subarray(at, last));
      while (at <= last) {
        const taken = valid ? this.#quick(chunk, at, last) : -1;
        const newline = taken >= 0 ? taken : chunk.indexOf(0x0a, at);
        if (taken >= 0) {
          // Done.
        } else if (newline - at > this.#limit) {
          this.#sink.tooLong(chunk.subarray(at, at + maximumRawBytes), newline - at, this.line);
        } else this.#line(chunk, at, newline, valid);
        this.line += 1;
        this.position += newline + 1 - at;
        at = newline + 1;
      }
    }
    this.#carry.add(chunk.subarray(at));
  }

  finish(): void {
    if (this.#carry.size > 0) this.#endCarried(0);
  }

  #quick(chunk: Uint8Array, at: number, last: number): number {
    // None is looked at beyond the limit for entries.
    return last - at > this.#limit ? -1 : (this.#sink.quick?.(chunk, at, last, this.line) ?? -1);
  }

  #endCarried(newlineBytes: number): void {
    const { size, tooLong } = this.#carry;
    const bytes = this.#carry.take();
    if (tooLong) this.#sink.tooLong(bytes, size, this.line);
    else this.#line(bytes, 0, bytes.length, false);
    this.line += 1;
    this.position += size + newlineBytes;
  }

  #line(bytes: Uint8Array, start: number, end: number, valid: boolean): void {
    let from = start;
    let to = end;
    while (from < to && isSpace(bytes[from])) from += 1;
    while (to > from && isSpace(bytes[to - 1])) to -= 1;
    if (from < to) this.#sink.entry(bytes, from, to, this.line, valid);
  }
}

/**
 * A JSON array of entries, or objects one after another over several lines: entries are found by their brackets. A line
 * break inside a string (which JSON forbids) shows that an entry is broken: the next one starts at the next line that
 * begins with a bracket, so one broken entry does not take the rest with it.
 */
export class ValueSplitter implements EntrySplitter {
  position: number;
  line: number;
  readonly #sink: EntrySink;
  readonly #carry: Carry;
  #scanned: number;
  #scanLine: number;
  #entryLine: number;
  #state: 'between' | 'object' | 'junk' | 'broken' = 'between';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #atLineStart = false;

  constructor(sink: EntrySink, start: { position: number; line: number }, limit = maximumEntryBytes) {
    this.#sink = sink;
    this.#carry = new Carry(limit);
    this.position = start.position;
    this.line = start.line;
    this.#scanned = start.position;
    this.#scanLine = start.line;
    this.#entryLine = start.line;
  }

  push(chunk: Uint8Array): void {
    let start = this.#state === 'between' ? -1 : 0;
    const emit = (end: number) => {
      this.#carry.add(chunk.subarray(start, end));
      this.#emit(this.#scanned + end);
      start = -1;
    };
    const begin = (at: number, state: 'object' | 'junk') => {
      start = at;
      this.#state = state;
      this.#depth = state === 'object' ? 1 : 0;
      this.#inString = false;
      this.#escaped = false;
      this.#entryLine = this.#scanLine;
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === 0x0a) this.#scanLine += 1;
      switch (this.#state) {
        case 'between':
          if (byte === 0x7b) begin(at, 'object');
          else if (!isSpace(byte) && byte !== 0x2c && byte !== 0x5b && byte !== 0x5d) {
            begin(at, 'junk');
            this.#inString = byte === 0x22;
          }
          break;
        case 'object':
          if (this.#inString) {
            if (this.#escaped) this.#escaped = false;
            else if (byte === 0x5c) this.#escaped = true;
            else if (byte === 0x22) this.#inString = false;
            else if (byte === 0x0a) {
              this.#state = 'broken';
              this.#atLineStart = true;
            }
          } else if (byte === 0x22) this.#inString = true;
          else if (byte === 0x7b || byte === 0x5b) this.#depth += 1;
          else if (byte === 0x7d || byte === 0x5d) {
            this.#depth -= 1;
            if (this.#depth === 0) emit(at + 1);
          }
          break;
        case 'junk':
          if (byte === 0x22) this.#inString = !this.#inString;
          else if (byte === 0x0a) {
            emit(at);
            // The entry ends before its line break.
            this.line -= 1;
          } else if (!this.#inString && (byte === 0x2c || byte === 0x5d || byte === 0x7b)) {
            emit(at);
            if (byte === 0x7b) begin(at, 'object');
          }
          break;
        case 'broken':
          if (byte === 0x0a) this.#atLineStart = true;
          else if (this.#atLineStart && byte === 0x7b) {
            emit(at);
            begin(at, 'object');
          } else if (!isSpace(byte) && byte !== 0x2c) this.#atLineStart = false;
          break;
      }
    }
    if (start >= 0) this.#carry.add(chunk.subarray(start));
    this.#scanned += chunk.length;
  }

  finish(): void {
    if (this.#state !== 'between') this.#emit(this.#scanned);
    this.position = this.#scanned;
    this.line = this.#scanLine;
  }

  #emit(end: number): void {
    const { size, tooLong } = this.#carry;
    const bytes = this.#carry.take();
    if (tooLong) this.#sink.tooLong(bytes, size, this.#entryLine);
    else this.#sink.entry(bytes, 0, bytes.length, this.#entryLine, false);
    this.#state = 'between';
    this.position = end;
    this.line = this.#scanLine;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
