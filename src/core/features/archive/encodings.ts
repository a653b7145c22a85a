import { isUtf8 } from 'node:buffer';

import { AppError } from '../../contract/errors.ts';
import { markedEncoding } from '../../platform/text-encoding.ts';

/** The stream as UTF-8 without its byte order mark. */
export async function* toUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let first = true;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (first) {
      first = false;
      const marked = markedEncoding(chunk);
      if (marked !== null) {
        bytes = chunk.subarray(marked.mark);
        if (marked.encoding !== 'utf-8') decoder = new TextDecoder(marked.encoding);
      }
    }
    if (decoder !== null) bytes = Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8');
    if (bytes.length > 0) yield bytes;
  }
  const rest = decoder === null ? '' : decoder.decode();
  if (rest !== '') yield Buffer.from(rest, 'utf8');
}

/**
 * Throws `wrong-encoding` where the beginning of a JSON file is in GBK: most lines can't be read, none that has more than
 * ASCII can, and GB 18030 reads them all. A few bad lines among good ones are for quarantine instead.
 */
export function refuseOtherEncodings(sample: Uint8Array, fileName: string): void {
  const head = withoutCutCharacter(sample);
  if (isUtf8(head)) return;
  let invalid = 0;
  let lines = 0;
  for (const line of wholeLines(head)) {
    lines += 1;
    if (!isUtf8(line)) invalid += 1;
    else if (line.some((byte) => byte >= 0x80)) return;
  }
  if (invalid * 2 <= lines || !isGb18030(head)) return;
  throw new AppError(
    'wrong-encoding',
    `${fileName} is not in UTF-8; it looks like GBK. Save it as UTF-8 and import it again.`,
    { file: fileName, encoding: 'gb18030' },
  );
}

/** The sample without a UTF-8 character of which its end has only the first bytes. */
function withoutCutCharacter(sample: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, sample.length); back += 1) {
    const byte = sample[sample.length - back] ?? 0;
    // A continuation byte: the first byte of its character stands before it.
    if (byte >= 0x80 && byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? sample.subarray(0, -back) : sample;
  }
  return sample;
}

/** The lines of the head; the last one only where it is not cut off by the end of a sample. */
function wholeLines(head: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let end = head.indexOf(0x0a); end >= 0; end = head.indexOf(0x0a, start)) {
    if (end > start) lines.push(head.subarray(start, end));
    start = end + 1;
  }
  if (lines.length === 0) lines.push(head);
  return lines;
}

function isGb18030(bytes: Uint8Array): boolean {
  try {
    // `stream`: a character that the sample cuts off is no error.
    new TextDecoder('gb18030', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
