// An archive file as WeCom's SDK writes it, one decrypted message a line. All of it is invented.

/** The day that the chats take place, 09:00 in Shanghai. */
export const chatDay = Date.UTC(2026, 2, 2, 1);

interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** The key of the body, where it is not the msgtype's name. */
  readonly key?: string;
  readonly room?: string;
  readonly msgid?: string;
}

const manager = 'luo.ming';
const customer = 'wmChenJiaHe';
const room = 'wrXiaoQuTuanGou';

export function line(index: number, { from, to, kind, body, key = kind, room = '', msgid }: Line): string {
  return JSON.stringify({
    msgid: msgid ?? `e2e-${index}_external`,
    action: kind === 'revoke' ? 'recall' : 'send',
    from,
    tolist: [to],
    roomid: room,
    msgtime: chatDay + index * 61_000,
    msgtype: kind,
    [key]: body,
  });
}

const text = (from: string, content: string): Line => ({
  from,
  to: from === manager ? customer : manager,
  kind: 'text',
  body: { content },
});

/** Terms of the starter packs that the chat below holds, in the order of its lines. */
export const violations = ['保本保息', '加我私人微信', '我要投诉'] as const;

/** A short talk with three violations, a duplicate and two broken lines. */
export const shortChat = {
  name: '会话存档-2026-03.jsonl',
  read: 11,
  imported: 8,
  duplicates: 1,
  quarantined: 2,
  text: [
    line(0, text(customer, '罗经理，上次说的那款产品还有额度吗？')),
    line(1, text(manager, '有的，这款保本保息，您放心买。')),
    line(2, text(customer, '风险测评我去年做过，还有效吗？')),
    line(3, text(manager, '加我私人微信，我把细节发您，手机 13800138000。')),
    line(4, text(customer, '好，我晚上看。')),
    line(5, text(manager, '不着急，理财有风险，您慢慢考虑。')),
    line(6, text(customer, '等了三天没人回，我要投诉！')),
    line(7, text(manager, '非常抱歉，我马上帮您处理。')),
    line(7, text(manager, '非常抱歉，我马上帮您处理。')),
    '{"msgid":"e2e-broken","action":"send","from":"luo.ming",',
    JSON.stringify({ action: 'send', from: manager, msgtype: 'text', text: { content: '没有编号' } }),
  ].join('\n'),
};

const common = { md5sum: '9f3c0a7be1c24c2f8f1f0c7d2f1b6c55', sdkfileid: 'CtYBMzA2OTAyMDEwMjA0NjIzMDYw' };

