import { decodeBytes } from '../../platform/text-encoding.ts';
import type { DocumentKind, DocumentProblem } from './model.ts';

export interface Recognised {
  readonly kind: DocumentKind;
  readonly mediaType: string;
  /** Why it can't be read further; null: it can. */
  readonly problem: DocumentProblem | null;
}

const office = 'application/vnd.openxmlformats-officedocument.';
const mediaTypes = {
  docx: `${office}wordprocessingml.document`,
  xlsx: `${office}spreadsheetml.sheet`,
  pdf: 'application/pdf',
  html: 'text/html',
  text: 'text/plain',
} as const;

/** Pictures by their first bytes (as Latin-1), and whether the decoder (stb_image, inside zxing-wasm) reads them. */
const pictures: readonly {
  readonly mediaType: string;
  readonly matches: (head: string) => boolean;
  readonly decoded: boolean;
}[] = [
  { mediaType: 'image/png', matches: (head) => head.startsWith('\x89PNG\r\n\x1a\n'), decoded: true },
  { mediaType: 'image/jpeg', matches: (head) => head.startsWith('\xff\xd8\xff'), decoded: true },
  { mediaType: 'image/gif', matches: (head) => /^GIF8[79]a/.test(head), decoded: true },
  // After BM and the sizes, the length of the header: 12, 40, 52, 56, 64, 108 or 124.
  {
    mediaType: 'image/bmp',
    matches: (head) =>
      head.startsWith('BM') &&
      [12, 40, 52, 56, 64, 108, 124].includes(head.charCodeAt(14)) &&
      head.slice(15, 18) === '\0\0\0',
    decoded: true,
  },
  {
    mediaType: 'image/webp',
    matches: (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP',
    decoded: false,
  },
  {
    mediaType: 'image/tiff',
    matches: (head) => head.startsWith('II*\0') || head.startsWith('MM\0*'),
    decoded: false,
  },
  {
    mediaType: 'image/heic',
    matches: (head) => /^(?:heic|heix|mif1|msf1|hevc)/.test(brandOf(head)),
    decoded: false,
  },
  { mediaType: 'image/avif', matches: (head) => /^avi[fs]/.test(brandOf(head)), decoded: false },
];

/** The major brand of an ISO media file. */
const brandOf = (head: string) => (head.slice(4, 8) === 'ftyp' ? head.slice(8, 12) : '');

/**
 * What a file is, by its bytes. `parts` are the names in it where it is a zip, null where it isn't one. A password-protected
 * Office file is an OLE container with a stream of that name ([MS-OFFCRYPTO] 2.3.4.4), as are the old .doc and .xls.
 */
export function recognise(bytes: Uint8Array, parts: readonly string[] | null): Recognised {
  if (parts !== null) {
    if (parts.some((name) => /^word\/document\d*\.xml$/i.test(name))) return readable('docx');
    if (parts.some((name) => /^xl\/workbook\d*\.(?:xml|bin)$/i.test(name))) return readable('xlsx');
    return { kind: 'other', mediaType: 'application/zip', problem: 'unsupported' };
  }
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).toString('latin1');
  if (head.includes('%PDF-')) return readable('pdf');
  const picture = pictures.find(({ matches }) => matches(head));
  if (picture !== undefined) {
    const { mediaType, decoded } = picture;
    return { kind: 'image', mediaType, problem: decoded ? null : 'unsupported' };
  }
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(
      Buffer.from('EncryptedPackage', 'utf16le'),
    );
    return {
      kind: 'other',
      mediaType: 'application/x-ole-storage',
      problem: isEncrypted ? 'encrypted' : 'unsupported',
    };
  }
  if (head.startsWith('{\\rtf'))
    return { kind: 'other', mediaType: 'application/rtf', problem: 'unsupported' };
  const text = bytes.length === 0 ? '' : sampleOf(bytes);
  if (text === null) return { kind: 'other', mediaType: 'application/octet-stream', problem: 'unsupported' };
  return readable(isHtml(text) ? 'html' : 'text');
}

function readable(kind: keyof typeof mediaTypes): Recognised {
  return { kind, mediaType: mediaTypes[kind], problem: null };
}

/** Whether the bytes begin as a zip does; one that is broken off has no list of parts. */
export function looksZipped(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7);
}

/** The beginning as text, or null where it is none; a character that the sample cuts may be missing. */
function sampleOf(bytes: Uint8Array): string | null {
  for (let cut = 0; cut < 4; cut += 1) {
    const decoded = decodeBytes(bytes.subarray(0, Math.min(bytes.length, 8_192) - cut));
    if (decoded !== null) return decoded.text;
    if (bytes.length <= 8_192) return null;
  }
  return null;
}

/** Begins with a tag or comment, and has one that only HTML has. */
function isHtml(text: string): boolean {
  const start = text.trimStart();
  return (
    start.startsWith('<') &&
    /<(?:!doctype\s+html|html|head|body|meta|title|style|script|div|p|span|a|h[1-6]|table|section|article|ul|ol|img|br|font|b|strong)\b/i.test(
      start,
    )
  );
}
