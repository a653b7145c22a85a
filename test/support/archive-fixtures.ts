import { join } from 'node:path';
import { Readable } from 'node:stream';

import { type ImportId, JobId } from '../../src/core/contract/ids.ts';
import type { ProcedureInput } from '../../src/core/contract/index.ts';
import type { ImportView } from '../../src/core/features/archive/contract.ts';
import type { ImportKind } from '../../src/core/features/archive/model.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { systemClock } from '../../src/core/platform/clock.ts';
import { migrate, openDatabase } from '../../src/core/platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../src/core/platform/ids.ts';
import type { JobContext } from '../../src/core/platform/jobs/protocol.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { type TestClient, type TestWorld, until } from './workspace.ts';

// Archive messages of every kind in docs/formats.md §1, invented.

export const employee = 'chenxiao';
export const customer = 'wmDemoCustomer0001';
export const startOfTime = Date.UTC(2026, 2, 2, 1);

export type Raw = Record<string, unknown>;

/** One message; `more` replaces or adds members. */
export function message(msgid: string, msgtype: string, body: unknown, more: Raw = {}): Raw {
  return {
    msgid,
    action: 'send',
    from: employee,
    tolist: [customer],
    roomid: '',
    msgtime: startOfTime,
    msgtype,
    [msgtype]: body,
    ...more,
  };
}

export function text(msgid: string, content: string, more: Raw = {}): Raw {
  return message(msgid, 'text', { content }, more);
}

const media = { md5sum: '0123456789abcdef0123456789abcdef', sdkfileid: 'c2RrZmlsZWlk', filesize: 1024 };
const nested = (content: string) => JSON.stringify({ content });

