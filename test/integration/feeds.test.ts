import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CalendarDay } from '../../src/core/contract/ids.ts';
import { type StoredFact, selectFactsOfKinds } from '../../src/core/features/feeds/index.ts';
import { factKinds } from '../../src/core/features/feeds/model.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { everyKindLines, importFiles, text } from '../support/archive-fixtures.ts';
import {
  contactEvent,
  customerDetail,
  customerIds,
  customerList,
  day,
  eventsXml,
  fileLeaks,
  groupDetail,
  groupEvent,
  groupList,
  layouts,
  memberLog,
  noon,
  screenshots,
  transferCustomer,
  transferGroup,
  transferResult,
  unassignedList,
} from '../support/feeds.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let reviewer: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  reviewer = await world.signIn('reviewer');
});
afterAll(() => world.close());

const asOf = CalendarDay.parse('2026-03-02');
const of = { from: 'wanglei', to: 'lina' };

/** All facts of the world, or those whose file has this name. */
function facts(where: TestWorld = world, file?: string): StoredFact[] {
  const connection = openDatabase(join(where.workspace, 'workspace.sqlite'), { readonly: true });
  try {
    const all = selectFactsOfKinds(connection, factKinds);
    return file === undefined ? all : all.filter((one) => one.file === file);
  } finally {
    connection.handle.close();
  }
}

/** What a fact says, without where it stands. */
const said = ({ kind, employee, item, taker, code, detail }: StoredFact) =>
  [kind, employee ?? '-', item ?? '-', taker ?? '-', code ?? '-', detail ?? '-'].join(' ');

/** Imports one file and answers its row and what it says. */
async function imported(
  name: string,
  content: string | Uint8Array,
  more: Parameters<typeof importFiles>[4] = { asOf },
) {
  const view = await importFiles(world, reviewer, { [name]: content }, 'auto', more);
  const [file] = view.files;
  if (file === undefined) throw new Error('no file');
  return { view, file, facts: facts(world, name), said: facts(world, name).map(said).toSorted() };
}

