import { closeSync, openSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

import { AppError } from '../../../contract/errors.ts';
import { translateReadError } from '../read-errors.ts';
import { ArchiveScanner } from './archive-scanner.ts';
import type { ScannedPiece, SegmentReply, SegmentRequest, SetupRequest } from './protocol.ts';
import { readSegment } from './read-segment.ts';
import { ScanRows } from './scan-rows.ts';

// Reads segments of files of JSON lines and scans them, in a thread of its own.

let scanner: ArchiveScanner | null = null;
const rows = new ScanRows(null);
let memory = new Uint8Array(0);
let open: { readonly path: string; readonly file: number } | null = null;

function fileOf(path: string): number {
  if (open?.path === path) return open.file;
  if (open !== null) closeSync(open.file);
  open = { path, file: openSync(path, 'r') };
  return open.file;
}

function scan({ path, from, to }: SegmentRequest): ScannedPiece {
  if (scanner === null) throw new Error('a segment came before the setup');
  if (memory.length < to - from + 1) memory = new Uint8Array(to - from + 1);
  try {
    if (from === 0) scanner.forget();
    const lines = readSegment(fileOf(path), from, to, memory, rows);
    return scanner.scan(rows, lines);
  } finally {
    rows.clear();
  }
}

function answer(request: SegmentRequest): SegmentReply {
  try {
    return { id: request.id, piece: scan(request) };
  } catch (thrown) {
    // What is no error of the file system's is a mistake of ours, and ends the thread.
    const error =
      thrown instanceof Error && 'syscall' in thrown ? translateReadError(thrown, request.fileName) : thrown;
    if (!(error instanceof AppError)) throw error;
    return { id: request.id, error: error.toBody() };
  }
}

parentPort?.on('message', (request: SetupRequest | SegmentRequest) => {
  switch (request.kind) {
    case 'setup':
      scanner = new ArchiveScanner(request.setup);
      break;
    case 'segment':
      parentPort?.postMessage(answer(request));
      break;
  }
});
