import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { AppEvent } from '../../src/core/contract/events.ts';
import { JobId } from '../../src/core/contract/ids.ts';
import { createImport, settleImports } from '../../src/core/features/archive/index.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { type JobsFeature, createJobsFeature, insertJob } from '../../src/core/features/jobs/index.ts';
import { systemClock as clock } from '../../src/core/platform/clock.ts';
import { createIdSource, systemRandom as random } from '../../src/core/platform/ids.ts';
import type { JobKind } from '../../src/core/platform/jobs/protocol.ts';
import { createLog } from '../../src/core/platform/log.ts';
import type { Audience, Services } from '../../src/core/platform/services.ts';
import { type OpenWorkspace, openWorkspace } from '../../src/core/platform/workspace.ts';
import {
  cheapPasswords,
  createTestWorkspace,
  resources,
  temporaryFolder,
  until,
} from '../support/workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let workspace: OpenWorkspace;
let services: Omit<Services, 'jobs'>;
let jobs: JobsFeature;
let events: { event: AppEvent; audience: Audience | undefined }[] = [];

async function open(): Promise<void> {
  workspace = await openWorkspace(join(folder.path, 'branch'), { mode: 'exclusive', clock });
  events = [];
  services = {
    connection: workspace.connection,
    blobs: workspace.blobs,
    directory: workspace.directory,
    resources,
    clock,
    random,
    passwordCost: cheapPasswords,
    ids: createIdSource(clock, random),
    log: createLog('silent'),
    emit: (event, audience) => events.push({ event, audience }),
  };
  jobs = createJobsFeature(services, (writer, jobId, outcome) =>
    settleImports(writer, clock, jobId, outcome),
  );
}

async function close(): Promise<void> {
  await jobs.runner.close();
  await workspace.close();
}

beforeEach(async () => {
  folder = await temporaryFolder();
  await createTestWorkspace(join(folder.path, 'branch'));
  await open();
});

afterEach(async () => {
  await close();
  await folder.remove();
});

async function* archive(messages: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < messages; from += 1_000) {
    let text = '';
    for (let index = from; index < Math.min(from + 1_000, messages); index += 1) {
      text += `${JSON.stringify({
        msgid: `m-${index}`,
        action: 'send',
        from: `staff${index % 7}`,
        tolist: [`wmCustomer${index % 31}`],
        roomid: '',
        msgtime: 1_767_225_600_000 + index * 1_000,
        msgtype: 'text',
        text: { content: `第 ${index} 条，您好` },
      })}\n`;
    }
    yield await Promise.resolve(Buffer.from(text));
  }
}

async function addImport(messages: number) {
  const blob = await workspace.blobs.write(archive(messages));
  const { jobId, id } = await createImport(services, systemActor, {
    files: [{ blobId: blob.id, name: 'a.jsonl' }],
    kind: 'auto',
  });
  return { jobId, kind: 'import' as const, input: { importId: id } };
}

async function addJob(kind: JobKind, input: unknown) {
  const jobId = services.ids.next(JobId);
  await workspace.connection.query
    .transaction()
    .execute((writer) => insertJob(writer, { id: jobId, kind, input, startedBy: null, at: clock.now() }));
  return { jobId, kind, input };
}

const view = async (jobId: JobId) => {
  const row = workspace.connection.handle
    .prepare<
      [string],
      { state: string; error: string | null; finished_at: number | null; started_at: number | null }
    >('SELECT state, error, started_at, finished_at FROM jobs WHERE id = ?')
    .get(jobId);
  if (row === undefined) throw new Error('no such job');
  return row;
};

const countMessages = () =>
  workspace.connection.handle.prepare<[], { count: number }>('SELECT COUNT(*) AS count FROM messages').get()
    ?.count;

/** What the audit log has of jobs that did not come to their end. */
const earlyEnds = () =>
  workspace.connection.handle
    .prepare<[], { body: string }>(
      "SELECT body FROM audit_events WHERE action = 'jobs.ended' ORDER BY sequence",
    )
    .all()
    .map((row) => {
      const { recordId, details } = JSON.parse(row.body) as { recordId: string; details: unknown };
      return { recordId, details };
    });

const statesOf = (jobId: JobId) =>
  events.flatMap(({ event }) => (event.type === 'job' && event.job.id === jobId ? [event.job.state] : []));

/** Some of its messages are in, and not all. */
const underWay = (jobId: JobId) =>
  events.some(
    ({ event }) => event.type === 'job' && event.job.id === jobId && (event.job.progress?.messages ?? 0) > 0,
  );

/** Takes seconds: long enough to be stopped in its middle. */
const longImport = 250_000;

