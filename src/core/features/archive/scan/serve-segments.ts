import { closeSync, openSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import { translateReadError } from '../read-errors.ts';
import { ArchiveScanner } from './archive-scanner.ts';
import type { ScannedPiece, SegmentReply, SegmentRequest, SetupRequest } from './protocol.ts';
import { readSegment } from './read-segment.ts';
import { ScanRows } from './scan-rows.ts';
import { Turns } from './turns.ts';

// Reads segments of files of JSON lines and scans them, in a thread of its own.

let scanner: ArchiveScanner | null = null;
let isReady = (): void => undefined;
/** Until it is said what to look for: segments may come before, and are read meanwhile. */
const ready = new Promise<void>((resolve) => {
  isReady = resolve;
});
/** Null where nothing depends on the order of messages, or nobody else reads them. */
let turns: Turns | null = null;
const rows = new ScanRows(null);
let memory = new Uint8Array(0);
let open: { readonly path: string; readonly file: number } | null = null;

function fileOf(path: string): number {
  if (open?.path === path) return open.file;
  if (open !== null) closeSync(open.file);
  open = { path, file: openSync(path, 'r') };
  return open.file;
}

async function scan({ path, from, to, turn }: SegmentRequest): Promise<ScannedPiece> {
  if (memory.length < to - from + 1) memory = new Uint8Array(to - from + 1);
  const begins = from === 0;
  let isTaken = false;
  try {
    const lines = readSegment(fileOf(path), from, to, memory, rows);
    await ready;
    if (scanner === null) throw new Error('nobody said what to look for');
    const own = scanner.scanOwn(rows);
    if (turns === null) {
      if (begins) scanner.forget();
      return scanner.finish(rows, lines, own, scanner.joins ? scanner.remember(rows) : []);
    }
    const taken = await turns.take(turn, begins, rows);
    isTaken = true;
    return scanner.finish(rows, lines, own, taken);
  } finally {
    rows.clear();
    // What can't be read says nothing; those who wait for it go on.
    await ready;
    if (!isTaken) await turns?.take(turn, begins, rows);
  }
}

async function answer(request: SegmentRequest): Promise<SegmentReply> {
  try {
    return { id: request.id, piece: await scan(request) };
  } catch (thrown) {
    // What is no error of the file system's is a mistake of ours, and ends the thread.
    const error =
      thrown instanceof Error && 'syscall' in thrown ? translateReadError(thrown, request.fileName) : thrown;
    if (!(error instanceof AppError)) throw error;
    return { id: request.id, error: error.toBody() };
  }
}

/** One segment after the other: they share `rows`. */
let working = Promise.resolve();

parentPort?.on('message', (request: SetupRequest | SegmentRequest) => {
  switch (request.kind) {
    case 'setup':
      scanner = new ArchiveScanner(request.setup);
      turns = request.peers.length === 0 ? null : new Turns(scanner, request.peers);
      isReady();
      break;
    case 'segment':
      working = working.then(async () => parentPort?.postMessage(await answer(request)));
      break;
  }
});
