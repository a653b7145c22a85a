import { availableParallelism } from 'node:os';

import {
  type MessageSelection,
  type ScannedMessage,
  prepareFacts,
  prepareNeighbours,
  scanMessages,
} from '../../platform/database/sqlite/message-scan.ts';
import type { JobContext } from '../../platform/jobs/protocol.ts';
import { type ScanPool, createScanPool } from '../../platform/scan-pool.ts';
import {
  type CircumstanceColumns,
  type ScanResult,
  type ScanStart,
  needsOf,
  packJoined,
  packTexts,
} from '../screening/index.ts';
import { readSettings } from '../settings/index.ts';
import { type SituatedMessage, createCircumstances } from './circumstances.ts';
import { type Joining, createMessageJoiner } from './joined-messages.ts';
import { createRate } from './rate.ts';

/** Most messages in a batch: one transaction and one round trip to a worker for each. */
const largestBatch = 4_096;
/** Characters that a batch aims at: some 16 MB under way at two batches per worker, whatever the messages' length. */
const charactersPerBatch = 1 << 20;
/** Reading and storing keep one core busy; a worker scans faster than that thread reads (test/benchmarks/screening). */
const mostWorkers = 4;

/** What of the archive is screened, and with what. */
export interface ArchiveScan {
  /** Messages with an id above this one, up to `upTo`. */
  readonly from: number;
  readonly upTo: number;
  readonly selection: MessageSelection;
  /** True where the selection passes nothing over. */
  readonly everyMessage: boolean;
  readonly start: ScanStart;
  /** Messages screened before, for the progress shown. */
  readonly messagesBefore: number;
}

/** What was found in some messages and in the joined texts that they make. */
export interface ScreenedBatch {
  readonly messages: readonly ScannedMessage[];
  readonly joinings: readonly Joining[];
  /** Its texts are the messages', in order, then the joined ones. */
  readonly result: ScanResult;
  /** The last message that this covers. */
  readonly screenedTo: number;
}

/**
 * Screens messages in worker threads, in the order of their ids, and hands over batch by batch in that order: reads ahead
 * while the workers scan, so that memory stays that of some batches.
 */
export async function screenArchive(
  context: JobContext,
  scan: ArchiveScan,
  onBatch: (batch: ScreenedBatch) => void,
): Promise<void> {
  const { timeZone } = await readSettings(context.connection.query);
  const pool = createScanPool(Math.min(mostWorkers, Math.max(1, availableParallelism() - 1)), scan.start);
  try {
    await screenAll(context, pool, scan, createPreparer(context, scan, timeZone), onBatch);
  } finally {
    await pool.close();
  }
}

interface Prepared {
  readonly joinings: readonly Joining[];
  readonly batch: Parameters<ScanPool['scan']>[0];
}

/** Makes of messages what a worker takes: their texts, those joined from several, and what is known about them. */
function createPreparer(
  { connection }: JobContext,
  { start, from, everyMessage }: ArchiveScan,
  timeZone: string,
): (messages: readonly ScannedMessage[]) => Prepared {
  const needs = needsOf(start);
  const join = needs.joined
    ? createMessageJoiner(prepareNeighbours(connection), { everyMessage, fromFirst: from === 0 })
    : () => [];
  const situate: (messages: readonly SituatedMessage[]) => CircumstanceColumns | null = needs.circumstances
    ? createCircumstances(prepareFacts(connection), timeZone)
    : () => null;
  return (messages) => {
    const joinings = messages.flatMap(join);
    return {
      joinings,
      batch: packTexts(
        [...messages.map((message) => message.text), ...joinings.map((joining) => joining.joined.text)],
        situate([...messages, ...joinings]),
        joinings.length === 0 ? null : packJoined(joinings.map((joining) => joining.joined)),
      ),
    };
  };
}

interface UnderWay extends Omit<ScreenedBatch, 'result'> {
  readonly result: Promise<ScanResult>;
}

async function screenAll(
  context: JobContext,
  pool: ScanPool,
  { from, upTo, selection, messagesBefore }: ArchiveScan,
  prepare: (messages: readonly ScannedMessage[]) => Prepared,
  onBatch: (batch: ScreenedBatch) => void,
): Promise<void> {
  const queue: UnderWay[] = [];
  const rate = createRate(context.clock);
  let after = from;
  let size = largestBatch / 8;
  let ended = false;
  let done = messagesBefore;

  function readNext(): void {
    const messages = scanMessages(context.connection, after, upTo, selection, size);
    ended = messages.length < size;
    after = ended ? upTo : (messages.at(-1)?.id ?? upTo);
    const { joinings, batch } = prepare(messages);
    size = nextSize(messages.length, batch.units.length);
    const result = pool.scan(batch);
    // A batch may fail while an earlier one is awaited, or when nobody waits any more because the run was stopped.
    result.catch(() => undefined);
    queue.push({ messages, joinings, screenedTo: after, result });
  }

  while (!ended || queue.length > 0) {
    context.checkCancelled();
    while (!ended && queue.length < pool.workers * 2) readNext();
    const next = queue.shift();
    if (next === undefined) break;
    onBatch({ ...next, result: await next.result });
    done += next.messages.length;
    rate.add(next.messages.length);
    context.progress({
      phase: 'screening',
      unit: 'messages',
      done: next.screenedTo - from,
      total: upTo - from,
      messages: done,
      rate: rate.perSecond(),
      remaining: rate.remaining(upTo - next.screenedTo),
    });
  }
}

function nextSize(messages: number, characters: number): number {
  if (messages === 0) return largestBatch;
  return Math.max(
    16,
    Math.min(largestBatch, Math.floor((charactersPerBatch * messages) / Math.max(1, characters))),
  );
}
