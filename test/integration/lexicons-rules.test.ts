import { Buffer } from 'node:buffer';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Milliseconds } from '../../src/core/contract/ids.ts';
import type { ProcedureInput } from '../../src/core/contract/index.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import {
  loadActiveSuppressions,
  loadPublishedTerms,
  loadVersionSettings,
} from '../../src/core/features/lexicons/index.ts';
import { publishDraft } from '../../src/core/features/lexicons/publish.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../src/core/platform/ids.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let client: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  client = await world.signIn('everything');
});
afterAll(() => world.close());

type WrittenTerm = ProcedureInput<'lexicons.saveTerm'>['term'];
type Options = NonNullable<WrittenTerm['options']>;

const word = (text: string, options: Options = {}): WrittenTerm => ({
  text,
  category: '承诺',
  severity: 'high',
  basis: '《广告法》第二十五条',
  options,
});

async function newDraft(name: string, terms: readonly WrittenTerm[] = []) {
  const lexicon = await client.call('lexicons.create', { name });
  if (lexicon.draft === null) throw new Error('a new lexicon begins with a draft');
  const versionId = lexicon.draft.id;
  for (const term of terms) await client.call('lexicons.saveTerm', { versionId, id: null, term });
  return { lexiconId: lexicon.id, versionId };
}

async function upload(content: string) {
  const { blobDirectory } = await world.app.prepareUpload(client.caller());
  async function* bytes() {
    yield Buffer.from(content, 'utf8');
  }
  return (await createBlobStore(blobDirectory).write(bytes())).id;
}

async function importFile(
  lexiconId: Awaited<ReturnType<typeof newDraft>>['lexiconId'],
  fileName: string,
  content: string,
  mode: 'add' | 'replace' = 'add',
) {
  return client.call('lexicons.importTerms', { lexiconId, blobId: await upload(content), fileName, mode });
}

async function termsOf(versionId: ProcedureInput<'lexicons.terms'>['versionId']) {
  return (await client.call('lexicons.terms', { versionId })).terms;
}

function withDatabase<Result>(work: (connection: ReturnType<typeof openDatabase>) => Promise<Result>) {
  const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
  return work(connection).finally(() => connection.close());
}

const standard = [
  'width',
  'case',
  'script',
  'invisible',
  'filler',
  'repeats',
  'digits',
  'look-alikes',
  'split',
];