describe('each feed is recognised and says what it says', () => {
  test('customers: a list per employee, ids only, and the detail of one', async () => {
    const list = await imported(
      'list.json',
      JSON.stringify(
        customerList('wanglei', [
          { id: 'wmA', name: '甲', remark: '老客户', tags: ['etB', 'etA'] },
          { id: 'wmB', name: '乙' },
        ]),
      ),
    );
    expect(list.file).toMatchObject({
      kind: 'customers',
      read: 2,
      imported: 2,
      quarantined: 0,
      state: 'done',
    });
    expect(list.said).toEqual([
      'list wanglei - - - -',
      'listed wanglei wmA - - -',
      'listed wanglei wmB - - -',
    ]);
    expect(list.facts.every(({ at, wholeDay }) => at === day('2026-03-02') && wholeDay)).toBe(true);
    expect(list.facts.find(({ item }) => item === 'wmA')).toMatchObject({
      otherAt: noon,
      data: { name: '甲', remark: '老客户', tags: ['etA', 'etB'] },
    });
    const [person] = await reviewer.call('archive.people', { externalId: 'wmA' });
    expect(person).toMatchObject({ kind: 'customer', name: '甲' });

    const ids = await imported('ids.json', JSON.stringify(customerIds('zhaomin', ['wmC', 'wmD'])));
    expect(ids.file).toMatchObject({ kind: 'customers', read: 2, imported: 2 });
    expect(ids.said).toEqual([
      'list zhaomin - - - -',
      'listed zhaomin wmC - - -',
      'listed zhaomin wmD - - -',
    ]);

    const detail = await imported(
      'detail.json',
      JSON.stringify(customerDetail({ id: 'wmE' }, ['wanglei', 'lina'])),
    );
    expect(detail.said).toEqual(['listed lina wmE - - -', 'listed wanglei wmE - - -']);
    expect(detail.facts[0]?.data).toMatchObject({ tags: ['VIP'] });
  });

  test('an empty list is still a list', async () => {
    const { file, said: what } = await imported('none.json', JSON.stringify(customerIds('sunli', [])));
    expect(file).toMatchObject({ kind: 'customers', read: 1, imported: 1 });
    expect(what).toEqual(['list sunli - - - -']);
  });

  test('groups: lists with their states, details with their owner', async () => {
    const { file, said: what } = await imported(
      'groups.json',
      layouts.lines([
        groupList([
          { id: 'wrA', status: 1 },
          { id: 'wrB', status: 0 },
        ]),
        groupDetail({ id: 'wrA', name: '理财群', owner: 'wanglei', members: ['wmA', 'lina'] }),
        groupList([{ id: 'wrC', status: 1 }], {
          status_filter: 1,
          owner_filter: { userid_list: ['wanglei'] },
        }),
      ]),
    );
    expect(file).toMatchObject({ kind: 'groups', read: 4, imported: 4 });
    expect(what).toEqual([
      'group - wrA - 1 -',
      'group - wrB - 0 -',
      'group wanglei wrA - - -',
      'group wanglei wrC - 1 -',
      'group-list - - - - -',
    ]);
    expect(
      facts(world, 'groups.json').find((one) => one.employee === 'wanglei' && one.item === 'wrA')?.data,
    ).toEqual({
      created: noon,
      customers: 1,
      members: 3,
      name: '理财群',
    });
  });

  test('unassigned customers, at the time of leaving', async () => {
    const left = noon + 3_600_000;
    const {
      file,
      facts: found,
      said: what,
    } = await imported('unassigned.json', JSON.stringify(unassignedList('wanglei', ['wmA', 'wmB'], left)));
    expect(file).toMatchObject({ kind: 'unassigned', read: 2, imported: 2 });
    expect(what).toEqual(['unassigned wanglei wmA - - -', 'unassigned wanglei wmB - - -']);
    expect(found[0]).toMatchObject({ at: left, wholeDay: false });
  });

  test('transfers: starts, results, groups; codes as they come', async () => {
    const started = await imported(
      'started.json',
      JSON.stringify(
        transferCustomer(of, [{ id: 'wmA' }, { id: 'wmB', errcode: 40096 }, { id: 'wmC', errcode: 99999 }]),
      ),
    );
    expect(started.file).toMatchObject({ kind: 'transfer-customer', read: 3, imported: 3 });
    expect(started.said).toEqual([
      'transfer-start wanglei wmA lina 0 -',
      'transfer-start wanglei wmB lina 40096 -',
      'transfer-start wanglei wmC lina 99999 -',
    ]);
    const results = await imported(
      'results.json',
      JSON.stringify(
        transferResult(of, [
          { id: 'wmA', status: 1, takenAt: noon },
          { id: 'wmB', status: 7 },
        ]),
      ),
    );
    expect(results.file).toMatchObject({ kind: 'transfer-result' });
    expect(results.said).toEqual([
      'transfer-result wanglei wmA lina 1 -',
      'transfer-result wanglei wmB lina 7 -',
    ]);
    expect(results.facts.find(({ item }) => item === 'wmA')?.otherAt).toBe(noon);
    expect(results.facts.find(({ item }) => item === 'wmB')?.otherAt).toBeNull();

    const groups = await imported(
      'group-transfer.json',
      JSON.stringify(transferGroup(of, ['wrA', 'wrB'], [{ id: 'wrB', errcode: 90500 }])),
    );
    expect(groups.file).toMatchObject({ kind: 'transfer-group', read: 2, imported: 2 });
    expect(groups.said).toEqual([
      'group-transfer wanglei wrA lina 0 -',
      'group-transfer wanglei wrB lina 90500 -',
    ]);
  });

  test('events: XML one after another, JSON lines, {xml: …}; to the second', async () => {
    const events = [
      contactEvent('del_follow_user', { userid: 'wanglei', customer: 'wmA' }),
      contactEvent(
        'del_external_contact',
        { userid: 'wanglei', customer: 'wmB' },
        { Source: 'DELETE_BY_TRANSFER' },
      ),
      contactEvent('transfer_fail', { userid: 'lina', customer: 'wmC' }, { FailReason: 'customer_refused' }),
      groupEvent('update', { group: 'wrA' }, { UpdateDetail: 'change_owner', MemChangeCnt: 1 }),
    ];
    const expected = [
      'contact-event - wmC lina transfer_fail customer_refused',
      'contact-event wanglei wmA - del_follow_user -',
      'contact-event wanglei wmB - del_external_contact DELETE_BY_TRANSFER',
      'group-event - wrA - update change_owner',
    ];
    const xml = await imported('events.xml', eventsXml(events));
    expect(xml.file).toMatchObject({ kind: 'events', read: 4, imported: 4, quarantined: 0 });
    expect(xml.said).toEqual(expected);
    expect(xml.facts.every(({ at, wholeDay }) => at === noon && !wholeDay)).toBe(true);
    expect(xml.facts.map(({ line }) => line).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);

    // The same events in another form are the same facts, whatever a number is written as.
    const lines = await imported('events.jsonl', layouts.lines(events));
    expect(lines.file).toMatchObject({ kind: 'events', read: 4, imported: 0, duplicates: 4 });
    const wrapped = await imported('wrapped.jsonl', layouts.lines(events.map((event) => ({ xml: event }))));
    expect(wrapped.file).toMatchObject({ kind: 'events', read: 4, duplicates: 4 });
  });

  test('logs: leaked files, screenshots, what members did', async () => {
    const leaks = await imported(
      'leaks.json',
      JSON.stringify(fileLeaks([{ userid: 'wanglei', file: '客户名单.xlsx' }])),
    );
    expect(leaks.file).toMatchObject({ kind: 'file-leaks', read: 1 });
    expect(leaks.said).toEqual(['file-leak wanglei - - 102 客户名单.xlsx']);
    const shots = await imported('shots.json', JSON.stringify(screenshots([{ userid: 'wanglei', type: 2 }])));
    expect(shots.file).toMatchObject({ kind: 'screenshots' });
    expect(shots.said).toEqual(['screenshot wanglei - - 2 -']);
    const log = await imported(
      'log.json',
      JSON.stringify(memberLog([{ userid: 'wanglei', type: 4, detail: '新设备' }])),
    );
    expect(log.file).toMatchObject({ kind: 'member-log' });
    expect(log.said).toEqual(['member-log wanglei - - 4 新设备']);
    expect(log.facts[0]).toMatchObject({ at: noon, wholeDay: false, data: { ip: '192.0.2.7' } });
  });

  test('the employee stands beside the answer: in it, around it, or in the request', async () => {
    const answer = customerIds('x', ['wmBeside']);
    const { userid: _, ...bare } = answer;
    for (const [name, content] of Object.entries({
      'around.json': { userid: 'qianwei', response: bare },
      'request.json': { request: { userid: 'qianwei' }, ...bare },
      'handover.json': { ...bare, handover_userid: 'qianwei' },
    })) {
      const { file } = await imported(name, JSON.stringify(content));
      expect(file, name).toMatchObject({ kind: 'customers', read: 1, quarantined: 0 });
    }
    expect(
      facts()
        .filter(({ item }) => item === 'wmBeside')
        .map(said),
    ).toEqual(['listed qianwei wmBeside - - -']);
  });
});

