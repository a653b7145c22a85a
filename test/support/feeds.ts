import { BlobId, ImportFileId, ImportId, JobId, Milliseconds } from '../../src/core/contract/ids.ts';
import { FactInserter } from '../../src/core/features/feeds/index.ts';
import type { Fact, FactKind, FeedKind } from '../../src/core/features/feeds/model.ts';
import type { DatabaseConnection } from '../../src/core/platform/database/connection.ts';

// Facts, and files as WeCom's API, its callbacks and its console give them: invented, in the forms of docs/formats.md.

/** Noon in Shanghai; the midnight of a fact's day is `day('2026-03-02')`. */
export const noon = Date.UTC(2026, 2, 2, 4);

/** Midnight of a day in Shanghai, the workspace's usual time zone. */
export function day(text: string): Milliseconds {
  return Milliseconds.parse(Date.parse(`${text}T00:00:00+08:00`));
}

/** A fact; what isn't said is null, the time is noon exactly. */
export function fact(
  kind: FactKind,
  more: Partial<Omit<Fact, 'at' | 'otherAt'>> & { readonly at?: number; readonly otherAt?: number } = {},
): Fact {
  const { at = noon, otherAt, ...rest } = more;
  return {
    employee: null,
    item: null,
    taker: null,
    wholeDay: false,
    code: null,
    detail: null,
    data: {},
    ...rest,
    kind,
    at: Milliseconds.parse(at),
    otherAt: otherAt === undefined ? null : Milliseconds.parse(otherAt),
  };
}

/** A fact of a whole day, `2026-03-02`. */
export function dayFact(kind: FactKind, of: string, more: Parameters<typeof fact>[1] = {}): Fact {
  return fact(kind, { ...more, at: day(of), wholeDay: true });
}

export interface SeedFile {
  readonly name?: string;
  readonly feed?: FeedKind;
  /** The line of each fact; otherwise they are counted from 1. */
  readonly lines?: readonly number[];
}

/** Puts facts into a database as an imported file's, without the import; answers how many were new. */
export function seedFacts(
  connection: DatabaseConnection,
  facts: readonly Fact[],
  { name = 'facts.json', feed = 'customers', lines }: SeedFile = {},
): number {
  const { handle } = connection;
  const store = handle.transaction(() => {
    const count = handle.prepare<[], number>('SELECT count(*) FROM imports').pluck().get() ?? 0;
    const id = (kind: number) => `0190a${kind}00-0000-7000-8000-${String(count + 1).padStart(12, '0')}`;
    const [jobId, importId] = [JobId.parse(id(1)), ImportId.parse(id(2))];
    handle
      .prepare(
        `INSERT INTO jobs (id, kind, input, state, created_at, finished_at) VALUES (?, 'import', '{}', 'succeeded', 0, 0)`,
      )
      .run(jobId);
    handle
      .prepare(
        `INSERT INTO imports (id, job_id, kind, state, started_at, finished_at) VALUES (?, ?, ?, 'done', 0, 0)`,
      )
      .run(importId, jobId, feed);
    const blobId = BlobId.parse(String(count).padStart(64, '0'));
    const { lastInsertRowid } = handle
      .prepare(
        `INSERT INTO import_files (import_id, ordinal, blob_id, name, kind, bytes, state) VALUES (?, 0, ?, ?, ?, 0, 'done')`,
      )
      .run(importId, blobId, name, feed);
    const file = { id: ImportFileId.parse(Number(lastInsertRowid)), name, blobId };
    const inserter = new FactInserter(connection);
    return facts.filter((one, index) => inserter.insert(file, feed, lines?.[index] ?? index + 1, one)).length;
  });
  return store.immediate();
}

// ---- files ---------------------------------------------------------------------------------------------------

type Json = Readonly<Record<string, unknown>>;

const ok = { errcode: 0, errmsg: 'ok' };
const seconds = (at: number) => Math.floor(at / 1000);

/** How a file lays out answers: one object, an array, one per line, or an object over several lines. */
export const layouts = {
  lines: (answers: readonly Json[]) => `${answers.map((answer) => JSON.stringify(answer)).join('\n')}\n`,
  array: (answers: readonly Json[]) => JSON.stringify(answers),
  /** As some tools print: the first member on the line of the bracket. */
  loose: (answers: readonly Json[]) =>
    answers.map((answer) => JSON.stringify(answer, null, 1).replace('{\n ', '{')).join('\n'),
  pretty: (answers: readonly Json[]) => answers.map((answer) => JSON.stringify(answer, null, 2)).join('\n'),
} as const;