describe('the settings of a version', () => {
  it('begin with the standard folds, change in a draft only, and go on to the next one', async () => {
    const { lexiconId, versionId } = await newDraft('设置', [word('保本')]);
    const [begun] = await client.call('lexicons.versions', { lexiconId });
    expect(begun?.settings).toEqual({ folds: standard, aliases: [], aliasesOff: [], components: [] });

    const settings = {
      folds: ['digits', 'width', 'width'] as const,
      aliases: [{ target: '微信', written: ['围心'] }],
      aliasesOff: [{ target: '微信', written: ['vx', '徽信'] }],
      components: [{ character: '保', parts: '亻呆' }],
    };
    const changed = await client.call('lexicons.saveSettings', {
      versionId,
      revision: 0,
      settings: { ...settings, folds: [...settings.folds] },
    });
    // A set of folds is written one way, whatever the order it was given in.
    expect(changed.draft?.settings).toEqual({ ...settings, folds: ['width', 'digits'] });
    const again = {
      versionId,
      revision: 0,
      settings: { ...settings, folds: ['width', 'digits'] as ('width' | 'digits')[] },
    };
    await client.call('lexicons.saveSettings', again);
    const { events } = await client.call('audit.list', {
      filter: { recordId: lexiconId, action: 'lexicons.saveSettings' },
    });
    expect(events).toHaveLength(1);
    expect(events[0]?.details).toMatchObject({ aliases: 1, aliasesOff: 2, components: 1 });

    const first = await client.call('lexicons.publish', { lexiconId, versionId });
    expect(await client.code('lexicons.saveSettings', again)).toBe('lexicon-published');
    const second = (await client.call('lexicons.startDraft', { lexiconId })).draft;
    if (second === null) throw new Error('no draft');
    expect(second.settings).toEqual(changed.draft?.settings);
    await client.call('lexicons.saveSettings', {
      versionId: second.id,
      revision: second.settingsRevision,
      settings: { folds: ['width'] },
    });
    const next = await client.call('lexicons.publish', { lexiconId, versionId: second.id });
    expect(next.lexicon.published?.contentHash).not.toBe(first.lexicon.published?.contentHash);
    await withDatabase(async ({ query }) => {
      expect(await loadVersionSettings(query, second.id)).toMatchObject({ folds: ['width'] });
    });
  });

  it('are refused with half a character in any of the tables, and no other table is blamed', async () => {
    const { versionId } = await newDraft('半个字符');
    const half = '微\ud83d';
    for (const settings of [
      { aliases: [{ target: '微信', written: [half] }] },
      { aliasesOff: [{ target: '微信', written: [half] }] },
      { components: [{ character: '保', parts: half }] },
    ])
      expect(await client.try('lexicons.saveSettings', { versionId, revision: 0, settings })).toMatchObject({
        ok: false,
        error: { code: 'lexicon-invalid', details: { problem: 'half-character', detail: 'U+D83D' } },
      });
  });

  it('are refused where a component is of several characters', async () => {
    const { lexiconId, versionId } = await newDraft('两个字');
    const settings = { components: [{ character: '保本', parts: '亻呆本' }] };
    const refused = {
      ok: false,
      error: { code: 'lexicon-invalid', details: { problem: 'component-of-several', detail: '保本' } },
    };
    expect(await client.try('lexicons.saveSettings', { versionId, revision: 0, settings })).toMatchObject(
      refused,
    );
    const blobId = await upload(JSON.stringify({ settings, terms: ['微信'] }));
    expect(await client.try('lexicons.importTerms', { lexiconId, blobId, fileName: 'a.json' })).toMatchObject(
      refused,
    );
    // One beyond the BMP is one.
    const astral = { components: [{ character: '𠮷', parts: '土口' }] };
    expect(
      await client.try('lexicons.saveSettings', { versionId, revision: 0, settings: astral }),
    ).toMatchObject({ ok: true });
  });

  it('are refused where a form is off that the built-in aliases do not have, and say which', async () => {
    const listed = await client.call('lexicons.builtInAliases', {});
    const own = listed.find(({ target }) => target === '微信')?.written ?? [];
    expect([own.includes('vx'), own.includes('微xin')]).toEqual([true, false]);
    const { lexiconId, versionId } = await newDraft('停用别名');
    const settings = { aliasesOff: [{ target: '微信', written: ['vx', 'VX'] }] };
    const refused = {
      ok: false,
      error: {
        code: 'lexicon-invalid',
        details: { problem: 'unknown-alias', kind: 'unknown-alias', detail: 'VX → 微信' },
      },
    };
    expect(await client.try('lexicons.saveSettings', { versionId, revision: 0, settings })).toMatchObject(
      refused,
    );
    const blobId = await upload(JSON.stringify({ settings, terms: ['微信'] }));
    expect(await client.try('lexicons.importTerms', { lexiconId, blobId, fileName: 'a.json' })).toMatchObject(
      refused,
    );
    await withDatabase(async ({ query }) => {
      expect(await loadVersionSettings(query, versionId)).toMatchObject({ aliasesOff: [] });
    });
  });

  it('are refused where components go round in a circle', async () => {
    const { versionId } = await newDraft('拆字成环');
    const components = [
      { character: '甲', parts: '乙一' },
      { character: '乙', parts: '甲一' },
    ];
    expect(
      await client.try('lexicons.saveSettings', { versionId, revision: 0, settings: { components } }),
    ).toMatchObject({
      ok: false,
      error: { code: 'lexicon-invalid', details: { problem: 'broken-components', kind: 'component-cycle' } },
    });
  });
});

