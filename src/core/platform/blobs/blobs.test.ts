import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { AppError } from '../../contract/errors.ts';
import { BlobId } from '../../contract/ids.ts';
import { type BlobStore, createBlobStore, temporaryFolder, translateWriteError } from './index.ts';

let directory = '';
let blobs: BlobStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-blobs-'));
  blobs = createBlobStore(directory);
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

const incoming = () => readdir(join(directory, temporaryFolder)).catch(() => []);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the blob store', () => {
  test('names bytes by their hash and gives them back', async () => {
    const { id, bytes } = await blobs.write(pieces('会签', '台'));
    expect(id).toBe(sha256('会签台'));
    expect(bytes).toBe(9);
    expect(await readFile(await blobs.path(id), 'utf8')).toBe('会签台');
    expect(await blobs.size(id)).toBe(9);
    let rest = '';
    for await (const chunk of await blobs.read(id, 6)) rest += String(chunk);
    expect(rest).toBe('台');
    expect(await incoming()).toEqual([]);
  });

  test('keeps the same bytes once', async () => {
    const first = await blobs.write(pieces('same'));
    const second = await blobs.write(pieces('sa', 'me'));
    expect(second.id).toBe(first.id);
    expect(await blobs.verify()).toEqual({ count: 1, bytes: 4, damaged: [] });
  });

  test('takes an empty file', async () => {
    const { id, bytes } = await blobs.write(pieces());
    expect([id, bytes]).toEqual([sha256(''), 0]);
  });

  test('stops at the limit and leaves nothing', async () => {
    await expect(blobs.write(pieces('12345', '67890'), 9)).rejects.toMatchObject({
      code: 'file-too-large',
      details: { limit: 9 },
    });
    expect(await incoming()).toEqual([]);
    expect((await blobs.verify()).count).toBe(0);
    expect((await blobs.write(pieces('123456789'), 9)).bytes).toBe(9);
  });

  test('leaves nothing of a source that breaks off', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* pieces('half');
      throw new Error('the connection was lost');
    }
    await expect(blobs.write(broken())).rejects.toThrow('the connection was lost');
    expect(await incoming()).toEqual([]);
    expect((await blobs.verify()).count).toBe(0);
  });

  test('finds nothing that was never stored, and follows no path', async () => {
    const unknown = BlobId.parse('0'.repeat(64));
    await expect(blobs.path(unknown)).rejects.toMatchObject({ code: 'not-found' });
    await expect(blobs.read(unknown)).rejects.toMatchObject({ code: 'not-found' });
    const path = '../../etc/passwd' as BlobId;
    await expect(blobs.path(path)).rejects.toThrow(/Invalid/);
  });

  test('names what was changed on the disk', async () => {
    const good = await blobs.write(pieces('good'));
    const bad = await blobs.write(pieces('bad'));
    await writeFile(await blobs.path(bad.id), 'BAD');
    const report = await blobs.verify();
    expect(report).toMatchObject({ count: 2, damaged: [bad.id] });
    expect(report.damaged).not.toContain(good.id);
  });

  test('forgets uploads that were cut off, and counts them as nothing', async () => {
    await mkdir(join(directory, temporaryFolder));
    await writeFile(join(directory, temporaryFolder, 'half'), 'half an upload');
    expect((await blobs.verify()).count).toBe(0);
    await blobs.discardIncoming();
    expect(await incoming()).toEqual([]);
  });

  test('verifies a folder that is not there yet', async () => {
    expect(await createBlobStore(join(directory, 'none')).verify()).toEqual({
      count: 0,
      bytes: 0,
      damaged: [],
    });
  });
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['SQLITE_FULL', 'disk-full'],
  ['EROFS', 'workspace-read-only'],
  ['SQLITE_READONLY_DBMOVED', 'workspace-read-only'],
])('%s becomes %s', (code, expected) => {
  const translated = translateWriteError(Object.assign(new Error('low level'), { code }));
  expect(translated).toBeInstanceOf(AppError);
  expect(translated).toMatchObject({ code: expected });
  const other = Object.assign(new Error('other'), { code: 'ECONNRESET' });
  expect(translateWriteError(other)).toBe(other);
});
