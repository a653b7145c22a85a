import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { ImportId } from '../../contract/ids.ts';
import { translateWriteError } from '../../platform/blobs/index.ts';
import type { Writer } from '../../platform/database/connection.ts';
import {
  beginBulkLoad,
  bulkLoadSteps,
  finishBulkLoad,
  isBulkLoading,
  waitForDisk,
} from '../../platform/database/sqlite/bulk-load.ts';
import { ImportStore } from '../../platform/database/sqlite/import-store.ts';
import type { JobContext, JobHandler } from '../../platform/jobs/protocol.ts';
import { recordAudit, systemActor } from '../audit/index.ts';
import { localDay } from '../calendar/model.ts';
import { ColumnMappingInput } from '../feeds/contract.ts';
import { readSettings } from '../settings/index.ts';
import { createDays } from './days.ts';
import { FeedWriter } from './feed-writer.ts';
import { FileTally } from './file-tally.ts';
import {
  type ImportFileRow,
  type ImportRow,
  findImport,
  listFiles,
  setFileSkipped,
  setFileState,
} from './import-repository.ts';
import { firstErrorOf, recordEnd } from './import-end.ts';
import { importRoster } from './import-roster.ts';
import { ImportWriter, isTooLarge, rememberMsgids } from './import-writer.ts';
import { MsgidIndex } from './msgid-index.ts';
import { createPace } from './pace.ts';
import type { Checkpoint, FeedOptions } from './read-archive.ts';
import { type ArchiveReader, type DeliveredPart, createArchiveReader } from './reader.ts';

const Input = z.object({ importId: ImportId });
/** As the database has it. */
const StoredCheckpoint = z.object({
  member: z.number().int(),
  layout: z.enum(['lines', 'values', 'xml']),
  /** Imports from before feeds have none. */
  of: z.enum(['chat', 'feed', 'whole']).default('chat'),
  position: z.number(),
  line: z.number().int(),
}) satisfies z.ZodType<Checkpoint>;

/** A job's start: imports what the import's files hold, from where an earlier run stopped. */
export const importJob: JobHandler = async (context, input) => {
  await runImport(context, Input.parse(input).importId);
};

/** Rows per transaction: a kill loses at most so many, and the screens wait some 200 ms for the writer's lock. */
const transactionRows = 32_768;
/** Batches of some 700 KiB that may be under way between reading and writing: one transaction's and the next's. */
const credits = 16;
/** A message's share of a file; measured on generated archives (364 MB for 1,000,000). Packed files are about 8 times denser. */
const bytesPerMessage = 364;
const packedRatio = 8;
/** From this many messages on, building the indexes afterwards is worth it. */
const bulkFrom = 100_000;
/** Beyond this the msgids of a bulk load would take too much memory (8 bytes a slot). */
const bulkTo = 20_000_000;

type Pace = ReturnType<typeof createPace>;

/**
 * Imports the files of an import that are not done yet. A file that can't be read is marked as failed, with its error, and
 * the others go on; where none could be read, the import has failed, and the first error is thrown at the end. After
 * `cancelled`, what was committed stays.
 */