describe('the options of an entry', () => {
  const options: Options = {
    wholeWord: true,
    foldsOn: ['pinyin', 'homophones'],
    notWhen: [{ phrase: '不保本', reason: '否定' }],
    scope: { speaker: 'employee', hours: { from: '22:00', to: '06:00' } },
    examples: [
      { text: '不保本', expect: 'no-hit' },
      { text: '保本', expect: 'hit' },
    ],
    suggestion: '业绩比较基准',
  };

  it('are kept through versions, are part of the hash, and reach runs', async () => {
    const { lexiconId, versionId } = await newDraft('选项', [word('保本')]);
    const [plain] = await termsOf(versionId);
    if (plain === undefined) throw new Error('no term');
    expect(plain.options).toMatchObject({ rule: null, foldsOn: [], notWhen: [], examples: [] });
    const first = await client.call('lexicons.publish', { lexiconId, versionId });
    const draft = (await client.call('lexicons.startDraft', { lexiconId })).draft;
    if (draft === null) throw new Error('no draft');
    const [copied] = await termsOf(draft.id);
    if (copied === undefined) throw new Error('no term');
    const saved = await client.call('lexicons.saveTerm', {
      versionId: draft.id,
      id: copied.id,
      revision: copied.revision,
      term: word('保本', options),
    });
    expect(saved.term.options.foldsOn).toEqual(['pinyin', 'homophones']);
    expect(saved.term.options.examples.map(({ expect: expected }) => expected)).toEqual(['hit', 'no-hit']);
    const second = await client.call('lexicons.publish', { lexiconId, versionId: draft.id });
    expect(second.lexicon.published?.contentHash).not.toBe(first.lexicon.published?.contentHash);

    const third = (await client.call('lexicons.startDraft', { lexiconId })).draft;
    if (third === null) throw new Error('no draft');
    expect((await termsOf(third.id))[0]).toMatchObject({ key: plain.key, options: saved.term.options });
    await withDatabase(async ({ query }) => {
      const [published] = await loadPublishedTerms(query, [lexiconId]);
      expect(published).toMatchObject({
        settings: { folds: standard },
        terms: [{ text: '保本', options: saved.term.options }],
      });
    });
  });

  it('are refused where unknown ones stand among them', async () => {
    const { versionId } = await newDraft('未知选项');
    const term = { ...word('保本'), options: { colour: 'red' } };
    expect(await client.code('lexicons.saveTerm', { versionId, id: null, term })).toBe('bad-input');
  });
});

const near = (second: string): Options => ({
  rule: {
    kind: 'near',
    first: { kind: 'words', words: ['转账'] },
    second: { kind: 'term', text: second },
    within: 6,
  },
});

