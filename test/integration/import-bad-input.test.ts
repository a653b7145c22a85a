import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';

import { AppError } from '../../src/core/contract/errors.ts';
import {
  type ArchiveEntry,
  createImport,
  readMessages,
  runImport,
} from '../../src/core/features/archive/index.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { importContext, importFiles, jsonLines, message, text } from '../support/archive-fixtures.ts';
import { type TestClient, type TestWorld, startTestWorld, temporaryFolder } from '../support/workspace.ts';

let world: TestWorld;
let reviewer: TestClient;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  world = await startTestWorld();
  reviewer = await world.signIn('reviewer');
  folder = await temporaryFolder();
});
afterAll(async () => {
  await world.close();
  await folder.remove();
});

async function zipOf(members: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

async function* once(...pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(Buffer.from(piece));
}

/** The entries of a source, and the error that ended it. */
async function readAll(
  source: string | AsyncIterable<Uint8Array>,
): Promise<{ entries: ArchiveEntry[]; code: string | null }> {
  const entries: ArchiveEntry[] = [];
  try {
    for await (const batch of readMessages(source, 'file')) entries.push(...batch);
    return { entries, code: null };
  } catch (error) {
    return { entries, code: error instanceof AppError ? error.code : String(error) };
  }
}

const outcome = (entry: ArchiveEntry | undefined) =>
  entry?.kind === 'quarantined' ? entry.reason : entry?.kind;
const good = (id: string) => JSON.stringify(text(id, '好'));
// "你好" in GBK.
const gbkLine = (id: string) =>
  Buffer.concat([
    Buffer.from(
      `{"msgid":"${id}","from":"a","tolist":["b"],"msgtime":1,"msgtype":"text","text":{"content":"`,
    ),
    Buffer.from('c4e3bac3', 'hex'),
    Buffer.from('"}}\n'),
  ]);

describe('bad entries', () => {
  const deep = `{"msgid":"d","from":"a","msgtime":1,"msgtype":"x","x":${'['.repeat(5000)}${']'.repeat(5000)}}`;
  test.each([
    ['broken JSON', '{"msgid":"1","text":', 'broken-json'],
    ['something behind the object', `${good('1')} x`, 'broken-json'],
    ['two objects on a line', `${good('1')}${good('2')}`, 'broken-json'],
    ['a control character in a string', good('1').replace('好', '\u0001'), 'broken-json'],
    ['a bad escape', good('1').replace('好', String.raw`\x41`), 'broken-json'],
    ['no msgid', JSON.stringify({ ...text('1', '好'), msgid: undefined }), 'no-msgid'],
    ['an empty msgid', good(''), 'no-msgid'],
    ['a number for a msgid', JSON.stringify({ ...text('1', '好'), msgid: 5 }), 'wrong-type'],
    ['a number for a text', JSON.stringify(message('1', 'text', { content: 5 })), 'wrong-type'],
    ['a text without content', JSON.stringify(message('1', 'text', {})), 'wrong-type'],
    ['a string for a body', JSON.stringify(message('1', 'image', 'x')), 'wrong-type'],
    ['a string for recipients', JSON.stringify(text('1', '好', { tolist: 'b' })), 'wrong-type'],
    ['a word for a time', JSON.stringify(text('1', '好', { msgtime: 'soon' })), 'wrong-type'],
    ['a negative time', JSON.stringify(text('1', '好', { msgtime: -5 })), 'wrong-type'],
    ['no time', JSON.stringify(text('1', '好', { msgtime: undefined })), 'wrong-type'],
    ['no msgtype', JSON.stringify({ ...text('1', '好'), msgtype: undefined }), 'wrong-type'],
    ['an object for a sender', JSON.stringify(text('1', '好', { from: {} })), 'wrong-type'],
    ['a list for an entry', `[${good('1')}]`, 'wrong-type'],
    ['a number for an entry', '17', 'wrong-type'],
    ['deep brackets', deep, 'too-deep'],
    [
      'what could not be decrypted',
      '{"seq":9,"msgid":"1","publickey_ver":3,"encrypt_random_key":"k","encrypt_chat_msg":"c"}',
      'undecryptable',
    ],
    ['too long a line', JSON.stringify(text('1', 'a'.repeat(17 * 2 ** 20))), 'too-long'],
    [
      'invalid UTF-8',
      Buffer.concat([Buffer.from('{"msgid":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
      'invalid-utf8',
    ],
  ])('%s: %#', async (_name, line, reason) => {
    const { entries, code } = await readAll(once(`${good('before')}\n`, line, `\n${good('after')}\n`));
    expect({ outcomes: entries.map(outcome), line: entries[1]?.line, code }).toEqual({
      outcomes: ['message', reason, 'message'],
      line: 2,
      code: null,
    });
  });

  test('odd but readable ones are imported', async () => {
    const odd = [
      JSON.stringify(text('1', '好', { msgtime: '1767225600000' })),
      JSON.stringify({ ...text('2', '好'), roomid: null, seq: '18446744073709551615' }),
      JSON.stringify({ ...text('3', '好'), action: undefined, from: undefined }),
      String.raw`{"msg\u0069d":"\u0034","from":"a","tolist":["b"],"msgtime":1,"msgtype":"t\u0065xt","text":{"c\u006fntent":"\ud83d\ude00\ud800"}}`,
      '{"msgid":"x","msgid":"5","from":"a","tolist":["b"],"msgtime":1,"msgtype":"text","text":{"content":"first","content":"last"}}',
      '{"msgid":"6","from":{"id":"a"},"sender":{"type":1,"id":"a"},"receiver_list":[{"type":2,"id":"wmX"}],"chatid":"","send_time":1767225600,"msgtype":1,"from":null}',
    ];
    const { entries } = await readAll(once(odd.join('\n')));
    const messages = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message] : []));
    expect(messages.map((entry) => entry.msgid)).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(messages[1]?.seq).toBe('18446744073709551615');
    expect(messages[3]?.fields).toEqual([{ path: 'text.content', text: '\u{1F600}\uD800' }]);
    expect(messages[4]?.fields[0]?.text).toBe('last');
    expect(messages[5]).toMatchObject({
      from: 'a',
      recipients: ['wmX'],
      msgtime: 1_767_225_600_000,
      kind: '1',
    });
  });

  test('a broken element of an array does not take the others with it', async () => {
    const lines = [good('1'), '{"msgid":"x","text":{"content":"left open}}', good('2'), 'junk', good('3')];
    const { entries } = await readAll(once(`[\n${lines.join(',\n')}\n]`));
    expect(entries.map(outcome)).toEqual(['message', 'broken-json', 'message', 'broken-json', 'message']);
    expect(entries.map((entry) => entry.line)).toEqual([2, 3, 4, 5, 6]);
  });

  test('a line of 2 GiB is passed over without being held', async () => {
    const piece = Buffer.alloc(2 ** 20, 'a');
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${good('1')}\n{"msgid":"`);
      for (let index = 0; index < 2048; index += 1) yield await Promise.resolve(piece);
      yield Buffer.from(`"}\n${good('2')}\n`);
    }
    const before = process.memoryUsage().rss;
    const { entries } = await readAll(endless());
    expect(entries.map(outcome)).toEqual(['message', 'too-long', 'message']);
    expect(entries[1]).toMatchObject({ size: 2 ** 31 + 12, line: 2 });
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 2 ** 20);
  });
});

