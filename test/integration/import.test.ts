import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import { ZipFile } from 'yazl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ConversationId, MessageId } from '../../src/core/contract/ids.ts';
import type { ProcedureOutput } from '../../src/core/contract/index.ts';
import {
  customer,
  employee,
  everyKind,
  everyKindLines,
  importFiles,
  jsonLines,
  message,
  startOfTime,
  text,
} from '../support/archive-fixtures.ts';
import { type TestClient, type TestWorld, startTestWorld, until } from '../support/workspace.ts';

let world: TestWorld;
let reviewer: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  reviewer = await world.signIn('reviewer');
});
afterAll(() => world.close());

async function zipOf(members: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function messagesOf(conversationId: ConversationId) {
  const { messages } = await reviewer.call('archive.messages', { conversationId, limit: 500 });
  return messages;
}

async function conversationWith(query: string) {
  const { conversations } = await reviewer.call('archive.conversations', { query });
  const [found] = conversations;
  if (found === undefined) throw new Error(`no conversation with ${query}`);
  return found;
}

describe('every msgtype', () => {
  test('is imported, keeps its numbers exactly, and shows what people typed', async () => {
    const view = await importFiles(world, reviewer, { 'every-kind.jsonl': everyKindLines().join('\n') });
    expect(view).toMatchObject({
      state: 'done',
      read: everyKind.length + 1,
      imported: everyKind.length + 1,
      quarantined: 0,
    });
    expect(view.files[0]).toMatchObject({ kind: 'chat', state: 'done', error: null });

    const shown = await messagesOf((await conversationWith(customer)).id);
    expect(shown.map((entry) => entry.kind)).toEqual(everyKind.map((entry) => entry.kind));
    for (const [index, { kind, fields }] of everyKind.entries()) {
      const entry = shown[index];
      expect({
        kind,
        fields: Object.fromEntries(entry?.fields.map((field) => [field.path, field.text]) ?? []),
      }).toEqual({
        kind,
        fields,
      });
    }
    const bodyOf = (kind: string) => shown.find((entry) => entry.kind === kind)?.body;
    expect(bodyOf('meeting')).toMatchObject({ meetingid: '18446744073709551615', topic: '周会' });
    expect(bodyOf('meeting_voice_call')).toMatchObject({ $other: { voiceid: 'voice-1' } });
    expect(bodyOf('solitaire_2027')).toEqual({ $value: ['一', { word: '二' }], $other: { headline: '三' } });
    expect(bodyOf('text')).toBeNull();
    expect(shown[0]?.source).toEqual({ importId: view.id, fileName: 'every-kind.jsonl', line: 1 });
    expect(shown[0]?.sender?.externalId).toBe(employee);
    expect(shown[0]?.recipients.map((person) => person.externalId)).toEqual([customer]);

    const summary = await reviewer.call('archive.summary');
    expect(summary.kinds).toContain('switch');
    expect(summary).toMatchObject({ messages: everyKind.length + 1, firstAt: startOfTime });
  });

  test('a revoke links to what it took back and removes nothing', async () => {
    const shown = await messagesOf((await conversationWith(customer)).id);
    const revoke = shown.find((entry) => entry.kind === 'revoke');
    const revoked = shown.find((entry) => entry.msgid === 'kind-text');
    expect(revoke?.revokes).toBe(revoked?.id);
    expect(revoked).toMatchObject({ revokedAt: revoke?.sentAt, fields: [{ text: '明早九点见' }] });
  });
});

describe('messages that belong to no conversation', () => {
  test('are counted, and can be read like a conversation', async () => {
    const summary = await reviewer.call('archive.summary');
    const { messages } = await reviewer.call('archive.messages', { conversationId: null });
    expect(messages.map((entry) => [entry.kind, entry.conversationId])).toEqual([['switch', null]]);
    expect(summary.withoutConversation).toBe(1);
    expect(messages[0]?.sender).not.toBeNull();
  });
});

describe('forms of a file', () => {
  const three = (prefix: string) => [
    text(`${prefix}-1`, '一'),
    text(`${prefix}-2`, '二'),
    text(`${prefix}-3`, '三'),
  ];
  const pulled = (prefix: string) =>
    three(prefix).map((entry, index) => ({
      seq: index + 1,
      msgid: entry['msgid'],
      publickey_ver: 1,
      message: entry,
    }));

  test.each([
    ['an array', 'array.json', (prefix: string) => JSON.stringify(three(prefix))],
    ['a printed array', 'printed.json', (prefix: string) => JSON.stringify(three(prefix), null, 2)],
    ['wrappers', 'wrappers.jsonl', (prefix: string) => jsonLines(pulled(prefix))],
    [
      'wrappers with the message as a string',
      'strings.jsonl',
      (prefix: string) =>
        jsonLines(pulled(prefix).map((entry) => ({ ...entry, message: JSON.stringify(entry.message) }))),
    ],
    [
      "a pull's answer",
      'pull.json',
      (prefix: string) => JSON.stringify({ errcode: 0, errmsg: 'ok', chatdata: pulled(prefix) }),
    ],
    [
      "a pull's answer, printed",
      'pull-printed.json',
      (prefix: string) => JSON.stringify({ errcode: 0, errmsg: 'ok', chatdata: pulled(prefix) }, null, 2),
    ],
    ['gzip', 'lines.jsonl.gz', (prefix: string) => gzipSync(jsonLines(three(prefix)))],
    [
      'gzip in two parts',
      'two.gz',
      (prefix: string) => {
        const [first, ...others] = three(prefix);
        return Buffer.concat([
          gzipSync(jsonLines(first === undefined ? [] : [first])),
          gzipSync(jsonLines(others)),
        ]);
      },
    ],
    ['UTF-8 with a mark', 'marked.jsonl', (prefix: string) => `\uFEFF${jsonLines(three(prefix))}`],
    [
      'UTF-16',
      'utf16.jsonl',
      (prefix: string) => Buffer.from(`\uFEFF${jsonLines(three(prefix))}`, 'utf16le'),
    ],
    [
      'Windows line ends and blank lines',
      'crlf.jsonl',
      (prefix: string) => `\r\n${jsonLines(three(prefix)).replaceAll('\n', '\r\n\r\n')}`,
    ],
    ['no last line end', 'open.jsonl', (prefix: string) => jsonLines(three(prefix)).trimEnd()],
  ])('%s', async (name, fileName, make) => {
    const prefix = name.replaceAll(' ', '-');
    const view = await importFiles(world, reviewer, { [fileName]: make(prefix) });
    expect(view).toMatchObject({ state: 'done', read: 3, imported: 3, duplicates: 0, quarantined: 0 });
  });

  test('a zip of several, with what macOS adds', async () => {
    const zip = await zipOf({
      'one.jsonl': jsonLines([text('zip-1', '一')]),
      'sub/two.json': JSON.stringify([text('zip-2', '二'), { action: 'send' }]),
      '__MACOSX/._one.jsonl': 'junk',
      'photo.jpg': 'no text',
      'empty.txt': '',
    });
    const view = await importFiles(world, reviewer, { 'export.zip': zip });
    expect(view).toMatchObject({ state: 'done', read: 3, imported: 2, quarantined: 1 });
    const { entries } = await reviewer.call('archive.quarantine', { importId: view.id });
    expect(entries[0]).toMatchObject({ reason: 'no-msgid', detail: expect.stringContaining('sub/two.json') });
  });
});

describe('duplicates', () => {
  test('within a file, across files and imports are counted and stored once', async () => {
    const first = await importFiles(world, reviewer, {
      'a.jsonl': jsonLines([text('dup-1', '甲'), text('dup-2', '乙'), text('dup-1', '甲')]),
      'b.jsonl': jsonLines([text('dup-2', '乙'), text('dup-3', '丙')]),
    });
    expect(first).toMatchObject({ read: 5, imported: 3, duplicates: 2, quarantined: 0 });
    expect(first.files.map((file) => [file.imported, file.duplicates])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    const before = await reviewer.call('archive.summary');
    const again = await importFiles(world, reviewer, {
      'a.jsonl': jsonLines([text('dup-1', '甲'), text('dup-3', '丙')]),
    });
    expect(again).toMatchObject({ state: 'done', read: 2, imported: 0, duplicates: 2 });
    expect(await reviewer.call('archive.summary')).toEqual(before);
  });
});

describe('rosters', () => {
  test('a GBK roster names employees, another names customers; both are in the audit log', async () => {
    await importFiles(world, reviewer, {
      'chat.jsonl': jsonLines([text('ros-1', '好', { from: 'wangfang', tolist: ['wmRoster1'] })]),
    });
    // 账号,姓名,部门,职务 / wangfang,王芳,城东支行,客户经理 — in GBK.
    const gbk = Buffer.from(
      'd5cbbac52cd0d5c3fb2cb2bfc3c52cd6b0cef10d0a77616e6766616e672ccdf5b7bc2cb3c7b6abd6a7d0d02cbfcdbba7beadc0ed0d0a2ccedeb5c7bcc72c2c0d0a',
      'hex',
    );
    const roster = await importFiles(world, reviewer, { 'roster.csv': gbk });
    expect(roster.files[0]).toMatchObject({ kind: 'roster', read: 2, imported: 1, quarantined: 1 });
    const customers = await importFiles(world, reviewer, {
      'c.csv': 'external_userid,name\nwmRoster1,"李, 女士"\nwmRoster1,"李, 女士"\n',
    });
    expect(customers.files[0]).toMatchObject({ kind: 'customers', read: 2, imported: 1, duplicates: 1 });

    const people = await reviewer.call('archive.people', { query: '城东' });
    expect(people).toMatchObject([
      { externalId: 'wangfang', name: '王芳', branch: '城东支行', position: '客户经理', kind: 'employee' },
    ]);
    expect(await reviewer.call('archive.people', { query: 'wmRoster1' })).toMatchObject([
      { name: '李, 女士', kind: 'customer' },
    ]);
    const found = await reviewer.call('archive.conversations', { filter: { branch: '城东支行' } });
    expect(found.conversations).toHaveLength(1);
    expect(found.conversations[0]?.members.map((person) => person.name)).toEqual(['王芳', '李, 女士']);

    const auditor = await world.signIn('auditor');
    const { events } = await auditor.call('audit.list', { filter: { action: 'archive.rosterImported' } });
    expect(events).toHaveLength(2);
  });
});

describe('a group', () => {
  test('keeps who received each message at the time', async () => {
    await importFiles(world, reviewer, {
      'group.jsonl': jsonLines([
        text('grp-1', '欢迎', { roomid: 'wrGroup', tolist: ['wmA'] }),
        text('grp-2', '大家好', {
          roomid: 'wrGroup',
          from: 'wmB',
          tolist: [employee, 'wmA'],
          msgtime: startOfTime + 1,
        }),
      ]),
    });
    const group = await conversationWith('wrGroup');
    expect(group).toMatchObject({
      kind: 'group',
      roomId: 'wrGroup',
      memberCount: 3,
      messageCount: 2,
      preview: '大家好',
    });
    const [first, second] = await messagesOf(group.id);
    expect(first?.recipients.map((person) => person.externalId)).toEqual(['wmA']);
    expect(second?.recipients).toHaveLength(2);
  });
});

describe('personal data', () => {
  test('is masked until somebody gives a reason, which is in the audit log', async () => {
    await importFiles(world, reviewer, {
      'p.jsonl': jsonLines([
        text('pii-1', '我的电话13800138000，别的没有', { from: 'wmPii', tolist: ['zhaomin'] }),
        message(
          'pii-2',
          'link',
          { title: '卡号 6222 0212 3456 7890 128', description: '' },
          { from: 'wmPii', tolist: ['zhaomin'], msgtime: startOfTime + 1 },
        ),
      ]),
    });
    const conversation = await conversationWith('wmPii');
    const [first] = await messagesOf(conversation.id);
    expect(first).toMatchObject({ masked: true, fields: [{ text: '我的电话***********，别的没有' }] });
    if (first === undefined) throw new Error('no message');
    const revealed = await reviewer.call('archive.reveal', { id: first.id, reason: '核对客户投诉' });
    expect(revealed).toMatchObject({ masked: false, fields: [{ text: '我的电话13800138000，别的没有' }] });
    expect(await reviewer.code('archive.reveal', { id: first.id, reason: '' })).toBe('bad-input');
    const editor = await world.signIn('editor');
    expect(await editor.code('archive.reveal', { id: first.id, reason: '看看' })).toBe('forbidden');
    const auditor = await world.signIn('auditor');
    const { events } = await auditor.call('audit.list', { filter: { action: 'archive.reveal' } });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ recordId: String(first.id), details: { reason: '核对客户投诉' } });
  });
});