describe('lexicon files', () => {
  it('carry rules, options and settings in .json, to the letter', async () => {
    const { lexiconId, versionId } = await newDraft('出', [
      word('我个人'),
      word('向个人转账', { ...near('我个人'), examples: [{ text: '转账给我个人', expect: 'hit' }] }),
      word('保本', { notWhen: [{ phrase: '不保本', code: 'x', reason: '否定' }], fillers: 1 }),
    ]);
    await client.call('lexicons.saveSettings', {
      versionId,
      revision: 0,
      settings: { folds: ['width', 'pinyin'], aliasesOff: [{ target: '微信', written: ['vx'] }] },
    });
    const file = await client.call('lexicons.export', { versionId, format: 'json' });
    expect(file.warnings).toEqual([]);
    const copy = await newDraft('入');
    const result = await importFile(copy.lexiconId, file.fileName, file.content);
    expect(result).toMatchObject({ added: 3, warnings: [] });
    expect(result.lexicon.draft?.settings).toMatchObject({
      folds: ['width', 'pinyin'],
      aliasesOff: [{ target: '微信', written: ['vx'] }],
    });
    const again = await client.call('lexicons.export', { versionId: copy.versionId, format: 'json' });
    expect(again.content.replace('"入"', '"出"')).toBe(file.content);
    // The same content has the same hash, whoever wrote it.
    const one = await client.call('lexicons.publish', { lexiconId, versionId });
    const other = await client.call('lexicons.publish', copy);
    expect(other.lexicon.published?.contentHash).toBe(one.lexicon.published?.contentHash);
  });

  it('keep their settings from a draft that has terms, unless they replace these', async () => {
    const { lexiconId } = await newDraft('已有', [word('保本')]);
    const file = JSON.stringify({ settings: { folds: ['width'] }, terms: ['稳赚'] });
    const preview = await client.call('lexicons.previewImport', {
      lexiconId,
      blobId: await upload(file),
      fileName: 'a.json',
    });
    const added = await importFile(lexiconId, 'a.json', file);
    expect(added.warnings).toEqual([]);
    expect(added.settings.outcome).toBe('left');
    expect(added.settings).toEqual(preview.settings.add);
    expect(added.lexicon.draft?.settings.folds).toEqual(standard);
    const replaced = await importFile(lexiconId, 'a.json', file, 'replace');
    expect(replaced.warnings).toEqual([]);
    expect(replaced.settings).toMatchObject({
      outcome: 'taken',
      changes: { folds: { on: [], off: standard.filter((fold) => fold !== 'width') } },
    });
    expect(replaced.settings).toEqual(preview.settings.replace);
    expect(replaced.lexicon.draft?.settings.folds).toEqual(['width']);
    expect((await importFile(lexiconId, 'a.json', file)).settings.outcome).toBe('same');
    expect((await importFile(lexiconId, 'a.txt', '稳赚')).settings.outcome).toBe('none');
  });

  it('have what is wrong with their settings named, and are refused where these would be taken', async () => {
    const { lexiconId, versionId } = await newDraft('错设置', [word('保本')]);
    const content = JSON.stringify({
      settings: { aliasesOff: [{ target: '微信', written: ['没有的写法'] }] },
      terms: ['稳赚'],
    });
    const blobId = await upload(content);
    const { settings } = await client.call('lexicons.previewImport', {
      lexiconId,
      blobId,
      fileName: 'a.json',
    });
    const problems = { count: 1, first: [{ kind: 'unknown-alias', detail: '没有的写法 → 微信' }] };
    expect(settings).toMatchObject({
      add: { outcome: 'left', problems },
      replace: { outcome: 'refused', problems },
    });
    const request = { lexiconId, blobId, fileName: 'a.json' } as const;
    expect(await client.try('lexicons.importTerms', { ...request, mode: 'replace' })).toMatchObject({
      ok: false,
      error: { code: 'lexicon-invalid', details: { problem: 'unknown-alias' } },
    });
    const added = await client.call('lexicons.importTerms', request);
    expect(added).toMatchObject({ added: 1, settings: { outcome: 'left', problems } });
    expect(added.lexicon.draft?.settings.aliasesOff).toEqual([]);
    expect((await termsOf(versionId)).map(({ text }) => text)).toEqual(['保本', '稳赚']);
  });

  it('are compared with what a draft would begin with, where there is none', async () => {
    const { lexiconId, versionId } = await newDraft('已发布', [word('保本')]);
    await client.call('lexicons.saveSettings', { versionId, revision: 0, settings: { folds: ['width'] } });
    await client.call('lexicons.publish', { lexiconId, versionId });
    const file = JSON.stringify({ settings: { folds: ['width', 'pinyin'] }, terms: ['稳赚'] });
    const request = { lexiconId, blobId: await upload(file), fileName: 'a.json' };
    expect(await client.call('lexicons.previewImport', request)).toMatchObject({
      settings: {
        add: { outcome: 'left', changes: { folds: { on: ['pinyin'], off: [] } } },
        replace: { outcome: 'taken' },
      },
    });
    // Looking started no draft.
    expect((await client.call('lexicons.list', {})).find(({ id }) => id === lexiconId)?.draft).toBe(null);
    const broken = { ...request, blobId: await upload('{'), fileName: 'b.json' };
    expect(await client.code('lexicons.previewImport', broken)).toBe('lexicon-invalid');
  });

  it('change a draft, and what that changes of the published settings is told', async () => {
    const { lexiconId, versionId } = await newDraft('改设置', [word('保本')]);
    expect(await client.call('lexicons.settingsChanges', { versionId })).toBe(null);
    await client.call('lexicons.publish', { lexiconId, versionId });
    const { draft } = await client.call('lexicons.startDraft', { lexiconId });
    if (draft === null) throw new Error('a draft was started');
    expect(await client.call('lexicons.settingsChanges', { versionId: draft.id })).toBe(null);
    await client.call('lexicons.saveSettings', {
      versionId: draft.id,
      revision: draft.settingsRevision,
      settings: { ...draft.settings, aliases: [{ target: '保本', written: ['宝夲'] }] },
    });
    expect(await client.call('lexicons.settingsChanges', { versionId: draft.id })).toMatchObject({
      folds: { on: [], off: [] },
      aliases: { before: 0, after: 1, added: { count: 1, first: [{ written: '宝夲', read: '保本' }] } },
    });
  });

  it('change only what a table has columns for', async () => {
    const { lexiconId, versionId } = await newDraft('表格', [
      word('我个人'),
      word('向个人转账', near('我个人')),
      word('保本', {
        scope: { speaker: 'employee' },
        notWhen: [{ phrase: '不保本', code: 'negation', reason: '否定' }],
        examples: [{ text: '保本', expect: 'hit' }],
      }),
    ]);
    const old = await importFile(lexiconId, 'old.csv', '词条,分类,等级\n向个人转账,承诺,低\n保本,承诺,低\n');
    expect(old).toMatchObject({ updated: 2 });
    const table = '词条,分类,等级,例外,不命中示例\n保本,承诺,低,不保本|非保本,非保本型\n';
    expect(await importFile(lexiconId, 'new.csv', table)).toMatchObject({ updated: 1 });
    const terms = new Map((await termsOf(versionId)).map((term) => [term.text, term]));
    expect(terms.get('向个人转账')).toMatchObject({ severity: 'low', options: { rule: { kind: 'near' } } });
    expect(terms.get('保本')?.options).toMatchObject({
      scope: { speaker: 'employee' },
      notWhen: [
        { phrase: '不保本', code: 'negation', reason: '否定' },
        { phrase: '非保本', code: '', reason: '' },
      ],
      examples: [
        { text: '保本', expect: 'hit' },
        { text: '非保本型', expect: 'no-hit' },
      ],
    });
    const csv = await client.call('lexicons.export', { versionId, format: 'csv' });
    expect(csv.warnings).toEqual([
      { kind: 'rules-left-out', line: null, text: '向个人转账' },
      { kind: 'options-left-out', line: null, text: '保本' },
    ]);
    expect(await importFile(lexiconId, csv.fileName, csv.content)).toMatchObject({
      updated: 0,
      unchanged: 2,
      warnings: [],
    });
    const txt = await client.call('lexicons.export', { versionId, format: 'txt' });
    expect(txt.content).toContain('# 1 entries are not in this file');
    // Neither can name a rule, so neither removes it; what it could have named, it does.
    for (const [fileName, content] of [
      ['table.csv', '词条,分类\n保本,承诺\n'],
      ['list.txt', '保本\n'],
    ] as const) {
      const { warnings } = await importFile(lexiconId, fileName, content, 'replace');
      expect((await termsOf(versionId)).map(({ text }) => text).toSorted()).toEqual(['保本', '向个人转账']);
      expect(warnings).toContainEqual({ kind: 'missing-term', line: null, text: '向个人转账: 我个人' });
    }
    await importFile(lexiconId, 'all.json', '["保本"]', 'replace');
    expect((await termsOf(versionId)).map(({ text }) => text)).toEqual(['保本']);
  });
});

