import { Readable } from 'node:stream';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { maxAttachmentBytes } from '../../src/core/features/reviews/material/model.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import {
  attachFile,
  contentOf,
  createMaterial,
  editDraft,
  materialWithVersion,
  saveVersion,
} from '../support/materials.ts';
import { type TestClient, type TestWorld, startTestWorld, until } from '../support/workspace.ts';

// What materials do with files, and with the parts that compare contents.

let world: TestWorld;
let editor: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  editor = await world.signIn('editor');
});

afterAll(() => world.close());

const poster = contentOf('poster', '安心存三年', ['整存整取三年期。', '年利率以柜面公示为准。']);
const sheet = { name: 'C:\\资料\\产品说明.PDF', bytes: Buffer.from('%PDF-1.7 产品说明') };

describe('an attachment', () => {
  test('is what was uploaded, and belongs to the hash', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    const attachment = await attachFile(world.app, editor, id, sheet);
    expect(attachment).toMatchObject({
      name: '产品说明.PDF',
      mediaType: 'application/pdf',
      size: sheet.bytes.length,
    });
    await editDraft(editor, id, ({ content }) => ({ content: { ...content, attachments: [attachment] } }));
    const second = (await saveVersion(editor, id)).version;
    expect(second).toMatchObject({ number: 2 });
    expect(second.contentHash).not.toBe(version.contentHash);
    // Attaching it again changes nothing, under whatever name.
    expect(await attachFile(world.app, editor, id, { ...sheet, name: 'x.txt' })).toEqual({
      ...attachment,
      name: 'x.txt',
    });
    const auditor = await world.signIn('auditor');
    const { events } = await auditor.call('audit.list', { filter: { recordId: id } });
    expect(events.filter((event) => event.action === 'materials.attach')).toHaveLength(1);
  });

  test('goes along with text that is copied to another material, and is described as it was attached', async () => {
    const { id } = await createMaterial(editor, poster);
    const picture = await attachFile(world.app, editor, id, { name: 'a.png', bytes: Buffer.from('png') });
    const other = await createMaterial(editor, poster);
    const body = [{ kind: 'image' as const, blobId: picture.blobId, alt: '海报' }];
    await editDraft(editor, other.id, ({ content }) => ({ content: { ...content, body } }));
    const copied = await editor.call('materials.create', { type: 'poster', copyOf: { id: other.id } });
    expect((await editor.call('materials.draft', { id: copied.id })).content.body).toEqual(body);
    const draft = await editor.call('materials.draft', { id: copied.id });
    const lied = { ...picture, size: picture.size + 1 };
    const refused = await editor.try('materials.saveDraft', {
      id: copied.id,
      content: { ...draft.content, attachments: [lied] },
      baseRevision: draft.revision,
    });
    expect(refused).toMatchObject({ ok: false, error: { details: { problem: 'file-differs' } } });
  });

  test('is neither empty, nor missing, nor larger than a host takes from an editor', async () => {
    const { id } = await createMaterial(editor, poster);
    const { blobDirectory, limit } = await world.app.prepareUpload(editor.caller());
    expect(limit).toBe(maxAttachmentBytes);
    const blobs = createBlobStore(blobDirectory);
    const empty = await blobs.write(Readable.from([]));
    expect(await editor.code('materials.attach', { id, blobId: empty.id, name: 'a.txt' })).toBe('file-empty');
    expect(await editor.code('materials.attach', { id, blobId: 'e'.repeat(64), name: 'a.txt' })).toBe(
      'not-found',
    );
    // Brought in by somebody who may bring in archives.
    const large = await blobs.write(
      Readable.from(
        (function* () {
          for (let part = 0; part <= maxAttachmentBytes; part += 2 ** 20) yield Buffer.alloc(2 ** 20);
        })(),
      ),
    );
    const refused = await editor.try('materials.attach', { id, blobId: large.id, name: 'a.mp4' });
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'file-too-large', details: { limit: maxAttachmentBytes } },
    });
  });
});

