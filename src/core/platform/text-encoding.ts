// How text files are written that come without a word about it: what Chinese offices use.

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** The encoding by byte order mark or by the zero bytes that UTF-16 puts between ASCII characters; null: none of these. */
export function markedEncoding(head: Uint8Array): { encoding: Encoding; mark: number } | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) {
    return { encoding: 'utf-16le', mark: 0 };
  }
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) {
    return { encoding: 'utf-16be', mark: 0 };
  }
  return null;
}

export interface DecodedText {
  /** Without a byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * The text of bytes whose encoding nobody stated: by its byte order mark, else UTF-8 where it is valid UTF-8, else GB18030
 * (which GBK and GB2312 are part of). Null where none fits, or where it is no text: text has no NUL; a spreadsheet or a picture,
 * read as GB18030, nearly always does.
 */
export function decodeBytes(bytes: Uint8Array): DecodedText | null {
  const marked = markedEncoding(bytes);
  const candidates: readonly Encoding[] = marked === null ? ['utf-8', 'gb18030'] : [marked.encoding];
  for (const encoding of candidates) {
    const text = tryDecode(bytes, encoding);
    if (text !== null && !text.includes('\0')) return { text, encoding };
  }
  return null;
}

function tryDecode(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