describe('rules that can not work', () => {
  it('are refused when they are saved or imported', async () => {
    const { lexiconId, versionId } = await newDraft('坏规则', [word('保本')]);
    const bad = word('后向引用', { rule: { kind: 'pattern', pattern: '(a)\\1' } });
    const saved = await client.try('lexicons.saveTerm', { versionId, id: null, term: bad });
    expect(saved).toMatchObject({
      ok: false,
      error: {
        code: 'lexicon-invalid',
        details: { problem: 'broken-rule', kind: 'bad-pattern', entry: '后向引用', number: 1 },
      },
    });
    const file = JSON.stringify([bad, '稳赚']);
    expect(
      await client.code('lexicons.importTerms', {
        lexiconId,
        blobId: await upload(file),
        fileName: 'a.json',
      }),
    ).toBe('lexicon-invalid');
    expect((await termsOf(versionId)).map(({ text }) => text)).toEqual(['保本']);
  });

  it('may name an entry that comes later, but are not published without it', async () => {
    const { lexiconId, versionId } = await newDraft('缺词条');
    const first = await client.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: word('向个人转账', near('我个人')),
    });
    expect(first.warnings.map(({ kind }) => kind)).toEqual(['missing-term']);
    const { problems } = await client.call('lexicons.checkDraft', { versionId });
    expect(problems).toMatchObject([{ kind: 'missing-term', entry: '向个人转账', termId: first.term.id }]);
    expect(await client.try('lexicons.publish', { lexiconId, versionId })).toMatchObject({
      ok: false,
      error: {
        code: 'lexicon-invalid',
        details: { problem: 'broken-rule', kind: 'missing-term', entry: '向个人转账', number: 1 },
      },
    });
    await client.call('lexicons.saveTerm', { versionId, id: null, term: word('我个人') });
    expect((await client.call('lexicons.checkDraft', { versionId })).problems).toEqual([]);
    expect(await client.code('lexicons.publish', { lexiconId, versionId })).toBe('ok');
  });
});

