import type { Choices } from './random.ts';
import type { RichKind } from './talk.ts';

/** A message's msgtype and the members that go with it, as the chat archive has them (docs: WeCom 91774). */
export interface RichBody {
  readonly msgtype: string;
  readonly members: Readonly<Record<string, unknown>>;
}

const briefTitles = [
  '晨间财讯',
  '一周市场回顾',
  '利率与汇率速览',
  '政策速递：消费与信贷',
  '国债发行日历',
] as const;
const activityTitles = ['社区金融知识讲座', '亲子财商课堂', '老年人防诈宣传周', '手机银行体验日'] as const;
const fileNames = [
  '经营贷材料清单.pdf',
  '产品说明书（净值型）.pdf',
  '跨境汇款所需材料.docx',
  '存款利率表.xlsx',
] as const;
const places = [
  ['城东支行营业厅', '城东区学林路一百号'],
  ['高新支行', '高新区创业二路八号'],
] as const;

function hex(choices: Choices, length: number): string {
  return Array.from({ length }, () => choices.between(0, 15).toString(16)).join('');
}

function mediaId(choices: Choices): string {
  return `CtYAAA${hex(choices, 40)}`;
}

/** Invents the body of one message that is no plain text. `at` is its time in UTC milliseconds. */
export function inventBody(kind: RichKind, choices: Choices, at: number, otherUserid: string): RichBody {
  const one = (msgtype: string, body: unknown): RichBody => ({ msgtype, members: { [msgtype]: body } });
  switch (kind) {
    case 'image':
      return one('image', {
        md5sum: hex(choices, 32),
        filesize: choices.between(20_000, 900_000),
        sdkfileid: mediaId(choices),
      });
    case 'voice':
      return one('voice', {
        md5sum: hex(choices, 32),
        voice_size: choices.between(2_000, 60_000),
        play_length: choices.between(2, 58),
        sdkfileid: mediaId(choices),
      });
    case 'video':
      return one('video', {
        md5sum: hex(choices, 32),
        filesize: choices.between(500_000, 9_000_000),
        play_length: choices.between(5, 120),
        sdkfileid: mediaId(choices),
      });
    case 'emotion':
      return one('emotion', {
        type: choices.between(1, 2),
        width: 240,
        height: 240,
        imagesize: choices.between(4_000, 80_000),
        md5sum: hex(choices, 32),
        sdkfileid: mediaId(choices),
      });
    case 'file': {
      const filename = choices.pick(fileNames);
      return one('file', {
        md5sum: hex(choices, 32),
        filename,
        fileext: filename.split('.').at(-1) ?? '',
        filesize: choices.between(30_000, 2_000_000),
        sdkfileid: mediaId(choices),
      });
    }
    case 'link':
      return one('link', {
        title: choices.pick(briefTitles),
        description: '要闻四则，来源见文末；仅供参考，不构成投资建议。',
        link_url: `https://brief.bank.example/d/${hex(choices, 8)}`,
        image_url: 'https://brief.bank.example/cover.png',
      });
    case 'weapp':
      return one('weapp', {
        title: '风险测评',
        description: '三分钟完成风险承受能力评估',
        username: 'gh_demo0001@app',
        displayname: '网点服务',
      });
    case 'location': {
      const [title, address] = choices.pick(places);
      return one('location', { longitude: 120.15, latitude: 30.28, title, address, zoom: 15 });
    }
    case 'card':
      return one('card', { corpname: '个人名片', userid: otherUserid });
    case 'redpacket':
      return one('redpacket', { type: 1, wish: '大吉大利', totalcnt: 10, totalamount: 2000 });
    case 'calendar':
      return one('calendar', {
        title: choices.pick(activityTitles),
        creatorname: '网点服务',
        attendeename: [],
        starttime: Math.floor(at / 1000) + 86_400 * 3,
        endtime: Math.floor(at / 1000) + 86_400 * 3 + 5_400,
        place: '营业厅二楼',
        remarks: '请携带本人身份证件签到',
      });
    case 'meeting':
      return one('meeting', {
        topic: choices.pick(activityTitles),
        starttime: Math.floor(at / 1000) + 3_600,
        endtime: Math.floor(at / 1000) + 7_200,
        address: '线上',
        remarks: '',
        meetingtype: 102,
        // Beyond what a JavaScript number holds exactly: generate.ts writes it as a bare JSON number.
        meetingid: `@@1${String(choices.between(0, 999_999_999)).padStart(9, '0')}${String(choices.between(0, 999_999_999)).padStart(9, '0')}@@`,
        status: 1,
      });
    case 'chatrecord':
      return one('chatrecord', {
        title: '群聊的聊天记录',
        item: [
          {
            type: 'ChatRecordText',
            msgtime: Math.floor(at / 1000) - 600,
            content: JSON.stringify({ content: '明天的活动几点开始？' }),
            from_chatroom: false,
          },
          {
            type: 'ChatRecordText',
            msgtime: Math.floor(at / 1000) - 540,
            content: JSON.stringify({ content: '九点半，二楼会议室。' }),
            from_chatroom: false,
          },
        ],
      });
    case 'mixed':
      return one('mixed', {
        item: [
          { type: 'text', content: JSON.stringify({ content: '步骤看这张图，红框里点一下就可以。' }) },
          {
            type: 'image',
            content: JSON.stringify({
              md5sum: hex(choices, 32),
              filesize: 120_000,
              sdkfileid: mediaId(choices),
            }),
          },
        ],
      });
    case 'markdown':
      return {
        msgtype: 'markdown',
        members: {
          info: { content: '**本周服务提示**\n- 周五系统升级，22:00 后转账可能延迟\n- 请以官方公告为准' },
        },
      };
    case 'news':
      return {
        msgtype: 'news',
        members: {
          info: {
            item: [
              {
                title: choices.pick(activityTitles),
                description: '名额有限，先到先得',
                url: `https://activity.bank.example/a/${hex(choices, 6)}`,
                picurl: 'https://activity.bank.example/cover.png',
              },
            ],
          },
        },
      };
    case 'collect':
      return one('collect', {
        room_name: '服务群',
        creator: otherUserid,
        create_time: '2026-01-01 09:00:00',
        title: '活动报名登记',
        details: [
          { id: 1, ques: '您的称呼', type: 'Text' },
          { id: 2, ques: '到场人数', type: 'Number' },
        ],
      });
  }
}
