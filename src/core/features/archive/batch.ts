import type { QuarantineReason } from './model.ts';

// What the reader hands to the writer: rows as columns of numbers, and all their text as UTF-8 in one block, which goes
// into SQLite without ever becoming a JavaScript string (docs/benchmarks.md, "Imports").

/** Places of a row's numbers in `Batch.numbers`. Of each pair the first is an offset into `bytes`, the second a length. */
export const Column = {
  msgid: 0,
  text: 2,
  body: 4,
  seq: 6,
  revokes: 8,
  participants: 10,
  kind: 11,
  action: 12,
  hash: 13,
  line: 14,
} as const;
export const columnCount = 15;
/** The length of a text that is null. */
export const absent = -1;

/** Sender, recipients and room of messages; many messages share one. */
export interface Participants {
  readonly from: string | null;
  readonly recipients: readonly string[];
  readonly roomId: string | null;
}

/** A run of consecutive sequence numbers in the file, and the message that ends it. */
export interface SequenceRun {
  readonly first: bigint;
  readonly last: bigint;
  /** Index into the reader's participants, or -1. */
  readonly participants: number;
  readonly at: number | null;
}

export interface QuarantinedEntry {
  readonly line: number;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly raw: Uint8Array;
  readonly size: number;
  readonly seq: string | null;
}

/** Where a customer said that archiving is fine with them, or not. */
export interface Consent {
  readonly customer: string;
  readonly agreed: boolean;
  readonly at: number;
}

export interface Batch {
  rows: number;
  bytes: Uint8Array<ArrayBuffer>;
  used: number;
  numbers: Int32Array<ArrayBuffer>;
  times: Float64Array<ArrayBuffer>;
  /** True where the reader forgot the participants and names it had sent, to stay small; these lists start anew. */
  reset: boolean;
  participants: Participants[];
  names: string[];
  quarantined: QuarantinedEntry[];
  sequences: SequenceRun[];
  consents: Consent[];
}

const initialRows = 4096;
const initialBytes = 1 << 20;

/** An empty batch; with the memory of a used one where that is given. */
export function newBatch(memory?: Pick<Batch, 'bytes' | 'numbers' | 'times'>): Batch {
  return {
    rows: 0,
    bytes: memory?.bytes ?? new Uint8Array(initialBytes),
    used: 0,
    numbers: memory?.numbers ?? new Int32Array(initialRows * columnCount),
    times: memory?.times ?? new Float64Array(initialRows),
    reset: false,
    participants: [],
    names: [],
    quarantined: [],
    sequences: [],
    consents: [],
  };
}

/** Makes room for one more row. */
export function reserveRow(batch: Batch): void {
  if (batch.rows < batch.times.length) return;
  const numbers = new Int32Array(batch.numbers.length * 2);
  numbers.set(batch.numbers);
  const times = new Float64Array(batch.times.length * 2);
  times.set(batch.times);
  batch.numbers = numbers;
  batch.times = times;
}

export function reserveBytes(batch: Batch, more: number): void {
  const needed = batch.used + more;
  if (needed <= batch.bytes.length) return;
  const bytes = new Uint8Array(Math.max(needed, batch.bytes.length * 2));
  bytes.set(batch.bytes.subarray(0, batch.used));
  batch.bytes = bytes;
}

/** Copies bytes into the block and notes their place in the current row. */
export function packBytes(batch: Batch, column: number, bytes: Uint8Array, start: number, end: number): void {
  const length = end - start;
  reserveBytes(batch, length);
  const at = batch.rows * columnCount + column;
  batch.numbers[at] = batch.used;
  batch.numbers[at + 1] = length;
  // Below some 100 bytes a loop is quicker than the call into native code.
  if (length < 96)
    for (let index = 0; index < length; index += 1)
      batch.bytes[batch.used + index] = bytes[start + index] ?? 0;
  else batch.bytes.set(bytes.subarray(start, end), batch.used);
  batch.used += length;
}

const encoder = new TextEncoder();

export function packText(batch: Batch, column: number, text: string): void {
  // Three bytes are the most that a UTF-16 unit takes in UTF-8.
  reserveBytes(batch, text.length * 3);
  const { written } = encoder.encodeInto(text, batch.bytes.subarray(batch.used));
  const at = batch.rows * columnCount + column;
  batch.numbers[at] = batch.used;
  batch.numbers[at + 1] = written;
  batch.used += written;
}

export function packAbsent(batch: Batch, column: number): void {
  const at = batch.rows * columnCount + column;
  batch.numbers[at] = 0;
  batch.numbers[at + 1] = absent;
}

/** A row's text in this column, or null. */
export function unpackText(batch: Batch, row: number, column: number): string | null {
  const at = row * columnCount + column;
  const start = batch.numbers[at] ?? 0;
  const length = batch.numbers[at + 1] ?? absent;
  if (length === absent) return null;
  return Buffer.from(batch.bytes.buffer, start, length).toString('utf8');
}
