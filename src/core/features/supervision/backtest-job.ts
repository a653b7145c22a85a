import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { BacktestId } from '../../contract/ids.ts';
import { countMessages, prepareMessageById } from '../../platform/database/sqlite/message-scan.ts';
import type { JobContext, JobHandler } from '../../platform/jobs/protocol.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import {
  type BacktestRecord,
  contentHashOf,
  findBacktest,
  loadActiveSuppressions,
  storeResult,
} from '../lexicons/index.ts';
import { screenArchive } from './archive-screening.ts';
import { createComparison, cutMessages } from './backtest-comparison.ts';
import { loadRunEntries, placeHits } from './found-hits.ts';
import { findNewestMessage } from './run-repository.ts';
import { coversEverything } from './screening-runs.ts';

const Input = z.object({ backtestId: BacktestId });

/**
 * Screens the archive, or about one of so many messages of it, with a draft and with the version that it is to replace, in one
 * pass, and stores how the hits differ. Nothing is stored before the end: a backtest that was interrupted begins again.
 */
export const backtestJob: JobHandler = async (context, input) => {
  const { backtestId } = Input.parse(input);
  const reader = context.connection.query;
  const test = await findBacktest(reader, backtestId);
  if (test === undefined) throw new Error(`backtest ${backtestId} is not stored`);
  // The process died after the backtest's end and before its job's.
  if (test.state === 'done') return;

  const { contentHash, draft, published } = await loadSides(context, test);
  const comparison = createComparison(draft, published);
  const filter = ArchiveFilter.parse(JSON.parse(test.filter));
  const upTo = (await findNewestMessage(reader)) ?? 0;
  const every =
    test.sample === null
      ? 1
      : Math.max(1, Math.round(countMessages(context.connection, filter) / test.sample));
  const readMessage = prepareMessageById(context.connection);
  let messages = 0;
  let cut = 0;
  if (upTo > 0) {
    await screenArchive(
      context,
      {
        from: 0,
        upTo,
        selection: { filter, every },
        everyMessage: every === 1 && coversEverything(filter),
        start: {
          entries: comparison.entries,
          suppressions: await loadActiveSuppressions(reader, context.clock.now()),
          force: null,
        },
        messagesBefore: 0,
      },
      (batch) => {
        messages += batch.messages.length;
        const left = cutMessages(batch);
        cut += left.size;
        comparison.compare((onHit) => placeHits(batch, readMessage, onHit), left);
      },
    );
  }
  const { terms, samples } = comparison.result();
  await context.connection.query.transaction().execute(async (writer) => {
    await storeResult(
      writer,
      backtestId,
      { contentHash, messages, cut, terms, samples },
      context.clock.now(),
    );
    const done = await findBacktest(writer, backtestId);
    await recordAudit(writer, context.clock, systemActor, {
      action: 'lexicons.backtestFinished',
      recordKind: 'backtest',
      recordId: backtestId,
      details: {
        messages,
        // Of those, the ones that were not compared: they have more hits than a limit lets through.
        cut,
        added: done?.added ?? 0,
        removed: done?.removed ?? 0,
        kept: done?.kept ?? 0,
        contentHash,
      },
    });
  });
  context.changed('lexicons', 'audit');
};

/** Both sides' entries and the draft's hash. Read again where the draft was edited while it was read. */
async function loadSides({ connection: { query } }: JobContext, test: BacktestRecord) {
  for (;;) {
    const contentHash = await contentHashOf(query, test.versionId);
    if (contentHash === null) {
      throw new AppError('not-found', 'The draft was discarded before the backtest began.', {
        id: test.versionId,
      });
    }
    const draft = await loadRunEntries(query, [test.versionId]);
    const published = test.againstId === null ? [] : await loadRunEntries(query, [test.againstId]);
    if ((await contentHashOf(query, test.versionId)) === contentHash)
      return { contentHash, draft, published };
  }
}
