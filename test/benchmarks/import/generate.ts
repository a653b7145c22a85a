import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

// A chat archive as JSON lines, invented, from a seed: the same size and seed give the same bytes. Shares follow what the
// measurements were made with: about 52 characters and 364 bytes a message, a tenth with escapes, keys in several orders.

export interface GeneratedArchive {
  readonly bytes: number;
  readonly messages: number;
}

/** mulberry32: small, seeded, good enough for test data. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words =
  '您好 请问 这款 产品 的 收益 怎么样 我们 网点 下午 可以 办理 明天 上午 有空 吗 谢谢 好的 收到 利率 已经 调整 建议 您 分散 配置 根据 风险 测评 结果 稳健 型 客户 经理 会 联系 身份证 原件 带 一下 手续费 减免 活动 本周 截止 详情 见 附件 存款 理财 基金 定投 账单 还款 提醒 周末 营业 时间 九点 到 五点'.split(
    ' ',
  );

/** Makes lines for the benchmark and tests; `kinds` false: text only. */
export function createLineSource(seed: number): (index: number) => string {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[], fallback: T): T =>
    list[Math.floor(random() * list.length)] ?? fallback;
  const integer = (below: number) => Math.floor(random() * below);
  const hex = (length: number) => Array.from({ length }, () => integer(16).toString(16)).join('');
  const employees = Array.from({ length: 200 }, (_, index) => `zhang${String(index).padStart(4, '0')}`);
  const customers = Array.from({ length: 8000 }, () => `wmAAAA${hex(20)}`);
  const rooms = Array.from({ length: 300 }, (_, index) => ({
    id: `wrOgQh${hex(20)}`,
    members: [
      employees[index % 200] ?? '',
      ...Array.from({ length: 3 + integer(12) }, () => pick(customers, '')),
    ],
  }));
  const sentence = (least: number) => {
    let text = '';
    const length = least + integer(60);
    while (text.length < length)
      text += pick(words, '好') + (random() < 0.12 ? pick(['，', '。', '！', '？'], '，') : '');
    return text;
  };
  // Conversations go on for a while: a burst of messages between the same people.
  let burst = 0;
  let employee = '';
  let customer = '';
  let room: (typeof rooms)[number] | null = null;
  let time = 1_767_225_600_000;
  const sent: string[] = [];

  function body(): [string, unknown] {
    const share = random();
    if (share < 0.8) {
      let content = sentence(22);
      if (random() < 0.1) content = `"${content}"\n${sentence(5)}`;
      if (random() < 0.01) content += '😀';
      return ['text', { content }];
    }
    if (share < 0.86) {
      return ['image', { md5sum: hex(32), filesize: integer(900_000), sdkfileid: hex(120) }];
    }
    if (share < 0.89)
      return [
        'voice',
        { md5sum: hex(32), voice_size: integer(90_000), play_length: integer(60), sdkfileid: hex(120) },
      ];
    if (share < 0.92) {
      return [
        'link',
        {
          title: sentence(6),
          description: sentence(10),
          link_url: `https://example.com/${hex(12)}`,
          image_url: '',
        },
      ];
    }
    if (share < 0.94)
      return [
        'file',
        {
          md5sum: hex(32),
          filename: `${sentence(4)}.pdf`,
          fileext: 'pdf',
          filesize: integer(9_000_000),
          sdkfileid: hex(120),
        },
      ];
    if (share < 0.95)
      return [
        'emotion',
        { type: 1, width: 240, height: 240, imagesize: 9000, md5sum: hex(32), sdkfileid: hex(120) },
      ];
    if (share < 0.96) {
      return [
        'chatrecord',
        {
          title: '群聊',
          item: Array.from({ length: 1 + integer(4) }, () => ({
            type: 'ChatRecordText',
            msgtime: Math.floor(time / 1000),
            content: JSON.stringify({ content: sentence(8) }),
            from_chatroom: false,
          })),
        },
      ];
    }
    if (share < 0.965) return ['revoke', { pre_msgid: sent[integer(sent.length)] ?? 'none' }];
    if (share < 0.97) return ['agree', { userid: customer, agree_time: time }];
    if (share < 0.98)
      return [
        'weapp',
        {
          title: sentence(6),
          description: sentence(8),
          username: `gh_${hex(10)}@app`,
          displayname: '掌上银行',
        },
      ];
    if (share < 0.985)
      return [
        'location',
        { longitude: 121.473701, latitude: 31.230416, address: '上海市黄浦区', title: sentence(4), zoom: 15 },
      ];
    if (share < 0.99) return ['card', { corpname: '示例银行', userid: employee }];
    return ['markdown', { content: `**${sentence(5)}**\n> ${sentence(10)}` }];
  }

  return (index) => {
    if (burst === 0) {
      burst = 3 + integer(20);
      room = random() < 0.2 ? pick(rooms, rooms[0] ?? { id: '', members: [] }) : null;
      const which = integer(8000);
      customer = customers[which] ?? '';
      employee = employees[which % 200] ?? '';
    }
    burst -= 1;
    // 90 days over any number of messages would give other days per size: 8 s a message is 1,000,000 in 90 days.
    time += integer(16_000);
    const [kind, value] = body();
    const fromEmployee = random() < 0.5;
    let from = fromEmployee ? employee : customer;
    let tolist = [fromEmployee ? customer : employee];
    if (room !== null) {
      from = pick(room.members, employee);
      tolist = room.members.filter((member) => member !== from);
    }
    const msgid = `${String(integer(2 ** 31))}${String(integer(2 ** 31)).padStart(10, '0')}_${time}${random() < 0.5 ? '_external' : ''}`;
    if (sent.length < 1000) sent.push(msgid);
    else sent[integer(1000)] = msgid;
    const head: [string, unknown][] = [
      ['msgid', msgid],
      ['action', 'send'],
      ['from', from],
      ['tolist', tolist],
      ['roomid', room?.id ?? ''],
      ['msgtime', time],
      ['msgtype', kind],
      [kind === 'markdown' ? 'info' : kind, value],
    ];
    const members =
      index % 10 === 0
        ? head.toReversed()
        : index % 10 === 1
          ? [...head.slice(4), ...head.slice(0, 4)]
          : head;
    return JSON.stringify(Object.fromEntries([['seq', index + 1], ...members]));
  };
}

/** Writes an archive of so many messages. */
export async function generateArchive(path: string, messages: number, seed = 1): Promise<GeneratedArchive> {
  const line = createLineSource(seed);
  const file = createWriteStream(path, { highWaterMark: 1 << 20 });
  let block = '';
  let bytes = 0;
  const flush = async () => {
    const buffer = Buffer.from(block, 'utf8');
    block = '';
    bytes += buffer.length;
    if (!file.write(buffer)) await once(file, 'drain');
  };
  for (let index = 0; index < messages; index += 1) {
    block += `${line(index)}\n`;
    if (block.length > 1 << 19) await flush();
  }
  await flush();
  file.end();
  await once(file, 'finish');
  return { bytes, messages };
}
