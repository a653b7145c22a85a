import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ErrorBody } from '../../src/core/contract/errors.ts';
import { type MaterialVersionId, Milliseconds } from '../../src/core/contract/ids.ts';
import {
  handsOf,
  hashContent,
  loadVersion,
  setMaterialState,
  storeFindings,
} from '../../src/core/features/reviews/material/index.ts';
import { maxBodyLength, textOfBody } from '../../src/core/features/reviews/material/model.ts';
import { type Writer, openDatabase } from '../../src/core/platform/database/connection.ts';
import {
  contentOf,
  createMaterial,
  editDraft,
  materialWithVersion,
  saveVersion,
} from '../support/materials.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

// Drafts and versions as editors use them: through dispatch, over a real database.

const clock = testClock();
let world: TestWorld;
let editor: TestClient;
let other: TestClient;

beforeAll(async () => {
  world = await startTestWorld({ clock });
  editor = await world.signIn('editor');
  other = await world.signIn('everything');
});

afterAll(() => world.close());

async function errorOf(client: TestClient, name: string, input: unknown): Promise<ErrorBody> {
  const answer = await client.try(name, input);
  if (answer.ok) throw new Error(`${name} went through`);
  return answer.error;
}

/** What the other parts of the feature do with materials, in a transaction beside the app. */
async function beside<Result>(work: (writer: Writer) => Promise<Result>): Promise<Result> {
  const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
  try {
    return await connection.query.transaction().execute(work);
  } finally {
    await connection.close();
  }
}

const meOf = async (client: TestClient) => {
  const { user } = await client.call('users.me');
  if (user === null) throw new Error('nobody is signed in');
  return user.id;
};

const poster = contentOf('poster', '安心存三年', ['整存整取三年期，年利率以柜面公示为准。', '存款有保障。'], {
  fields: { ...contentOf('poster', '').fields, channels: ['sms', 'moments'], branch: '城东支行' },
});

