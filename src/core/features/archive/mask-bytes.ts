import { isUtf8 } from 'node:buffer';

import { maskPersonalData } from './masking.ts';

// Full-width digits (and X) in UTF-8 and in GBK, seen as bytes: U+FF10 is EF BC 90, and A3 B0.
const wideUtf8 = /\u00ef\u00bc([\u0090-\u0099\u00b8])|\u00ef\u00bd(\u0098)/g;
const wideGbk = /\u00a3([\u00b0-\u00b9\u00d8\u00f8])/g;

/**
 * `maskPersonalData` over raw bytes, whatever they are: what went to quarantine is often no text in any encoding. No byte is added
 * or taken away. `cut` says that more bytes followed, which may belong to a number that stands at the end.
 */
export function maskPersonalBytes(raw: Uint8Array, cut: boolean): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  const plain = bytes.toString('latin1');
  // Each full-width character becomes the one it is; how many bytes it had is looked up when it is written back.
  const wide = isUtf8(raw)
    ? plain.replace(wideUtf8, (_all, digit: string | undefined, small: string | undefined) =>
        small === undefined ? String.fromCharCode(0xfe80 + (digit ?? '').charCodeAt(0)) : '\uff58',
      )
    : plain.replace(wideGbk, (_all, digit: string) => String.fromCharCode(0xfe60 + digit.charCodeAt(0)));
  const width = isUtf8(raw) ? 3 : 2;
  let masked = maskPersonalData(wide);
  if (cut)
    masked = masked.replace(/[0-9０-９](?:[ -]?[0-9０-９]){3,}$/u, (found) => '*'.repeat(found.length));
  if (masked === wide) return raw;
  const result = Buffer.from(bytes);
  let at = 0;
  for (let index = 0; index < wide.length; index += 1) {
    const size = wide.charCodeAt(index) > 0xff ? width : 1;
    if (masked[index] !== wide[index]) result.fill(0x2a, at, at + size);
    at += size;
  }
  return result;
}
