import { buffer } from 'node:stream/consumers';

import { ZipFile } from 'yazl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { AppEvent } from '../../src/core/contract/events.ts';
import { createImport, runImport, settleImports } from '../../src/core/features/archive/index.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { importContext, importFiles, jsonLines, text } from '../support/archive-fixtures.ts';
import { publishLexicon, upload } from '../support/hits-fixture.ts';
import {
  type TestClient,
  type TestWorld,
  startTestWorld,
  temporaryFolder,
  until,
} from '../support/workspace.ts';

let world: TestWorld;
let everything: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  everything = await world.signIn('everything');
});
afterAll(() => world.close());

async function zipOf(members: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

const topicsAfter = (events: readonly AppEvent[], from: number) =>
  events.slice(from).flatMap((event) => (event.type === 'changed' ? event.topics : []));

describe('an import that is cancelled', () => {
  test('says so at once with true counts, and tells the screens to look again', async () => {
    await publishLexicon(everything, '词库');
    const lines = jsonLines(Array.from({ length: 250_000 }, (_, index) => text(`c-${index}`, '您好')));
    const blobId = await upload(world, everything, lines);
    const events = world.listen(everything);
    const started = await everything.call('archive.startImport', {
      files: [
        { blobId, name: 'long.jsonl' },
        { blobId, name: 'again.jsonl' },
      ],
    });
    await until(() =>
      events.some((event) => event.type === 'job' && (event.job.progress?.messages ?? 0) > 0),
    );
    await everything.call('jobs.cancel', { id: started.jobId });
    const ended = () => events.findIndex((event) => event.type === 'job' && event.job.state === 'cancelled');
    await until(() => ended() >= 0);
    await until(() => {
      const topics = topicsAfter(events, ended());
      return ['imports', 'archive', 'hits'].every((topic) => topics.some((told) => told === topic));
    });

    const [view] = await everything.call('archive.imports');
    const { messages } = await everything.call('archive.summary');
    expect(messages).toBeGreaterThan(0);
    expect(view).toMatchObject({ id: started.id, state: 'cancelled', imported: messages });
    expect(view?.read).toBe(messages + (view?.duplicates ?? 0));
    // On a busy machine the first file may be through before the request comes.
    expect(['cancelled', 'done']).toContain(view?.files[0]?.state);
    expect(view?.files[1]?.state).toBe('cancelled');
    expect(view?.finishedAt).not.toBeNull();
    expect((await everything.call('supervision.summary')).unscreened).toBe(messages);

    const auditor = await world.signIn('auditor');
    const { events: log } = await auditor.call('audit.list', {
      filter: { recordKind: 'import', recordId: started.id },
    });
    expect(log.map((event) => event.action)).toEqual(['archive.importFinished', 'archive.startImport']);
    expect(log[0]?.details).toMatchObject({ state: 'cancelled', imported: messages });
  });
});

describe("an import whose process dies between its end and its job's", () => {
  test.each([
    ['done', { 'good.jsonl': jsonLines([text('end-1', '好')]), 'prose.txt': '今天天气很好。' }],
    ['failed', { 'prose.txt': '今天天气很好。' }],
  ])('is not ended twice, and stays %s', async (state, contents) => {
    const folder = await temporaryFolder();
    const context = await importContext(folder.path);
    try {
      const files = [];
      for (const [name, content] of Object.entries(contents)) {
        const { id } = await context.blobs.write(
          (async function* () {
            yield await Promise.resolve(Buffer.from(content));
          })(),
        );
        files.push({ blobId: id, name });
      }
      const { id, jobId } = await createImport(context, systemActor, { files, kind: 'auto' });
      const run = () =>
        runImport(context, id).then(
          () => 'done',
          (error: { code: string }) => error.code,
        );
      const outcome = state === 'done' ? 'done' : 'file-not-recognised';
      expect(await run()).toBe(outcome);
      const stored = () => ({
        import: context.connection.handle.prepare('SELECT state, finished_at FROM imports').all(),
        files: context.connection.handle.prepare('SELECT state, error, imported FROM import_files').all(),
        events: context.connection.handle
          .prepare("SELECT body FROM audit_events WHERE action = 'archive.importFinished'")
          .all(),
      });
      const before = stored();
      expect(before.import).toMatchObject([{ state }]);
      expect(before.events).toHaveLength(1);
      expect(await run()).toBe(outcome);
      // Nor does a job that fails afterwards change what the import came to.
      await context.connection.query
        .transaction()
        .execute((writer) => settleImports(writer, context.clock, jobId, { state: 'cancelled' }));
      expect(stored()).toEqual(before);
    } finally {
      await context.connection.close();
      await folder.remove();
    }
  });
});

describe('a zip with a readme in it', () => {
  test('is imported without it, and the readme is named', async () => {
    const zip = await zipOf({
      'readme.txt': '本压缩包由归档系统导出。',
      'chat.jsonl': jsonLines([text('readme-1', '好')]),
      'manual.pdf': '%PDF',
    });
    const view = await importFiles(world, everything, { 'export.zip': zip });
    expect(view).toMatchObject({ state: 'done', read: 1, imported: 1 });
    expect(view.files[0]).toMatchObject({ state: 'done', error: null });
    expect(view.files[0]?.skipped?.count).toBe(2);
    expect(view.files[0]?.skipped?.names.toSorted()).toEqual(['manual.pdf', 'readme.txt']);
    expect(await everything.call('jobs.get', { id: view.jobId })).toMatchObject({ state: 'succeeded' });
  });

  test('and nothing else is an error that says what is in it', async () => {
    const view = await importFiles(world, everything, {
      'papers.zip': await zipOf({ 'readme.txt': '没有聊天记录。', 'photo.jpg': 'x' }),
    });
    expect(view.state).toBe('failed');
    expect(view.files[0]?.error?.code).toBe('file-not-recognised');
    expect(view.files[0]?.error?.message).toContain('photo.jpg');
    expect(view.files[0]?.error?.message).toContain('readme.txt');
  });
});

describe('rosters and messages in one import', () => {
  test('are told apart in its counts, and progress counts messages only', async () => {
    const events = world.listen(everything);
    const view = await importFiles(world, everything, {
      'roster.csv': 'userid,name\nmix.a,甲\nmix.b,乙\nmix.c,丙\n',
      'chat.jsonl': `${jsonLines([text('mix-1', '好'), text('mix-2', '好')])}broken\n`,
    });
    expect(view).toMatchObject({
      read: 6,
      messages: { read: 3, imported: 2, duplicates: 0, quarantined: 1 },
      people: { read: 3, imported: 3, duplicates: 0, quarantined: 0 },
    });
    const counted = events.flatMap((event) =>
      event.type === 'job' && event.job.id === view.jobId ? [event.job.progress?.messages ?? 0] : [],
    );
    expect(Math.max(...counted)).toBe(2);
    const job = await everything.call('jobs.get', { id: view.jobId });
    expect(job.progress?.done).toBe(job.progress?.total);
  });

  test.each(['auto', 'customers', 'roster'] as const)(
    'a list of customers under the heading userid is one of customers (%s)',
    async (kind) => {
      const blobId = await upload(world, everything, 'userid,name\nwmHeading1,甲\nwoHeading2,乙\n');
      const { id } = await everything.call('archive.startImport', {
        files: [{ blobId, name: 'people.csv' }],
        kind,
      });
      await world.app.idle();
      const view = await everything.call('archive.import', { id });
      expect(view.files[0]).toMatchObject({ kind: 'customers', state: 'done', read: 2 });
    },
  );
});

describe('what went to quarantine', () => {
  test('shows no personal number', async () => {
    const line = '{"msgid":"q-1","text":{"content":"电话13800138000"';
    const view = await importFiles(world, everything, {
      'q.jsonl': `${line}\n${jsonLines([text('q-2', '好')])}`,
    });
    const { entries } = await everything.call('archive.quarantine', { importId: view.id });
    expect(Buffer.from(entries[0]?.raw ?? '', 'base64').toString()).toBe(
      line.replace('13800138000', '*'.repeat(11)),
    );
    expect(entries[0]?.size).toBe(Buffer.byteLength(line));
  });
});