describe('a draft', () => {
  test('is there as soon as its material is, with what lists show of it', async () => {
    const material = await createMaterial(editor, poster);
    expect(material).toMatchObject({
      type: 'poster',
      state: 'draft',
      title: '安心存三年',
      channels: ['moments', 'sms'],
      branch: '城东支行',
      latestNumber: 0,
      latestVersionId: null,
      draftDiffers: true,
      createdBy: { name: 'editor' },
      retired: null,
      latest: null,
    });
    const draft = await editor.call('materials.draft', { id: material.id });
    expect(draft).toMatchObject({ revision: 1, differs: true, savedBy: { name: 'editor' } });
    expect(draft.content).toEqual(hashContent(poster).content);
    expect(draft.contentHash).toBe(hashContent(poster).hash);
  });

  test('counts a revision for each change, and none for saving what is there already', async () => {
    const { id } = await createMaterial(editor, poster);
    const saved = await editDraft(editor, id, () => ({ content: { ...poster, title: '安心存五年' } }));
    expect(saved).toMatchObject({ revision: 2, savedBy: { name: 'editor' } });
    const again = await editDraft(editor, id, (draft) => draft);
    expect(again.revision).toBe(2);
    // Runs that look alike are the same text: nothing to save.
    const split = contentOf('poster', '安心存五年', [], { fields: poster.fields });
    const body = [
      {
        kind: 'paragraph' as const,
        level: 0,
        runs: '整存整取三年期，年利率以柜面公示为准。'.split('').map(plain),
      },
      { kind: 'paragraph' as const, level: 0, runs: [plain('存款有保障。'), plain('')] },
    ];
    expect((await editDraft(editor, id, () => ({ content: { ...split, body } }))).revision).toBe(2);
    expect((await editor.call('materials.get', { id })).title).toBe('安心存五年');
  });

  test('of two people who save over the same revision: the second is told whose came first, and has both texts', async () => {
    const { id } = await createMaterial(editor, poster);
    const opened = await other.call('materials.draft', { id });
    const first = { ...poster, title: '编辑的标题' };
    const second = { ...poster, title: '另一人的标题' };
    clock.advance(60_000);
    await editor.call('materials.saveDraft', { id, content: first, baseRevision: opened.revision });
    const savedAt = clock.now();
    clock.advance(60_000);
    const refused = await errorOf(other, 'materials.saveDraft', {
      id,
      content: second,
      baseRevision: opened.revision,
    });
    expect(refused).toMatchObject({
      code: 'draft-conflict',
      details: { by: 'editor', userId: await meOf(editor), at: savedAt, revision: 2 },
    });
    // The first text is what is stored; the second is still the caller's, and goes in once the first was seen.
    const theirs = await other.call('materials.draft', { id });
    expect(theirs.content.title).toBe('编辑的标题');
    const merged = { ...second, title: '两人的标题' };
    const saved = await other.call('materials.saveDraft', {
      id,
      content: merged,
      baseRevision: theirs.revision,
    });
    expect(saved.revision).toBe(3);
    const events = await auditOf(id);
    expect(events.filter((event) => event.action === 'materials.saveDraft')).toHaveLength(2);
  });

  test('that was saved, but whose answer was lost, can be saved again', async () => {
    const { id } = await createMaterial(editor, poster);
    const change = { id, content: { ...poster, title: '重试' }, baseRevision: 1 };
    expect((await editor.call('materials.saveDraft', change)).revision).toBe(2);
    expect((await editor.call('materials.saveDraft', change)).revision).toBe(2);
  });

  test('is as new as its revision says, also when the clock was set back', async () => {
    const { id } = await createMaterial(editor, poster);
    clock.advance(-86_400_000);
    const saved = await editDraft(editor, id, () => ({ content: { ...poster, title: '昨天' } }));
    expect(saved).toMatchObject({ revision: 2, savedAt: clock.now() });
    const { version } = await saveVersion(editor, id);
    clock.advance(-86_400_000);
    await editDraft(editor, id, () => ({ content: { ...poster, title: '前天' } }));
    const next = await saveVersion(editor, id);
    expect([version.number, next.version.number]).toEqual([1, 2]);
    expect(next.version.createdAt).toBeLessThan(version.createdAt);
    const { versions } = await editor.call('materials.versions', { id });
    expect(versions.map(({ number, title }) => [number, title])).toEqual([
      [2, '前天'],
      [1, '昨天'],
    ]);
    expect((await editor.call('materials.get', { id })).latest?.title).toBe('前天');
    clock.advance(2 * 86_400_000);
  });

  test('goes back to the newest version, or to nothing before the first', async () => {
    const { id } = await createMaterial(editor, poster);
    const emptied = await editor.call('materials.discardDraft', { id, baseRevision: 1 });
    expect(emptied).toMatchObject({ revision: 2, content: { title: '', body: [] }, differs: true });
    await editDraft(editor, id, () => ({ content: poster, exemptions: [claim('a')] }));
    await saveVersion(editor, id);
    await editDraft(editor, id, () => ({ content: { ...poster, title: '不要的' }, exemptions: [] }));
    const draft = await editor.call('materials.draft', { id });
    expect(draft.differs).toBe(true);
    const back = await editor.call('materials.discardDraft', { id, baseRevision: draft.revision });
    expect(back).toMatchObject({
      revision: draft.revision + 1,
      content: { title: poster.title },
      exemptions: [claim('a')],
      differs: false,
    });
    expect(await errorOf(editor, 'materials.discardDraft', { id, baseRevision: 1 })).toMatchObject({
      code: 'draft-conflict',
    });
  });

  test('keeps its type', async () => {
    const { id } = await createMaterial(editor, poster);
    expect(
      await errorOf(editor, 'materials.saveDraft', {
        id,
        content: { ...poster, type: 'script' },
        baseRevision: 1,
      }),
    ).toMatchObject({ code: 'bad-input', details: { path: 'content.type' } });
  });

  test('names only files that were attached to it', async () => {
    const { id } = await createMaterial(editor, poster);
    const stranger = 'f'.repeat(64);
    const attachment = { blobId: stranger, name: 'chat.jsonl', mediaType: 'text/plain', size: 9 };
    for (const content of [
      { ...poster, attachments: [attachment] },
      { ...poster, body: [{ kind: 'image', blobId: stranger }] },
      { ...poster, variants: [{ channel: 'sms', body: [{ kind: 'image', blobId: stranger }] }] },
    ]) {
      expect(await errorOf(editor, 'materials.saveDraft', { id, content, baseRevision: 1 })).toMatchObject({
        code: 'bad-input',
        details: { problem: 'file-not-attached' },
      });
    }
  });
});

