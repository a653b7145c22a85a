import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';

import { type Entry, type ZipFile, openPromise } from 'yauzl';

import { AppError } from '../../contract/errors.ts';
import { translateReadError } from './read-errors.ts';

// Opens what an archive comes in, a plain file, gzip or zip, by its content, and streams the text inside.

/** One text to read: the file itself, or a member of a zip. */
export interface Member {
  /** The member's name in a zip; null otherwise. */
  readonly name: string | null;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** How many bytes of the file have been read so far. */
  consumed(): number;
}

/** Called with the names of what in a zip is no archive and is passed over. */
export type OnSkipped = (name: string) => void;

/**
 * Beyond this size what unpacks to more than 200 times its own length is a bomb: JSON lines of chat reach 10 to 20,
 * a file of one repeated line about 100. 64 GiB is the largest file a host accepts.
 */
export const limits = {
  ratio: 200,
  ratioFrom: 100 * 2 ** 20,
  total: 64 * 2 ** 30,
  members: 10_000,
} as const;

const chunkBytes = 256 * 1024;
const textNames = /\.(?:json|jsonl|ndjson|txt|xml|csv|xlsx)$/i;
const archiveNames = /\.(?:zip|gz|tgz|tar|7z|rar|bz2|xz)$/i;

/** The texts in a file, in their order, from the `skip`th on. Throws AppError where the file can't be opened as what it is. */
export async function* openMembers(
  path: string,
  fileName: string,
  skip: number,
  onSkipped: OnSkipped,
): AsyncGenerator<Member> {
  const size = await sizeOf(path, fileName);
  if (size === 0) throw new AppError('file-empty', `${fileName} is empty.`, { file: fileName });
  const packing = await packingOf(path);
  // A workbook is a zip too, and one file to whoever has it.
  switch (packing === 'zip' && (await isWorkbookFile(path)) ? 'none' : packing) {
    case 'zip':
      yield* zipMembers(path, fileName, skip, onSkipped);
      break;
    case 'gzip': {
      const stream = createReadStream(path, { highWaterMark: 64 * 1024 });
      const chunks = gunzip(stream, fileName, () => stream.bytesRead);
      if (skip === 0) yield { name: null, chunks, consumed: () => stream.bytesRead };
      stream.destroy();
      break;
    }
    case 'none': {
      const stream = createReadStream(path, { highWaterMark: chunkBytes });
      if (skip === 0) yield { name: null, chunks: stream, consumed: () => stream.bytesRead };
      stream.destroy();
      break;
    }
  }
}

/** The file's size. Throws where there is no such file, or it is a directory. */
export async function sizeOf(path: string, fileName: string): Promise<number> {
  let facts;
  try {
    facts = await stat(path);
  } catch (error) {
    throw translateReadError(error, fileName);
  }
  if (facts.isDirectory()) {
    throw new AppError('file-is-directory', `${fileName} is a folder. Name the files in it.`, {
      file: fileName,
    });
  }
  return facts.size;
}

async function packingOf(path: string): Promise<'zip' | 'gzip' | 'none'> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return 'gzip';
    if (bytesRead === 4 && buffer[0] === 0x50 && buffer[1] === 0x4b && (buffer[2] === 3 || buffer[2] === 5))
      return 'zip';
    return 'none';
  } finally {
    await file.close();
  }
}

/** True for an .xlsx, by what is in it. */
async function isWorkbookFile(path: string): Promise<boolean> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true, decodeStrings: false, autoClose: false });
  } catch {
    // Whatever is wrong with it, whoever unpacks it says so.
    return false;
  }
  try {
    return await new Promise<boolean>((resolve, reject) => {
      let count = 0;
      zip.on('error', reject);
      zip.on('end', () => resolve(false));
      zip.on('entry', (entry: Entry) => {
        count += 1;
        if (nameOf(entry) === 'xl/workbook.xml') resolve(true);
        else if (count > limits.members) resolve(false);
        else zip.readEntry();
      });
      zip.readEntry();
    });
  } catch {
    return false;
  } finally {
    zip.close();
  }
}

