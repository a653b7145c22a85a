import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type DatabaseConnection, openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLineSource } from '../benchmarks/import/generate.ts';
import { importContext, importEnded, importFiles, startOfTime } from '../support/archive-fixtures.ts';
import { contactEvent } from '../support/feeds.ts';
import { createImport, runImport } from '../../src/core/features/archive/index.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { createTestWorkspace, startTestWorld, temporaryFolder, until } from '../support/workspace.ts';

// Imports that are killed, cancelled or run out of disk: nothing is lost, nothing comes twice, the numbers add up.

/** Messages with some repeats and some garbage among them. */
function mixedArchive(messages: number): {
  content: string;
  read: number;
  distinct: number;
  garbage: number;
} {
  const source = createLineSource(7);
  const lines: string[] = [];
  let distinct = 0;
  let garbage = 0;
  for (let index = 0; index < messages; index += 1) {
    if (index % 1000 === 500) {
      lines.push('{"msgid": "broken');
      garbage += 1;
    } else if (index % 1000 === 700) lines.push(lines[index - 650] ?? '');
    else {
      lines.push(source(index));
      distinct += 1;
    }
  }
  return { content: `${lines.join('\n')}\n`, read: lines.length, distinct, garbage };
}

/** Events with some repeats and some garbage among them. */
function eventLog(events: number): ReturnType<typeof mixedArchive> {
  const lines: string[] = [];
  let distinct = 0;
  let garbage = 0;
  for (let index = 0; index < events; index += 1) {
    if (index % 1000 === 500) {
      lines.push('{"Event": "broken');
      garbage += 1;
    } else if (index % 1000 === 700) lines.push(lines[index - 650] ?? '');
    else {
      const of = { userid: 'chenxiao', customer: `wmKilled${index}`, at: startOfTime + index * 1000 };
      lines.push(JSON.stringify(contactEvent('add_external_contact', of)));
      distinct += 1;
    }
  }
  return { content: `${lines.join('\n')}\n`, read: lines.length, distinct, garbage };
}

interface Facts {
  read: number;
  imported: number;
  duplicates: number;
  quarantined: number;
  state: string;
  loading: number;
}

/** Cheap enough to ask every few milliseconds. */
function glance(connection: DatabaseConnection): Facts | undefined {
  return connection.handle
    .prepare<[], Facts>(
      `SELECT read, imported, duplicates, quarantined, state, (SELECT count(*) FROM bulk_load) AS loading
       FROM import_files ORDER BY id DESC`,
    )
    .get();
}

function look(connection: DatabaseConnection) {
  const one = (sql: string): unknown => connection.handle.prepare(sql).pluck().get();
  return {
    file: glance(connection),
    messages: one('SELECT count(*) FROM messages'),
    distinct: one('SELECT count(DISTINCT msgid) FROM messages'),
    quarantine: one('SELECT count(*) FROM quarantine'),
    inConversations: one('SELECT sum(message_count) FROM conversations'),
    withConversation: one('SELECT count(*) FROM messages WHERE conversation_id IS NOT NULL'),
    counted: one('SELECT sum(messages) FROM import_contacts'),
    sequences: one('SELECT sum(CAST(last AS INTEGER) - CAST(first AS INTEGER) + 1) FROM import_sequences'),
    indexes: one(`SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name LIKE 'messages_by_%'`),
  };
}

/** What must hold of an archive of which everything has been imported. */
function expectWhole(connection: DatabaseConnection, archive: ReturnType<typeof mixedArchive>): void {
  const found = look(connection);
  expect(found.messages).toBe(archive.distinct);
  expect(found.distinct).toBe(archive.distinct);
  expect(found.inConversations).toBe(found.withConversation);
  expect(found.file?.loading).toBe(0);
  expect(found.indexes).toBe(4);
}

const killed = 130_000;

describe('an import that is killed', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let child: ChildProcess | null = null;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await folder.remove();
  });

  function start(...args: string[]): ChildProcess {
    const started = spawn(
      process.execPath,
      [join(import.meta.dirname, '../support/import-child.ts'), ...args],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    child = started;
    return started;
  }

  test('goes on where it stopped, after several kills at different points', async () => {
    const workspace = join(folder.path, 'workspace');
    await createTestWorkspace(workspace);
    const archive = mixedArchive(killed);
    const file = join(folder.path, 'archive.jsonl');
    await writeFile(file, archive.content);

    const connection = openDatabase(join(workspace, 'workspace.sqlite'), { readonly: true });
    const killWhen = async (process: ChildProcess, reached: () => boolean) => {
      await until(() => reached() || process.exitCode !== null, 100_000);
      expect(process.exitCode).toBeNull();
      process.kill('SIGKILL');
      await once(process, 'exit');
      const facts = glance(connection);
      expect(facts?.read).toBe((facts?.imported ?? 0) + (facts?.duplicates ?? 0) + (facts?.quarantined ?? 0));
      return facts?.read ?? 0;
    };
    const readSoFar = () => glance(connection)?.read ?? 0;

    const first = await killWhen(start(workspace, file), () => readSoFar() > 0);
    expect(first).toBeLessThan(archive.read);
    const second = await killWhen(start(workspace), () => readSoFar() > first);
    expect(second).toBeLessThan(archive.read);
    // The third time while the indexes are built.
    const third = await killWhen(start(workspace), () => {
      const facts = glance(connection);
      return facts?.state === 'done' && facts.loading === 1;
    });
    expect(third).toBe(archive.read);

    const last = start(workspace);
    await once(last, 'exit');
    expect(last.exitCode).toBe(0);
    expectWhole(connection, archive);
    expect(look(connection)).toMatchObject({
      file: {
        state: 'done',
        read: archive.read,
        imported: archive.distinct,
        quarantined: archive.garbage,
        duplicates: archive.read - archive.distinct - archive.garbage,
      },
      quarantine: archive.garbage,
      counted: archive.distinct,
      sequences: archive.distinct,
    });
    await connection.close();
  });
});

