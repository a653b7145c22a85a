import type { MessagePort } from 'node:worker_threads';

import type { ErrorBody } from '../../../contract/errors.ts';
import type { CutReason, ScanStart, SplitWindow } from '../../screening/index.ts';
import type { QuarantineReason } from '../model.ts';
import type { Remembered } from './sender-memory.ts';

// What a scan of archive files is given and gives. All of it crosses between threads.

export interface ScanSetup {
  readonly start: ScanStart;
  /** For the hours of scopes. */
  readonly timeZone: string;
  /** For what is split across messages. */
  readonly window: SplitWindow;
}

/** A piece of a hit that is split across messages. */
export interface HitPart {
  readonly msgid: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A hit in a message of an archive. */
export interface ArchiveHit {
  readonly line: number;
  readonly msgid: string;
  readonly conversation: string | null;
  readonly from: string | null;
  readonly msgtime: number;
  readonly field: string;
  /** The entry's position in the list that is scanned for. */
  readonly entry: number;
  /** UTF-16 offsets into the field, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Bits (`foldNamesOf`). */
  readonly folds: number;
  readonly confidence: number;
  /** Null where it stands in one message. The last part is the hit's own message. */
  readonly parts: readonly HitPart[] | null;
}

export interface QuarantinedLine {
  readonly line: number;
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/** Most hits that are given of one message: the first of every entry, then the gravest. */
export const mostHitsPerMessage = 1_000;

/** A message of whose hits some were left out: beyond `mostHitsPerMessage`, or for the work that finding them takes. */
export interface CutMessage {
  readonly line: number;
  readonly msgid: string;
  readonly reasons: readonly CutReason[];
}

/** More than this many quarantined lines of one piece are counted, not listed. */
export const listedQuarantine = 1_000;

/** What a piece of a file came to, in the order of its lines. */
export interface ScannedPiece {
  /** Line breaks in it: lines of later pieces are counted from there. Only of segments. */
  readonly lines: number;
  readonly messages: number;
  readonly quarantined: number;
  readonly quarantine: readonly QuarantinedLine[];
  readonly hits: readonly ArchiveHit[];
  readonly cut: readonly CutMessage[];
}

/** What a worker is told first. It can be started before anybody knows what it is to look for. */
export interface SetupRequest {
  readonly kind: 'setup';
  readonly setup: ScanSetup;
  /** To the other workers, where messages are joined: they tell each other what was remembered. Each takes its turn. */
  readonly peers: readonly MessagePort[];
}

/** Asks a worker for the lines that begin in `from…to` of a file of JSON lines. */
export interface SegmentRequest {
  readonly kind: 'segment';
  readonly id: number;
  readonly path: string;
  readonly fileName: string;
  readonly from: number;
  readonly to: number;
  /** Counts the segments, from 0: in this order messages are remembered, whichever worker reads them. */
  readonly turn: number;
}

/** What a worker tells the others when it has had its turn. */
export interface TurnTaken {
  readonly turn: number;
  /** Another file began: what was remembered before is to be forgotten. */
  readonly begins: boolean;
  readonly remembered: Remembered;
}

export type SegmentReply =
  | { readonly id: number; readonly piece: ScannedPiece }
  | { readonly id: number; readonly error: ErrorBody };
