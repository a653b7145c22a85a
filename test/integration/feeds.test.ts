import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import fc from 'fast-check';
import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';

import { CalendarDay } from '../../src/core/contract/ids.ts';
import { type StoredFact, selectFactsOfKinds } from '../../src/core/features/feeds/index.ts';
import { factKinds } from '../../src/core/features/feeds/model.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { everyKindLines, importFiles, jsonLines, text } from '../support/archive-fixtures.ts';
import {
  contactEvent,
  csv,
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

describe('tables', () => {
  const codes = csv(
    ['活码名称', '活码ID', '使用成员', '状态'],
    [
      ['城东厅堂', 'code-1', '王磊(wanglei)、lina', '启用'],
      ['旧海报', 'code-2', 'wanglei', '已停用'],
      ['无人', 'code-3', '', '使用中'],
    ],
  );
  const codesSaid = [
    'live-code - code-3 - active -',
    'live-code lina code-1 - active -',
    'live-code wanglei code-1 - active -',
    'live-code wanglei code-2 - disabled -',
    'live-code-list - - - - -',
  ];

  test('live codes, as CSV in UTF-8 and GBK and as a workbook with a title above', async () => {
    const plain = await imported('codes.csv', codes);
    const named = await imported(
      'codes-2.csv',
      csv(['id', 'name', 'userid', 'state'], [['k', '柜', 'lina', 'active']]),
    );
    expect(named.file).toMatchObject({ kind: 'live-codes' });
    expect(plain.file).toMatchObject({ kind: 'live-codes', read: 3, imported: 3, quarantined: 0 });
    expect(plain.said).toEqual(codesSaid);
    // 活码名称,使用成员 / 柜台,wanglei — in GBK.
    const gbk = Buffer.from('bbeec2ebc3fbb3c62ccab9d3c3b3c9d4b10ab9f1cca82c77616e676c65690a', 'hex');
    const other = await imported('codes-gbk.csv', gbk);
    expect(other.said).toContain('live-code wanglei 柜台 - active -');
    const rows = codes
      .trim()
      .split('\n')
      .map((line) => line.split(','));
    const workbook = await writeXlsx({
      sheets: [
        { name: '说明', rows: [['导出说明'], ['仅供内部使用']] },
        { name: '活码', rows: [['渠道活码导出'], ...rows] },
      ],
    });
    const sheet = await imported('codes.xlsx', workbook);
    expect(sheet.file).toMatchObject({
      kind: 'live-codes',
      read: 3,
      duplicates: 3,
      skipped: { names: ['说明'], count: 1 },
    });
  });

  test('SOP tasks, groups, unassigned customers', async () => {
    const tasks = await imported(
      'tasks.csv',
      csv(
        ['任务ID', '任务名称', '执行人', '客户ID', '截止时间', '任务状态'],
        [
          ['t1', '回访', 'wanglei', 'wmA', '2026-03-10', '待执行'],
          ['t2', '生日问候', 'wanglei', '', '2026/3/1 18:00', '已完成'],
          ['t3', '到期提醒', 'wanglei', '', '', '搁置'],
        ],
      ),
    );
    expect(tasks.file).toMatchObject({ kind: 'sop-tasks', read: 3, imported: 3 });
    expect(tasks.said).toEqual([
      'task wanglei t1 - open -',
      'task wanglei t2 - done -',
      'task wanglei t3 - 搁置 -',
      'task-list - - - - -',
    ]);
    expect(tasks.facts.find(({ item }) => item === 't1')).toMatchObject({
      otherAt: day('2026-03-10'),
      data: { customer: 'wmA', name: '回访' },
    });
    const groups = await imported(
      'groups.csv',
      csv(['群ID', '群名称', '群主', '群状态'], [['wrT', '基金群', 'wanglei', '群主已离职']]),
    );
    expect(groups.file).toMatchObject({ kind: 'groups' });
    expect(groups.said).toContain('group wanglei wrT - 1 -');
    const unassigned = await imported(
      'unassigned.csv',
      csv(['客户ID', '原添加人', '离职时间'], [['wmU', 'wanglei', '2026-03-01 18:00:00']]),
    );
    expect(unassigned.file).toMatchObject({ kind: 'unassigned' });
    expect(unassigned.facts[0]).toMatchObject({ at: day('2026-03-01') + 18 * 3_600_000, wholeDay: false });
  });

  test('logs', async () => {
    const header = ['操作人', '操作时间', '操作类型'];
    const leaks = await imported(
      'leaks.csv',
      csv([...header, '文件名'], [['wanglei', '2026-03-01 09:30:00', '下载', '名单.xlsx']]),
    );
    expect(leaks.file).toMatchObject({ kind: 'file-leaks' });
    expect(leaks.said).toEqual(['file-leak wanglei - - 下载 名单.xlsx']);
    const shots = await imported(
      'shots.csv',
      csv(['截屏成员', '截屏时间', '截屏类型'], [['wanglei', '2026-03-01 09:30:00', '2']]),
    );
    expect(shots.file).toMatchObject({ kind: 'screenshots' });
    const log = await imported(
      'log.csv',
      csv(header, [
        ['wanglei', '2026-03-01 09:30:00', '4'],
        ['', '2026-03-01 09:30:00', '4'],
        ['wanglei', '昨天', '4'],
      ]),
    );
    expect(log.file).toMatchObject({ kind: 'member-log', read: 3, imported: 1, quarantined: 2 });
    const { entries } = await reviewer.call('archive.quarantine', { importId: log.view.id });
    expect(entries.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'no-employee'],
      [4, 'no-time'],
    ]);
  });

  test('customers with an employee column are that employee’s list; without one they only have names', async () => {
    const { file, said: what } = await imported(
      'customers.csv',
      csv(
        ['客户ID', '客户名称', '添加人账号', '标签'],
        [
          ['wmT1', '丙', 'tablelist', 'VIP;理财'],
          ['wmT2', '丁', 'tablelist', ''],
        ],
      ),
    );
    expect(file).toMatchObject({ kind: 'customers', read: 2, imported: 2 });
    expect(what).toEqual([
      'list tablelist - - - -',
      'listed tablelist wmT1 - - -',
      'listed tablelist wmT2 - - -',
    ]);
    const names = await imported('names.csv', csv(['external_userid', 'name'], [['wmT3', '戊']]));
    expect(names.file).toMatchObject({ kind: 'customers', imported: 1 });
    expect(names.facts).toEqual([]);
  });

  test('a roster says who is employed; a list of departures only who leaves', async () => {
    const roster = await imported(
      'roster.csv',
      csv(
        ['账号', '姓名', '部门', '离职日期'],
        [
          ['r.one', '一', '城东', ''],
          ['r.two', '二', '城东', '2026-03-31'],
        ],
      ),
    );
    expect(roster.file).toMatchObject({ kind: 'roster', read: 2, imported: 2 });
    expect(roster.said).toEqual([
      'departure r.two - - - -',
      'employed r.one - - - -',
      'employed r.two - - - -',
      'roster-list - - - - -',
    ]);
    const leavers = await imported(
      'leavers.csv',
      csv(
        ['移交人', '离职日期', '移交原因', '接交人', '监交人'],
        [['二(r.two)', '2026/3/31', '辞职', 'lina、zhaomin', 'sunli']],
      ),
    );
    expect(leavers.file).toMatchObject({ kind: 'roster', read: 1, imported: 1 });
    expect(leavers.said).toEqual(['departure r.two - lina - 辞职']);
    expect(leavers.facts[0]).toMatchObject({
      at: day('2026-03-31'),
      data: { supervisor: 'sunli', takers: ['lina', 'zhaomin'] },
    });
  });

  test('a roster on another day is news; the same again is not', async () => {
    const content = csv(['账号', '姓名'], [['again.one', '一']]);
    const on = async (text: string) => {
      const { file } = await imported('again.csv', content, { asOf: CalendarDay.parse(text) });
      return file.imported;
    };
    expect([await on('2026-03-01'), await on('2026-03-01'), await on('2026-03-02')]).toEqual([1, 0, 1]);
  });

  test('a mapping that was saved by name reads columns of any name', async () => {
    const content = csv(['码', '谁在用', '开着吗'], [['c-9', 'wanglei', '是']]);
    const unknown = await importFiles(world, reviewer, { 'own.csv': content });
    expect(unknown.files[0]).toMatchObject({ state: 'failed', error: { code: 'file-not-recognised' } });
    const columns = { item: '码', employees: '谁在用', state: '开着吗' };
    await reviewer.call('feeds.saveMapping', { name: '我们的活码', feed: 'live-codes', columns });
    expect(await reviewer.call('feeds.mappings')).toMatchObject([
      { name: '我们的活码', feed: 'live-codes', columns, updatedBy: 'reviewer' },
    ]);
    const mapped = await imported('own.csv', content, { asOf, mapping: '我们的活码' });
    expect(mapped.file).toMatchObject({ kind: 'live-codes', imported: 1 });
    expect(mapped.said).toEqual(['live-code wanglei c-9 - active -']);
    await reviewer.call('feeds.deleteMapping', { name: '我们的活码' });
    expect(await reviewer.code('feeds.deleteMapping', { name: '我们的活码' })).toBe('not-found');
  });

  test('a preview says how a table is understood, and what is missing', async () => {
    const upload = async (content: string) => {
      const { blobDirectory } = await world.app.prepareUpload(reviewer.caller());
      const { id } = await createBlobStore(blobDirectory).write(Readable.from([Buffer.from(content)]));
      return id;
    };
    const known = await reviewer.call('feeds.previewTable', {
      blobId: await upload(codes),
      fileName: 'c.csv',
      asOf,
    });
    expect(known).toMatchObject({
      feed: 'live-codes',
      columns: { item: '活码ID', name: '活码名称', employees: '使用成员', state: '状态' },
      missing: [],
      rows: 3,
      refusedTotal: 0,
    });
    expect(known.samples[0]?.facts).toMatchObject([
      { kind: 'live-code', employee: 'wanglei', item: 'code-1', code: 'active' },
      { kind: 'live-code', employee: 'lina', item: 'code-1', code: 'active' },
    ]);
    const blobId = await upload(csv(['码', '谁在用'], [['c-9', 'wanglei']]));
    const unknown = await reviewer.call('feeds.previewTable', { blobId, fileName: 'c.csv' });
    expect(unknown).toMatchObject({ feed: null, header: ['码', '谁在用'], rows: 1 });
    const half = await reviewer.call('feeds.previewTable', {
      blobId,
      fileName: 'c.csv',
      mapping: { feed: 'live-codes', columns: { item: '码' } },
    });
    expect(half).toMatchObject({ feed: 'live-codes', missing: [['employees']] });
  });

  test('a zip may hold all of it', async () => {
    const zip = new ZipFile();
    zip.addBuffer(Buffer.from(codes), 'codes-2026-02-01.csv');
    zip.addBuffer(Buffer.from(jsonLines([text('zip-1', '好')])), 'chat.jsonl');
    zip.addBuffer(Buffer.from(JSON.stringify(customerIds('zipper', ['wmZ']))), 'list-2026-02-02.json');
    zip.addBuffer(Buffer.from('Guten Tag'), 'readme.md');
    zip.end();
    const { file, facts: found } = await imported('evidence.zip', await buffer(zip.outputStream), {});
    expect(file).toMatchObject({ kind: 'mixed', state: 'done', read: 5, imported: 5, skipped: { count: 1 } });
    expect([...new Set(found.map(({ at }) => at))]).toEqual([day('2026-02-01'), day('2026-02-02')]);
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

test('a record of an answer over several lines stands on its own line', async () => {
  const answer = customerList('liner', [{ id: 'wmLine1' }, { id: 'wmLine2' }, { id: 'wmLine3' }]);
  const content = layouts.pretty([answer, customerIds('liner2', ['wmLine4', 'wmLine5'])]);
  const { facts: found } = await imported('lines.json', content);
  const rows = content.split('\n');
  const listed = found.filter(({ kind }) => kind === 'listed');
  expect(listed.length).toBe(5);
  for (const { item, line } of listed) expect(rows[line - 1]).toContain(`"${item ?? ''}"`);
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

describe('what a file is of which nothing can be taken', () => {
  const nobody = '{"errcode":0,"errmsg":"ok","external_contact_list":[]}';
  const cut = JSON.stringify(customerList('cutlist', [{ id: 'wmCut1' }, { id: 'wmCut2' }])).slice(0, -60);
  const noLeaver = '{"errcode":0,"customer":[{"external_userid":"wmNoLeaver","errcode":0}]}';

  test.each([
    ['an empty list of nobody', nobody, 'customers', 'customers', 'no-employee', 'userid'],
    ['a list that is cut off', cut, 'customers', 'customers', 'broken-json', 'not valid JSON'],
    [
      'a list over several lines that is cut off',
      layouts.pretty([JSON.parse(nobody), customerIds('cutlist2', ['wmC'])]).slice(0, -20),
      'customers',
      'customers',
      'broken-json',
      'JSON',
    ],
    ['a transfer of nobody', noLeaver, 'transfer-customer', 'transfer-customer', 'no-employee', 'handover'],
    ['an answer of nothing known', '{"hello":"world"}', 'unknown', 'groups', 'other-feed', 'neither'],
    ['an error', '{"errcode":40014,"errmsg":"invalid"}', 'unknown', 'events', 'answer-error', '40014'],
    ['an event that is cut off', '<xml><Event>change_ext', 'events', 'events', 'broken-xml', ''],
    ['a message that is cut off', '{"msgid":"cut","action":"se', 'chat', 'chat', 'broken-json', ''],
  ] as const)('%s: %#', async (name, content, found, said, reason, detail) => {
    for (const kind of ['auto', said] as const) {
      const view = await importFiles(world, reviewer, { [`${name}.json`]: content }, kind, { asOf });
      const [file] = view.files;
      const rest = await reviewer.call('archive.quarantine', { importId: view.id });
      expect(file).toMatchObject({ kind: kind === 'auto' ? found : said, imported: 0, state: 'done' });
      expect(file?.read).toBe(file?.quarantined);
      const last = rest.entries.at(-1);
      expect(last?.detail).toContain(kind === 'auto' && found === 'unknown' ? '' : detail);
      if (kind !== 'auto' || found !== 'unknown') expect(last?.reason).toBe(reason);
      else expect(last?.detail).toMatch(/neither a chat message nor|errcode/);
    }
    expect(facts(world, `${name}.json`)).toEqual([]);
  });

  test('what could be taken says it, whatever could not', async () => {
    const lines = [
      '{"userid":"settled","external_contact_list":[{"broken',
      JSON.stringify(groupList([{ id: 'wrSettled', status: 0 }])),
    ];
    expect((await imported('settled.jsonl', lines.join('\n'))).file).toMatchObject({
      kind: 'groups',
      quarantined: 1,
    });
  });

  test('one that nobody can tell anything of and that holds nothing has failed; an empty list of a known kind has not', async () => {
    for (const content of ['[]', '{"errcode":0,"errmsg":"ok"}']) {
      const { file } = await imported('nothing.json', content);
      expect(file).toMatchObject({ kind: 'unknown', state: 'failed', error: { code: 'file-empty' } });
    }
    const said = await importFiles(world, reviewer, { 'said.json': '[]' }, 'unassigned', { asOf });
    expect(said.files[0]).toMatchObject({ kind: 'unassigned', read: 0, state: 'done' });
    const page = await imported('last-page.json', '{"errcode":0,"info":[],"is_last":true}');
    expect(page.file).toMatchObject({ kind: 'unassigned', read: 0, state: 'done' });
    const list = await imported(
      'no-customers.json',
      '{"errcode":0,"userid":"alone","external_contact_list":[]}',
    );
    expect(list.file).toMatchObject({ kind: 'customers', read: 1, imported: 1, state: 'done' });
  });

  test('a file that can’t be read at all is named as what it was said to be', async () => {
    const { files } = await importFiles(world, reviewer, { 'prose.txt': '今天天气很好。' }, 'customers', {
      asOf,
    });
    expect(files[0]).toMatchObject({ kind: 'customers', state: 'failed' });
  });
});

test('an answer of more than 16 MiB, longer than any message may be, is read', async () => {
  const customers = Array.from({ length: 12_000 }, (_, index) => ({
    id: `wmBig${index}`,
    name: `客户${index}`,
    remark: '长'.repeat(450),
  }));
  const content = JSON.stringify(customerList('biglist', customers));
  expect(Buffer.byteLength(content)).toBeGreaterThan(16 * 2 ** 20);
  const { file } = await imported('big.json', content);
  expect(file).toMatchObject({ kind: 'customers', read: 12_000, imported: 12_000 });
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
        for (const names of [order, again]) {
          if (names.length === 0) continue;
          const view = await importFiles(own, client, pick(files, names));
          expect(view).toMatchObject({ state: 'done', quarantined: 0 });
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

/** The files of these names, in this order. */
function pick(files: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, files[name] ?? '']));
}