describe('too much', () => {
  test('text is refused with how much there is and may be, and what was there stays', async () => {
    const { id } = await createMaterial(editor, poster);
    const long = '产'.repeat(500_000);
    for (const body of [
      [paragraph(long)],
      Array.from({ length: 5_000 }, () => paragraph(long.slice(0, 99))),
    ]) {
      const refused = await errorOf(editor, 'materials.saveDraft', {
        id,
        content: { ...poster, body },
        baseRevision: 1,
      });
      expect(refused).toMatchObject({
        code: 'text-too-long',
        details: { limit: maxBodyLength, length: textOfBody(body).length },
      });
    }
    const variant = { channel: 'sms', title: '', body: [paragraph(long)] };
    expect(
      await errorOf(editor, 'materials.saveDraft', {
        id,
        content: { ...poster, variants: [variant] },
        baseRevision: 1,
      }),
    ).toMatchObject({ code: 'text-too-long' });
    expect(await editor.call('materials.draft', { id })).toMatchObject({
      revision: 1,
      content: { title: poster.title },
    });
  });

  test('formatting and too many paragraphs are refused likewise', async () => {
    const { id } = await createMaterial(editor, poster);
    const bold = { text: '字', marks: ['bold'], href: `https://bank.example/${'a'.repeat(1_900)}` };
    const heavy = Array.from({ length: 600 }, () => ({ kind: 'paragraph', runs: [bold] }));
    expect(
      await errorOf(editor, 'materials.saveDraft', {
        id,
        content: { ...poster, body: heavy },
        baseRevision: 1,
      }),
    ).toMatchObject({ code: 'content-too-large', details: { limit: 1_000_000 } });
    const many = Array.from({ length: 10_001 }, () => ({ kind: 'paragraph', runs: [] }));
    expect(
      await errorOf(editor, 'materials.saveDraft', {
        id,
        content: { ...poster, body: many },
        baseRevision: 1,
      }),
    ).toMatchObject({ code: 'too-many-paragraphs', details: { length: 10_001, limit: 10_000 } });
  });

  test('and the longest text that there may be is saved whole', async () => {
    const { id } = await createMaterial(editor, poster);
    const text = '产品说明'.repeat(maxBodyLength / 4);
    await editDraft(editor, id, () => ({ content: { ...poster, body: [paragraph(text)] } }));
    const { version } = await saveVersion(editor, id);
    const stored = await editor.call('materials.version', { id: version.id });
    expect(textOfBody(stored.content.body)).toBe(text);
  });

  test('nesting is refused', async () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(await editor.code('materials.create', { type: 'poster', content: deep })).toBe('bad-input');
    expect(
      await editor.code('materials.create', {
        type: 'poster',
        content: { ...poster, body: [{ kind: 'paragraph', runs: deep }] },
      }),
    ).toBe('bad-input');
  });
});