describe('bad files', () => {
  test('each says what is wrong, and what came before it is kept', async () => {
    const directory = join(folder.path, 'directory');
    await mkdir(directory);
    const lines = jsonLines(Array.from({ length: 5000 }, (_, index) => text(`t-${index}`, `第${index}句`)));
    const packed = gzipSync(lines);
    const zip = await zipOf({ 'a.jsonl': lines });
    const locked = Buffer.from(zip);
    // The flag of encryption, in the local header and in the central directory.
    locked.writeUInt16LE(locked.readUInt16LE(6) | 1, 6);
    const central = locked.indexOf(Buffer.from('504b0102', 'hex'));
    locked.writeUInt16LE(locked.readUInt16LE(central + 8) | 1, central + 8);
    const damaged = Buffer.from(packed);
    damaged.fill(0x55, Math.floor(packed.length / 2), Math.floor(packed.length / 2) + 200);
    const bomb = gzipSync(Buffer.concat([Buffer.from('{"msgid":"'), Buffer.alloc(130 * 2 ** 20, 'a')]), {
      level: 1,
    });

    const cases: readonly (readonly [string, string, string])[] = [
      ['no file', join(folder.path, 'nothing'), 'not-found'],
      ['a directory', directory, 'file-is-directory'],
      ['an empty file', await fileOf('empty.jsonl', ''), 'file-empty'],
      ['blank lines only', await fileOf('blank.jsonl', '\n \n\r\n'), 'file-empty'],
      ['no JSON', await fileOf('prose.txt', '今天天气很好。\n没有别的。\n'), 'file-not-recognised'],
      [
        'a picture',
        await fileOf('p.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
        'file-not-recognised',
      ],
      [
        'GBK',
        await fileOf('gbk.jsonl', Buffer.concat([gbkLine('1'), gbkLine('2'), gbkLine('3')])),
        'wrong-encoding',
      ],
      ['an empty gzip', await fileOf('empty.gz', gzipSync('')), 'file-empty'],
      ['a zip cut short', await fileOf('short.zip', zip.subarray(0, zip.length - 40)), 'file-truncated'],
      [
        'a zip in a zip',
        await fileOf('nested.zip', await zipOf({ 'inner.zip': zip })),
        'file-not-recognised',
      ],
      [
        'a zip without text',
        await fileOf('photos.zip', await zipOf({ 'a.jpg': 'x' })),
        'file-not-recognised',
      ],
      ['a zip with a password', await fileOf('locked.zip', locked), 'file-not-recognised'],
      ['a bomb', await fileOf('bomb.gz', bomb), 'archive-bomb'],
    ];
    for (const [name, path, code] of cases) {
      expect({ name, code: (await readAll(path)).code }).toEqual({ name, code });
    }
    const truncated = await readAll(await fileOf('truncated.gz', packed.subarray(0, packed.length - 4000)));
    expect(truncated.code).toBe('file-truncated');
    expect(truncated.entries.filter((entry) => entry.kind === 'message').length).toBeGreaterThan(1000);
    expect((await readAll(await fileOf('damaged.gz', damaged))).code).toBe('file-unreadable');
  });

  test.each([0, 1, 2])(
    'a first message longer than what is looked at is UTF-8 wherever it is cut: %i',
    async (shift) => {
      const content = `${'a'.repeat(shift)}${'保'.repeat(2 ** 20)}`;
      const source = Buffer.from(`${JSON.stringify(text('1', content))}\n${good('2')}\n`);
      for (const path of [
        await fileOf(`long-${shift}.jsonl`, source),
        await fileOf(`long-${shift}.json`, `[${source.toString().trim().replace('\n', ',')}]`),
        await fileOf(`long-${shift}.gz`, gzipSync(source)),
      ]) {
        const { entries, code } = await readAll(path);
        expect({ outcomes: entries.map(outcome), code }).toEqual({
          outcomes: ['message', 'message'],
          code: null,
        });
      }
    },
  );

  test('a first message in GBK that is longer than what is looked at is refused all the same', async () => {
    for (const shift of [0, 1]) {
      const bytes = Buffer.alloc(2 ** 21, Buffer.from([0xb1, 0xa3]));
      const line = [`{"msgid":"1","text":{"content":"${'a'.repeat(shift)}`, bytes, '"}}\n'];
      expect((await readAll(once(...line))).code).toBe('wrong-encoding');
    }
  });

  test('a few GBK lines among good ones go to quarantine', async () => {
    const { entries, code } = await readAll(once(`${good('1')}\n`, gbkLine('2'), `${good('3')}\n`));
    expect({ outcomes: entries.map(outcome), code }).toEqual({
      outcomes: ['message', 'invalid-utf8', 'message'],
      code: null,
    });
  });

  test('in an import, a bad file fails and the others go on; what came is counted', async () => {
    const lines = jsonLines(Array.from({ length: 5000 }, (_, index) => text(`f-${index}`, `第${index}句`)));
    const packed = gzipSync(lines);
    const view = await importFiles(world, reviewer, {
      'prose.txt': '今天天气很好。',
      'cut.jsonl.gz': packed.subarray(0, packed.length - 3000),
      'good.jsonl': jsonLines([text('g-1', '好')]),
    });
    expect(view.state).toBe('done');
    expect(view.files.map((file) => [file.state, file.error?.code])).toEqual([
      ['failed', 'file-not-recognised'],
      ['failed', 'file-truncated'],
      ['done', undefined],
    ]);
    const cut = view.files[1];
    expect(cut?.imported).toBeGreaterThan(1000);
    expect(cut?.read).toBe((cut?.imported ?? 0) + (cut?.quarantined ?? 0));
    const job = await reviewer.call('jobs.get', { id: view.jobId });
    expect(job).toMatchObject({ state: 'succeeded', error: null });
    // The whole file afterwards: what the cut one lacked, and nothing twice.
    const whole = await importFiles(world, reviewer, { 'whole.jsonl.gz': packed });
    expect(whole).toMatchObject({
      state: 'done',
      read: 5000,
      duplicates: cut?.imported,
      imported: 5000 - (cut?.imported ?? 0),
    });
  });
});

describe('the numbers', () => {
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x0a))),
    fc.json().map((json) => Buffer.from(json.replaceAll('\n', ' '))),
    fc.string({ unit: 'grapheme', maxLength: 40 }).map((value) => Buffer.from(value.replaceAll('\n', ' '))),
    fc.nat(40).map((id) => Buffer.from(good(`n-${id}`))),
    fc.tuple(fc.nat(40), fc.nat(90)).map(([id, cut]) => Buffer.from(good(`n-${id}`)).subarray(0, cut)),
    fc.constant(Buffer.from('{"errcode":0,"chatdata":[{"seq":1},{"seq":2,"encrypt_chat_msg":"x"}]}')),
  );
  const isBlank = (line: Buffer) =>
    line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09 || byte === 0x0a);

  test('always add up: every line that is not blank is an entry, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(garbage, { maxLength: 30 }),
        fc.integer({ min: 1, max: 200 }),
        async (lines, size) => {
          const all = [Buffer.from(good('first')), ...lines];
          const bytes = Buffer.concat(all.flatMap((line) => [line, Buffer.from('\n')]));
          async function* pieces(): AsyncGenerator<Uint8Array> {
            for (let at = 0; at < bytes.length; at += size)
              yield await Promise.resolve(bytes.subarray(at, at + size));
          }
          const { entries, code } = await readAll(pieces());
          if (code === 'wrong-encoding') return;
          const pulls = all.filter((line) => line.includes('chatdata":[{"seq":1}')).length;
          expect(code).toBeNull();
          expect(entries.length).toBe(all.filter((line) => !isBlank(line)).length + pulls);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('add up in the database too, and a repeat of the same file adds nothing', async () => {
    const context = await importContext(folder.path);
    const samples = fc.sample(garbage, { numRuns: 3000, seed: 5 });
    const content = Buffer.concat([
      Buffer.from(`${good('first')}\n`),
      ...samples.flatMap((line) => [line, Buffer.from('\n')]),
    ]);
    const { id: blobId } = await context.blobs.write(once(content));
    const run = async () => {
      const { id } = await createImport(context, systemActor, {
        files: [{ blobId, name: 'x.jsonl' }],
        kind: 'chat',
      });
      await runImport(context, id);
      const [counts] = await context.connection.query
        .selectFrom('import_files')
        .select(['read', 'imported', 'duplicates', 'quarantined'])
        .where('import_id', '=', id)
        .execute();
      const { count } = await context.connection.query
        .selectFrom('messages')
        .select((builder) => builder.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      return { counts, count };
    };
    const first = await run();
    expect(first.counts?.imported).toBe(first.count);
    expect(first.counts?.quarantined).toBeGreaterThan(500);
    expect(first.counts?.duplicates).toBeGreaterThan(100);
    const second = await run();
    expect(second.count).toBe(first.count);
    expect(second.counts).toMatchObject({
      read: first.counts?.read,
      imported: 0,
      duplicates: (first.counts?.imported ?? 0) + (first.counts?.duplicates ?? 0),
      quarantined: first.counts?.quarantined,
    });
    await context.connection.close();
  });
});

describe('completeness', () => {
  test('names gaps, dangling revokes, what could not be decrypted, and customers without consent, per employee and day', async () => {
    const day = Date.UTC(2026, 2, 10, 20);
    const wrapped = (seq: number, entry: Record<string, unknown>) => ({
      seq,
      msgid: entry['msgid'],
      message: entry,
    });
    const of = (id: string, content: string, at: number) =>
      text(id, content, { from: 'gaoyuan', tolist: ['wmGap'], msgtime: at });
    const view = await importFiles(world, reviewer, {
      'part-1.jsonl': jsonLines([
        wrapped(5, of('c-5', '一', day)),
        wrapped(4, of('c-4', '二', day)),
        wrapped(
          9,
          message(
            'c-9',
            'revoke',
            { pre_msgid: 'never-seen' },
            { from: 'wmGap', tolist: ['gaoyuan'], msgtime: day },
          ),
        ),
        { seq: 10, msgid: 'c-10', publickey_ver: 2, encrypt_random_key: 'k', encrypt_chat_msg: 'x' },
      ]),
      'part-2.jsonl': jsonLines([
        wrapped(6, of('c-6', '三', day + 1)),
        wrapped(
          12,
          message(
            'c-12',
            'agree',
            { userid: 'wmAgreed' },
            { from: 'wmAgreed', tolist: ['gaoyuan'], msgtime: day },
          ),
        ),
      ]),
    });
    const report = await reviewer.call('archive.completeness', { importId: view.id });
    expect(report).toMatchObject({
      hasSequences: true,
      missingSequences: 3,
      danglingRevokes: 1,
      undecryptable: 1,
      sequenceGaps: [
        // 20:00 UTC is the next day in Shanghai.
        { from: '7', to: '8', count: 2, employee: { externalId: 'gaoyuan' }, day: '2026-03-11' },
        { from: '11', to: '11', count: 1 },
      ],
    });
    const row = report.rows.find((entry) => entry.employee?.externalId === 'gaoyuan');
    expect(row).toMatchObject({
      day: '2026-03-11',
      messages: 5,
      danglingRevokes: 1,
      customersWithoutConsent: 1,
    });
    expect(report.rows.find((entry) => entry.undecryptable > 0)).toMatchObject({ undecryptable: 1 });

    // A later import may bring what was missing.
    await importFiles(world, reviewer, {
      'late.jsonl': jsonLines([
        of('never-seen', '原话', day),
        message('c-20', 'agree', { userid: 'wmGap' }, { from: 'wmGap', tolist: ['gaoyuan'], msgtime: day }),
      ]),
    });
    const later = await reviewer.call('archive.completeness', { importId: view.id });
    expect(later.danglingRevokes).toBe(0);
    expect(
      later.rows.find((entry) => entry.employee?.externalId === 'gaoyuan')?.customersWithoutConsent,
    ).toBe(0);
  });
});
