import { isUtf8 } from 'node:buffer';
import { readSync } from 'node:fs';

import { type EntrySink, LineSplitter } from '../entry-splitter.ts';

const newline = 0x0a;
const readAhead = 64 * 1024;

/**
 * Reads the lines that begin in `from…to` of an open file, the last one to its end, and gives them to the sink, counted
 * from 0. Answers how many line breaks they have. `memory` holds the bytes; the sink's bytes lie in it.
 */
export function readSegment(
  file: number,
  from: number,
  to: number,
  memory: Uint8Array,
  sink: EntrySink,
): number {
  // The byte before tells whether a line begins at `from`.
  const first = Math.max(0, from - 1);
  const length = fill(file, memory, first, to - first);
  const read = memory.subarray(0, length);
  const start = from === 0 ? 0 : read.indexOf(newline) + 1;
  if ((from > 0 && start === 0) || start >= length) return 0;
  const splitter = new LineSplitter(sink, isUtf8, { position: 0, line: 0 });
  splitter.push(read.subarray(start));
  let ended = read[length - 1] === newline;
  for (let position = first + length; !ended;) {
    const more = new Uint8Array(readAhead);
    const got = readSync(file, more, 0, readAhead, position);
    if (got === 0) break;
    const end = more.subarray(0, got).indexOf(newline);
    ended = end >= 0;
    splitter.push(more.subarray(0, ended ? end + 1 : got));
    position += got;
  }
  splitter.finish();
  return splitter.line;
}

/** Reads until `length` bytes are there or the file ends. */
function fill(file: number, memory: Uint8Array, position: number, length: number): number {
  let filled = 0;
  while (filled < length) {
    const got = readSync(file, memory, filled, length - filled, position + filled);
    if (got === 0) break;
    filled += got;
  }
  return filled;
}