describe('a version', () => {
  test('is the draft as it stood, with its hash and editors, and never changes', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    expect(version).toMatchObject({
      number: 1,
      title: poster.title,
      contentHash: hashContent(poster).hash,
      createdBy: { name: 'editor' },
      editors: [{ name: 'editor' }],
      findings: null,
    });
    expect(await editor.call('materials.get', { id })).toMatchObject({
      latestNumber: 1,
      latestVersionId: version.id,
      draftDiffers: false,
      latest: version,
    });
    await editDraft(other, id, () => ({ content: { ...poster, title: '改过的' } }));
    expect((await editor.call('materials.version', { id: version.id })).content.title).toBe(poster.title);
    expect(await editor.call('materials.get', { id })).toMatchObject({ draftDiffers: true, title: '改过的' });
  });

  test('is made once of one content: also when the draft went to and fro', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    expect(await saveVersion(other, id)).toEqual({ version, created: false });
    await editDraft(other, id, () => ({ content: { ...poster, title: '临时' } }));
    await editDraft(other, id, () => ({ content: poster }));
    expect(await editor.call('materials.get', { id })).toMatchObject({ draftDiffers: false });
    expect(await saveVersion(editor, id)).toEqual({ version, created: false });
  });

  test('is made anew where a claimed exemption is another, of the same hash', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    await editDraft(editor, id, () => ({ exemptions: [claim('b'), claim('a')] }));
    const { version: second, created } = await saveVersion(editor, id);
    expect(created).toBe(true);
    expect(second).toMatchObject({ number: 2, contentHash: version.contentHash, exemptions: 2 });
    // The order of claims says nothing.
    await editDraft(editor, id, () => ({ exemptions: [claim('a'), claim('b')] }));
    expect((await saveVersion(editor, id)).created).toBe(false);
    expect((await editor.call('materials.version', { id: second.id })).claimed).toEqual([
      claim('a'),
      claim('b'),
    ]);
  });

  test('is refused of a draft that somebody saved meanwhile', async () => {
    const { id } = await createMaterial(editor, poster);
    await editDraft(other, id, () => ({ content: { ...poster, title: '没见过的' } }));
    expect(await errorOf(editor, 'materials.saveVersion', { id, baseRevision: 1 })).toMatchObject({
      code: 'draft-conflict',
      details: { by: 'everything', revision: 2 },
    });
  });

  test('has everyone who saved into it since the one before as its editors, for ever', async () => {
    const { id } = await createMaterial(editor, poster);
    await editDraft(other, id, () => ({ content: { ...poster, title: '第一版' } }));
    const first = (await saveVersion(editor, id)).version;
    await editDraft(editor, id, () => ({ content: { ...poster, title: '第二版' } }));
    const second = (await saveVersion(editor, id)).version;
    const [me, them] = [await meOf(editor), await meOf(other)];
    const hands = (versionId: MaterialVersionId) => beside((writer) => handsOf(writer, versionId));
    const sorted = async (versionId: MaterialVersionId) => {
      const found = await hands(versionId);
      return { ...found, editors: found?.editors.toSorted(), everyEditor: found?.everyEditor.toSorted() };
    };
    const both = [me, them].toSorted();
    expect(await sorted(first.id)).toEqual({ preparer: me, editors: both, everyEditor: both });
    expect(await sorted(second.id)).toEqual({ preparer: me, editors: [me], everyEditor: both });

    // Neither losing the role nor the account takes anybody off the list.
    const admin = await world.signIn('admin');
    const account = await admin.call('users.create', {
      userName: 'guest-editor',
      displayName: '客座编辑',
      password: 'Yunduan-shang-9',
      roles: ['editor'],
    });
    const guest = world.anonymous();
    await guest.call('users.signIn', { userName: 'guest-editor', password: 'Yunduan-shang-9' });
    await guest.call('users.changeOwnPassword', { current: 'Yunduan-shang-9', next: 'Meihua-shan-xia-3' });
    await editDraft(guest, id, () => ({ content: { ...poster, title: '第三版' } }));
    const third = (await saveVersion(editor, id)).version;
    const users = await admin.call('users.list');
    const found = users.find((user) => user.id === account.id);
    if (found === undefined) throw new Error('no such account');
    await admin.call('users.update', {
      ...found,
      roles: ['reviewer'],
      state: 'disabled',
      expectedUpdatedAt: found.updatedAt,
    });
    expect((await hands(third.id))?.editors).toContain(account.id);
    expect((await editor.call('materials.version', { id: third.id })).editors).toContainEqual({
      id: account.id,
      name: '客座编辑',
    });
    // Who began the material had a hand in every version of it, also in one that others wrote and made.
    await editDraft(other, id, () => ({ content: { ...poster, title: '第四版' } }));
    const fourth = (await saveVersion(other, id)).version;
    expect(await sorted(fourth.id)).toMatchObject({ preparer: them, editors: both });
  });

  test('keeps what its pre-check found, once', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    const finding = {
      key: 'k',
      level: 'warn' as const,
      rule: 'lexicon' as const,
      subject: '保障',
      basis: '',
      part: 'body',
      start: 0,
      end: 2,
      text: '保障',
      params: {},
      suggestion: '',
      steps: [],
      exemptible: false,
    };
    const checked = {
      findings: JSON.stringify([finding]),
      blocks: 0,
      warns: 1,
      notes: 0,
      at: Milliseconds.parse(9),
    };
    await beside((writer) => storeFindings(writer, version.id, checked));
    expect((await editor.call('materials.get', { id })).latest?.findings).toEqual({
      at: 9,
      block: 0,
      warn: 1,
      note: 0,
    });
    expect((await beside((writer) => loadVersion(writer, version.id))).found).toEqual([finding]);
    await expect(beside((writer) => storeFindings(writer, version.id, checked))).rejects.toThrow('immutable');
  });
});

