import fc from 'fast-check';
import { expect, test } from 'vitest';

import { findPromises } from './find.ts';

/** Friday, 27 February 2026, 10:20 in Shanghai. */
const said = { at: Date.parse('2026-02-27T02:20:00Z'), timeZone: 'Asia/Shanghai' };

function read(text: string): readonly string[] {
  return findPromises(text, said).map(({ kind, due, phrase }) =>
    `${kind} ${due === null ? (phrase === '' ? '' : `? ${phrase}`) : `${due.to}${due.bound === 'on' ? '' : ` ${due.bound}`}`}`.trim(),
  );
}

test.each([
  ['您好，明天给您送合同过去。', ['dated 2026-02-28']],
  ['下周一我把材料给您寄过去', ['dated 2026-03-02']],
  ['我下午3点给您回电话', ['callback 2026-02-27']],
  ['月底前一定帮您办好', ['dated 2026-02-28 by']],
  ['3个工作日内会到账', ['dated 2026-03-04 by']],
  ['明天给您送合同，下周一给您回电话', ['dated 2026-02-28', 'callback 2026-03-02']],
  ['我给您回电话，明天上午', ['callback 2026-02-28']],
  ['您那笔理财3月15日到期', ['maturity 2026-03-15']],
  ['您的存款下周三到期，到期后我帮您转存', ['maturity 2026-03-04']],
  ['到期后给您转入活期', ['maturity']],
  ['产品3月15日到期后给您转存', ['maturity 2026-03-15 after']],
  ['稍后给您回电话', ['callback 2026-02-27']],
  ['有消息我通知您', ['callback ? 有消息']],
  ['尽快给您答复', ['callback ? 尽快']],
  ['节后给您安排', ['dated ? 节后']],
  ['我会给您回电的', ['callback']],
  ['周三给您送过去可以吗？', ['dated 2026-03-04']],
  ['请放心，周三前给您办好', ['dated 2026-03-04 by']],
  ['我明天把流水提交上去', ['dated 2026-02-28']],
  ['到期前一天我再提醒您', ['maturity']],
  ['后天我去您那边一趟', ['dated 2026-03-01']],
  ['过完年给您安排', ['dated ? 过完年']],
  ['一个小时后给您电话', ['callback 2026-02-27']],
  ['问到了我给您回话', ['callback']],
  ['您先消消气，我今天给您答复', ['callback 2026-02-27']],
  ['今天给您送过去', ['dated 2026-02-27']],
  ['明天給您回電話', ['callback 2026-02-28']],
  ['不好意思，明天给您补上', ['dated 2026-02-28']],
  ['３号给你们发过去', ['dated 2026-03-03']],
])('%s', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  '您明天来网点办理吧',
  '您明天给我打电话吧',
  '麻烦您明天回复一下',
  '请您下周一到柜台来',
  '明天不能给您送了',
  '昨天给您发过了',
  '今天已经给您转过去了',
  '刚给您打了电话没人接',
  '是明天给您打电话吗？',
  '明天天气不错',
  '今天市场跌了一点，不用担心',
  '我们行周一至周五营业',
  '产品还没到期',
  '上个月3号给您发的合同',
  '到期收益率3.15%',
  '下周三有一场讲座，欢迎参加',
  '今天的市场早报发您，供参考',
  '本周市场回顾发您，有空看看',
  '我帮您看一下，是3月5日那笔分期的手续费',
  '帮您预约，工作日5点前都在',
  '我帮您查到了，是11月8日那笔分期的手续费',
  '我们行工作日9点前都在，您可以来',
  '到时候给您发消息',
  '下周三的讲座给您留了位子',
  '潘女士，我将于3月31日离岗，之后由苏晚晴继续为您服务',
  '我下个月就不在行里了，您加我私人微信',
  '明天见',
  '',
])('nothing is owed by: %s', (text) => {
  expect(read(text)).toEqual([]);
});

test.each(['给您', '到期', '明天给您', '给您明天，', '今天', '我会', '一', '3', '明天到', '了'])(
  'reads a long message in a moment: %s over and over',
  (words) => {
    const text = `明天给您${words.repeat(Math.ceil(16_000 / words.length))}`;
    // Milliseconds; looking at the whole sentence for each marker took minutes, longer than a test may take.
    const found = findPromises(text, said);
    for (const { start: from, end } of found) expect(end - from).toBeLessThanOrEqual(2_000);
  },
  5_000,
);

test('finds what a long message promises at its end', () => {
  const text = `${'利率走势平稳，'.repeat(700)}下周一给您回电话`;
  expect(read(text)).toEqual(['callback 2026-03-02']);
});

test('gives the sentence and the words of the time as they are written', () => {
  const text = '收到。您放心，下週三给您回電話！谢谢';
  const [promise] = findPromises(text, said);
  expect(promise).toMatchObject({ kind: 'callback', phrase: '下週三', due: { to: '2026-03-04' } });
  expect(text.slice(promise?.start, promise?.end)).toBe('您放心，下週三给您回電話');
});

test('never fails, and stays within the text', () => {
  const pieces = fc.constantFrom(
    '明天',
    '给您',
    '下周三',
    '到期',
    '后',
    '回电话',
    '，',
    '。',
    '我会',
    '吗？',
    '3号',
    '了',
    '请',
    '您',
    'x',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(pieces, { maxLength: 20 }).map((all) => all.join('')),
        fc.string(),
      ),
      (text) => {
        for (const { start, end, due, phrase } of findPromises(text, said)) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end)).toContain(phrase);
          if (due !== null) expect(due.to >= '2026-02-27').toBe(true);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
