import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { csv } from '../../../../../test/support/feeds.ts';
import { type TableField, type TableKind, tableFields, tableKinds } from '../model.ts';
import { kindOfHeader } from './columns.ts';
import { readTable } from './read-table.ts';

const circumstances = { asOf: '2026-03-02', fileDay: null, today: '2026-03-02', timeZone: 'Asia/Shanghai' };

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'wanglei',
    '王磊(wanglei)',
    'wmA',
    '启用',
    '已完成',
    '2026-03-01',
    '2026-03-01 09:00',
    '昨天',
    '1,024',
    'a、b;c',
  ),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

describe('a table', () => {
  test('has as many records and refusals as it has rows, whatever stands in its cells', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...tableKinds),
        fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 8 }),
        async (feed, rows) => {
          const fields: readonly TableField[] = tableFields[feed];
          const columns = Object.fromEntries(fields.map((field) => [field, `列-${field}`]));
          // A row whose cells are all empty is none.
          const body = rows.map((row, index) => [String(index), ...row.slice(0, fields.length)]);
          const content = csv(['序', ...fields.map((field) => `列-${field}`)], body);
          const reading = await readTable(
            Buffer.from(content.toWellFormed().replaceAll('\0', ' ')),
            'x.csv',
            feed,
            { feed, columns },
            circumstances,
          );
          expect(reading.kind).toBe(feed);
          expect(reading.records.length + reading.refused.length).toBe(rows.length);
          for (const { facts } of reading.records) {
            for (const { at, employee, item, taker } of facts) {
              expect(Number.isSafeInteger(at) && at >= 0).toBe(true);
              for (const id of [employee, item, taker])
                expect(id === null || (id !== '' && id.length <= 256)).toBe(true);
            }
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each<[TableKind | null, string, string?]>([
    ['roster', 'userid,name'],
    ['roster', '账号,姓名,部门'],
    ['roster', 'id,name'],
    ['roster', 'userid,last_day,taker'],
    ['roster', '移交人,离职日期,移交原因,接交人,监交人'],
    ['customers', 'external_userid,name'],
    ['customers', '客户ID,添加人账号,备注'],
    ['groups', 'chat_id,name,owner,status'],
    ['groups', '群ID,群名称,群主'],
    ['unassigned', 'handover_userid,external_userid,dimission_time'],
    ['live-codes', '活码名称,使用成员,状态'],
    ['live-codes', 'code_id,users,state'],
    ['live-codes', 'id,name,userid,state', 'live-codes-2026-03-01.csv'],
    ['sop-tasks', 'task_id,title,userid,due,status'],
    ['sop-tasks', 'id,title,userid,external_userid,due', 'sop-tasks.csv'],
    ['sop-tasks', '任务名称,执行人,客户ID,截止时间'],
    ['file-leaks', 'time,userid,operation,file_name'],
    ['screenshots', 'time,userid,screen_shot_type'],
    ['member-log', 'time,userid,oper_type,detail_info'],
    [null, '产品代码,产品名称'],
    [null, 'a,b,c'],
  ])('%s: %s', (kind, header, fileName = 'export.csv') => {
    expect(kindOfHeader(header.split(','), fileName)).toBe(kind);
  });
});
