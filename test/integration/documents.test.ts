import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { BlobId, type MaterialId } from '../../src/core/contract/ids.ts';
import { loadDocument, readDocumentFile } from '../../src/core/features/documents/index.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { docxParts, paragraph, zipOf } from '../support/document-fixtures.ts';
import { attachFile, contentOf, createMaterial } from '../support/materials.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let editor: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  editor = await world.signIn('editor');
  material = (await createMaterial(editor, contentOf('article', '附件'))).id;
});

afterAll(() => world.close());

let material: MaterialId;

/** A file of a material, as an editor attaches it. */
async function store(bytes: Uint8Array): Promise<BlobId> {
  return (await attachFile(world.app, editor, material, { name: 'file', bytes })).blobId;
}

/** Asks until the file was read, woken by the event that says so. */
async function read(client: TestClient, blobId: BlobId) {
  const events = world.app;
  for (;;) {
    let wake: () => void = () => {};
    const changed = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const stop = events.subscribe(client.caller(), (event) => {
      if (event.type === 'changed' && event.topics.includes('materials')) wake();
    });
    try {
      const answer = await client.call('documents.get', { blobId });
      if (answer.state === 'done') return answer.result;
      await changed;
    } finally {
      stop();
    }
  }
}

async function stored(blobId: BlobId) {
  const connection = openDatabase(join(world.workspace, databaseFileName));
  try {
    return {
      document: await loadDocument(connection.query, blobId),
      rows: connection.handle
        .prepare('SELECT extractor_version FROM documents WHERE blob_id = ?')
        .all(blobId),
    };
  } finally {
    await connection.close();
  }
}

describe('a stored file', () => {
  test('is read once, told about, and kept by its content', async () => {
    const blobId = await store(await zipOf(docxParts(paragraph('理财非存款'))));
    const document = await read(editor, blobId);
    expect(document).toMatchObject({ kind: 'docx', text: '理财非存款', problems: [] });
    expect((await stored(blobId)).document).toEqual(document);
    expect(await editor.call('documents.get', { blobId })).toEqual({ state: 'done', result: document });
  });

  test('is read again by a newer extractor', async () => {
    const blobId = await store(Buffer.from('产品有风险'));
    await read(editor, blobId);
    const connection = openDatabase(join(world.workspace, databaseFileName));
    connection.handle
      .prepare("UPDATE documents SET extractor_version = 0, text = '' WHERE blob_id = ?")
      .run(blobId);
    await connection.close();
    expect(await read(editor, blobId)).toMatchObject({ text: '产品有风险' });
    expect((await stored(blobId)).rows).toEqual([{ extractor_version: 1 }]);
  });

  test('that is hostile has a problem, which is kept as well', async () => {
    const blobId = await store(await zipOf({ ...docxParts(''), 'word/a.bin': new Uint8Array(20 * 2 ** 20) }));
    expect(await read(editor, blobId)).toMatchObject({ text: '', problems: ['archive-bomb'] });
    expect((await stored(blobId)).document?.problems).toEqual(['archive-bomb']);
  });

  test('is asked about by those who read materials, and not found where there is none', async () => {
    const missing = BlobId.parse('0'.repeat(64));
    expect(await editor.code('documents.get', { blobId: missing })).toBe('not-found');
    expect(await world.anonymous().code('documents.get', { blobId: missing })).toBe('not-signed-in');
  });

  test('is not read for whoever knows its hash where no material has it: it may be an archive of chats', async () => {
    const everything = await world.signIn('everything');
    const upload = await world.app.prepareUpload(everything.caller());
    const { id } = await createBlobStore(upload.blobDirectory).write(
      Readable.from([Buffer.from('客户的话')]),
    );
    expect(await editor.code('documents.get', { blobId: id })).toBe('not-found');
    expect((await stored(id)).document).toBeNull();
  });
});

describe('a file without a workspace', () => {
  test('is read from the disk', async () => {
    const path = join(world.folder, 'notice.docx');
    await writeFile(path, '<html><p>名字不算</p></html>');
    expect(await readDocumentFile(path)).toMatchObject({ kind: 'html', text: '名字不算' });
    await expect(readDocumentFile(join(world.folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