export async function runImport(context: JobContext, importId: ImportId): Promise<void> {
  const { connection, clock } = context;
  const row = await findImport(connection.query, importId);
  if (row === undefined) throw new AppError('not-found', 'There is no such import.', { id: importId });
  const files = await listFiles(connection.query, [importId]);
  if (row.state !== 'running') {
    // The process died after the import's end and before its job's: the job ends as the import did, and nothing is recorded twice.
    const error = row.state === 'failed' ? firstErrorOf(files) : null;
    if (error !== null) throw error;
    return;
  }
  const open = files.filter((file) => file.state === 'waiting' || file.state === 'running');
  const pace = createPace(context, files, () => performance.now());

  const expected = row.kind === 'auto' || row.kind === 'chat' ? await expectedMessages(context, open) : 0;
  const bulk = isWorthBulk(context, expected) || isBulkLoading(connection);
  if (bulk) beginBulkLoad(connection, clock.now());
  waitForDisk(connection, false);
  let failure: unknown = null;
  const reader = createArchiveReader();
  try {
    let index = bulk ? rememberMsgids(connection, expected) : new MsgidIndex();
    const { timeZone } = await readSettings(connection.query);
    const dayOf = createDays(timeZone);
    const feeds = feedOptions(row, timeZone);
    for (const file of open) {
      await change(context, (writer) => setFileState(writer, file.id, 'running', null));
      try {
        index = await importFile(context, file, row.kind, { bulk, index, dayOf, pace, feeds, reader });
      } catch (thrown) {
        const error = translateWriteError(thrown);
        if (!(error instanceof AppError) || !isAboutFile(error)) throw error;
        await change(context, (writer) =>
          setFileState(writer, file.id, 'failed', JSON.stringify(error.toBody())),
        );
      }
      pace.finished(file);
      // Screens would read the message table whole while it has no indexes: they hear of it at the end.
      if (bulk) context.changed('imports');
      else context.changed('imports', 'archive', 'handovers');
    }
  } catch (thrown) {
    failure = translateWriteError(thrown);
  } finally {
    await reader.close();
  }
  try {
    if (bulk) finishBulkLoad(connection, (done) => pace.indexing(done, bulkLoadSteps));
  } catch (thrown) {
    // The mark of the bulk load stays: the indexes are built when the workspace is opened, or by the next import.
    failure ??= translateWriteError(thrown);
  } finally {
    waitForDisk(connection, true);
  }
  if (failure !== null) throw failure;
  const error = await finish(context, importId);
  // A new message is one more that no run has looked at: that count is a topic of hits.
  context.changed('imports', 'archive', 'hits', 'handovers');
  if (error !== null) throw error;
}

/** What feeds are read with. The import's day is that of its start: one that is resumed a day later is still of that day. */
function feedOptions(row: ImportRow, timeZone: string): FeedOptions {
  const mapping = row.mapping === null ? null : ColumnMappingInput.parse(JSON.parse(row.mapping));
  return { asOf: row.as_of, today: localDay(row.started_at, timeZone), timeZone, mapping };
}

/** True for errors that concern one file, so that the others can go on. */
function isAboutFile(error: AppError): boolean {
  return error.code !== 'cancelled' && error.code !== 'disk-full' && error.code !== 'workspace-read-only';
}

async function expectedMessages({ blobs }: JobContext, files: readonly ImportFileRow[]): Promise<number> {
  let expected = 0;
  for (const file of files) {
    const packed = /\.(?:gz|zip)$/i.test(file.name) ? packedRatio : 1;
    expected += ((await blobs.size(file.blob_id)) * packed) / bytesPerMessage;
  }
  return Math.min(Math.ceil(expected), bulkTo);
}

function isWorthBulk({ connection }: JobContext, expected: number): boolean {
  const present = new ImportStore(connection).lastMessageId();
  return expected >= bulkFrom && expected >= present && expected + present < bulkTo;
}

interface FileOptions {
  readonly bulk: boolean;
  readonly index: MsgidIndex;
  readonly dayOf: (at: number) => string;
  readonly pace: Pace;
  readonly feeds: FeedOptions;
  readonly reader: ArchiveReader;
}

/** Parts that are written together: one transaction each. */
interface Waiting {
  readonly parts: DeliveredPart[];
  rows: number;
}