describe('the pre-check', () => {
  test('reads what is attached, and checks the draft or what an editor has open', async () => {
    const { id } = await createMaterial(editor, poster);
    const text = Buffer.from('本产品保本保收益，零风险。');
    const attachment = await attachFile(world.app, editor, id, { name: '说明.txt', bytes: text });
    await editDraft(editor, id, ({ content }) => ({ content: { ...content, attachments: [attachment] } }));
    const precheck = () => editor.call('materials.precheck', { id });
    const { contentHash, findings } = await until(async () => {
      const answer = await precheck();
      return answer.findings.some((finding) => finding.rule === 'attachment-unread') ? null : answer;
    });
    expect(contentHash).toBe((await editor.call('materials.draft', { id })).contentHash);
    // Channels are required of a poster.
    expect(findings.map((finding) => finding.rule)).toContain('field-missing');
    const open = await editor.call('materials.precheck', {
      id,
      content: { ...poster, fields: { ...poster.fields, channels: ['moments'] } },
    });
    expect(open.contentHash).not.toBe(contentHash);
    expect(open.findings.filter((finding) => finding.rule === 'field-missing')).toEqual([]);
  });

  test('of a version is made and kept when it is submitted, with its files read, once', async () => {
    const { id } = await createMaterial(editor, poster);
    const bytes = Buffer.from('产品说明，仅供参考。');
    const attachment = await attachFile(world.app, editor, id, { name: '说明.txt', bytes });
    await editDraft(editor, id, ({ content }) => ({ content: { ...content, attachments: [attachment] } }));
    const { version } = await saveVersion(editor, id);
    expect(version.findings).toBeNull();
    const submit = () => editor.try('reviews.submit', { materialId: id, versionId: version.id, risk: 'low' });
    // Whatever becomes of the submission: what it was judged by is kept.
    await Promise.all([submit(), submit()]);
    const checked = await editor.call('materials.version', { id: version.id });
    const rules = checked.found?.map((finding) => finding.rule);
    expect(rules).toContain('field-missing');
    expect(rules).not.toContain('attachment-unread');
    const count = (level: string) => checked.found?.filter((finding) => finding.level === level).length;
    expect(checked.findings).toMatchObject({
      block: count('block'),
      warn: count('warn'),
      note: count('note'),
    });
    await submit();
    expect((await editor.call('materials.version', { id: version.id })).findings).toEqual(checked.findings);
    const auditor = await world.signIn('auditor');
    const { events } = await auditor.call('audit.list', { filter: { recordId: id } });
    expect(events.filter((event) => event.action === 'materials.checked')).toHaveLength(1);
  });

  test('reads no file that was not attached to the material', async () => {
    const { id } = await createMaterial(editor, poster);
    const { blobDirectory } = await world.app.prepareUpload(editor.caller());
    const strange = await createBlobStore(blobDirectory).write(
      Readable.from([Buffer.from('别处的聊天记录')]),
    );
    const attachments = [
      { blobId: strange.id, name: 'chat.txt', mediaType: 'text/plain', size: strange.bytes },
    ];
    for (let time = 0; time < 2; time += 1) {
      const { findings } = await editor.call('materials.precheck', {
        id,
        content: { ...poster, attachments },
      });
      expect(findings.map((finding) => finding.rule)).toContain('attachment-unread');
    }
  });
});

describe('comparing', () => {
  test('two versions, and a version with the draft, says what changed between them', async () => {
    const { id, version } = await materialWithVersion(editor, poster);
    const changed = contentOf('poster', '安心存五年', ['年利率以柜面公示为准。', '整存整取五年期。']);
    await editDraft(editor, id, () => ({ content: changed }));
    const second = (await saveVersion(editor, id)).version;
    const from = { kind: 'version' as const, versionId: version.id };
    const ofVersions = await editor.call('materials.compare', {
      id,
      from,
      to: { kind: 'version', versionId: second.id },
    });
    expect(ofVersions).toMatchObject({
      from: { number: 1, contentHash: version.contentHash, content: { title: '安心存三年' } },
      to: { number: 2, versionId: second.id, revision: null, content: { title: '安心存五年' } },
      diff: { change: 'text' },
    });
    const ofDraft = await editor.call('materials.compare', { id, from, to: { kind: 'draft' } });
    expect(ofDraft.to).toMatchObject({ versionId: null, revision: 2, number: 2 });
    expect(ofDraft.diff).toEqual(ofVersions.diff);
    const same = await editor.call('materials.compare', {
      id,
      from: { kind: 'draft' },
      to: { kind: 'draft' },
    });
    expect(same.diff.change).toBe('identical');
  });

  test('with what is approved says so where nothing is', async () => {
    const { id } = await createMaterial(editor, poster);
    const input = { id, from: { kind: 'approved' }, to: { kind: 'draft' } };
    expect(await editor.code('materials.compare', input)).toBe('nothing-approved');
  });

  test('variants with their master tells the drift of the draft, or of what an editor has open', async () => {
    const [first] = poster.body;
    if (first === undefined) throw new Error('no paragraph');
    const withVariant = contentOf('poster', poster.title, ['整存整取三年期。', '年利率以柜面公示为准。'], {
      variants: [{ channel: 'sms', title: '', body: [first] }],
    });
    const { id } = await createMaterial(editor, withVariant);
    const { drifts } = await editor.call('materials.drift', { id });
    expect(drifts).toMatchObject([{ channel: 'sms', change: 'text' }]);
    expect(drifts[0]?.kept).toBeLessThan(1);
    const open = await editor.call('materials.drift', {
      id,
      content: { ...withVariant, variants: [{ channel: 'sms', title: '', body: withVariant.body }] },
    });
    expect(open.drifts).toMatchObject([{ kept: 1, change: 'identical' }]);
  });
});