describe('a material', () => {
  test('copied has the text and files, not the history', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    await editDraft(editor, id, () => ({ content: { ...poster, title: '草稿里的' } }));
    const ofVersion = await other.call('materials.create', {
      type: 'script',
      copyOf: { id, versionId: version.id },
    });
    expect(ofVersion).toMatchObject({ type: 'script', title: poster.title, latestNumber: 0 });
    const ofDraft = await other.call('materials.create', { type: 'poster', copyOf: { id } });
    expect(ofDraft).toMatchObject({ title: '草稿里的', createdBy: { name: 'everything' } });
    const { id: strange } = await createMaterial(editor, poster);
    expect(
      await other.code('materials.create', {
        type: 'poster',
        copyOf: { id: strange, versionId: version.id },
      }),
    ).toBe('not-found');
  });

  test('retired takes no more changes, and leaves the lists', async () => {
    const { id } = await materialWithVersion(editor, contentOf('poster', '要停用的海报'));
    const titles = async (states: readonly 'retired'[] | null) =>
      (
        await editor.call('materials.list', {
          filter: { query: '要停用', states: states === null ? null : [...states] },
        })
      ).materials.map((row) => row.id);
    expect(await titles(null)).toEqual([id]);
    const retired = await editor.call('materials.retire', { id, reason: '活动取消' });
    expect(retired).toMatchObject({
      state: 'retired',
      retired: { by: { name: 'editor' }, reason: '活动取消' },
    });
    expect(await titles(null)).toEqual([]);
    expect(await titles(['retired'])).toEqual([id]);
    await beside((writer) => setMaterialState(writer, id, 'approved'));
    expect((await editor.call('materials.get', { id })).state).toBe('retired');
    for (const [name, input] of [
      ['materials.saveDraft', { id, content: poster, baseRevision: 1 }],
      ['materials.discardDraft', { id, baseRevision: 1 }],
      ['materials.saveVersion', { id, baseRevision: 1 }],
      ['materials.retire', { id, reason: '再次' }],
    ] as const) {
      expect(await editor.code(name, input), name).toBe('material-retired');
    }
  });

  test('under review is not retired', async () => {
    const { id } = await createMaterial(editor, poster);
    await beside((writer) => setMaterialState(writer, id, 'in-review'));
    expect(await editor.code('materials.retire', { id, reason: '活动取消' })).toBe('material-in-review');
  });
});

test('autosaves of one person without a pause are one series in the audit log', async () => {
  const { id } = await createMaterial(editor, poster);
  const save = async (client: TestClient, title: string) => {
    clock.advance(5_000);
    await editDraft(client, id, () => ({ content: { ...poster, title } }));
  };
  await save(editor, '一');
  await save(editor, '二');
  await save(other, '三');
  await save(editor, '四');
  clock.advance(11 * 60_000);
  await save(editor, '五');
  await save(editor, '六');
  await saveVersion(editor, id);
  await save(editor, '七');
  const series = (await auditOf(id))
    .filter((event) => event.action === 'materials.saveDraft')
    .map((event) => [event.details['revision'], event.details['seriesFrom']]);
  expect(series).toEqual([
    [2, 1],
    [3, 1],
    [4, 4],
    [5, 5],
    [6, 6],
    [7, 6],
    [8, 8],
  ]);
  const hashes = (await auditOf(id)).map((event) => [event.beforeHash, event.afterHash]);
  // Each begins where the one before ended.
  expect(hashes.slice(1, 7).map(([before]) => before)).toEqual(hashes.slice(0, 6).map(([, after]) => after));
});

async function auditOf(recordId: string) {
  const admin = await world.signIn('auditor');
  const { events } = await admin.call('audit.list', { filter: { recordId }, limit: 500 });
  return events.toReversed();
}

const plain = (text: string) => ({ text, marks: [], href: '' });
const paragraph = (text: string) => ({ kind: 'paragraph' as const, level: 0, runs: [plain(text)] });
const claim = (findingKey: string) => ({ findingKey, code: 'trademark' as const, reason: '注册商标' });