describe('jobs', () => {
  test('run in their order, tell how far they are, and end', async () => {
    const first = await addImport(2_000);
    const second = await addImport(10);
    jobs.runner.enqueue(first);
    jobs.runner.enqueue(second);
    expect(jobs.runner.has(second.jobId)).toBe(true);
    await jobs.runner.idle();
    expect(await view(first.jobId)).toMatchObject({ state: 'succeeded', error: null });
    expect(await view(second.jobId)).toMatchObject({ state: 'succeeded' });
    expect(statesOf(first.jobId)[0]).toBe('running');
    expect(statesOf(first.jobId).at(-1)).toBe('succeeded');
    const order = events.flatMap(({ event }) => (event.type === 'job' ? [event.job.id] : []));
    expect(order.lastIndexOf(first.jobId)).toBeLessThan(order.indexOf(second.jobId));
    const progress = events.flatMap(({ event }) =>
      event.type === 'job' && event.job.id === first.jobId ? [event.job.progress?.messages ?? 0] : [],
    );
    expect(Math.max(...progress)).toBe(2_000);
    expect(events.some(({ event }) => event.type === 'changed')).toBe(true);
    expect(jobs.runner.has(first.jobId)).toBe(false);
  });

  test('are told to those who may see jobs', async () => {
    const imported = await addImport(1);
    jobs.runner.enqueue(imported);
    await jobs.runner.idle();
    const audiences = events
      .filter(({ event }) => event.type === 'job')
      .map(({ audience }) => audience?.access);
    expect(new Set(audiences)).toEqual(new Set(['jobs:read']));
  });

  test('that fail say why, and the next one runs', async () => {
    const broken = await addJob('import', { importId: '00000000-0000-7000-8000-000000000000' });
    const good = await addImport(5);
    jobs.runner.enqueue(broken);
    jobs.runner.enqueue(good);
    await jobs.runner.idle();
    const row = await view(broken.jobId);
    expect(row.state).toBe('failed');
    expect(JSON.parse(row.error ?? 'null')).toMatchObject({
      code: expect.any(String),
      message: expect.any(String),
    });
    expect(await view(good.jobId)).toMatchObject({ state: 'succeeded' });
    expect(earlyEnds()).toEqual([
      { recordId: broken.jobId, details: { kind: 'import', state: 'failed', error: 'not-found' } },
    ]);
  });

  test('that wait can be taken back; those that run stop soon', async () => {
    const long = await addImport(longImport);
    const waiting = await addImport(10);
    jobs.runner.enqueue(long);
    jobs.runner.enqueue(waiting);
    expect(await jobs.runner.cancel(waiting.jobId)).toBe(true);
    expect(await view(waiting.jobId)).toMatchObject({ state: 'cancelled' });
    await until(() => underWay(long.jobId));
    expect(await jobs.runner.cancel(long.jobId)).toBe(true);
    await jobs.runner.idle();
    expect(await view(long.jobId)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.runner.cancel(long.jobId)).toBe(false);
    expect(earlyEnds()).toEqual([
      { recordId: waiting.jobId, details: { kind: 'import', state: 'cancelled' } },
      { recordId: long.jobId, details: { kind: 'import', state: 'cancelled' } },
    ]);
  });

  test('that write without a pause let others write in between', async () => {
    const long = await addImport(longImport);
    jobs.runner.enqueue(long);
    await until(() => underWay(long.jobId));
    for (let turn = 0; turn < 5; turn += 1) await addImport(1);
    expect(await view(long.jobId)).toMatchObject({ state: 'running' });
    await jobs.runner.cancel(long.jobId);
    await jobs.runner.idle();
  });

  test('that a closing workspace interrupts go on when it is opened again, and do nothing twice', async () => {
    const long = await addImport(longImport);
    jobs.runner.enqueue(long);
    await until(() => underWay(long.jobId));
    await close();
    await open();
    const interrupted = await view(long.jobId);
    expect(interrupted).toMatchObject({ state: 'interrupted', finished_at: null });
    await jobs.resume();
    await jobs.runner.idle();
    expect(await view(long.jobId)).toMatchObject({ state: 'succeeded', started_at: interrupted.started_at });
    expect(countMessages()).toBe(longImport);
  });

  test('that a crash left as running, and those that waited, are taken up', async () => {
    const crashed = await addImport(500);
    const waiting = await addImport(700);
    workspace.connection.handle.prepare("UPDATE jobs SET state = 'running' WHERE id = ?").run(crashed.jobId);
    await close();
    await open();
    await jobs.resume();
    await jobs.runner.idle();
    expect(await view(crashed.jobId)).toMatchObject({ state: 'succeeded' });
    expect(await view(waiting.jobId)).toMatchObject({ state: 'succeeded' });
    // The second file repeats the first's messages.
    expect(countMessages()).toBe(700);
  });
});
