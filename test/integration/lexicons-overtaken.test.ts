import { Buffer } from 'node:buffer';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ProcedureInput } from '../../src/core/contract/index.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let mine: TestClient;
let theirs: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  mine = await world.signIn('approver');
  theirs = await world.signIn('everything');
});
afterAll(() => world.close());

const word = (text: string, note = ''): ProcedureInput<'lexicons.saveTerm'>['term'] => ({
  text,
  category: '承诺',
  severity: 'high',
  note,
});

async function newDraft(name: string) {
  const { id, draft } = await mine.call('lexicons.create', { name });
  if (draft === null) throw new Error('a new lexicon begins with a draft');
  return { lexiconId: id, versionId: draft.id };
}

/** A draft with one entry, which both have open. */
async function openEntry(name: string) {
  const { lexiconId, versionId } = await newDraft(name);
  const { term } = await mine.call('lexicons.saveTerm', { versionId, id: null, term: word('保本') });
  return { lexiconId, versionId, id: term.id, revision: term.revision };
}

describe('an entry that two people change', () => {
  it('is not overwritten by the second, who is told who was faster and when', async () => {
    const { versionId, id, revision } = await openEntry('两人');
    const before = Date.now();
    const faster = await theirs.call('lexicons.saveTerm', {
      versionId,
      id,
      revision,
      term: word('保本', '他们的'),
    });
    const answer = await mine.try('lexicons.saveTerm', {
      versionId,
      id,
      revision,
      term: word('保本', '我的'),
    });
    expect(answer).toMatchObject({
      ok: false,
      error: {
        code: 'changed-meanwhile',
        details: { what: 'term', by: 'everything', revision: faster.term.revision },
      },
    });
    const at = answer.ok ? null : answer.error.details['at'];
    expect(at).toBeGreaterThanOrEqual(before);
    expect(await mine.call('lexicons.term', { versionId, by: { id } })).toEqual({
      ...faster.term,
      place: 0,
    });

    // Having seen theirs, mine may be saved over it.
    const over = await mine.call('lexicons.saveTerm', {
      versionId,
      id,
      revision: faster.term.revision,
      term: word('保本', '我的'),
    });
    expect(over.term).toMatchObject({ id, note: '我的' });
    expect(await mine.call('lexicons.term', { versionId, by: { text: '保本' } })).toEqual({
      ...over.term,
      place: 0,
    });
  });

  it('is not written into the next one where it was removed and its row is given again', async () => {
    const { versionId, id, revision } = await openEntry('移除');
    await theirs.call('lexicons.removeTerms', { versionId, ids: [id] });
    const attempt = { versionId, id, revision, term: word('保本', '我的') };
    expect(await mine.try('lexicons.saveTerm', attempt)).toMatchObject({
      ok: false,
      error: { code: 'changed-meanwhile', details: { what: 'removed' } },
    });
    const other = await theirs.call('lexicons.saveTerm', { versionId, id: null, term: word('另一个') });
    expect(other.term.id).toBe(id);
    expect(await mine.code('lexicons.saveTerm', attempt)).toBe('changed-meanwhile');
    expect(await mine.call('lexicons.term', { versionId, by: { id } })).toMatchObject({ text: '另一个' });
    expect(await mine.call('lexicons.term', { versionId, by: { text: '保本' } })).toBeNull();
  });

  it('is the same one after an import, changed only where the file says something else', async () => {
    const { lexiconId, versionId, id, revision } = await openEntry('导入');
    const second = await mine.call('lexicons.saveTerm', { versionId, id: null, term: word('保息') });
    const { blobDirectory } = await world.app.prepareUpload(theirs.caller());
    async function* bytes() {
      yield Buffer.from('词条,分类,等级\n保本,承诺,低\n保息,承诺,高\n稳赚,承诺,高\n', 'utf8');
    }
    const blob = await createBlobStore(blobDirectory).write(bytes());
    expect(
      await theirs.call('lexicons.importTerms', { lexiconId, blobId: blob.id, fileName: 'a.csv' }),
    ).toMatchObject({ added: 1, updated: 1, unchanged: 1 });
    expect(
      await mine.try('lexicons.saveTerm', { versionId, id, revision, term: word('保本') }),
    ).toMatchObject({ ok: false, error: { details: { what: 'term', by: 'everything' } } });
    const { terms } = await mine.call('lexicons.terms', { versionId });
    expect(terms.map((term) => [term.id, term.text])).toEqual([
      [id, '保本'],
      [second.term.id, '保息'],
      [expect.any(Number), '稳赚'],
    ]);
    await mine.call('lexicons.saveTerm', {
      versionId,
      id: second.term.id,
      revision: second.term.revision,
      term: word('保息', '未被导入改动'),
    });
  });

  it('has a revision in every change, and none when it is new', async () => {
    const { versionId, id } = await openEntry('不说');
    const term = word('保本');
    expect(await mine.code('lexicons.saveTerm', { versionId, id, term })).toBe('bad-input');
    expect(await mine.code('lexicons.saveTerm', { versionId, id: null, revision: 1, term })).toBe(
      'bad-input',
    );
  });
});

describe('settings that two people change', () => {
  it('are not overwritten by the second', async () => {
    const { versionId } = await newDraft('归一');
    const saved = await theirs.call('lexicons.saveSettings', {
      versionId,
      revision: 0,
      settings: { folds: ['width'] },
    });
    const attempt = { versionId, revision: 0, settings: { folds: ['case' as const] } };
    expect(await mine.try('lexicons.saveSettings', attempt)).toMatchObject({
      ok: false,
      error: {
        code: 'changed-meanwhile',
        details: { what: 'settings', by: 'everything', revision: saved.draft?.settingsRevision },
      },
    });
    // Changing an entry is no change of the settings.
    await theirs.call('lexicons.saveTerm', { versionId, id: null, term: word('保本') });
    const over = await mine.call('lexicons.saveSettings', {
      ...attempt,
      revision: saved.draft?.settingsRevision ?? 0,
    });
    expect(over.draft?.settings.folds).toEqual(['case']);
  });
});
