import { isUtf8 } from 'node:buffer';

import { AppError } from '../../contract/errors.ts';
import { decodeBytes, markedEncoding } from '../../platform/text-encoding.ts';
import { type EntryKind, entryKindOf, isWorkbook, tableKindOf } from '../feeds/index.ts';
import type { ColumnMapping, FeedKind } from '../feeds/model.ts';
import { refuseOtherEncodings } from './encodings.ts';
import { type EntrySink, LineSplitter, ValueSplitter } from './entry-splitter.ts';
import { parseBeginning, parseWhole } from './parse-beginning.ts';

/** What whoever imports says a file is. */
export type Expected = 'auto' | 'chat' | FeedKind;

/** How the text of a file is laid out, and what of. `kind`: what it is even if nothing of it can be taken; null: nobody can tell. */
export type Layout =
  | { readonly type: 'chat'; readonly layout: 'lines' | 'values'; readonly kind: 'chat' | null }
  | { readonly type: 'feed'; readonly layout: 'lines' | 'values' | 'xml'; readonly kind: FeedKind | null }
  | { readonly type: 'table'; readonly layout: 'table' };

/** So much of a file's beginning is looked at. */
export const sampleBytes = 2 ** 20;

/**
 * What a file is, by its first bytes (as UTF-8 where it had a mark of UTF-16). Throws `file-empty`, `wrong-encoding` or
 * `file-not-recognised`.
 */
export function recognise(
  head: Uint8Array,
  fileName: string,
  expected: Expected,
  mapping: ColumnMapping | null = null,
): Layout {
  const first = head.findIndex((byte) => byte > 0x20);
  if (first < 0) throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
  if (expected !== 'chat' && isWorkbook(head)) return { type: 'table', layout: 'table' };
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  const isJson = text[first] === '[' || /^[ \t]*\{[ \t\r]*(?:"|\}|$)/m.test(text);
  if (isJson) {
    refuseOtherEncodings(head, fileName);
    // An array, or objects over several lines: the first line holds nothing but its bracket.
    const layout = text[first] === '[' || /^\s*\{[ \t\r]*\n/.test(text) ? 'values' : 'lines';
    if (expected === 'chat') return { type: 'chat', layout, kind: 'chat' };
    return jsonLayoutOf(head, layout, fileName, expected);
  }
  if (expected !== 'chat' && isXml(text)) {
    refuseOtherEncodings(head, fileName);
    return { type: 'feed', layout: 'xml', kind: expected === 'auto' ? 'events' : expected };
  }
  if (expected !== 'chat' && tableKindOf(topOf(head), fileName, expected, mapping) !== null)
    return { type: 'table', layout: 'table' };
  throw notRecognised(fileName);
}

function jsonLayoutOf(
  head: Uint8Array,
  layout: 'lines' | 'values',
  fileName: string,
  expected: Exclude<Expected, 'chat'>,
): Layout {
  const found = jsonKindOf(head, layout, false);
  // An object may begin on a line with its first member: no line is one of its own then.
  const inValues = found === null && layout === 'lines' ? jsonKindOf(head, 'values', false) : null;
  const inLayout = inValues === null ? layout : 'values';
  if (expected !== 'auto') {
    if ((found ?? inValues) === 'chat') throw notRecognised(fileName);
    return { type: 'feed', layout: inLayout, kind: expected };
  }
  // Nothing in it is whole: what it begins with still says what it was to be.
  const kind = found ?? inValues ?? jsonKindOf(head, layout, true);
  if (kind === 'error') return { type: 'feed', layout: inLayout, kind: null };
  // Where nothing can be made out, it is read as an archive, in which something may come yet.
  if (kind === null || kind === 'chat') return { type: 'chat', layout: inLayout, kind };
  return { type: 'feed', layout: inLayout, kind };
}

function notRecognised(fileName: string): AppError {
  return new AppError(
    'file-not-recognised',
    `${fileName} is neither a chat archive (JSON lines, a JSON array; also .gz or .zip of these), nor an answer or event of WeCom's ` +
      'API (JSON, XML), nor a roster or table whose columns are known (CSV, XLSX).',
    { file: fileName },
  );
}

/** So much of a table's beginning is looked at: its header stands in the first lines. */
const topBytes = 64 * 1024;

/** The first whole lines as text; empty where they are none. */
function topOf(head: Uint8Array): string {
  const top = head.subarray(0, topBytes);
  const end = top.length < head.length || head.length >= sampleBytes ? top.lastIndexOf(0x0a) : top.length;
  return decodeBytes(end < 0 ? top : top.subarray(0, end))?.text ?? '';
}

/** Callbacks, one after another; a log may have words in front of each. */
function isXml(text: string): boolean {
  const at = text.search(/<xml[\s>]/);
  return at >= 0 && (text.trimStart().startsWith('<') || at < 4096);
}

/** So many entries are looked at before a file of JSON is taken for a chat archive, of which nothing can be read. */
const mostEntries = 100;

/**
 * What the first entry is that says so; null: none does. `error`: there is nothing but errors that WeCom answered. With `broken`,
 * entries that aren't whole are looked at as far as they can be read.
 */
function jsonKindOf(
  head: Uint8Array,
  layout: 'lines' | 'values',
  broken: boolean,
): EntryKind | 'error' | null {
  let kind: EntryKind | null = null;
  let errors = 0;
  let looked = 0;
  /** The entry that the end of the sample cuts off. */
  let isCut = false;
  const sink: EntrySink = {
    entry(bytes, start, end) {
      if (kind !== null || looked >= mostEntries) return;
      looked += 1;
      const text = Buffer.from(bytes.subarray(start, end)).toString('utf8');
      const value = isCut || broken ? parseBeginning(text) : parseWhole(text);
      kind = entryKindOf(value);
      if (isApiError(value)) errors += 1;
    },
    tooLong() {},
  };
  const from = { position: 0, line: 1 };
  const splitter = layout === 'lines' ? new LineSplitter(sink, isUtf8, from) : new ValueSplitter(sink, from);
  splitter.push(head);
  isCut = head.length >= sampleBytes;
  splitter.finish();
  // Nothing but errors that WeCom answered: a feed all the same, each of them quarantined by its errcode.
  return kind ?? (errors > 0 ? 'error' : null);
}

function isApiError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'errcode' in value && 'errmsg' in value;
}

/** The first bytes of a stream, and the stream with them still in it. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<{ head: Uint8Array; complete: boolean; all: AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let size = 0;
  let complete = false;
  let failure: { error: unknown } | null = null;
  while (size < bytes && !complete && failure === null) {
    try {
      const next = await iterator.next();
      if (next.done === true) complete = true;
      else {
        pieces.push(next.value);
        size += next.value.length;
      }
    } catch (error) {
      // What came before the error is still to be read.
      failure = { error };
    }
  }
  if (failure !== null && size === 0) throw failure.error;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* pieces.splice(0);
      if (failure !== null) throw failure.error;
      if (complete) return;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head: Buffer.concat(pieces).subarray(0, bytes), complete, all: all() };
}

/** True where the stream's text is not plain UTF-8 from its first byte, so that a byte offset in the file means nothing. */
export function isMarked(head: Uint8Array): boolean {
  return markedEncoding(head) !== null;
}