/** Each kind with its body's key, its body, members beside it, and the texts that must be screened. */
export const everyKind: readonly {
  readonly kind: string;
  readonly key?: string;
  readonly body: unknown;
  readonly beside?: Raw;
  readonly fields: Readonly<Record<string, string>>;
}[] = [
  { kind: 'text', body: { content: '明早九点见' }, fields: { 'text.content': '明早九点见' } },
  { kind: 'image', body: media, fields: {} },
  { kind: 'voice', body: { ...media, voice_size: 9, play_length: 3 }, fields: {} },
  { kind: 'video', body: { ...media, play_length: 3 }, fields: {} },
  { kind: 'revoke', body: { pre_msgid: 'kind-text' }, fields: {} },
  { kind: 'agree', body: { userid: customer, agree_time: startOfTime }, fields: {} },
  { kind: 'disagree', body: { userid: 'wmOther', disagree_time: startOfTime }, fields: {} },
  {
    kind: 'card',
    body: { corpname: '示例银行', userid: 'chenxiao' },
    fields: { 'card.corpname': '示例银行' },
  },
  {
    kind: 'location',
    body: { longitude: 121.5, latitude: 31.2, address: '人民路一号', title: '网点', zoom: 15 },
    fields: { 'location.address': '人民路一号', 'location.title': '网点' },
  },
  { kind: 'emotion', body: { type: 1, width: 9, height: 9, imagesize: 9, ...media }, fields: {} },
  {
    kind: 'file',
    body: { filename: '合同.pdf', fileext: 'pdf', ...media },
    fields: { 'file.filename': '合同.pdf' },
  },
  {
    kind: 'link',
    body: {
      title: '早报',
      description: '今日要点',
      link_url: 'https://example.com/a',
      image_url: 'https://example.com/b',
    },
    fields: { 'link.title': '早报', 'link.description': '今日要点' },
  },
  {
    kind: 'weapp',
    body: { title: '预约', description: '取号', username: 'gh_1@app', displayname: '掌上银行' },
    fields: { 'weapp.title': '预约', 'weapp.description': '取号', 'weapp.displayname': '掌上银行' },
  },
  {
    kind: 'chatrecord',
    body: {
      title: '群聊的聊天记录',
      item: [
        { type: 'ChatRecordText', msgtime: 1, content: nested('第一句'), from_chatroom: false },
        {
          type: 'ChatRecordMixed',
          msgtime: 2,
          content: JSON.stringify({ item: [{ type: 'text', content: nested('里层') }] }),
          from_chatroom: false,
        },
        { type: 'ChatRecordText', msgtime: 3, content: '不是 JSON', from_chatroom: true },
      ],
    },
    fields: {
      'chatrecord.title': '群聊的聊天记录',
      'chatrecord.item[0].content': '第一句',
      'chatrecord.item[1].content.item[0].content': '里层',
      'chatrecord.item[2].content': '不是 JSON',
    },
  },
  {
    kind: 'mixed',
    body: {
      item: [
        { type: 'text', content: nested('图文') },
        { type: 'image', content: JSON.stringify(media) },
      ],
    },
    fields: { 'mixed.item[0].content': '图文' },
  },
  {
    kind: 'redpacket',
    body: { type: 1, wish: '新年好', totalcnt: 1, totalamount: 100 },
    fields: { 'redpacket.wish': '新年好' },
  },
  {
    kind: 'external_redpacket',
    key: 'redpacket',
    body: { type: 1, wish: '恭喜发财', totalcnt: 1, totalamount: 100 },
    fields: { 'redpacket.wish': '恭喜发财' },
  },
  {
    kind: 'collect',
    body: {
      room_name: '收集群',
      creator: '小陈',
      create_time: '2026-03-02 09:00:00',
      title: '登记',
      details: [{ id: 1, ques: '姓名', type: 'Text' }],
    },
    fields: {
      'collect.room_name': '收集群',
      'collect.creator': '小陈',
      'collect.title': '登记',
      'collect.details[0].ques': '姓名',
    },
  },
  {
    kind: 'meeting',
    body: {
      topic: '周会',
      starttime: 1,
      endtime: 2,
      address: '三楼',
      remarks: '带电脑',
      meetingtype: 1,
      meetingid: 'UINT64',
      status: 1,
    },
    fields: { 'meeting.topic': '周会', 'meeting.address': '三楼', 'meeting.remarks': '带电脑' },
  },
  {
    kind: 'meeting_notification',
    key: 'info',
    body: { content: '会议开始', meeting_id: '9', notification_type: 1 },
    fields: { 'info.content': '会议开始' },
  },
  {
    kind: 'docmsg',
    key: 'doc',
    body: { title: '纪要', doc_creator: 'chenxiao', link_url: 'https://example.com/doc' },
    fields: { 'doc.title': '纪要' },
  },
  { kind: 'markdown', key: 'info', body: { content: '**提示**' }, fields: { 'info.content': '**提示**' } },
  {
    kind: 'news',
    key: 'info',
    body: { item: [{ title: '新闻', description: '摘要', url: 'https://example.com/n', picurl: '' }] },
    fields: { 'info.item[0].title': '新闻', 'info.item[0].description': '摘要' },
  },
  {
    kind: 'calendar',
    body: {
      title: '回访',
      creatorname: '小陈',
      attendeename: ['小李', '小王'],
      starttime: 1,
      endtime: 2,
      place: '二楼',
      remarks: '准时',
    },
    fields: {
      'calendar.title': '回访',
      'calendar.creatorname': '小陈',
      'calendar.attendeename[0]': '小李',
      'calendar.attendeename[1]': '小王',
      'calendar.place': '二楼',
      'calendar.remarks': '准时',
    },
  },
  {
    kind: 'meeting_voice_call',
    body: {
      endtime: 1,
      sdkfileid: 'x',
      demofiledata: [{ filename: '演示.pptx', demooperator: 'chenxiao', starttime: 1, endtime: 2 }],
      sharescreendata: [{ share: 'chenxiao', starttime: 1, endtime: 2 }],
    },
    beside: { voiceid: 'voice-1' },
    fields: { 'meeting_voice_call.demofiledata[0].filename': '演示.pptx' },
  },
  {
    kind: 'voip_doc_share',
    body: { filename: '方案.docx', ...media },
    beside: { voipid: 'voip-1' },
    fields: { 'voip_doc_share.filename': '方案.docx' },
  },
  {
    kind: 'sphfeed',
    body: { feed_type: 4, sph_name: '示例视频号', feed_desc: '讲座' },
    fields: { 'sphfeed.sph_name': '示例视频号', 'sphfeed.feed_desc': '讲座' },
  },
  { kind: 'voiptext', key: 'info', body: { callduration: 9, invitetype: 1 }, fields: {} },
  {
    kind: 'qydiskfile',
    key: 'info',
    body: { filename: '名单.xlsx' },
    fields: { 'info.filename': '名单.xlsx' },
  },
  {
    kind: 'todo',
    body: { title: '回电', content: '下午三点', nested: { deep: ['也要看'] } },
    fields: { 'todo.title': '回电', 'todo.content': '下午三点', 'todo.nested.deep[0]': '也要看' },
  },
  {
    kind: 'solitaire_2027',
    body: ['一', { word: '二' }],
    beside: { headline: '三' },
    fields: { 'solitaire_2027[0]': '一', 'solitaire_2027[1].word': '二', headline: '三' },
  },
];