describe('examples', () => {
  it('keep a draft from being published while one fails', async () => {
    const { lexiconId, versionId } = await newDraft('示例', [
      word('保本', {
        examples: [
          { text: '这款保 本', expect: 'hit' },
          { text: '这款不保本', expect: 'no-hit' },
          { text: '没有的词', expect: 'hit' },
        ],
      }),
    ]);
    const { problems, examples } = await client.call('lexicons.checkDraft', { versionId });
    expect(examples).toBe(3);
    expect(problems.map(({ kind, entry }) => [kind, entry])).toEqual([
      ['example-fails', '保本'],
      ['example-fails', '保本'],
    ]);
    expect(await client.try('lexicons.publish', { lexiconId, versionId })).toMatchObject({
      ok: false,
      error: { code: 'examples-failed', details: { entry: '保本', number: 2 } },
    });
    const [stored] = await termsOf(versionId);
    if (stored === undefined) throw new Error('no term');
    await client.call('lexicons.saveTerm', {
      versionId,
      id: stored.id,
      revision: stored.revision,
      term: word('保本', {
        notWhen: [{ phrase: '不保本' }],
        examples: [
          { text: '这款保 本', expect: 'hit' },
          { text: '这款不保本', expect: 'no-hit' },
        ],
      }),
    });
    expect(await client.code('lexicons.publish', { lexiconId, versionId })).toBe('ok');
  });

  it('of entries that are switched off do not count', async () => {
    const { lexiconId, versionId } = await newDraft('停用示例', [
      word('稳赚'),
      { ...word('保本', { examples: [{ text: '别的', expect: 'hit' }] }), enabled: false },
    ]);
    expect(await client.call('lexicons.checkDraft', { versionId })).toEqual({ problems: [], examples: 0 });
    expect(await client.code('lexicons.publish', { lexiconId, versionId })).toBe('ok');
  });

  it('of a draft that somebody changed after they were run say nothing', async () => {
    const { lexiconId, versionId } = await newDraft('同时', [word('保本')]);
    await withDatabase(async ({ query }) => {
      const services = { clock: systemClock, ids: createIdSource(systemClock, systemRandom) };
      const publish = query
        .transaction()
        .execute((writer) =>
          publishDraft(writer, services, systemActor, { lexiconId, versionId }, { change: 0, content: null }),
        );
      await expect(publish).rejects.toMatchObject({ code: 'conflict' });
    });
  });
});