async function importFile(
  context: JobContext,
  file: ImportFileRow,
  expected: ImportRow['kind'],
  options: FileOptions,
): Promise<MsgidIndex> {
  const { connection, clock, blobs } = context;
  const checkpoint = file.checkpoint === null ? null : StoredCheckpoint.parse(JSON.parse(file.checkpoint));
  let index = options.index;
  const tally = new FileTally(file);
  const now = clock.now();
  const open = () => new ImportWriter(connection, { id: file.id, tally }, { ...options, index, now });
  let writer = open();
  const source = { id: file.id, name: file.name, blobId: file.blob_id };
  const feedWriter = new FeedWriter(connection, source, tally, now);
  let hasFacts = checkpoint?.of === 'feed';
  const waiting: Waiting = { parts: [], rows: 0 };

  /** What waits is of one kind: a part of another has it written first. */
  const write = (isLast: boolean) => {
    const parts = waiting.parts.map(({ part }) => part);
    const entries = parts.filter((part) => part.type === 'entries');
    const records = parts.filter((part) => part.type === 'records');
    const last = [...entries, ...records].at(-1);
    if (last !== undefined) {
      if (entries.length > 0)
        writer.write(
          entries.map((part) => part.batch),
          entries.some((part) => part.kind === 'chat') ? 'chat' : null,
          last.checkpoint,
          isLast,
        );
      if (records.length > 0)
        feedWriter.write(
          records.map((part) => part.batch),
          last.checkpoint,
        );
      const { read, quarantined } = tally.counts;
      options.pace.read(file, last.consumed, records.length > 0 ? 0 : read - quarantined);
    }
    for (const part of waiting.parts) part.release();
    waiting.parts.length = 0;
    waiting.rows = 0;
  };

  const parts = options.reader.read({
    path: await blobs.path(file.blob_id),
    fileName: file.name,
    expected,
    checkpoint,
    feeds: options.feeds,
    credits,
  });
  try {
    for await (const delivered of parts) {
      context.checkCancelled();
      const { part } = delivered;
      if (waiting.parts.some((before) => before.part.type !== part.type)) write(true);
      if (part.type === 'people') {
        await change(context, (transaction) => importRoster(transaction, context, file, tally, part));
        delivered.release();
        continue;
      }
      if (part.type === 'skipped') {
        const note = { names: [...part.names], count: part.count };
        await change(context, (transaction) => setFileSkipped(transaction, file.id, JSON.stringify(note)));
        delivered.release();
        continue;
      }
      if (part.type === 'records') hasFacts = true;
      waiting.parts.push(delivered);
      waiting.rows += part.type === 'entries' ? part.batch.rows : part.batch.records.length;
      waiting.rows += part.batch.quarantined.length;
      // Half of the credits at most wait here, so that the reader never stands still.
      if (waiting.rows >= transactionRows || waiting.parts.length >= credits / 2) write(false);
      if (!options.bulk && isTooLarge(index)) {
        index = new MsgidIndex();
        writer = open();
      }
    }
    write(true);
    if (tally.kind === 'unknown' && tally.counts.read === 0) throw nothingIn(file.name);
  } catch (error) {
    // What was read before the file turned out to be damaged is kept; a cancelled import keeps what is committed.
    if (error instanceof AppError && isAboutFile(error)) {
      write(true);
      if (hasFacts) await change(context, (transaction) => recordFeed(transaction, context, file, tally));
    }
    throw error;
  }
  await change(context, async (transaction) => {
    await setFileState(transaction, file.id, 'done', null);
    if (hasFacts) await recordFeed(transaction, context, file, tally);
  });
  return index;
}

/** Thrown for a file with nothing in it, of which nobody can tell what the nothing is of: `[]`. */
function nothingIn(fileName: string): AppError {
  return new AppError(
    'file-empty',
    `${fileName} holds no record, nor anything that says what it has none of: nothing was imported. Get it again, or, if that ` +
      'was to be expected, say what it is (--kind).',
    { file: fileName },
  );
}

/** The audit event of a file that facts came from. */
async function recordFeed(
  writer: Writer,
  { clock }: JobContext,
  file: ImportFileRow,
  tally: FileTally,
): Promise<void> {
  await recordAudit(writer, clock, systemActor, {
    action: 'archive.feedImported',
    recordKind: 'import',
    recordId: file.import_id,
    after: { blobId: file.blob_id },
    details: { file: file.ordinal, kind: tally.kind, ...tally.counts },
  });
}

async function change({ connection }: JobContext, work: (writer: Writer) => Promise<void>): Promise<void> {
  await connection.query.transaction().execute(work);
}

/** Ends the import; answers the error that it ended with. A file that failed among others is that file's own matter. */
async function finish(context: JobContext, importId: ImportId): Promise<AppError | null> {
  const files = await listFiles(context.connection.query, [importId]);
  const error = files.every((file) => file.state === 'failed') ? firstErrorOf(files) : null;
  const state = error === null ? 'done' : 'failed';
  await change(context, (writer) =>
    recordEnd(writer, context.clock, { importId, state, error: error?.code ?? null }),
  );
  return error;
}
