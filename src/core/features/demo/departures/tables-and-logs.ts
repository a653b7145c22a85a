import { csv, fileLeak, memberRecord, recordList, screenshot } from './answers.ts';
import { type FeedFile, after, file, json } from './files.ts';
import { type DeparturePlan, dateOf } from './plan.ts';

const day = 86_400_000;
const hour = 3_600_000;

/** Live codes and open tasks before the departures, and as of the day before yesterday. */
export function tables({ departures, daysAgo }: DeparturePlan): readonly FeedFile[] {
  const codes = (late: boolean) =>
    departures.flatMap(({ key, leaver, takers: [taker] }) =>
      (key === 'messy' ? ['网点门口', '园区展架', '宣传折页'] : ['网点柜台', '名片']).map((place, index) => {
        // Of the messy one the second still leads to the leaver, and the third is switched off.
        const forgotten = key === 'messy' && index === 1;
        const disabled = late && key === 'messy' && index === 2;
        return [
          `LC-${key.toUpperCase()}-${index + 1}`,
          `${leaver.branch}${place}`,
          late && !forgotten ? taker.userid : leaver.userid,
          disabled ? '停用' : '启用',
        ];
      }),
    );
  const tasks = (late: boolean) =>
    departures.flatMap(({ key, leaver, takers: [taker], customers, lastDay }) =>
      ['到期产品提醒', '季度资产检视', '生日关怀回访'].map((name, index) => {
        const forgotten = key === 'messy' && index === 1;
        return [
          `SOP-${key.toUpperCase()}-${index + 1}`,
          name,
          late && !forgotten ? taker.userid : leaver.userid,
          customers[index]?.id ?? '',
          dateOf(lastDay + (index + 3) * day),
          late && key === 'clean' && index === 0 ? '已完成' : '待执行',
        ];
      }),
    );
  const [before, now] = [daysAgo(27), daysAgo(2)];
  const codeHeader = ['活码ID', '活码名称', '使用成员', '状态'];
  const taskHeader = ['任务ID', '任务名称', '执行人', '客户ID', '截止日期', '状态'];
  return [
    file('员工活码', before, 'csv', csv(codeHeader, codes(false))),
    file('员工活码', now, 'csv', csv(codeHeader, codes(true))),
    file('SOP任务', before, 'csv', csv(taskHeader, tasks(false))),
    file('SOP任务', now, 'csv', csv(taskHeader, tasks(true))),
  ];
}

/** Logs of the console: little of most people, more of the one who carries customers away. */
export function logs({ departures, daysAgo }: DeparturePlan): readonly FeedFile[] {
  const carrier = departures.find(({ key }) => key === 'carrier');
  const clean = departures.find(({ key }) => key === 'clean');
  if (carrier === undefined || clean === undefined) return [];
  const who = carrier.leaver.userid;
  const at = (days: number, minutes: number) => after(carrier, days) + 20 * hour + minutes * 60_000;
  const shots = Array.from({ length: 14 }, (_, index) =>
    screenshot(at(-8 + (index % 6), index * 3), who, index % 3 === 0),
  );
  const deleted = carrier.customers
    .filter(({ fate }) => fate === 'deleted-by-leaver')
    .map((_, index) =>
      memberRecord(after(carrier, -4) + 10 * hour + index * 60_000, who, 2, '删除外部联系人'),
    );
  return [
    json('文件防泄漏日志', daysAgo(1), [
      recordList([
        fileLeak(at(-7, 5), who, '湖滨支行客户名单2026.xlsx'),
        fileLeak(at(-7, 9), who, '贵宾客户联系方式.xlsx'),
        fileLeak(at(-3, 12), who, '到期客户明细.xlsx'),
      ]),
    ]),
    json('截屏日志', daysAgo(1), [
      recordList([screenshot(after(clean, -30) + 11 * hour, clean.leaver.userid, false), ...shots]),
    ]),
    json('成员操作日志', daysAgo(1), [
      recordList([
        memberRecord(at(-6, 2), who, 4, '新设备登录'),
        memberRecord(at(-5, 31), who, 7, '更换绑定微信'),
        ...deleted,
      ]),
    ]),
  ];
}
