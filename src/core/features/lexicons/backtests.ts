import { setImmediate as nextTurn } from 'node:timers/promises';

import { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import { BacktestId, JobId, type LexiconVersionId, type TermId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { fieldsOf, maskPersonalData } from '../archive/model.ts';
import { recordAudit } from '../audit/index.ts';
import { insertJob } from '../jobs/index.ts';
import { foldNames } from '../screening/model.ts';
import { excerptAround } from '../supervision/model.ts';
import {
  type BacktestRecord,
  type BacktestSampleRecord,
  findBacktest,
  insertBacktest,
  selectBacktestSamples,
  selectBacktestTerms,
  selectBacktests,
  selectTermsAfter,
} from './backtest-repository.ts';
import type { BacktestSample, BacktestView, backtestsContract } from './backtest-contract.ts';
import type { TermInput } from './contract.ts';
import { requireDraft } from './drafts.ts';
import { settingsOf } from './options.ts';
import { selectLastChange, selectVersion } from './repository.ts';
import { hashVersion, loadLexicon, severityOfRank, termOf } from './views.ts';

/** The procedures of backtests. The job that does one is supervision/backtest-job.ts: it screens as a run does. */
export function createBacktestHandlers(services: Services): Handlers<typeof backtestsContract> {
  const { clock, ids } = services;
  const reader = services.connection.query;
  const hashOf = createHashes(reader);
  const toViews = (records: readonly BacktestRecord[]) => viewsOf(records, hashOf);

  return {
    async 'lexicons.startBacktest'({ versionId, sample, filter }, context) {
      const user = requireUser(context);
      const [id, jobId] = [ids.next(BacktestId), ids.next(JobId)];
      const input = { backtestId: id };
      await reader.transaction().execute(async (writer) => {
        const draft = await requireDraft(writer, versionId);
        const { published } = await loadLexicon(writer, draft.lexicon_id);
        await insertJob(writer, {
          id: jobId,
          kind: 'backtest',
          input,
          startedBy: user.userId,
          at: clock.now(),
        });
        const test = {
          id,
          lexicon_id: draft.lexicon_id,
          version_id: versionId,
          against_id: published?.id ?? null,
          sample,
          filter: JSON.stringify(filter),
        };
        await insertBacktest(writer, {
          ...test,
          job_id: jobId,
          // Until it is done: the job reads the draft when its turn comes, and stores the hash of what it read.
          content_hash: '',
          state: 'running',
          started_by: user.userId,
          started_at: clock.now(),
          finished_at: null,
        });
        await recordAudit(writer, clock, user, {
          action: 'lexicons.startBacktest',
          recordKind: 'backtest',
          recordId: id,
          after: test,
          details: { lexiconId: draft.lexicon_id, against: published?.number ?? null, sample },
        });
      });
      services.jobs.enqueue({ jobId, kind: 'backtest', input });
      services.emit({ type: 'changed', topics: ['lexicons', 'audit'] });
      const [view] = await toViews([await requireBacktest(reader, id)]);
      if (view === undefined) throw new Error(`backtest ${id} was not stored`);
      return view;
    },

    async 'lexicons.backtests'({ lexiconId }) {
      await loadLexicon(reader, lexiconId);
      return toViews(await selectBacktests(reader, lexiconId));
    },

    async 'lexicons.backtestTerms'({ id, offset, limit }) {
      await requireBacktest(reader, id);
      const { rows, total } = await selectBacktestTerms(reader, id, { offset, limit });
      return {
        terms: rows.map(({ term_key, term, category, severity, added, removed, kept }) => ({
          key: term_key,
          term,
          category,
          severity: severityOfRank(severity),
          added,
          removed,
          kept,
        })),
        total,
      };
    },

    async 'lexicons.backtestSamples'({ id, key }) {
      await requireBacktest(reader, id);
      return (await selectBacktestSamples(reader, id, key)).map(sampleView);
    },
  };
}

async function requireBacktest(reader: Reader, id: BacktestId): Promise<BacktestRecord> {
  const record = await findBacktest(reader, id);
  if (record === undefined) throw new AppError('not-found', 'There is no such backtest.', { id });
  return record;
}

type HashOf = (record: Pick<BacktestRecord, 'lexiconId' | 'versionId'>) => Promise<string | null>;

/** Versions whose hash is remembered: those of the drafts that people work on at a time. */
const mostHashes = 50;

/** Hashes of versions, worked out again only when something about their lexicon has changed. */
function createHashes(reader: Reader): HashOf {
  const known = new Map<LexiconVersionId, { readonly change: number; readonly hash: string | null }>();
  return async ({ lexiconId, versionId }) => {
    const change = await selectLastChange(reader, lexiconId);
    const last = known.get(versionId);
    if (last?.change === change) return last.hash;
    const hash = await contentHashOf(reader, versionId);
    if (known.size >= mostHashes) known.clear();
    known.set(versionId, { change, hash });
    return hash;
  };
}

/** Backtests as people see them. */
async function viewsOf(records: readonly BacktestRecord[], hashOf: HashOf): Promise<BacktestView[]> {
  const hashes = new Map<LexiconVersionId, string | null>();
  for (const record of records) {
    if (record.state === 'done' && !hashes.has(record.versionId))
      hashes.set(record.versionId, await hashOf(record));
  }
  return records.map((record) => ({
    id: record.id,
    jobId: record.jobId,
    lexiconId: record.lexiconId,
    versionId: record.versionId,
    against: record.againstId,
    state: stateOf(record),
    sample: record.sample,
    filter: ArchiveFilter.parse(JSON.parse(record.filter)),
    startedBy: record.startedBy,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt ?? record.jobFinishedAt,
    messages: record.messages,
    added: record.added,
    removed: record.removed,
    kept: record.kept,
    cut: record.cut,
    outdated: record.state === 'done' && hashes.get(record.versionId) !== record.contentHash,
  }));
}

/** A backtest says itself when it is done; until then, its job knows what became of it. */
function stateOf(record: BacktestRecord): BacktestView['state'] {
  if (record.state === 'done') return 'done';
  switch (record.jobState) {
    case 'queued':
    case 'running':
    case 'succeeded':
      return 'running';
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return record.jobState;
  }
}

/** Terms read between two turns of the thread: some 5 ms, which nobody who waits for an answer notices. */
const termsPerTurn = 2_000;

/**
 * The hash that the version has, or would have if it were published now; null where there is none of this id any more.
 * Gives way between pages: other calls are answered meanwhile.
 */
export async function contentHashOf(reader: Reader, id: LexiconVersionId): Promise<string | null> {
  const version = await selectVersion(reader, id);
  if (version === undefined) return null;
  if (version.content_hash !== null) return version.content_hash;
  const terms: TermInput[] = [];
  for (let after: TermId | null = null; ;) {
    const page = await selectTermsAfter(reader, id, after, termsPerTurn);
    for (const row of page) terms.push(termOf(row));
    const last = page.at(-1);
    if (last === undefined || page.length < termsPerTurn) break;
    after = last.id;
    await nextTurn();
  }
  return hashVersion(settingsOf(version.settings), terms);
}

const Folds = z.array(z.enum(foldNames));

function sampleView(record: BacktestSampleRecord): BacktestSample {
  const field = fieldsOf(record.kind, record.body, record.text).find(
    (entry) => entry.path === record.field && entry.text.length >= record.end,
  );
  if (field === undefined) throw new Error(`message ${record.message_id} has no field ${record.field}`);
  const { excerpt, excerptStart } = excerptAround(field.text, record.start, record.end, maskPersonalData);
  return {
    change: record.change,
    messageId: record.message_id,
    conversationId: record.conversationId,
    sender: record.sender,
    sentAt: record.sentAt,
    text: excerpt.slice(excerptStart, excerptStart + record.end - record.start),
    folds: Folds.parse(JSON.parse(record.folds)),
    excerpt,
    excerptStart,
  };
}
