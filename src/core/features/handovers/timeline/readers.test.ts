import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { createSignReaders } from './readers.ts';

let resources = '';
beforeAll(async () => {
  resources = await mkdtemp(join(tmpdir(), 'countersign-resources-'));
});
afterAll(() => rm(resources, { recursive: true, force: true }));

test('words that could not be read once are read again, and then compiled once', async () => {
  const readers = createSignReaders({ resources });
  await expect(readers()).rejects.toMatchObject({ code: 'ENOENT' });
  await cp(resolve('resources/rule-packs'), join(resources, 'rule-packs'), { recursive: true });
  const compiled = await readers();
  expect(await readers()).toBe(compiled);
});
