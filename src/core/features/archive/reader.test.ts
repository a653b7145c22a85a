import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type ArchiveReader, createArchiveReader } from './reader.ts';

// One thread reads the files of an import one after another: what became of one must not touch the next.

let folder: string;
let reader: ArchiveReader;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-reader-'));
  reader = createArchiveReader();
});
afterEach(async () => {
  await reader.close();
  await rm(folder, { recursive: true });
});

async function archive(name: string, messages: number): Promise<string> {
  const path = join(folder, name);
  const lines = Array.from({ length: messages }, (_, at) =>
    JSON.stringify({
      msgid: `${name}-${at}`,
      action: 'send',
      from: 'chenxiao',
      tolist: ['wmA'],
      roomid: '',
      msgtime: 1_767_225_600_000 + at,
      msgtype: 'text',
      text: { content: '您好，今天的网点排队情况请看公众号。' },
    }),
  );
  await writeFile(path, lines.join('\n'));
  return path;
}

function read(path: string, credits = 4) {
  return reader.read({
    path,
    fileName: 'archive.jsonl',
    expected: 'auto',
    checkpoint: null,
    feeds: { asOf: null, today: '2026-01-01', timeZone: 'Asia/Shanghai', mapping: null },
    credits,
  });
}

/** How many messages the file has, with each part released `late`: when the file has been read to its end. */
async function count(path: string, late: boolean): Promise<number> {
  let rows = 0;
  const held: (() => void)[] = [];
  for await (const { part, release } of read(path, late ? 64 : 1)) {
    if (part.type === 'entries') rows += part.batch.rows;
    if (late) held.push(release);
    else release();
  }
  for (const release of held) release();
  return rows;
}

test('reads files whole, whenever the parts of the one before came back', async () => {
  const [small, large] = [await archive('small', 3), await archive('large', 9_000)];
  expect(await count(large, true)).toBe(9_000);
  expect(await count(small, true)).toBe(3);
  expect(await count(large, false)).toBe(9_000);
  expect(await count(small, false)).toBe(3);
});

test('delivers nothing of a file that was given up with the next one', async () => {
  const [given, wanted] = [await archive('given', 9_000), await archive('wanted', 5)];
  for await (const { release } of read(given, 1)) {
    release();
    break;
  }
  expect(await count(wanted, false)).toBe(5);
});

test('reads on after a file that can’t be read', async () => {
  const empty = join(folder, 'empty');
  await writeFile(empty, '');
  await expect(count(empty, false)).rejects.toMatchObject({ code: 'file-empty' });
  expect(await count(await archive('next', 7), false)).toBe(7);
});
