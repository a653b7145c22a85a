import { AppError } from '../../contract/errors.ts';

export interface DecodedText {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
}

/**
 * Decodes a file whose encoding nobody stated: by its byte order mark, else UTF-8 where it is valid UTF-8, else
 * GB18030 (which GBK and GB2312 are part of), the other encoding that Chinese offices use. Throws `file-empty` and
 * `wrong-encoding`.
 */
export function decodeText(bytes: Uint8Array, fileName: string): DecodedText {
  if (bytes.length === 0) {
    throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
  }
  const encoding = markedEncoding(bytes);
  const candidates: readonly DecodedText['encoding'][] =
    encoding === null ? ['utf-8', 'gb18030'] : [encoding];
  for (const candidate of candidates) {
    const text = tryDecode(bytes, candidate);
    // Text has no NUL; a spreadsheet or an image, read as GB18030, nearly always does.
    if (text !== null && !text.includes('\0')) return { text, encoding: candidate };
  }
  throw new AppError(
    'wrong-encoding',
    `${fileName} is neither UTF-8 nor GBK text. Save it as UTF-8 text, then try again.`,
    { file: fileName },
  );
}

function markedEncoding(bytes: Uint8Array): DecodedText['encoding'] | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function tryDecode(bytes: Uint8Array, encoding: DecodedText['encoding']): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