/** Streams what gzip unpacks to. What comes before a damaged or missing part is always delivered before the error. */
export async function* gunzip(
  packed: AsyncIterable<Uint8Array>,
  fileName: string,
  consumed: () => number,
): AsyncGenerator<Uint8Array> {
  const decoder = createGunzip({ chunkSize: 256 * 1024 });
  let failure: Error | null = null;
  let wake: () => void = () => {};
  const waken = () => wake();
  decoder.on('readable', waken);
  decoder.on('end', waken);
  decoder.on('error', (error) => {
    failure = error;
    wake();
  });
  const check = bombGuard(fileName, consumed);
  // Written one piece at a time and drained before the next: a stream that fails drops what nobody has read yet.
  async function* drain(step: (done: () => void) => void): AsyncGenerator<Uint8Array> {
    let done = false;
    step(() => {
      done = true;
      wake();
    });
    for (;;) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      for (let chunk = readChunk(decoder); chunk !== null; chunk = readChunk(decoder)) {
        check(chunk.length);
        yield chunk;
      }
      if (failure !== null) throw failure;
      if (done) return;
      await woken;
    }
  }
  try {
    for await (const piece of packed) yield* drain((done) => decoder.write(piece, () => done()));
    yield* drain((done) => {
      decoder.once('end', done);
      decoder.end();
    });
  } catch (error) {
    throw translateReadError(error, fileName);
  } finally {
    decoder.destroy();
  }
}

function readChunk(stream: { read(): unknown }): Uint8Array | null {
  const chunk: unknown = stream.read();
  return chunk instanceof Uint8Array ? chunk : null;
}

function bombGuard(fileName: string, consumed: () => number): (bytes: number) => void {
  let unpacked = 0;
  return (bytes) => {
    unpacked += bytes;
    if (unpacked > limits.total || (unpacked > limits.ratioFrom && unpacked > limits.ratio * consumed())) {
      throw bomb(fileName);
    }
  };
}

function bomb(fileName: string): AppError {
  return new AppError(
    'archive-bomb',
    `${fileName} unpacks to far more than its size allows for a chat archive. Unpack it yourself and check what is in it.`,
    { file: fileName },
  );
}

async function* zipMembers(
  path: string,
  fileName: string,
  skip: number,
  onSkipped: OnSkipped,
): AsyncGenerator<Member> {
  const zip = await openZip(path, fileName);
  try {
    const members = await listMembers(zip, fileName, onSkipped);
    let before = 0;
    for (const [index, entry] of members.entries()) {
      const start = before;
      before += entry.compressedSize;
      if (index < skip) continue;
      const progress = { read: start };
      yield {
        name: nameOf(entry),
        chunks: memberChunks(zip, entry, fileName, progress, start),
        consumed: () => progress.read,
      };
    }
  } finally {
    zip.close();
  }
}

async function openZip(path: string, fileName: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false });
  } catch (error) {
    // yauzl finds no end of central directory: the end of the file is missing.
    throw new AppError(
      'file-truncated',
      `${fileName} is an incomplete or damaged zip file. Copy or download it again.`,
      { file: fileName },
      error,
    );
  }
}

/** The members that may hold text, in their order in the zip. Refuses what can't be read, before anything is. */
async function listMembers(zip: ZipFile, fileName: string, onSkipped: OnSkipped): Promise<Entry[]> {
  const refuse = (what: string, member: string) =>
    new AppError('file-not-recognised', `${fileName}: ${what}`, { file: fileName, member });
  const members: Entry[] = [];
  let count = 0;
  let unpacked = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      const name = nameOf(entry);
      count += 1;
      unpacked += entry.uncompressedSize;
      if (count > limits.members || unpacked > limits.total) return reject(bomb(fileName));
      if (!name.endsWith('/') && !/(?:^|\/)(?:\.|__MACOSX\/)/.test(name)) {
        if (archiveNames.test(name)) {
          return reject(
            refuse('it holds another packed file. Unpack it first and import what is inside.', name),
          );
        }
        if (textNames.test(name)) {
          if (entry.isEncrypted())
            return reject(refuse('it is locked with a password. Unpack it first.', name));
          if (
            entry.uncompressedSize > limits.ratioFrom &&
            entry.uncompressedSize > limits.ratio * entry.compressedSize
          ) {
            return reject(bomb(fileName));
          }
          members.push(entry);
        } else onSkipped(name);
      }
      return zip.readEntry();
    });
    zip.readEntry();
  }).catch((error: unknown) => {
    throw translateReadError(error, fileName);
  });
  return members;
}

async function* memberChunks(
  zip: ZipFile,
  entry: Entry,
  fileName: string,
  progress: { read: number },
  start: number,
): AsyncGenerator<Uint8Array> {
  const check = bombGuard(fileName, () => entry.compressedSize);
  let unpacked = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      if (!(chunk instanceof Uint8Array)) continue;
      check(chunk.length);
      unpacked += chunk.length;
      progress.read =
        start + Math.round((unpacked / Math.max(1, entry.uncompressedSize)) * entry.compressedSize);
      yield chunk;
    }
  } catch (error) {
    throw translateReadError(error, fileName);
  }
}

function nameOf(entry: Entry): string {
  const name: unknown = entry.fileName;
  return name instanceof Uint8Array ? Buffer.from(name).toString('utf8') : String(name);
}
