import { type Entry, type ZipFile, fromBufferPromise } from 'yauzl';

import { maxParts, maxRatio, maxUnpackedBytes, maxXmlBytes, ratioFrom } from './limits.ts';
import type { DocumentProblem } from './model.ts';

/** A file that can't be read, with the problem to be told. */
export class UnreadableDocument extends Error {
  readonly problem: DocumentProblem;
  constructor(problem: DocumentProblem, cause?: unknown) {
    super(problem, { cause });
    this.name = 'UnreadableDocument';
    this.problem = problem;
  }
}

/** The parts of a DOCX or XLSX, each within the limits. */
export interface ZipParts {
  readonly names: readonly string[];
  /** Bytes of one part, or null where there is none of that name. */
  read(name: string): Promise<Uint8Array | null>;
}

/**
 * Opens a zip and unpacks every part once, keeping none: libraries that read it afterwards unpack whatever a part holds, so what it
 * holds has to be known, not what it claims. Throws UnreadableDocument: `archive-bomb` for too many parts, too much in them or a
 * part that is larger than claimed, `encrypted`, `broken`; also `broken` for XML with a document type declaration, which OOXML forbids
 * (ECMA-376 part 2, 8.2.5) and which entity bombs need.
 */
export async function openZip(bytes: Buffer): Promise<ZipParts> {
  const entries = await listEntries(bytes);
  let total = 0;
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new UnreadableDocument('encrypted');
    total += entry.uncompressedSize;
    if (
      total > maxUnpackedBytes ||
      (isXml(entry.fileName) && entry.uncompressedSize > maxXmlBytes) ||
      isBomb(entry.uncompressedSize, entry.compressedSize)
    )
      throw new UnreadableDocument('archive-bomb');
  }
  const zip = await open(bytes);
  try {
    for (const entry of entries) await unpack(zip, entry, null);
  } finally {
    zip.close();
  }
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]));
  return {
    names: [...byName.keys()],
    async read(name) {
      const entry = byName.get(name);
      if (entry === undefined) return null;
      const chunks: Uint8Array[] = [];
      const reading = await open(bytes);
      try {
        await unpack(reading, entry, chunks);
      } finally {
        reading.close();
      }
      return Buffer.concat(chunks);
    },
  };
}

const isXml = (name: string) => /\.(?:xml|rels|vml)$/i.test(name);
const isBomb = (unpacked: number, packed: number) => unpacked > ratioFrom && unpacked > packed * maxRatio;

async function open(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw new UnreadableDocument('broken', error);
  }
}

async function listEntries(bytes: Buffer): Promise<readonly Entry[]> {
  const zip = await open(bytes);
  const entries: Entry[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('error', (error) => reject(new UnreadableDocument('broken', error)));
      zip.on('end', resolve);
      zip.on('entry', (entry: Entry) => {
        entries.push(entry);
        if (entries.length > maxParts) reject(new UnreadableDocument('archive-bomb'));
        else zip.readEntry();
      });
      zip.readEntry();
    });
  } finally {
    zip.close();
  }
  return entries;
}

/** Unpacks one part; yauzl refuses what has another size than claimed, as soon as it is beyond it. */
async function unpack(zip: ZipFile, entry: Entry, chunks: Uint8Array[] | null): Promise<void> {
  let size = 0;
  let isFirst = isXml(entry.fileName);
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (!(chunk instanceof Uint8Array)) continue;
      size += chunk.length;
      if (isFirst && hasDocumentType(chunk)) throw new UnreadableDocument('broken');
      isFirst = false;
      chunks?.push(chunk);
    }
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error;
    const isLarger = error instanceof Error && error.message.startsWith('too many bytes');
    throw new UnreadableDocument(isLarger ? 'archive-bomb' : 'broken', error);
  }
  if (size !== entry.uncompressedSize) throw new UnreadableDocument('broken');
}

/** A declaration stands before the root element, so in the first bytes; in UTF-16 with a zero between its letters. */
function hasDocumentType(chunk: Uint8Array): boolean {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    .toString('latin1')
    .replaceAll('\0', '')
    .includes('<!DOCTYPE');
}