describe('a sample text', () => {
  it('gets its hits explained: place, folds, steps, rule, basis, suggestion', async () => {
    const { versionId } = await newDraft('试用', [
      word('保本保息', { suggestion: '业绩比较基准' }),
      word('我个人'),
      word('向个人转账', near('我个人')),
    ]);
    const texts = ['这款保 本保息，您放心', '请转账给我个人'];
    const { hits, problems, more } = await client.call('lexicons.tryText', { versionId, texts });
    expect({ problems, more }).toEqual({ problems: [], more: 0 });
    expect(hits).toMatchObject([
      {
        index: 0,
        term: '保本保息',
        text: '保 本保息',
        start: 2,
        end: 7,
        rule: 'word',
        folds: ['filler'],
        confidence: 0.9,
        basis: '《广告法》第二十五条',
        suggestion: '业绩比较基准',
        severity: 'high',
        silencedBy: null,
        parts: [],
      },
      { index: 1, term: '向个人转账', rule: 'near', text: '转账给我个人', start: 1, end: 7 },
      { index: 1, term: '我个人', rule: 'word', start: 4, end: 7 },
    ]);
    expect(hits[0]?.steps.map(({ written }) => written).join('')).toBe('保 本保息');
    const stored = new Map((await termsOf(versionId)).map((term) => [term.text, term]));
    expect(hits[0]).toMatchObject({ termId: stored.get('保本保息')?.id, key: stored.get('保本保息')?.key });
  });

  it('is screened with an entry as it is being edited, stored or not', async () => {
    const { versionId } = await newDraft('编辑中', [word('保本'), word('稳赚')]);
    const [stored] = await termsOf(versionId);
    if (stored === undefined) throw new Error('no term');
    const find = async (entry: ProcedureInput<'lexicons.tryText'>['entry'], text: string) =>
      client.call('lexicons.tryText', { versionId, texts: [text], entry });
    const text = '不保本，稳赚';
    expect((await find(null, text)).hits.map(({ term }) => term)).toEqual(['保本', '稳赚']);
    const changed = word('保本', { notWhen: [{ phrase: '不保本', code: 'negation', reason: '否定' }] });
    const silenced = await find({ id: stored.id, term: changed }, text);
    expect(silenced.hits).toMatchObject([
      { term: '保本', termId: stored.id, silencedBy: { phrase: '不保本', code: 'negation', reason: '否定' } },
      { term: '稳赚', silencedBy: null },
    ]);
    const beside = await find({ id: null, term: word('不保') }, text);
    expect(beside.hits).toMatchObject([
      { term: '不保', termId: null, key: null },
      { term: '保本' },
      { term: '稳赚' },
    ]);
    const off = await find({ id: stored.id, term: { ...word('保本'), enabled: false } }, text);
    expect(off.hits.map(({ term }) => term)).toEqual(['稳赚']);
    const broken = word('坏', { rule: { kind: 'pattern', pattern: '(' } });
    const { hits, problems } = await find({ id: null, term: broken }, text);
    expect(problems).toMatchObject([{ kind: 'bad-pattern', entry: '坏', termId: null }]);
    expect(hits.map(({ term }) => term)).toEqual(['保本', '稳赚']);
    // Nothing of all this is stored.
    expect((await termsOf(versionId)).map((term) => term.text)).toEqual(['保本', '稳赚']);
  });

  it('is seen as another rule that names the edited entry sees it', async () => {
    const { versionId } = await newDraft('牵连', [word('我个人'), word('向个人转账', near('我个人'))]);
    const [stored] = await termsOf(versionId);
    const renamed = await client.call('lexicons.tryText', {
      versionId,
      texts: ['转账给我私人'],
      entry: { id: stored?.id ?? null, term: word('我私人') },
    });
    expect(renamed.problems).toMatchObject([{ kind: 'missing-term', entry: '向个人转账' }]);
    expect(renamed.hits.map(({ term }) => term)).toEqual(['我私人']);
  });

  it('may be several messages that split a term', async () => {
    const { versionId } = await newDraft('拆分', [word('加我私人微信')]);
    const texts = ['您好，加我私人微', '信，谢谢'];
    const { hits } = await client.call('lexicons.tryText', { versionId, texts });
    expect(hits).toMatchObject([
      {
        index: 1,
        start: 0,
        end: 1,
        text: '信',
        term: '加我私人微信',
        parts: [
          { index: 0, start: 3, end: 8, text: '加我私人微' },
          { index: 1, start: 0, end: 1, text: '信' },
        ],
      },
    ]);
    expect(hits[0]?.folds).toContain('split');
  });

  it('is said by somebody, somewhere, at some time', async () => {
    const { versionId } = await newDraft('范围', [
      word('投诉', { scope: { speaker: 'customer' } }),
      word('转账', { scope: { hours: { from: '22:00', to: '06:00' } } }),
    ]);
    const find = async (more: Partial<ProcedureInput<'lexicons.tryText'>>) =>
      (await client.call('lexicons.tryText', { versionId, texts: ['投诉，转账'], ...more })).hits.map(
        ({ term }) => term,
      );
    expect(await find({ time: '12:00' })).toEqual([]);
    expect(await find({ time: '23:30', speaker: 'customer' })).toEqual(['投诉', '转账']);
    expect(await client.code('lexicons.tryText', { versionId, texts: ['x'], time: '25:00' })).toBe(
      'bad-input',
    );
  });

  it('lists 1,000 hits and counts the rest, and is refused where it is too long', async () => {
    const { versionId } = await newDraft('很多', [word('保本')]);
    const { hits, more } = await client.call('lexicons.tryText', {
      versionId,
      texts: ['保本，'.repeat(1_200)],
    });
    expect(hits).toHaveLength(1_000);
    expect(more).toBe(200);
    const long = 'x'.repeat(100_001);
    expect(await client.code('lexicons.tryText', { versionId, texts: [long] })).toBe('bad-input');
    expect(await client.code('lexicons.tryText', { versionId, texts: [] })).toBe('bad-input');
  });

  it('follows the draft as it changes, without keeping others waiting for a large one', async () => {
    const { lexiconId, versionId } = await newDraft('大词库');
    const lines = Array.from({ length: 50_000 }, (_, index) => `词条${index}号`);
    await importFile(lexiconId, 'big.txt', lines.join('\n'));
    const order: string[] = [];
    const tried = client
      .call('lexicons.tryText', { versionId, texts: ['词条49999号，词条新号'] })
      .finally(() => order.push('tried'));
    await client.call('lexicons.list').finally(() => order.push('listed'));
    expect((await tried).hits.map(({ term }) => term)).toEqual(['词条49999号']);
    expect(order).toEqual(['listed', 'tried']);
    await client.call('lexicons.saveTerm', { versionId, id: null, term: word('词条新号') });
    const { hits } = await client.call('lexicons.tryText', { versionId, texts: ['词条49999号，词条新号'] });
    expect(hits.map(({ term }) => term)).toEqual(['词条49999号', '词条新号']);
    await client.call('lexicons.discardDraft', { lexiconId });
    expect(await client.code('lexicons.tryText', { versionId, texts: ['词条'] })).toBe('not-found');
  });
});

