import { isUtf8 } from 'node:buffer';

import { type Circumstances, type FeedRecord, type Reading, readAnswer } from '../feeds/index.ts';
import type { FeedKind } from '../feeds/model.ts';
import type { QuarantinedEntry } from './batch.ts';
import { type EntrySink, maximumRawBytes } from './entry-splitter.ts';
import { EntryError, maximumDepth, parseRange } from './json-cut.ts';
import type { QuarantineReason } from './model.ts';

/** Records of a feed, and what could not be read. */
export interface FeedBatch {
  /** What its file is said or seems to be; null: nobody can tell. */
  readonly kind: FeedKind | null;
  readonly records: (FeedRecord & { readonly line: number })[];
  readonly quarantined: QuarantinedEntry[];
}

/** So many records or bytes of quarantine are handed over at once. */
const batchRecords = 4096;
const batchBytes = 640 * 1024;

/** Makes the bytes of an entry into a value. Throws EntryError. */
type ParseEntry = (bytes: Uint8Array, start: number, end: number) => unknown;

/** Makes entries of JSON or XML into records. */
export class FeedParser implements EntrySink {
  #batch: FeedBatch;
  #quarantinedBytes = 0;
  readonly #parse: ParseEntry;
  readonly #expected: FeedKind | null;
  readonly #circumstances: Circumstances;
  readonly #memberName: string | null;

  constructor(
    parse: ParseEntry,
    expected: FeedKind | null,
    circumstances: Circumstances,
    memberName: string | null,
    kind: FeedKind | null,
  ) {
    this.#batch = { kind, records: [], quarantined: [] };
    this.#parse = parse;
    this.#expected = expected;
    this.#circumstances = circumstances;
    this.#memberName = memberName;
  }

  entry(bytes: Uint8Array, start: number, end: number, line: number, valid: boolean): void {
    let reading: Reading;
    try {
      if (!valid && !isUtf8(bytes.subarray(start, end)))
        throw new EntryError('invalid-utf8', 'not valid UTF-8');
      reading = readAnswer(this.#parse(bytes, start, end), this.#expected, this.#circumstances);
    } catch (error) {
      if (!(error instanceof EntryError)) throw error;
      const raw = Uint8Array.from(bytes.subarray(start, Math.min(end, start + maximumRawBytes)));
      this.#quarantine(line, error.reason, error.message, raw, end - start);
      return;
    }
    const entry = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    const lineOf = createLineFinder(entry, line, reading.records.length);
    for (const record of reading.records) this.#batch.records.push({ ...record, line: lineOf(record) });
    for (const { reason, detail, value } of reading.refused) {
      const raw = Buffer.from(JSON.stringify(value) ?? '', 'utf8');
      this.#quarantine(line, reason, detail, Uint8Array.from(raw.subarray(0, maximumRawBytes)), raw.length);
    }
  }

  tooLong(head: Uint8Array, size: number, line: number): void {
    const raw = Uint8Array.from(head.subarray(0, maximumRawBytes));
    this.#quarantine(line, 'too-long', `${size} bytes: longer than an entry may be`, raw, size);
  }

  isFull(): boolean {
    return this.#batch.records.length >= batchRecords || this.#quarantinedBytes >= batchBytes;
  }

  take(): FeedBatch {
    const full = this.#batch;
    this.#batch = { kind: full.kind, records: [], quarantined: [] };
    this.#quarantinedBytes = 0;
    return full;
  }

  #quarantine(line: number, reason: QuarantineReason, what: string, raw: Uint8Array, size: number): void {
    const detail = this.#memberName === null ? what : `${this.#memberName}: ${what}`;
    this.#batch.quarantined.push({ line, reason, detail, raw, size, seq: null });
    this.#quarantinedBytes += raw.length + 200;
  }
}

/**
 * Finds the lines of an answer's records, in their order, where the answer stands on several: by their ids. A record whose id isn't
 * found stands where the one before it does.
 */
function createLineFinder(entry: Buffer, first: number, records: number): (record: FeedRecord) => number {
  let line = first;
  let at = 0;
  let isOver = records < 2 || !entry.includes(0x0a);
  return ({ facts }) => {
    const fact = facts.at(-1);
    const id = fact?.item ?? fact?.employee ?? null;
    if (isOver || id === null) return line;
    const next = entry.indexOf(JSON.stringify(id), at);
    // One search in vain is enough: each goes to the end.
    if (next < 0) isOver = true;
    for (let newline = entry.indexOf(0x0a, at); newline >= 0 && newline < next;) {
      line += 1;
      newline = entry.indexOf(0x0a, newline + 1);
    }
    at = Math.max(at, next + 1);
    return line;
  };
}

/** As `parseRange`, of what isn't nested too deeply. */
export function parseJson(bytes: Uint8Array, start: number, end: number): unknown {
  checkDepth(bytes, start, end);
  return parseRange(bytes, start, end);
}

/** Throws EntryError where brackets are nested too deeply: whatever walks the value then can't run out of stack. */
function checkDepth(bytes: Uint8Array, start: number, end: number): void {
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === 0x22) {
      for (at += 1; at < end && bytes[at] !== 0x22; at += 1) if (bytes[at] === 0x5c) at += 1;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > maximumDepth) throw new EntryError('too-deep', `nested deeper than ${maximumDepth} levels`);
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
}