describe('when a record is of', () => {
  const answer = customerIds('dayer', ['wmDay']);
  const dayOf = async (name: string, content: unknown, more: Parameters<typeof importFiles>[4]) => {
    const { facts: found } = await imported(name, JSON.stringify(content), more);
    return found.find(({ kind }) => kind === 'listed')?.at;
  };
  test('what the import says, then the answer, then the file’s name, then today', async () => {
    const dated = { ...answer, as_of: '2026-02-20' };
    expect(await dayOf('a-2026-02-25.json', dated, { asOf })).toBe(day('2026-03-02'));
    expect(await dayOf('b-2026-02-25.json', dated, {})).toBe(day('2026-02-20'));
    expect(await dayOf('c_20260225.json', answer, {})).toBe(day('2026-02-25'));
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    expect(await dayOf('d.json', answer, {})).toBe(day(today));
  });

  test('a time of day beside a transfer is kept', async () => {
    const content = transferCustomer(of, [{ id: 'wmTimed' }], { time: '2026-03-02 15:30:00' });
    const { facts: found } = await imported('timed.json', JSON.stringify(content));
    expect(found[0]).toMatchObject({ at: day('2026-03-02') + 15.5 * 3_600_000, wholeDay: false });
  });
});

describe('layouts', () => {
  const answers = [customerIds('layouter', ['wmL1', 'wmL2']), customerIds('layouter2', ['wmL3'])];
  test.each(Object.keys(layouts) as (keyof typeof layouts)[])('%s', async (layout) => {
    const { file } = await imported(`layout-${layout}.json`, layouts[layout](answers));
    expect(file).toMatchObject({ kind: 'customers', read: 3, quarantined: 0 });
    expect(facts().filter(({ employee }) => employee?.startsWith('layouter')).length).toBe(5);
  });
});

