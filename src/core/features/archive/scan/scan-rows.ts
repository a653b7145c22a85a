import { isUtf8 } from 'node:buffer';

import { type Batch, Column, columnCount, newBatch, unpackText } from '../batch.ts';
import { EntryParser } from '../entry-parser.ts';
import type { EntrySink } from '../entry-splitter.ts';
import { fieldsOf, joinFields } from '../fields.ts';
import { type UnpackedMessage, messageOf } from '../batch-message.ts';
import { MessageCutter } from './message-cutter.ts';
import { type QuarantinedLine, listedQuarantine } from './protocol.ts';

/** Numbers per message: where its text stands in `units`, its line, its bytes or its row of `unusual`, and its people. */
export const Row = {
  textStart: 0,
  textEnd: 1,
  line: 2,
  source: 3,
  start: 4,
  end: 5,
  fromStart: 6,
  fromEnd: 7,
  toStart: 8,
  toEnd: 9,
  roomStart: 10,
  roomEnd: 11,
  msgidStart: 12,
  msgidEnd: 13,
  recipients: 14,
} as const;
const rowWidth = 15;
/** `Row.source` of a message that EntryParser read; `Row.start` is then its row in the batch. */
export const unusualSource = -1;

const fieldSeparator = 0x1e;
const replacement = '\uFFFD';
const decoder = new TextDecoder('utf-16le', { ignoreBOM: true });

/** People that the reader of single messages may remember. */
const mostPeople = 1_000;

/** A batch for a message or two. */
function smallBatch(): Batch {
  return newBatch({
    bytes: new Uint8Array(4_096),
    numbers: new Int32Array(2 * columnCount),
    times: new Float64Array(2),
  });
}

/** The batch's memory, unless one huge message made it large. */
function reusable({ bytes, numbers, times }: Batch): Parameters<typeof newBatch>[0] {
  return bytes.length > 4 * 2 ** 20 ? undefined : { bytes, numbers, times };
}

/**
 * Messages of a piece of an archive, as their texts in one block of UTF-16 with U+001E between them, and numbers that lead
 * back to their bytes: an object is made of a message only when somebody asks for it.
 */
export class ScanRows implements EntrySink {
  count = 0;
  times = new Float64Array(4096);
  kinds: string[] = [];
  sources: Buffer[] = [];
  quarantined = 0;
  quarantine: QuarantinedLine[] = [];

  readonly cutter = new MessageCutter();
  #numbers = new Int32Array(4096 * rowWidth);
  /** What the last of `sources` is a view of. */
  #source: Uint8Array | null = null;
  #parser: EntryParser;
  /** Reads usual messages that somebody asks for, one at a time. */
  #singles = new EntryParser(smallBatch(), null);
  readonly #memberName: string | null;

  constructor(memberName: string | null) {
    this.#memberName = memberName;
    this.#parser = new EntryParser(newBatch(), memberName);
  }

  /** Of messages that EntryParser read. */
  get unusual(): Batch {
    return this.#parser.batch;
  }

  get units(): Uint16Array {
    return this.cutter.units;
  }

  number(row: number, column: number): number {
    return this.#numbers[row * rowWidth + column] ?? 0;
  }

  quick(bytes: Uint8Array, start: number, last: number, line: number): number {
    const { cutter } = this;
    const textStart = this.#begin();
    const newline = cutter.cutLine(bytes, start, last);
    if (newline >= 0) this.#addUsual(textStart, bytes, start, newline, line);
    else this.#takeBack(textStart);
    return newline;
  }

  entry(bytes: Uint8Array, start: number, end: number, line: number, valid: boolean): void {
    const textStart = this.#begin();
    if ((valid || isUtf8(bytes.subarray(start, end))) && this.cutter.cut(bytes, start, end)) {
      this.#addUsual(textStart, bytes, start, end, line);
      return;
    }
    this.#takeBack(textStart);
    const before = this.unusual.rows;
    this.#parser.entry(bytes, start, end, line, valid);
    this.#takeQuarantine();
    for (let row = before; row < this.unusual.rows; row += 1) this.#addUnusual(row, line);
  }

  tooLong(head: Uint8Array, size: number, line: number): void {
    this.#parser.tooLong(head, size, line);
    this.#takeQuarantine();
  }

  /** Forgets everything; keeps the memory, unless one huge message made it large. */
  clear(): void {
    this.count = 0;
    this.cutter.used = 0;
    if (this.cutter.units.length > 1 << 22) this.cutter.units = new Uint16Array(1 << 16);
    this.kinds = [];
    this.sources = [];
    this.#source = null;
    this.quarantined = 0;
    this.quarantine = [];
    if (this.unusual.rows > 0 || this.unusual.used > 0)
      this.#parser = new EntryParser(newBatch(reusable(this.unusual)), this.#memberName);
  }

  textOf(row: number): string {
    const from = this.number(row, Row.textStart);
    const to = this.number(row, Row.textEnd);
    const decoded = decoder.decode(this.units.subarray(from, to));
    if (!decoded.includes(replacement)) return decoded;
    // Half a surrogate pair can't be decoded.
    let text = '';
    for (let at = from; at < to; at += 8_192)
      text += String.fromCharCode(...this.units.subarray(at, Math.min(to, at + 8_192)));
    return text;
  }