test('a feed that is killed goes on where it stopped, and comes to the same facts and counts', async () => {
  const folder = await temporaryFolder();
  const workspace = join(folder.path, 'workspace');
  await createTestWorkspace(workspace);
  const file = join(folder.path, 'events.jsonl');
  const { content, read, distinct, garbage } = eventLog(killed);
  await writeFile(file, content);
  const connection = openDatabase(join(workspace, 'workspace.sqlite'), { readonly: true });
  const run = (...args: string[]) =>
    spawn(process.execPath, [join(import.meta.dirname, '../support/import-child.ts'), workspace, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  try {
    let before = 0;
    for (const args of [[file, 'auto'], []]) {
      const child = run(...args);
      const from = before;
      await until(() => (glance(connection)?.read ?? 0) > from || child.exitCode !== null, 100_000);
      expect(child.exitCode).toBeNull();
      child.kill('SIGKILL');
      await once(child, 'exit');
      before = glance(connection)?.read ?? 0;
      expect(before).toBeLessThan(read);
    }
    const last = run();
    await once(last, 'exit');
    expect(last.exitCode).toBe(0);
    expect(glance(connection)).toMatchObject({
      state: 'done',
      read,
      imported: distinct,
      duplicates: read - distinct - garbage,
      quarantined: garbage,
    });
    const one = (sql: string): unknown => connection.handle.prepare(sql).pluck().get();
    expect(one('SELECT count(*) FROM feed_facts')).toBe(distinct);
    expect(one('SELECT count(*) FROM quarantine')).toBe(garbage);
    expect(one(`SELECT count(*) FROM audit_events WHERE action = 'archive.feedImported'`)).toBe(1);
  } finally {
    await connection.close();
    await folder.remove();
  }
});

test('a cancelled import keeps what it had stored, and importing again completes it', async () => {
  const world = await startTestWorld();
  try {
    const client = await world.signIn('everything');
    const archive = mixedArchive(killed);
    const running = importFiles(world, client, { 'archive.jsonl': archive.content });
    await until(async () => {
      const [view] = await client.call('archive.imports');
      if (view === undefined || view.read === 0) return false;
      await client.call('jobs.cancel', { id: view.jobId });
      return true;
    });
    const view = await running;
    expect(view).toMatchObject({ state: 'cancelled', files: [{ state: 'cancelled' }] });
    expect(view.finishedAt).not.toBeNull();
    expect(view.read).toBe(view.imported + view.duplicates + view.quarantined);
    expect(view.read).toBeLessThan(archive.read);
    const again = await importFiles(world, client, { 'archive.jsonl': archive.content });
    expect(again).toMatchObject({
      state: 'done',
      read: archive.read,
      imported: archive.distinct - view.imported,
    });
    await importEnded(client, again.id);
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'), { readonly: true });
    expectWhole(connection, archive);
    await connection.close();
  } finally {
    await world.close();
  }
});

test('a disk that fills up loses nothing, and the import goes on when there is room', async () => {
  const folder = await temporaryFolder();
  try {
    const archive = mixedArchive(70_000);
    const context = await importContext(folder.path);
    const { connection } = context;
    const { id: blobId } = await context.blobs.write(
      (async function* () {
        yield await Promise.resolve(Buffer.from(archive.content));
      })(),
    );
    const { id } = await createImport(context, systemActor, {
      files: [{ blobId, name: 'a.jsonl' }],
      kind: 'auto',
    });
    const pages = Number(connection.handle.pragma('page_count', { simple: true }));
    let full = false;
    // After the first transaction the disk has room for a few pages only.
    const filling = {
      ...context,
      progress() {
        if (full) return;
        full = true;
        connection.handle.pragma(
          `max_page_count = ${Number(connection.handle.pragma('page_count', { simple: true })) + 50}`,
        );
      },
    };
    await expect(runImport(filling, id)).rejects.toMatchObject({ code: 'disk-full' });
    expect(pages).toBeLessThan(Number(connection.handle.pragma('page_count', { simple: true })));
    const { file, messages } = look(connection);
    expect(file?.read).toBe((file?.imported ?? 0) + (file?.duplicates ?? 0) + (file?.quarantined ?? 0));
    expect(file?.imported).toBe(messages);
    expect(file?.read).toBeGreaterThan(0);

    connection.handle.pragma('max_page_count = 4294967294');
    await runImport(context, id);
    expectWhole(connection, archive);
    expect(look(connection).file).toMatchObject({
      state: 'done',
      read: archive.read,
      imported: archive.distinct,
    });
    await connection.close();
  } finally {
    await folder.remove();
  }
});