describe('what is no feed', () => {
  test('a chat archive is never taken for one, nor the reverse', async () => {
    const chat = await imported('chat.jsonl', everyKindLines().join('\n'));
    expect(chat.file).toMatchObject({ kind: 'chat', quarantined: 0 });
    expect(chat.facts).toEqual([]);
    // Bodies of messages that look like answers.
    const tricky = [
      { ...text('t1', 'x'), msgtype: 'news', info: { item: [] }, customer: [{ status: 1 }] },
      { seq: 1, msgid: 't2', message: text('t2', '{"external_userid":["wmX"]}') },
      { chatdata: [], errcode: 0, errmsg: 'ok', external_userid: [] },
    ];
    const { file } = await imported('tricky.jsonl', layouts.lines(tricky));
    expect(file).toMatchObject({ kind: 'chat' });
    const forced = await importFiles(
      world,
      reviewer,
      { 'chat2.jsonl': layouts.lines([text('f1', 'x')]) },
      'customers',
    );
    expect(forced.files[0]).toMatchObject({ state: 'failed', error: { code: 'file-not-recognised' } });
  });

  test('what can’t be taken is quarantined with its reason, the rest is taken', async () => {
    const { file, view } = await imported(
      'mixed.jsonl',
      [
        JSON.stringify(customerIds('mixer', ['wmM1'])),
        '{"errcode": 40096, "errmsg": "invalid external userid"}',
        '{"userid": "mixer", "external_userid": [',
        JSON.stringify({ errcode: 0, external_userid: ['wmNobody'] }),
        JSON.stringify({ hello: 'world' }),
        JSON.stringify(transferCustomer(of, [{ id: '' }, { id: 'wmM2' }])),
        JSON.stringify({ Event: 'enter_agent', CreateTime: 1, MsgType: 'event' }),
        `${'{"a":['.repeat(200)}1${']}'.repeat(200)}`,
      ].join('\n'),
    );
    expect(file).toMatchObject({ kind: 'mixed', read: 9, imported: 2, quarantined: 7 });
    const { entries } = await reviewer.call('archive.quarantine', { importId: view.id });
    expect(entries.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'answer-error'],
      [3, 'broken-json'],
      [4, 'no-employee'],
      [5, 'other-feed'],
      [6, 'no-item'],
      [7, 'other-event'],
      [8, 'too-deep'],
    ]);
    expect(entries[0]?.detail).toContain('40096');
  });

  test('broken XML', async () => {
    const [good] = [eventsXml([contactEvent('add_external_contact', { userid: 'a', customer: 'wmXml' })])];
    const { file, view } = await imported(
      'broken.xml',
      `<?xml version="1.0"?>\n2026-03-02 received ${good}lost words\n<xml><Event>cut\n${good}<xml><A>1</B></xml>\n<xml><Encrypt>x</Encrypt></xml>\n<xml><Event>change_external_chat`,
    );
    expect(file).toMatchObject({ kind: 'events', read: 7, imported: 1, duplicates: 1, quarantined: 5 });
    const { entries } = await reviewer.call('archive.quarantine', { importId: view.id });
    expect(entries.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'broken-xml'],
      [4, 'broken-xml'],
      [6, 'broken-xml'],
      [7, 'other-event'],
      [8, 'broken-xml'],
    ]);
  });

  test('an answer that is nothing but an error', async () => {
    const { file } = await imported('error.json', '{"errcode": 41001, "errmsg": "access_token missing"}');
    expect(file).toMatchObject({ kind: 'unknown', read: 1, quarantined: 1, state: 'done' });
  });
});

test('an answer of more than 16 MiB, longer than any message may be, is read', async () => {
  const customers = Array.from({ length: 70_000 }, (_, index) => ({
    id: `wmBig${index}`,
    name: `客户${index}`,
  }));
  const content = JSON.stringify(customerList('biglist', customers));
  expect(Buffer.byteLength(content)).toBeGreaterThan(16 * 2 ** 20);
  const { file } = await imported('big.json', content);
  expect(file).toMatchObject({ kind: 'customers', read: 70_000, imported: 70_000 });
});

test('the same files in any order, some of them twice, leave the same facts with the same sources', async () => {
  const events = [contactEvent('del_follow_user', { userid: 'wanglei', customer: 'wmA' })];
  const files: Readonly<Record<string, string>> = {
    'list-2026-03-01.json': JSON.stringify(
      customerList('wanglei', [{ id: 'wmA', name: '甲' }, { id: 'wmB' }]),
    ),
    'list-2026-03-05.json': JSON.stringify(customerList('wanglei', [{ id: 'wmB', name: '乙二' }])),
    'again-2026-03-05.json': layouts.pretty([customerList('wanglei', [{ id: 'wmB', name: '乙二' }])]),
    'started-2026-03-06.json': JSON.stringify(transferCustomer(of, [{ id: 'wmB' }])),
    'events.xml': eventsXml(events),
    'events.jsonl': layouts.lines(events),
  };
  const results: string[] = [];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(Object.keys(files), { minLength: 6 }),
      fc.subarray(Object.keys(files)),
      async (order, again) => {
        const own = await startTestWorld();
        const client = await own.signIn('reviewer');
        for (const name of [...order, ...again]) {
          const view = await importFiles(own, client, { [name]: files[name] ?? '' });
          expect(view.read).toBe(view.imported + view.duplicates);
        }
        const names = await client.call('archive.people', {});
        results.push(
          JSON.stringify([
            facts(own).map((one) => ({ ...one, id: 0 })),
            names.map(({ externalId, name }) => `${externalId} ${name ?? ''}`).toSorted(),
          ]),
        );
        await own.close();
      },
    ),
    { numRuns: 4 },
  );
  expect(new Set(results).size).toBe(1);
});
