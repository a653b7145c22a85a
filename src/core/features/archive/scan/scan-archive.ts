import { open } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';

import { needsOf } from '../../screening/index.ts';
import { collectArchive } from '../read-archive.ts';
import { isMarked, recognise, sampleBytes } from '../recognise.ts';
import { AppError } from '../../../contract/errors.ts';
import { ArchiveScanner } from './archive-scanner.ts';
import type { ScanSetup, ScannedPiece } from './protocol.ts';
import { type SegmentPool, createSegmentPool } from './scan-pool.ts';
import { ScanRows } from './scan-rows.ts';

// Scans archive files without a workspace. Large files of plain JSON lines are read by several threads, each a segment at
// a time; everything else in the caller's thread. Both ways give the same.

export interface ArchiveScanOptions {
  /** Threads for large files; as many as there are cores, at most two, unless said: each takes some 70 MB. */
  readonly workers?: number;
  readonly segmentBytes?: number;
  /** Files below this are not worth starting threads for. */
  readonly largeBytes?: number;
}

export interface ArchiveScan {
  /**
   * Starts threads for these files if they will be wanted: they get ready while the lexicons are read, and read the beginning of
   * the first large one.
   */
  warmUp(files: readonly string[]): Promise<void>;
  /** Says what to look for: once, before the first file. The threads make themselves ready for it. */
  setUp(setup: ScanSetup): void;
  /**
   * Scans a file, or a stream of JSON lines or an array. Yields pieces in the file's order. Throws AppError where it can't
   * be read; what came before the damaged part is yielded first. `onSkipped` hears of what of a zip is no archive.
   */
  scan(
    source: string | AsyncIterable<Uint8Array>,
    fileName: string,
    onSkipped: (names: readonly string[], count: number) => void,
  ): AsyncGenerator<ScannedPiece>;
  close(): Promise<void>;
}

const mostWorkers = 2;
/** Text that a piece may hold, in units, when one thread reads. */
const pieceUnits = 512 * 1024;
const pieceRows = 8_192;

/** Prepares to scan files for the same entries. Close it in the end. */
export function createArchiveScan(options: ArchiveScanOptions = {}): ArchiveScan {
  const {
    workers = Math.min(mostWorkers, availableParallelism()),
    segmentBytes = 2 ** 20,
    largeBytes = 8 * 2 ** 20,
  } = options;
  let pool: SegmentPool | null = null;
  let scanner: ArchiveScanner | null = null;
  let known: ScanSetup | null = null;
  let isTold = false;
  /** Of the file that is read before anybody asks for it. */
  let early: { readonly path: string; readonly segments: Segments } | null = null;

  const told = (): ScanSetup => {
    if (known === null) throw new Error('nobody said what to look for');
    return known;
  };
  const tell = (threads: SegmentPool): SegmentPool => {
    if (!isTold) threads.setUp(told(), needsOf(told().start).joined);
    isTold = true;
    return threads;
  };
  const startReading = (threads: SegmentPool, path: string, fileName: string, size: number): Segments =>
    readAhead(threads, { path, fileName, size, segmentBytes });

  return {
    async warmUp(files) {
      if (workers < 2) return;
      for (const file of files) {
        const size = await sizeOfLines(file, largeBytes);
        if (size === null) continue;
        pool ??= createSegmentPool(workers);
        early = { path: file, segments: startReading(pool, file, basename(file), size) };
        return;
      }
    },
    setUp(setup) {
      known = setup;
      if (pool !== null) tell(pool);
    },
    async *scan(source, fileName, onSkipped) {
      const size = typeof source === 'string' && workers > 1 ? await sizeOfLines(source, largeBytes) : null;
      if (size !== null && typeof source === 'string') {
        pool ??= createSegmentPool(workers);
        const begun = early?.path === source ? early.segments : null;
        if (begun !== null) early = null;
        yield* piecesOf(begun ?? startReading(tell(pool), source, fileName, size));
        return;
      }
      scanner ??= new ArchiveScanner(told());
      yield* scanOneByOne(scanner, source, fileName, onSkipped);
    },
    async close() {
      await pool?.close();
    },
  };
}

