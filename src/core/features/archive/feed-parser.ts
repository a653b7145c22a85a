import { isUtf8 } from 'node:buffer';

import { Parser } from 'htmlparser2';

import { type Circumstances, type FeedRecord, type Reading, readAnswer } from '../feeds/index.ts';
import type { FeedKind } from '../feeds/model.ts';
import type { QuarantinedEntry } from './batch.ts';
import { type EntrySink, maximumRawBytes } from './entry-splitter.ts';
import { EntryError, maximumDepth, parseRange } from './json-cut.ts';
import type { QuarantineReason } from './model.ts';

/** Records of a feed, and what could not be read. */
export interface FeedBatch {
  readonly records: (FeedRecord & { readonly line: number })[];
  readonly quarantined: QuarantinedEntry[];
}

/** So many records or bytes of quarantine are handed over at once. */
const batchRecords = 4096;
const batchBytes = 640 * 1024;

/** Makes entries of JSON or XML into records. */
export class FeedParser implements EntrySink {
  #batch: FeedBatch = { records: [], quarantined: [] };
  #quarantinedBytes = 0;
  readonly #layout: 'json' | 'xml';
  readonly #expected: FeedKind | null;
  readonly #circumstances: Circumstances;
  readonly #memberName: string | null;

  constructor(
    layout: 'json' | 'xml',
    expected: FeedKind | null,
    circumstances: Circumstances,
    memberName: string | null,
  ) {
    this.#layout = layout;
    this.#expected = expected;
    this.#circumstances = circumstances;
    this.#memberName = memberName;
  }

  entry(bytes: Uint8Array, start: number, end: number, line: number, valid: boolean): void {
    let reading: Reading;
    try {
      if (!valid && !isUtf8(bytes.subarray(start, end)))
        throw new EntryError('invalid-utf8', 'not valid UTF-8');
      const value = this.#layout === 'xml' ? parseXml(bytes, start, end) : parseJson(bytes, start, end);
      reading = readAnswer(value, this.#expected, this.#circumstances);
    } catch (error) {
      if (!(error instanceof EntryError)) throw error;
      const raw = Uint8Array.from(bytes.subarray(start, Math.min(end, start + maximumRawBytes)));
      this.#quarantine(line, error.reason, error.message, raw, end - start);
      return;
    }
    for (const record of reading.records) this.#batch.records.push({ ...record, line });
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
    this.#batch = { records: [], quarantined: [] };
    this.#quarantinedBytes = 0;
    return full;
  }

  #quarantine(line: number, reason: QuarantineReason, what: string, raw: Uint8Array, size: number): void {
    const detail = this.#memberName === null ? what : `${this.#memberName}: ${what}`;
    this.#batch.quarantined.push({ line, reason, detail, raw, size, seq: null });
    this.#quarantinedBytes += raw.length + 200;
  }
}

function parseJson(bytes: Uint8Array, start: number, end: number): unknown {
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

interface XmlElement {
  readonly name: string;
  text: string;
  readonly children: [string, unknown][];
}

/** One `<xml>…</xml>` as an object: an element's text, or its elements by their names. */
function parseXml(bytes: Uint8Array, start: number, end: number): unknown {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
  const broken = (what: string) => new EntryError('broken-xml', what);
  if (!source.startsWith('<xml')) throw broken('text outside of an event');
  // One that was cut off in a text takes the next one into it.
  if (source.indexOf('</xml>') !== source.length - '</xml>'.length)
    throw broken('it does not end with its own </xml>');
  const stack: XmlElement[] = [];
  let root: unknown;
  let problem: EntryError | null = null;
  const parser = new Parser(
    {
      onopentag(name) {
        if (stack.length >= maximumDepth)
          problem ??= new EntryError('too-deep', `nested deeper than ${maximumDepth} levels`);
        else stack.push({ name, text: '', children: [] });
      },
      ontext(text) {
        const element = stack.at(-1);
        if (element !== undefined) element.text += text;
      },
      onclosetag(name, implied) {
        const element = stack.pop();
        if (element === undefined || element.name !== name || implied) {
          problem ??= broken('an element is not closed');
          return;
        }
        const value = element.children.length === 0 ? element.text.trim() : childrenOf(element.children);
        const parent = stack.at(-1);
        if (parent === undefined) root = value;
        else parent.children.push([name, value]);
      },
      onerror(error) {
        problem ??= broken(error.message);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(source);
  if (problem !== null) throw problem;
  if (stack.length > 0 || root === undefined) throw broken('an element is not closed');
  return { xml: typeof root === 'string' ? {} : root };
}

function childrenOf(children: readonly [string, unknown][]): Readonly<Record<string, unknown>> {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of children) {
    const before = values.get(name);
    if (before === undefined) values.set(name, [value]);
    else before.push(value);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}
