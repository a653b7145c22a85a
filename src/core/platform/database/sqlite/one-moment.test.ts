import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { type DatabaseConnection, migrate, openDatabase } from '../connection.ts';
import { atOneMoment } from './one-moment.ts';

let folder: string;
let writer: DatabaseConnection;
let reader: DatabaseConnection;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-moment-'));
  writer = openDatabase(join(folder, 'workspace.sqlite'));
  await migrate(writer);
  reader = openDatabase(join(folder, 'workspace.sqlite'), { readonly: true });
});

afterEach(async () => {
  await reader.close();
  await writer.close();
  await rm(folder, { recursive: true });
});

const setting = async () =>
  (await reader.query.selectFrom('settings').select('value').where('key', '=', 'x').executeTakeFirst())
    ?.value;
const write = (value: string) =>
  writer.handle
    .prepare(`INSERT OR REPLACE INTO settings (key, value, updated_at) VALUES ('x', ?, 0)`)
    .run(value);

test('what is read together is of one moment, whatever is written in between', async () => {
  write('1');
  const seen = await atOneMoment(reader, async () => {
    const first = await setting();
    write('2');
    return [first, await setting()];
  });
  expect(seen).toEqual(['1', '1']);
  expect(await setting()).toBe('2');
});

test('and what fails leaves the connection as it was', async () => {
  await expect(atOneMoment(reader, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  write('3');
  expect(await setting()).toBe('3');
});