/** The size of a file of plain JSON lines in UTF-8 that is at least `large`; null for any other. Never throws. */
async function sizeOfLines(path: string, large: number): Promise<number | null> {
  try {
    const file = await open(path);
    try {
      const facts = await file.stat();
      if (!facts.isFile() || facts.size < Math.max(4, large)) return null;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
      const head = buffer.subarray(0, bytesRead);
      const isPacked = (head[0] === 0x1f && head[1] === 0x8b) || (head[0] === 0x50 && head[1] === 0x4b);
      if (isPacked || isMarked(head.subarray(0, 4))) return null;
      return recognise(head, path, 'chat').layout === 'lines' ? facts.size : null;
    } finally {
      await file.close();
    }
  } catch {
    // Whatever it is, the reader of all files says what is wrong with it.
    return null;
  }
}

interface LinesFile {
  readonly path: string;
  readonly fileName: string;
  readonly size: number;
  readonly segmentBytes: number;
}

/** Answers a file's pieces in its order, which threads are at work on; undefined behind the last. */
type Segments = () => Promise<ScannedPiece> | undefined;

/** Gives a file's first segments to the threads, and another one for each that is asked for. */
function readAhead(pool: SegmentPool, { path, fileName, size, segmentBytes }: LinesFile): Segments {
  const waiting: Promise<ScannedPiece>[] = [];
  let next = 0;
  const ask = () => {
    if (next >= size) return;
    const to = Math.min(size, next + segmentBytes);
    const piece = pool.scan({ path, fileName, from: next, to });
    // Seen when its turn comes; until then a failure is nobody's.
    piece.catch(() => undefined);
    waiting.push(piece);
    next = to;
  };
  // Two for each thread: one that it works on and one that waits.
  for (let index = 0; index < pool.size * 2; index += 1) ask();
  return () => {
    const first = waiting.shift();
    // Its thread has room again when it is done, not when somebody has taken it.
    void first?.then(ask, () => undefined);
    return first;
  };
}

async function* piecesOf(segments: Segments): AsyncGenerator<ScannedPiece> {
  let line = 1;
  for (let first = segments(); first !== undefined; first = segments()) {
    const piece = await first;
    yield shifted(piece, line);
    line += piece.lines;
  }
}

/** The piece with its lines counted from the file's beginning. */
function shifted(piece: ScannedPiece, by: number): ScannedPiece {
  const move = <Entry extends { readonly line: number }>(entry: Entry): Entry => ({
    ...entry,
    line: entry.line + by,
  });
  return {
    ...piece,
    quarantine: piece.quarantine.map(move),
    hits: piece.hits.map(move),
    cut: piece.cut.map(move),
  };
}

async function* scanOneByOne(
  scanner: ArchiveScanner,
  source: string | AsyncIterable<Uint8Array>,
  fileName: string,
  onSkipped: (names: readonly string[], count: number) => void,
): AsyncGenerator<ScannedPiece> {
  scanner.forget();
  const parts = collectArchive(source, { fileName, expected: 'chat', checkpoint: null }, (memberName) => {
    const rows = new ScanRows(memberName);
    return {
      entry: (bytes, start, end, line, valid) => rows.entry(bytes, start, end, line, valid),
      tooLong: (head, size, line) => rows.tooLong(head, size, line),
      isFull: () =>
        rows.cutter.used >= pieceUnits || rows.count >= pieceRows || rows.quarantined >= pieceRows,
      take() {
        const piece = scanner.scan(rows, 0);
        rows.clear();
        return piece;
      },
    };
  });
  for await (const part of parts) {
    switch (part.type) {
      case 'entries':
        yield part.batch;
        break;
      case 'skipped':
        onSkipped(part.names, part.count);
        break;
      case 'people':
      case 'records':
        throw new AppError('file-not-recognised', `${fileName} is no chat archive.`, {});
    }
  }
}
