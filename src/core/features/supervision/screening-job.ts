import { z } from 'zod';

import { type LexiconVersionId, MessageId, ScreeningRunId } from '../../contract/ids.ts';
import { prepareBatchWriter } from '../../platform/database/sqlite/hits-bulk.ts';
import { prepareMessageById } from '../../platform/database/sqlite/message-scan.ts';
import type { JobContext, JobHandler } from '../../platform/jobs/protocol.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { loadActiveSuppressions } from '../lexicons/index.ts';
import { type ArchiveScan, type ScreenedBatch, screenArchive } from './archive-screening.ts';
import { type RunEntry, createHitMaker, loadRunEntries, screenerEntryOf } from './found-hits.ts';
import {
  type RunRecord,
  findNewestMessage,
  findRun,
  finishRun,
  selectCoverage,
  selectRunLexicons,
} from './run-repository.ts';
import { coversEverything } from './screening-runs.ts';

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
  const seenBy = (versionId: LexiconVersionId) => (run.onlyNew === 1 ? (coverage.get(versionId) ?? 0) : 0);

  const from = Math.max(run.screenedTo, Math.min(...versionIds.map(seenBy)));
  const upTo = (await findNewestMessage(reader)) ?? from;
  if (upTo > from) {
    const entries = await loadRunEntries(reader, versionIds);
    const everyMessage = coversEverything(filter);
    const scan: ArchiveScan = {
      from,
      upTo,
      selection: { filter, every: 1 },
      everyMessage,
      start: {
        entries: entries.map(screenerEntryOf),
        // As they stand when the run begins; one that is taken up again begins again.
        suppressions: await loadActiveSuppressions(reader, context.clock.now()),
        force: null,
      },
      messagesBefore: run.messages,
    };
    const seenTo = entries.map((entry) => seenBy(entry.versionId));
    await screenArchive(
      context,
      scan,
      createStorer(context, run, entries, seenTo, everyMessage ? versionIds : []),
    );
  }
  await finish(context, runId);
}

/** Stores batch after batch, and says now and then that there are hits to look at. */
function createStorer(
  context: JobContext,
  run: RunRecord,
  entries: readonly RunEntry[],
  seenTo: readonly number[],
  covers: readonly LexiconVersionId[],
): (batch: ScreenedBatch) => void {
  const store = prepareBatchWriter(context.connection.handle);
  const makeHits = createHitMaker(entries, seenTo, prepareMessageById(context.connection));
  let announcedAt = context.clock.now();
  return (batch) => {
    const { messages, joinings, result, screenedTo } = batch;
    // A message is cut once, also where several windows that it makes are.
    const cut = new Set(
      Array.from(result.cut, (text) => messages[text]?.id ?? joinings[text - messages.length]?.trigger),
    );
    const added = store({
      runId: run.id,
      screenedTo: MessageId.parse(screenedTo),
      messages: messages.length,
      cut: cut.size,
      hits: makeHits(batch),
      covers,
    });
    const now = context.clock.now();
    if (added > 0 && now - announcedAt > announceInterval) {
      announcedAt = now;
      context.changed('hits');
    }
  };
}

async function finish(context: JobContext, runId: ScreeningRunId): Promise<void> {
  await context.connection.query.transaction().execute(async (writer) => {
    await finishRun(writer, runId, context.clock.now());
    const run = await findRun(writer, runId);
    await recordAudit(writer, context.clock, systemActor, {
      action: 'supervision.screeningFinished',
      recordKind: 'screening-run',
      recordId: runId,
      details: { messages: run?.messages ?? 0, hits: run?.hits ?? 0, cut: run?.cut ?? 0 },
    });
  });
  context.changed('hits', 'runs', 'audit');
}