export interface CustomerEntry {
  readonly id: string;
  readonly name?: string;
  readonly addedAt?: number;
  readonly remark?: string;
  readonly tags?: readonly string[];
}

/** An answer of batch/get_by_user: the customers of one employee with `follow_info`. */
export function customerList(userid: string, customers: readonly CustomerEntry[], more: Json = {}): Json {
  return {
    ...ok,
    external_contact_list: customers.map(({ id, name = '', addedAt = noon, remark = '', tags = [] }) => ({
      external_contact: { external_userid: id, name, type: 1, gender: 0 },
      follow_info: {
        userid,
        remark,
        description: '',
        createtime: seconds(addedAt),
        tag_id: tags,
        remark_mobiles: [],
        add_way: 1,
        oper_userid: userid,
      },
    })),
    next_cursor: '',
    ...more,
  };
}

/** An answer of externalcontact/list: ids only, the employee beside them. */
export function customerIds(userid: string, ids: readonly string[], more: Json = {}): Json {
  return { userid, ...ok, external_userid: ids, ...more };
}

/** An answer of externalcontact/get: one customer and everybody who follows them. */
export function customerDetail(
  { id, name = '' }: CustomerEntry,
  followers: readonly string[],
  more: Json = {},
): Json {
  return {
    ...ok,
    external_contact: { external_userid: id, name, type: 1, gender: 0 },
    follow_user: followers.map((userid) => ({
      userid,
      remark: '',
      createtime: seconds(noon),
      tags: [{ group_name: '等级', tag_name: 'VIP', tag_id: 'etVip', type: 1 }],
      add_way: 1,
    })),
    ...more,
  };
}

/** An answer of groupchat/list; status 0 normal, 1 the owner has left, 2 being inherited, 3 inherited. */
export function groupList(
  groups: readonly { readonly id: string; readonly status: number }[],
  more: Json = {},
): Json {
  return {
    ...ok,
    group_chat_list: groups.map(({ id, status }) => ({ chat_id: id, status })),
    next_cursor: '',
    ...more,
  };
}

/** An answer of groupchat/get. */
export function groupDetail(
  group: {
    readonly id: string;
    readonly name?: string;
    readonly owner: string;
    readonly members?: readonly string[];
  },
  more: Json = {},
): Json {
  const { id, name = '', owner, members = [] } = group;
  return {
    ...ok,
    group_chat: {
      chat_id: id,
      name,
      owner,
      create_time: seconds(noon),
      notice: '',
      member_list: [owner, ...members].map((userid) => ({
        userid,
        type: userid.startsWith('wm') ? 2 : 1,
        join_time: seconds(noon),
        join_scene: 1,
      })),
      admin_list: [],
      member_version: 'v1',
    },
    ...more,
  };
}

/** An answer of get_unassigned_list. */
export function unassignedList(
  leaver: string,
  customers: readonly string[],
  leftAt: number = noon,
  more: Json = {},
): Json {
  return {
    ...ok,
    info: customers.map((id) => ({
      handover_userid: leaver,
      external_userid: id,
      dimission_time: seconds(leftAt),
    })),
    is_last: true,
    ...more,
  };
}

/** Who hands over to whom, as the request has it beside the answer. */
export interface Parties {
  readonly from: string;
  readonly to: string;
}

const parties = ({ from, to }: Parties) => ({ handover_userid: from, takeover_userid: to });

/** An answer of resigned/transfer_customer (or transfer_customer): errcode 0 is "started". */
export function transferCustomer(
  of: Parties,
  customers: readonly { readonly id: string; readonly errcode?: number }[],
  more: Json = {},
): Json {
  return {
    ...parties(of),
    ...ok,
    customer: customers.map(({ id, errcode = 0 }) => ({ external_userid: id, errcode })),
    ...more,
  };
}