/** One message of every kind that the archive knows, and one that nobody knows. */
export const everyKind: readonly Line[] = [
  text(manager, '陈女士您好，资料这就发给您。'),
  { from: manager, to: customer, kind: 'image', body: { ...common, filesize: 204_800 } },
  { from: customer, to: manager, kind: 'voice', body: { ...common, voice_size: 9_600, play_length: 7 } },
  { from: manager, to: customer, kind: 'video', body: { ...common, filesize: 5_400_000, play_length: 42 } },
  { ...text(manager, '这条会被撤回'), msgid: 'e2e-revoked_external' },
  { from: manager, to: customer, kind: 'revoke', body: { pre_msgid: 'e2e-revoked_external' } },
  { from: manager, to: customer, kind: 'revoke', body: { pre_msgid: 'e2e-never-archived_external' } },
  { from: customer, to: manager, kind: 'agree', body: { userid: customer, agree_time: chatDay } },
  { from: customer, to: manager, kind: 'disagree', body: { userid: customer, disagree_time: chatDay } },
  { from: manager, to: customer, kind: 'card', body: { corpname: '滨江分行', userid: 'sun.qing' } },
  {
    from: customer,
    to: manager,
    kind: 'location',
    body: { longitude: 120.21, latitude: 30.24, address: '滨江路一号', title: '滨江支行', zoom: 15 },
  },
  {
    from: customer,
    to: manager,
    kind: 'emotion',
    body: { ...common, type: 1, width: 240, height: 240, imagesize: 34_000 },
  },
  {
    from: manager,
    to: customer,
    kind: 'file',
    body: { ...common, filename: '产品说明书.pdf', fileext: 'pdf', filesize: 1_250_000 },
  },
  {
    from: manager,
    to: customer,
    kind: 'link',
    body: {
      title: '三月财经早报',
      description: '市场一周回顾',
      link_url: 'https://example.test/zao-bao',
      image_url: '',
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'weapp',
    body: {
      title: '预约网点',
      description: '不用排队',
      username: 'gh_0123@app',
      displayname: '滨江分行服务',
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'chatrecord',
    body: {
      title: '与孙青的聊天记录',
      item: [
        {
          type: 'ChatRecordText',
          msgtime: chatDay / 1000,
          content: JSON.stringify({ content: '里面说的是转发的旧话' }),
          from_chatroom: false,
        },
        {
          type: 'ChatRecordImage',
          msgtime: chatDay / 1000 + 60,
          content: JSON.stringify({ ...common, filesize: 1000 }),
          from_chatroom: false,
        },
      ],
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'mixed',
    body: {
      item: [
        { type: 'text', content: JSON.stringify({ content: '图文里的文字' }) },
        { type: 'image', content: JSON.stringify({ ...common, filesize: 2000 }) },
      ],
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'redpacket',
    body: { type: 1, wish: '恭喜发财', totalcnt: 1, totalamount: 520 },
  },
  {
    from: manager,
    to: customer,
    kind: 'external_redpacket',
    key: 'redpacket',
    body: { type: 1, wish: '新春快乐', totalcnt: 3, totalamount: 3000 },
  },
  {
    from: manager,
    to: customer,
    kind: 'collect',
    room,
    body: {
      room_name: '小区团购',
      creator: manager,
      create_time: '2026-03-02 09:30:00',
      title: '活动报名',
      details: [{ id: 1, ques: '您的姓名', type: 'Text' }],
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'meeting',
    body: {
      topic: '资产配置沟通会',
      starttime: chatDay / 1000,
      endtime: chatDay / 1000 + 3600,
      address: '三楼会议室',
      remarks: '请带身份证',
      meetingtype: 102,
      meetingid: 1210342560,
      status: 1,
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'meeting_notification',
    key: 'info',
    body: { content: '会议十分钟后开始', meeting_id: 7, notification_type: 1 },
  },
  {
    from: manager,
    to: customer,
    kind: 'docmsg',
    key: 'doc',
    body: { title: '客户分层表', doc_creator: manager, link_url: 'https://example.test/doc' },
  },
  { from: manager, to: customer, kind: 'markdown', key: 'info', body: { content: '**本周要点**' } },
  {
    from: manager,
    to: customer,
    kind: 'news',
    key: 'info',
    body: {
      item: [{ title: '理财月报', description: '二月回顾', url: 'https://example.test/yue', picurl: '' }],
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'calendar',
    body: {
      title: '拜访客户',
      creatorname: '罗明',
      attendeename: ['陈佳禾', '孙青'],
      starttime: chatDay / 1000,
      endtime: chatDay / 1000 + 1800,
      place: '滨江支行',
      remarks: '带上合同',
    },
  },
  {
    from: manager,
    to: customer,
    kind: 'sphfeed',
    body: { feed_type: 4, sph_name: '滨江财富', feed_desc: '一分钟看市场' },
  },
  {
    from: manager,
    to: customer,
    kind: 'voiptext',
    key: 'info',
    body: { callduration: 73, invitetype: 1 },
  },
  { from: manager, to: customer, kind: 'qydiskfile', key: 'info', body: { filename: '路演材料.pptx' } },
  { from: manager, to: customer, kind: 'todo', body: { title: '待办：回访客户', owner: manager } },
];

export function archiveText(lines: readonly Line[]): string {
  return lines.map((entry, index) => line(index, entry)).join('\n');
}

/** A long talk between the same two: `count` messages, the one at `markedAt` says `marked`. */
export function longChat(count: number, markedAt: number, marked: string): string {
  return Array.from({ length: count }, (_, index) =>
    line(
      index,
      text(index % 2 === 0 ? manager : customer, index === markedAt ? marked : `第 ${index} 句闲谈`),
    ),
  ).join('\n');
}
