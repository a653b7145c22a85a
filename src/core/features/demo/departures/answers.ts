import type { DepartingCustomer } from './plan.ts';

// Answers of WeCom's API and its callbacks, as docs/formats.md has them: the demo's feeds are made of these.

export type Json = Readonly<Record<string, unknown>>;

const ok = { errcode: 0, errmsg: 'ok' };
const seconds = (at: number) => Math.floor(at / 1000);

/** An answer of batch/get_by_user: an employee's customers. */
export function customerList(
  userid: string,
  customers: readonly Pick<DepartingCustomer, 'id' | 'name'>[],
  addedAt: number,
): Json {
  return {
    ...ok,
    userid,
    external_contact_list: customers.map(({ id, name }, index) => ({
      external_contact: { external_userid: id, name, type: 1, gender: index % 3 },
      follow_info: {
        userid,
        remark: '',
        description: '',
        createtime: seconds(addedAt) + index * 86_400,
        tag_id: [],
        remark_mobiles: [],
        add_way: 1,
        oper_userid: userid,
      },
    })),
    next_cursor: '',
  };
}

export function unassignedList(leaver: string, customers: readonly string[], leftAt: number): Json {
  return {
    ...ok,
    info: customers.map((id) => ({
      handover_userid: leaver,
      external_userid: id,
      dimission_time: seconds(leftAt),
    })),
    is_last: true,
    next_cursor: '',
  };
}

/** An answer of resigned/transfer_customer with its request's parties beside it. */
export function transferCustomer(
  from: string,
  to: string,
  customers: readonly { readonly id: string; readonly errcode: number }[],
): Json {
  return {
    ...ok,
    handover_userid: from,
    takeover_userid: to,
    customer: customers.map(({ id, errcode }) => ({ external_userid: id, errcode })),
  };
}

export function transferResult(
  from: string,
  to: string,
  customers: readonly { readonly id: string; readonly status: number; readonly takenAt: number }[],
): Json {
  return {
    ...ok,
    handover_userid: from,
    takeover_userid: to,
    customer: customers.map(({ id, status, takenAt }) => ({
      external_userid: id,
      status,
      takeover_time: status === 1 ? seconds(takenAt) : 0,
    })),
    next_cursor: '',
  };
}

export function transferGroup(
  from: string,
  to: string,
  groups: readonly string[],
  failed: readonly { readonly id: string; readonly errcode: number }[],
): Json {
  return {
    ...ok,
    handover_userid: from,
    new_owner: to,
    chat_id_list: groups,
    failed_chat_list: failed.map(({ id, errcode }) => ({ chat_id: id, errcode, errmsg: 'failed' })),
  };
}

/** An answer of groupchat/list: the groups of `userid`, where the request named one, else all of the bank. */
export function groupList(
  groups: readonly { readonly id: string; readonly status: number }[],
  userid?: string,
): Json {
  return {
    ...ok,
    ...(userid === undefined ? {} : { userid }),
    group_chat_list: groups.map(({ id, status }) => ({ chat_id: id, status })),
    next_cursor: '',
  };
}

export function groupDetail(
  group: { readonly id: string; readonly name: string; readonly members: readonly string[] },
  owner: string,
  createdAt: number,
): Json {
  const { id, name, members } = group;
  return {
    ...ok,
    group_chat: {
      chat_id: id,
      name,
      owner,
      create_time: seconds(createdAt),
      notice: '',
      member_list: [owner, ...members].map((userid) => ({
        userid,
        type: userid.startsWith('wm') ? 2 : 1,
        join_time: seconds(createdAt),
        join_scene: 1,
      })),
      admin_list: [],
      member_version: 'demo',
    },
  };
}

export interface DemoEvent {
  readonly at: number;
  readonly members: Json;
}

export function contactEvent(
  at: number,
  changeType: string,
  userid: string,
  customer: string,
  more: Json = {},
): DemoEvent {
  const members = { ChangeType: changeType, UserID: userid, ExternalUserID: customer, ...more };
  return { at, members: { ...common(at), Event: 'change_external_contact', ...members } };
}

export function groupEvent(at: number, changeType: string, group: string, more: Json = {}): DemoEvent {
  return {
    at,
    members: { ...common(at), Event: 'change_external_chat', ChatId: group, ChangeType: changeType, ...more },
  };
}

const common = (at: number) => ({
  ToUserName: 'wwdemo0000000000',
  FromUserName: 'sys',
  CreateTime: seconds(at),
  MsgType: 'event',
});

/** Events as callbacks deliver them: one `<xml>` after another, in order of time. */
export function eventsXml(events: readonly DemoEvent[]): string {
  const member = ([key, value]: readonly [string, unknown]) =>
    typeof value === 'number' ? `<${key}>${value}</${key}>` : `<${key}><![CDATA[${String(value)}]]></${key}>`;
  return events
    .toSorted((a, b) => a.at - b.at)
    .map(({ members }) => `<xml>${Object.entries(members).map(member).join('')}</xml>\n`)
    .join('');
}

/** An answer of one of the logs. */
export function recordList(records: readonly Json[]): Json {
  return { ...ok, has_more: false, next_cursor: '', record_list: records };
}

export function fileLeak(at: number, userid: string, file: string): Json {
  return {
    time: seconds(at),
    userid,
    operation: { type: 102, source: 401 },
    file_info: file,
    file_size: 183_296,
    file_md5: '6f1ed002ab5595859014ebf0951522d9',
    device_type: 1,
    device_code: 'DEMO-PC-0417',
  };
}

export function screenshot(at: number, userid: string, addressBook: boolean): Json {
  return {
    time: seconds(at),
    userid,
    department_id: 12,
    screen_shot_type: addressBook ? 2 : 1,
    screen_shot_content: addressBook ? '通讯录' : '聊天',
    system: 'Android',
  };
}

export function memberRecord(at: number, userid: string, type: number, detail: string): Json {
  return { time: seconds(at), userid, oper_type: type, detail_info: detail, ip: '192.0.2.17' };
}

/** A table as CSV; nothing in it needs quotes. */
export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