/** An answer of transfer_result: 1 taken over, 2 waiting, 3 refused, 4 the taker is at the limit. */
export function transferResult(
  of: Parties,
  customers: readonly { readonly id: string; readonly status: number; readonly takenAt?: number }[],
  more: Json = {},
): Json {
  return {
    ...parties(of),
    ...ok,
    customer: customers.map(({ id, status, takenAt }) => ({
      external_userid: id,
      status,
      takeover_time: takenAt === undefined ? 0 : seconds(takenAt),
    })),
    next_cursor: '',
    ...more,
  };
}

/** An answer of groupchat/transfer, with the request's groups beside it: those that aren't among the failed went through. */
export function transferGroup(
  of: Parties,
  groups: readonly string[],
  failed: readonly { readonly id: string; readonly errcode: number }[] = [],
  more: Json = {},
): Json {
  return {
    handover_userid: of.from,
    new_owner: of.to,
    chat_id_list: groups,
    ...ok,
    failed_chat_list: failed.map(({ id, errcode }) => ({ chat_id: id, errcode, errmsg: 'failed' })),
    ...more,
  };
}

/** A change_external_contact event, as JSON or for `eventXml`; `more` has Source, FailReason… */
export function contactEvent(
  changeType: string,
  of: { readonly userid: string; readonly customer: string; readonly at?: number },
  more: Json = {},
): Json {
  return {
    ToUserName: 'ww0000000000000000',
    FromUserName: 'sys',
    CreateTime: seconds(of.at ?? noon),
    MsgType: 'event',
    Event: 'change_external_contact',
    ChangeType: changeType,
    UserID: of.userid,
    ExternalUserID: of.customer,
    ...more,
  };
}

/** A change_external_chat event; `more` has UpdateDetail, MemChangeCnt… */
export function groupEvent(
  changeType: string,
  of: { readonly group: string; readonly at?: number },
  more: Json = {},
): Json {
  return {
    ToUserName: 'ww0000000000000000',
    FromUserName: 'sys',
    CreateTime: seconds(of.at ?? noon),
    MsgType: 'event',
    Event: 'change_external_chat',
    ChatId: of.group,
    ChangeType: changeType,
    ...more,
  };
}

/** Events as callbacks deliver them: one `<xml>` after another. */
export function eventsXml(events: readonly Json[]): string {
  const member = ([key, value]: [string, unknown]) =>
    typeof value === 'number' ? `<${key}>${value}</${key}>` : `<${key}><![CDATA[${String(value)}]]></${key}>`;
  return events.map((event) => `<xml>${Object.entries(event).map(member).join('')}</xml>\n`).join('');
}

interface LogEntry {
  readonly userid: string;
  readonly at?: number;
}

/** An answer of the file-leak log. */
export function fileLeaks(
  records: readonly (LogEntry & { readonly file: string; readonly type?: number; readonly more?: Json })[],
): Json {
  return {
    ...ok,
    has_more: false,
    next_cursor: '',
    record_list: records.map(({ userid, at = noon, file, type = 102, more }) => ({
      time: seconds(at),
      userid,
      operation: { type, source: 401 },
      file_info: file,
      file_size: 4096,
      file_md5: '0123456789abcdef0123456789abcdef',
      device_type: 1,
      device_code: 'device-1',
      ...more,
    })),
  };
}

/** An answer of the screenshot log: type 1 in a chat, 2 in the address book. */
export function screenshots(
  records: readonly (LogEntry & { readonly type?: number; readonly content?: string })[],
): Json {
  return {
    ...ok,
    has_more: false,
    next_cursor: '',
    record_list: records.map(({ userid, at = noon, type = 1, content = '' }) => ({
      time: seconds(at),
      userid,
      department_id: 1,
      screen_shot_type: type,
      screen_shot_content: content,
      system: 'Android',
    })),
  };
}

/** An answer of the member log: 2 deleted a customer, 4 a new device, 7 changed the bound WeChat. */
export function memberLog(
  records: readonly (LogEntry & { readonly type: number; readonly detail?: string })[],
): Json {
  return {
    ...ok,
    has_more: false,
    next_cursor: '',
    record_list: records.map(({ userid, at = noon, type, detail = '' }) => ({
      time: seconds(at),
      userid,
      oper_type: type,
      detail_info: detail,
      ip: '192.0.2.7',
    })),
  };
}

/** A table as CSV: cells with commas, quotes or line breaks are quoted. */
export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}
