import { availableParallelism } from 'node:os';

import { z } from 'zod';

import { MessageId, ScreeningRunId } from '../../contract/ids.ts';
import {
  type NewHit,
  type StoreBatch,
  prepareBatchWriter,
} from '../../platform/database/sqlite/hits-bulk.ts';
import type { JobContext, JobHandler } from '../../platform/jobs/protocol.ts';
import { type ScanPool, createScanPool } from '../../platform/scan-pool.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { type ScannedMessage, scanMessages } from '../archive/index.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { type ScanHits, foldOrder, packTexts } from '../screening/index.ts';
import { type RunTerm, createHitMaker, loadRunTerms } from './found-hits.ts';
import { createRate } from './rate.ts';
import {
  type RunRecord,
  findNewestMessage,
  findRun,
  finishRun,
  selectCoverage,
  selectRunLexicons,
} from './run-repository.ts';
import { coversEverything } from './screening-runs.ts';

/** Most messages in a batch: one transaction and one round trip to a worker for each. */
const largestBatch = 4_096;
/** Characters that a batch aims at: some 16 MB under way at two batches per worker, whatever the messages' length. */
const charactersPerBatch = 1 << 20;
/** Reading and storing keep one core busy; a worker scans faster than that thread reads (test/benchmarks/screening). */
const mostWorkers = 4;
/** How often the table of hits is told to look again while a run goes on. */
const announceInterval = 1_000;

const Input = z.object({ runId: ScreeningRunId });

export const screeningJob: JobHandler = (context, input) => runScreening(context, Input.parse(input).runId);

/**
 * Screens the messages that a run covers, in the order of their ids, from where it stopped. Each batch's hits and how
 * far the run is are stored in one transaction; a hit that an earlier run found is left as it is.
 */
export async function runScreening(context: JobContext, runId: ScreeningRunId): Promise<void> {
  const reader = context.connection.query;
  const run = await findRun(reader, runId);
  if (run === undefined) throw new Error(`screening run ${runId} is not stored`);
  // The process died after the run's end and before its job's: there is nothing left to do.
  if (run.state === 'done') return;

  const filter = ArchiveFilter.parse(JSON.parse(run.filter));
  const versionIds = (await selectRunLexicons(reader, [runId])).map((entry) => entry.versionId);
  const coverage = await selectCoverage(reader, versionIds);
  const seenBy = (term: RunTerm) => (run.onlyNew === 1 ? (coverage.get(term.versionId) ?? 0) : 0);
  const seenByAll = run.onlyNew === 1 ? Math.min(...versionIds.map((id) => coverage.get(id) ?? 0)) : 0;

  const from = Math.max(run.screenedTo, seenByAll);
  const upTo = (await findNewestMessage(reader)) ?? from;
  if (upTo > from) {
    const terms = await loadRunTerms(reader, versionIds);
    const makeHits = createHitMaker(terms, terms.map(seenBy));
    const store = prepareBatchWriter(context.connection.handle);
    const pool = createScanPool(
      Math.min(mostWorkers, Math.max(1, availableParallelism() - 1)),
      terms,
      foldOrder,
    );
    try {
      const covers = coversEverything(filter) ? versionIds : [];
      await screenAll(context, pool, { run, filter, from, upTo, makeHits, store, covers });
    } finally {
      await pool.close();
    }
  }
  await finish(context, runId);
}

interface Work {
  readonly run: RunRecord;
  readonly filter: ArchiveFilter;
  readonly from: number;
  readonly upTo: number;
  readonly makeHits: (messages: readonly ScannedMessage[], found: ScanHits) => readonly NewHit[];
  readonly store: StoreBatch;
  readonly covers: Parameters<StoreBatch>[0]['covers'];
}

interface UnderWay {
  readonly messages: readonly ScannedMessage[];
  readonly screenedTo: number;
  readonly found: Promise<ScanHits>;
}

/** Reads ahead while the workers scan, and stores batches in their order: `screened_to` may only ever move forward. */
async function screenAll(context: JobContext, pool: ScanPool, work: Work): Promise<void> {
  const { run, from, upTo } = work;
  const queue: UnderWay[] = [];
  const rate = createRate(context.clock);
  let after = from;
  let size = largestBatch / 8;
  let ended = false;
  let messages = run.messages;
  let announcedAt = context.clock.now();

  function readNext(): void {
    const rows = scanMessages(context.connection, after, upTo, work.filter, size);
    ended = rows.length < size;
    after = ended ? upTo : (rows.at(-1)?.id ?? upTo);
    const batch = packTexts(rows.map((row) => row.text));
    size = nextSize(rows.length, batch.units.length);
    const found = pool.scan(batch);
    // A batch may fail while an earlier one is awaited, or when nobody waits any more because the run was stopped.
    found.catch(() => undefined);
    queue.push({ messages: rows, screenedTo: after, found });
  }

  while (!ended || queue.length > 0) {
    context.checkCancelled();
    while (!ended && queue.length < pool.workers * 2) readNext();
    const next = queue.shift();
    if (next === undefined) break;
    const hits = work.makeHits(next.messages, await next.found);
    const added = work.store({
      runId: run.id,
      screenedTo: MessageId.parse(next.screenedTo),
      messages: next.messages.length,
      hits,
      covers: work.covers,
    });
    messages += next.messages.length;
    rate.add(next.messages.length);
    context.progress({
      phase: 'screening',
      unit: 'messages',
      done: next.screenedTo - from,
      total: upTo - from,
      messages,
      rate: rate.perSecond(),
      remaining: rate.remaining(upTo - next.screenedTo),
    });
    const now = context.clock.now();
    if (added > 0 && now - announcedAt > announceInterval) {
      announcedAt = now;
      context.changed('hits');
    }
  }
}

function nextSize(messages: number, characters: number): number {
  if (messages === 0) return largestBatch;
  return Math.max(
    16,
    Math.min(largestBatch, Math.floor((charactersPerBatch * messages) / Math.max(1, characters))),
  );
}

async function finish(context: JobContext, runId: ScreeningRunId): Promise<void> {
  await context.connection.query.transaction().execute(async (writer) => {
    await finishRun(writer, runId, context.clock.now());
    const run = await findRun(writer, runId);
    await recordAudit(writer, context.clock, systemActor, {
      action: 'supervision.screeningFinished',
      recordKind: 'screening-run',
      recordId: runId,
      details: { messages: run?.messages ?? 0, hits: run?.hits ?? 0 },
    });
  });
  context.changed('hits', 'runs', 'audit');
}