/** A line for each kind, and a switch. The meetingid is written as the number that it is: beyond 2^53. */
export function everyKindLines(): string[] {
  const lines = everyKind.map(({ kind, key, body, beside }, index) => {
    const { [kind]: own, ...rest } = message(`kind-${kind}`, kind, body, {
      msgtime: startOfTime + index * 1000,
      ...beside,
    });
    return JSON.stringify({ ...rest, [key ?? kind]: own }).replace('"UINT64"', '18446744073709551615');
  });
  return [
    ...lines,
    JSON.stringify({ msgid: 'kind-switch', action: 'switch', time: startOfTime, user: employee }),
  ];
}

export function jsonLines(messages: readonly Raw[]): string {
  return messages.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

/** Puts files into the workspace and imports them, as a host would; answers the import when its job has ended. */
export async function importFiles(
  world: TestWorld,
  client: TestClient,
  files: Readonly<Record<string, string | Uint8Array>>,
  kind: ImportKind = 'auto',
  more: Omit<ProcedureInput<'archive.startImport'>, 'files' | 'kind'> = {},
): Promise<ImportView> {
  const { blobDirectory } = await world.app.prepareUpload(client.caller());
  const blobs = createBlobStore(blobDirectory);
  const uploaded = [];
  for (const [name, content] of Object.entries(files)) {
    const { id } = await blobs.write(Readable.from([Buffer.from(content)]));
    uploaded.push({ blobId: id, name });
  }
  const started = await client.call('archive.startImport', { files: uploaded, kind, ...more });
  return importEnded(client, started.id);
}

export async function importEnded(client: TestClient, id: ImportId): Promise<ImportView> {
  return until(async () => {
    const view = await client.call('archive.import', { id });
    const job = await client.call('jobs.get', { id: view.jobId });
    return job.finishedAt === null ? null : client.call('archive.import', { id });
  });
}

/** What a job's code gets, over a new database in `directory`, without the app around it. */
export async function importContext(directory: string): Promise<JobContext> {
  const connection = openDatabase(join(directory, 'workspace.sqlite'));
  await migrate(connection);
  return {
    jobId: JobId.parse('0190a000-0000-7000-8000-000000000000'),
    directory,
    resources: '',
    connection,
    blobs: createBlobStore(join(directory, 'blobs')),
    clock: systemClock,
    ids: createIdSource(systemClock, systemRandom),
    random: systemRandom,
    log: createLog('silent'),
    cancelFlag: new SharedArrayBuffer(4),
    checkCancelled() {},
    progress() {},
    changed() {},
  };
}