describe('the thread that tries texts', () => {
  it('ends with the workspace, and answers whoever still waits', async () => {
    const other = await startTestWorld();
    const user = await other.signIn('everything');
    const lexicon = await user.call('lexicons.create', { name: '关闭' });
    const versionId = lexicon.draft?.id;
    if (versionId === undefined) throw new Error('no draft');
    const tried = user.code('lexicons.tryText', { versionId, texts: ['保本'] });
    const checked = user.code('lexicons.checkDraft', { versionId });
    // One turn, so that the requests have reached the thread, which takes longer than that to start.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    await other.close();
    expect([await tried, await checked]).toEqual(['cancelled', 'cancelled']);
  });
});

describe('suppressions', () => {
  const day = 86_400_000;
  const input = (phrase: string, expiresAt = Date.now() + day) => ({
    suppression: { phrase, terms: ['保本'] },
    reason: '监管要求的提示语',
    expiresAt: Milliseconds.parse(expiresAt),
  });

  it('are refused for an entry that no lexicon has, which is named', async () => {
    const misspelt = {
      ...input('本产品不保本'),
      suppression: { phrase: '不保本', terms: ['保本', '保夲息'] },
    };
    await newDraft('有这个词条', [word('保本')]);
    await expect(client.call('lexicons.addSuppression', misspelt)).rejects.toThrow(
      'bad-input: No lexicon has the entry “保夲息”',
    );
  });

  it('have an owner, a reason and an end, and are ended, never deleted', async () => {
    const { versionId } = await newDraft('被忽略', [word('保本')]);
    const added = await client.call('lexicons.addSuppression', input('本产品不保本'));
    expect(added).toMatchObject({
      phrase: '本产品不保本',
      terms: ['保本'],
      owner: 'everything',
      reason: '监管要求的提示语',
      endedAt: null,
      endedBy: null,
    });
    expect((await client.call('lexicons.suppressions')).map(({ id }) => id)).toContain(added.id);
    await withDatabase(async ({ query }) => {
      const phrases = async (now: number) =>
        (await loadActiveSuppressions(query, Milliseconds.parse(now))).map(({ phrase }) => phrase);
      expect(await phrases(Date.now())).toContain('本产品不保本');
      expect(await phrases(added.expiresAt)).not.toContain('本产品不保本');
    });
    const { hits } = await client.call('lexicons.tryText', { versionId, texts: ['本产品不保本'] });
    expect(hits).toMatchObject([{ term: '保本', silencedBy: { phrase: '本产品不保本' } }]);
    expect(hits[0]?.silencedBy).toEqual({
      phrase: '本产品不保本',
      code: '',
      reason: '监管要求的提示语',
      suppression: { owner: 'everything', expiresAt: added.expiresAt },
    });

    const ended = await client.call('lexicons.endSuppression', { id: added.id });
    expect(ended).toMatchObject({ endedBy: 'everything' });
    expect(ended.endedAt).not.toBeNull();
    expect(await client.code('lexicons.endSuppression', { id: added.id })).toBe('conflict');
    expect((await client.call('lexicons.suppressions')).map(({ id }) => id)).not.toContain(added.id);
    expect((await client.call('lexicons.suppressions', { ended: true })).map(({ id }) => id)).toContain(
      added.id,
    );
    expect(
      (await client.call('lexicons.tryText', { versionId, texts: ['本产品不保本'] })).hits,
    ).toMatchObject([{ silencedBy: null }]);
    const { events } = await client.call('audit.list', { filter: { recordId: added.id } });
    expect(events.map(({ action }) => action)).toEqual([
      'lexicons.endSuppression',
      'lexicons.addSuppression',
    ]);
  });

  it('last two years at most, and are for those who may publish', async () => {
    expect(await client.code('lexicons.addSuppression', input('过期', Date.now() - 1))).toBe('bad-input');
    expect(await client.code('lexicons.addSuppression', input('太久', Date.now() + 735 * day))).toBe(
      'bad-input',
    );
    expect(await client.code('lexicons.addSuppression', input(' '))).toBe('bad-input');
    const reviewer = await world.signIn('reviewer');
    expect(await reviewer.code('lexicons.addSuppression', input('不行'))).toBe('forbidden');
    expect(await reviewer.code('lexicons.suppressions', {})).toBe('ok');
  });
});