  /** The bytes from one column up to another as a string; only of usual messages. */
  stringOf(row: number, start: number, end: number): string {
    const source = this.sources[this.number(row, Row.source)];
    return source?.toString('utf8', this.number(row, start), this.number(row, end)) ?? '';
  }

  /** Where its id stands, in UTF-8. */
  msgidOf(row: number): { readonly bytes: Uint8Array; readonly start: number; readonly end: number } {
    const source = this.sources[this.number(row, Row.source)];
    if (source === undefined) {
      const bytes = Buffer.from(this.messageOf(row).msgid);
      return { bytes, start: 0, end: bytes.length };
    }
    return { bytes: source, start: this.number(row, Row.msgidStart), end: this.number(row, Row.msgidEnd) };
  }

  /** The byte at a column's place; only of usual messages. */
  byteOf(row: number, column: number, offset: number): number {
    return this.sources[this.number(row, Row.source)]?.[this.number(row, column) + offset] ?? 0;
  }

  isUnusual(row: number): boolean {
    return this.number(row, Row.source) === unusualSource;
  }

  messageOf(row: number): UnpackedMessage {
    if (this.isUnusual(row)) return this.#unusualMessage(this.number(row, Row.start));
    const source = this.sources[this.number(row, Row.source)] ?? new Uint8Array(0);
    const parser = this.#singles;
    const { batch } = parser;
    parser.entry(source, this.number(row, Row.start), this.number(row, Row.end), 0, true);
    const message = messageOf(batch, batch.rows - 1, batch.participants, batch.names);
    batch.rows = 0;
    batch.used = 0;
    batch.sequences = [];
    batch.consents = [];
    if (batch.participants.length > mostPeople) this.#singles = new EntryParser(smallBatch(), null);
    return message;
  }

  #begin(): number {
    const { cutter } = this;
    if (this.count === 0) return cutter.used;
    cutter.reserve(1);
    cutter.units[cutter.used] = fieldSeparator;
    cutter.used += 1;
    return cutter.used;
  }

  #takeBack(textStart: number): void {
    this.cutter.used = textStart === 0 ? 0 : textStart - 1;
  }

  #addUsual(textStart: number, bytes: Uint8Array, start: number, end: number, line: number): void {
    const { cutter } = this;
    if (this.#source !== bytes) {
      this.#source = bytes;
      this.sources.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    }
    const at = this.#addRow(textStart, line, cutter.kind, cutter.time);
    const numbers = this.#numbers;
    numbers[at + Row.source] = this.sources.length - 1;
    numbers[at + Row.start] = start;
    numbers[at + Row.end] = end;
    numbers[at + Row.fromStart] = cutter.fromStart;
    numbers[at + Row.fromEnd] = cutter.fromEnd;
    numbers[at + Row.toStart] = cutter.toStart;
    numbers[at + Row.toEnd] = cutter.toEnd;
    numbers[at + Row.roomStart] = cutter.roomStart;
    numbers[at + Row.roomEnd] = cutter.roomEnd;
    numbers[at + Row.msgidStart] = cutter.msgidStart;
    numbers[at + Row.msgidEnd] = cutter.msgidEnd;
    numbers[at + Row.recipients] = cutter.recipients;
  }

  #addRow(textStart: number, line: number, kind: string, time: number): number {
    const row = this.count;
    if (row === this.times.length) {
      const times = new Float64Array(row * 2);
      times.set(this.times);
      this.times = times;
      const numbers = new Int32Array(row * 2 * rowWidth);
      numbers.set(this.#numbers);
      this.#numbers = numbers;
    }
    const at = row * rowWidth;
    this.#numbers[at + Row.textStart] = textStart;
    this.#numbers[at + Row.textEnd] = this.cutter.used;
    this.#numbers[at + Row.line] = line;
    this.times[row] = time;
    this.kinds.push(kind);
    this.count += 1;
    return at;
  }

  #addUnusual(batchRow: number, line: number): void {
    const batch = this.unusual;
    const textStart = this.#begin();
    const kind = batch.names[batch.numbers[batchRow * columnCount + Column.kind] ?? 0] ?? '';
    this.cutter.append(this.#unusualText(batchRow, kind));
    const at = this.#addRow(textStart, line, kind, batch.times[batchRow] ?? 0);
    this.#numbers[at + Row.source] = unusualSource;
    this.#numbers[at + Row.start] = batchRow;
  }

  #unusualText(batchRow: number, kind: string): string {
    const text = unpackText(this.unusual, batchRow, Column.text) ?? '';
    if (!text.includes(replacement)) return text;
    // Half a surrogate pair can't be written as UTF-8; the body still has it.
    return joinFields(fieldsOf(kind, unpackText(this.unusual, batchRow, Column.body), text));
  }

  #unusualMessage(batchRow: number): UnpackedMessage {
    const batch = this.unusual;
    return messageOf(batch, batchRow, batch.participants, batch.names);
  }

  #takeQuarantine(): void {
    const batch = this.unusual;
    if (batch.quarantined.length === 0) return;
    this.quarantined += batch.quarantined.length;
    for (const { line, reason, detail } of batch.quarantined) {
      if (this.quarantine.length < listedQuarantine) this.quarantine.push({ line, reason, detail });
    }
    batch.quarantined = [];
    batch.sequences = [];
  }
}