describe('search', () => {
  test('streams what it finds, newest first, whatever case and width; a new search ends the last', async () => {
    await importFiles(world, reviewer, {
      's.jsonl': jsonLines(
        Array.from({ length: 300 }, (_, index) =>
          text(`sea-${index}`, index % 100 === 0 ? `第${index}次 ＦＯＦ 产品` : '寻常的话', {
            from: 'searcher',
            tolist: ['wmSearch'],
            msgtime: startOfTime + 86_400_000 + index,
          }),
        ),
      ),
    });
    const events = world.listen(reviewer);
    const abandoned = await reviewer.call('archive.search', { text: '寻常' });
    const { searchId } = await reviewer.call('archive.search', { text: 'fof' });
    const batches = () =>
      events.flatMap((event) =>
        event.type === 'search' && event.batch.searchId === searchId ? [event.batch] : [],
      );
    const last = await until(() => batches().find((batch) => batch.done));
    const results = batches().flatMap((batch) => batch.results);
    expect(results.map((result) => result.excerpt)).toEqual([
      '第200次 ＦＯＦ 产品',
      '第100次 ＦＯＦ 产品',
      '第0次 ＦＯＦ 产品',
    ]);
    expect(results.map((result) => result.excerpt.slice(result.start, result.end))).toEqual([
      'ＦＯＦ',
      'ＦＯＦ',
      'ＦＯＦ',
    ]);
    expect(last).toMatchObject({ limited: false, scanned: last.total });
    expect(
      events.some(
        (event) => event.type === 'search' && event.batch.searchId === abandoned.searchId && event.batch.done,
      ),
    ).toBe(false);

    const limited = await reviewer.call('archive.search', { text: '寻常', limit: 5 });
    const end = await until(() =>
      events
        .flatMap((event) =>
          event.type === 'search' && event.batch.searchId === limited.searchId ? [event.batch] : [],
        )
        .find((batch) => batch.done),
    );
    expect(end.limited).toBe(true);
  });
});

describe('windows of a conversation', () => {
  test('lead to every message once, from the newest back and around any', async () => {
    const conversation = await conversationWith('wmSearch');
    const ids: MessageId[] = [];
    for (let more = true; more;) {
      const page: ProcedureOutput<'archive.messages'> = await reviewer.call('archive.messages', {
        conversationId: conversation.id,
        before: ids[0] ?? null,
        limit: 70,
      });
      ids.unshift(...page.messages.map((entry) => entry.id));
      more = page.moreBefore;
    }
    expect(new Set(ids).size).toBe(300);
    const around = await reviewer.call('archive.messages', {
      conversationId: conversation.id,
      around: ids[150] ?? null,
      limit: 11,
    });
    expect(around.messages.map((entry) => entry.id)).toEqual(ids.slice(145, 156));
    expect(around).toMatchObject({ moreBefore: true, moreAfter: true });
  });
});
