import type { Insertable } from 'kysely';

import type {
  BacktestId,
  ConversationId,
  JobId,
  LexiconId,
  LexiconVersionId,
  Milliseconds,
  TermId,
  TermKey,
} from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';

/** Most backtests of one lexicon that a list shows. */
const mostListed = 100;
/** Eight values a row: far below the 32,766 parameters that SQLite takes in a statement. */
const rowsPerInsert = 1_000;
/** More than a backtest keeps of one term (supervision/backtest-comparison.ts). */
const mostSamples = 100;

export type BacktestTermRow = Omit<Tables['backtest_terms'], 'backtest_id'>;
export type BacktestSampleRow = Omit<Tables['backtest_samples'], 'backtest_id'>;

/** A backtest, with the job that does it: one that is not done stands where its job stands. */
export interface BacktestRecord {
  readonly id: BacktestId;
  readonly jobId: JobId;
  readonly jobState: Tables['jobs']['state'];
  readonly jobFinishedAt: Milliseconds | null;
  readonly lexiconId: LexiconId;
  readonly versionId: LexiconVersionId;
  readonly againstId: LexiconVersionId | null;
  readonly contentHash: string;
  readonly state: Tables['backtests']['state'];
  readonly sample: number | null;
  readonly filter: string;
  readonly messages: number;
  readonly added: number;
  readonly removed: number;
  readonly kept: number;
  readonly cut: number;
  readonly startedBy: string;
  readonly startedAt: Milliseconds;
  readonly finishedAt: Milliseconds | null;
}

function backtests(reader: Reader) {
  return reader
    .selectFrom('backtests as test')
    .innerJoin('jobs as job', 'job.id', 'test.job_id')
    .innerJoin('users as user', 'user.id', 'test.started_by')
    .select([
      'test.id as id',
      'test.job_id as jobId',
      'job.state as jobState',
      'job.finished_at as jobFinishedAt',
      'test.lexicon_id as lexiconId',
      'test.version_id as versionId',
      'test.against_id as againstId',
      'test.content_hash as contentHash',
      'test.state as state',
      'test.sample as sample',
      'test.filter as filter',
      'test.messages as messages',
      'test.added as added',
      'test.removed as removed',
      'test.kept as kept',
      'test.cut as cut',
      'user.display_name as startedBy',
      'test.started_at as startedAt',
      'test.finished_at as finishedAt',
    ]);
}

export async function insertBacktest(writer: Writer, row: Insertable<Tables['backtests']>): Promise<void> {
  await writer.insertInto('backtests').values(row).execute();
}

export async function findBacktest(reader: Reader, id: BacktestId): Promise<BacktestRecord | undefined> {
  return backtests(reader).where('test.id', '=', id).executeTakeFirst();
}

/** The lexicon's, newest first. */
export async function selectBacktests(
  reader: Reader,
  lexiconId: LexiconId,
): Promise<readonly BacktestRecord[]> {
  return backtests(reader)
    .where('test.lexicon_id', '=', lexiconId)
    .orderBy('test.started_at', 'desc')
    .orderBy('test.id', 'desc')
    .limit(mostListed)
    .execute();
}

export interface BacktestResult {
  readonly contentHash: string;
  readonly messages: number;
  readonly cut: number;
  readonly terms: readonly BacktestTermRow[];
  readonly samples: readonly BacktestSampleRow[];
}

/** Stores what a backtest found and that it is done. In one transaction, so that there is nothing half of it. */
export async function storeResult(
  writer: Writer,
  id: BacktestId,
  result: BacktestResult,
  at: Milliseconds,
): Promise<void> {
  for (let from = 0; from < result.terms.length; from += rowsPerInsert) {
    await writer
      .insertInto('backtest_terms')
      .values(result.terms.slice(from, from + rowsPerInsert).map((row) => ({ ...row, backtest_id: id })))
      .execute();
  }
  for (let from = 0; from < result.samples.length; from += rowsPerInsert) {
    await writer
      .insertInto('backtest_samples')
      .values(result.samples.slice(from, from + rowsPerInsert).map((row) => ({ ...row, backtest_id: id })))
      .execute();
  }
  const sum = (of: 'added' | 'removed' | 'kept') => result.terms.reduce((total, row) => total + row[of], 0);
  await writer
    .updateTable('backtests')
    .set({
      state: 'done',
      content_hash: result.contentHash,
      finished_at: at,
      messages: result.messages,
      cut: result.cut,
      added: sum('added'),
      removed: sum('removed'),
      kept: sum('kept'),
    })
    .where('id', '=', id)
    .execute();
}

/** What changed by term: the largest change first, then the most that stayed. */
export async function selectBacktestTerms(
  reader: Reader,
  id: BacktestId,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ readonly rows: readonly BacktestTermRow[]; readonly total: number }> {
  const rows = await reader
    .selectFrom('backtest_terms')
    .selectAll()
    .where('backtest_id', '=', id)
    .orderBy(({ eb }) => eb('added', '+', eb.ref('removed')), 'desc')
    .orderBy('kept', 'desc')
    .orderBy('term')
    .orderBy('term_key')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  const { total } = await reader
    .selectFrom('backtest_terms')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('backtest_id', '=', id)
    .executeTakeFirstOrThrow();
  return { rows, total };
}

export interface BacktestSampleRecord extends BacktestSampleRow {
  readonly conversationId: ConversationId | null;
  readonly sender: string | null;
  readonly sentAt: Milliseconds;
  readonly kind: string;
  readonly text: string;
  readonly body: string | null;
}

/** Places where a term's hits changed, with their messages: what is added first, each in the order of the archive. */
export async function selectBacktestSamples(
  reader: Reader,
  id: BacktestId,
  key: TermKey,
): Promise<readonly BacktestSampleRecord[]> {
  return reader
    .selectFrom('backtest_samples as sample')
    .innerJoin('messages as message', 'message.id', 'sample.message_id')
    .leftJoin('people as person', 'person.id', 'message.sender_id')
    .select([
      'sample.term_key as term_key',
      'sample.change as change',
      'sample.message_id as message_id',
      'sample.field as field',
      'sample.start as start',
      'sample.end as end',
      'sample.folds as folds',
      'message.conversation_id as conversationId',
      'message.sent_at as sentAt',
      'message.kind as kind',
      'message.text as text',
      'message.body as body',
    ])
    .select(({ fn }) => fn.coalesce('person.name', 'person.external_id').as('sender'))
    .where('sample.backtest_id', '=', id)
    .where('sample.term_key', '=', key)
    .orderBy('sample.change')
    .orderBy('sample.message_id')
    .orderBy('sample.start')
    .limit(mostSamples)
    .execute();
}

/** A version's terms after this one (null: from the first), in the order of their ids. */
export async function selectTermsAfter(
  reader: Reader,
  versionId: LexiconVersionId,
  after: TermId | null,
  limit: number,
) {
  return reader
    .selectFrom('terms')
    .selectAll()
    .where('version_id', '=', versionId)
    .$if(after !== null, (query) => query.where('id', '>', after))
    .orderBy('id')
    .limit(limit)
    .execute();
}
