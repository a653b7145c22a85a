import { AppError } from '../../contract/errors.ts';
import { type BlobId, type ImportId, Milliseconds, ScreeningRunId } from '../../contract/ids.ts';
import type { JobContext, JobHandler } from '../../platform/jobs/protocol.ts';
import { ArchiveFilter } from '../archive/contract.ts';
import { createImport, runImport } from '../archive/index.ts';
import type { Actor } from '../audit/index.ts';
import { createScreeningRun, decideHits, runScreening } from '../supervision/index.ts';
import type { ReasonCode } from '../supervision/model.ts';
import { findAccount } from '../users/index.ts';
import type { DeparturePlan } from './departures/plan.ts';
import { openings, settleDepartures } from './departures/play.ts';
import { generateDemo, planDemo } from './generate.ts';
import { createHands } from './hands.ts';
import { playPast } from './materials/play.ts';
import { demoOptions, madeAt } from './size.ts';
import { type OpenHit, findDemoImport, findRunOfJob, listDemoFiles, listOpenHits } from './repository.ts';

// The demo's data goes the way that a bank's would: materials drafted, reviewed and approved over the months before; files into
// the blob store, imported, screened with the starter packs, and the older part of the hits decided by the demo's reviewer. A
// run that was cut short goes on where it stopped. Materials come first: they are in the past, and the audit log keeps to the
// order of time.

const day = 86_400_000;
/** Hits older than this have been decided; the newer ones are what a visitor finds waiting. */
const undecidedDays = 30;

/** Fills the demo workspace. Its accounts and lexicons are there already (features/workspaces). */
export const demoJob: JobHandler = async (context) => {
  const reviewer = await findReviewer(context);
  step(context, 0);
  const plan = planDemo(demoOptions(await madeAt(context.connection.query, context.clock.now())));
  await playPast(context, openings(plan), (share) => step(context, share));
  step(context, 1);
  await importDemo(context, reviewer);
  step(context, 2);
  await screenDemo(context, reviewer);
  step(context, 3);
  await decideOlderHits(context, reviewer);
  step(context, 4);
  await playDepartures(context, plan);
  step(context, 5);
  context.changed(
    'archive',
    'imports',
    'hits',
    'runs',
    'materials',
    'products',
    'templates',
    'reviews',
    'approvals',
    'handovers',
    'audit',
  );
};

type Reviewer = Actor & { readonly userId: NonNullable<Actor['userId']> };

async function findReviewer(context: JobContext): Promise<Reviewer> {
  const account = await findAccount(context.connection.query, 'reviewer');
  if (account === undefined) {
    throw new AppError(
      'not-found',
      'The demo workspace has no account "reviewer". Delete it and open the demo again.',
    );
  }
  return { userId: account.id, userName: account.userName, displayName: account.displayName, host: 'system' };
}

function step(context: JobContext, done: number): void {
  context.checkCancelled();
  context.progress({ phase: 'demo', done, total: 5, unit: 'steps', messages: 0, rate: 0, remaining: null });
}

async function importDemo(context: JobContext, actor: Actor): Promise<void> {
  const earlier = await findDemoImport(context.connection.query);
  if (earlier?.state === 'done') return;
  // This job's own import: a job of its own would wait in the queue when the workspace is opened, and run once more.
  const id = earlier?.state === 'running' ? earlier.id : await startImport(context, actor, earlier?.id);
  await runImport(context, id);
}

/** An import that was cancelled has ended: the same files once more, since files of another day have other times. */
async function startImport(
  context: JobContext,
  actor: Actor,
  ended: ImportId | undefined,
): Promise<ImportId> {
  const files =
    ended === undefined ? await writeFiles(context) : await listDemoFiles(context.connection.query, ended);
  const { id } = await createImport(context, actor, { files, kind: 'auto' }, context.jobId);
  return id;
}

async function writeFiles(context: JobContext): Promise<{ blobId: BlobId; name: string }[]> {
  const made = await madeAt(context.connection.query, context.clock.now());
  const data = generateDemo(demoOptions(made));
  const write = async (name: string, text: string) => ({
    blobId: (await context.blobs.write(oneChunk(text))).id,
    name,
  });
  return [
    await write('roster.csv', data.rosterCsv),
    await write('customers.csv', data.customersCsv),
    await write('archive.jsonl', `${data.archive.join('\n')}\n`),
    ...(await Promise.all(data.feeds.map(({ name, text }) => write(name, text)))),
  ];
}

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}

/** What people do about the departures once the feeds are there, at the time of this run. */
async function playDepartures(context: JobContext, plan: DeparturePlan): Promise<void> {
  const hands = await createHands(context, context.clock);
  try {
    await settleDepartures(hands, plan);
  } finally {
    await hands.close();
  }
}

async function screenDemo(context: JobContext, actor: Actor): Promise<void> {
  const earlier = await findRunOfJob(context.connection.query, context.jobId);
  const id = earlier ?? context.ids.next(ScreeningRunId);
  if (earlier === undefined) {
    await context.connection.query.transaction().execute((writer) =>
      createScreeningRun(writer, context.clock, actor, {
        id,
        jobId: context.jobId,
        filter: ArchiveFilter.parse({}),
        lexiconIds: null,
        onlyNew: true,
      }),
    );
  }
  await runScreening(context, id);
}

/** As many as one transaction decides; the demo has some 200 hits in all. */
const decidedAtMost = 1_000;

async function decideOlderHits(context: JobContext, reviewer: Reviewer): Promise<void> {
  const until = Milliseconds.parse(context.clock.now() - undecidedDays * day);
  const hits = await listOpenHits(context.connection.query, until, decidedAtMost);
  await context.connection.query.transaction().execute(async (writer) => {
    for (const hit of hits) {
      const { decision, reasonCode, note } = judge(hit);
      await decideHits(writer, context.clock, reviewer, { hitIds: [hit.id], decision, reasonCode, note });
    }
  });
}

/** High severity, by rank. */
const grave = 3;

/** What the demo's reviewer made of a hit: plausible, not clever. */
function judge(hit: OpenHit): {
  readonly decision: 'confirmed' | 'dismissed' | 'escalated';
  readonly reasonCode: ReasonCode;
  readonly note: string;
} {
  if (hit.sender === 'customer') {
    return hit.severity >= grave && hit.id % 4 === 0
      ? { decision: 'escalated', reasonCode: 'customer-words', note: '客户投诉，转投诉处理岗跟进。' }
      : { decision: 'dismissed', reasonCode: 'customer-words', note: '' };
  }
  if (hit.severity > grave && hit.id % 5 === 0)
    return { decision: 'escalated', reasonCode: 'violation', note: '性质严重，提请合规部核查。' };
  if (hit.severity >= grave) return { decision: 'confirmed', reasonCode: 'violation', note: '' };
  return hit.id % 3 === 0
    ? { decision: 'dismissed', reasonCode: 'ordinary-meaning', note: '' }
    : { decision: 'confirmed', reasonCode: 'violation', note: '' };
}
