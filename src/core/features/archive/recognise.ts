import { AppError } from '../../contract/errors.ts';
import { markedEncoding } from '../../platform/text-encoding.ts';
import { refuseOtherEncodings } from './encodings.ts';
import { type RosterKind, rosterKindOf } from './roster.ts';

/** How the text of a file is laid out. */
export type Layout = 'lines' | 'values' | RosterKind;

/** So much of a file's beginning is looked at. */
export const sampleBytes = 2 ** 20;

/**
 * What a file is, by its first bytes (as UTF-8 where it had a mark of UTF-16). Throws `file-empty`, `wrong-encoding` or
 * `file-not-recognised`.
 */
export function recognise(
  head: Uint8Array,
  fileName: string,
  expected: 'auto' | 'chat' | RosterKind,
): Layout {
  const first = head.findIndex((byte) => byte > 0x20);
  if (first < 0) throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
  const isJson = text[first] === '[' || /^[ \t]*\{[ \t\r]*(?:"|\}|$)/m.test(text);
  if (isJson && (expected === 'auto' || expected === 'chat')) {
    refuseOtherEncodings(head, fileName);
    // An array, or objects over several lines: the first line holds nothing but its bracket.
    return text[first] === '[' || /^\s*\{[ \t\r]*\n/.test(text) ? 'values' : 'lines';
  }
  const roster = expected === 'chat' || isJson ? null : rosterKindOf(head, expected);
  if (roster !== null) return roster;
  throw new AppError(
    'file-not-recognised',
    `${fileName} is neither a chat archive (JSON lines, a JSON array; also .gz or .zip of these) nor a roster ` +
      '(CSV with a userid and a name column).',
    { file: fileName },
  );
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
