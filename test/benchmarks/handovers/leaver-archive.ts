import type SqliteHandle from 'better-sqlite3';

import { findPromises } from '../../../src/core/features/handovers/promises/find.ts';
import { createChat, createRandom, pick } from '../engine/chat.ts';

/** How large a leaver's archive is. */
export interface LeaverArchive {
  readonly leaver: string;
  readonly customers: number;
  readonly groups: number;
  /** All of them within the timeline's window. */
  readonly messages: number;
  /** Messages of others, in the same time and file. */
  readonly otherMessages: number;
  /** The last day's end. */
  readonly lastDayEnd: number;
}

const promises = [
  '明天给您送合同过去',
  '下周一给您回电话',
  '您那笔理财下个月15号到期，到期后给您转存',
  '月底前帮您办好',
];
const diversions = ['加我私人微信', '加我v❤️信', '手机号就是微信同号', '我要离职了，以后您直接找我'];
const complaints = ['你们再不处理我要投诉', '我的钱呢，给个说法'];

/**
 * Puts a leaver's conversations into an empty archive as an import would have left them: rows in order of time, so that those of one
 * conversation lie all over the table. Invented, from a seed.
 */
export function addLeaverArchive(handle: SqliteHandle.Database, size: LeaverArchive): void {
  const random = createRandom(20_260_331);
  const below = (count: number) => Math.floor(random() * count);
  const from = size.lastDayEnd - 90 * 86_400_000;
  // The chats of the engine's benchmark promise something in every fourth message; here so many do as are meant to.
  const said = { at: from, timeZone: 'Asia/Shanghai' };
  const texts = createChat(7, 60_000).filter((text) => findPromises(text, said).length === 0);
  const insertPerson = handle.prepare(
    'INSERT INTO people (external_id, kind, name, updated_at) VALUES (?, ?, ?, 0)',
  );
  const insertConversation = handle.prepare(
    'INSERT INTO conversations (key, kind, room_id, first_at, last_at, message_count) VALUES (?, ?, ?, ?, ?, 0)',
  );
  const insertMember = handle.prepare(
    'INSERT INTO conversation_members (conversation_id, person_id) VALUES (?, ?)',
  );
  const insertMessage = handle.prepare(
    `INSERT INTO messages (msgid, conversation_id, sender_id, sent_at, action, kind, text, body, file_id, line)
     VALUES (?, ?, ?, ?, 'send', ?, ?, ?, ?, ?)`,
  );
  const person = (id: string, kind: string) => Number(insertPerson.run(id, kind, id).lastInsertRowid);
  const conversation = (key: string, kind: string, room: string | null, members: readonly number[]) => {
    const id = Number(insertConversation.run(key, kind, room, from, size.lastDayEnd).lastInsertRowid);
    for (const member of members) insertMember.run(id, member);
    return id;
  };

  handle.transaction(() => {
    handle.exec(
      `INSERT INTO jobs (id, kind, input, state, created_at, finished_at)
         VALUES ('019b0000-0001-7000-8000-0000000000ff', 'import', '{}', 'succeeded', 0, 0);
       INSERT INTO imports (id, job_id, kind, state, started_at, finished_at)
         VALUES ('019b0000-0002-7000-8000-0000000000ff', '019b0000-0001-7000-8000-0000000000ff', 'chat', 'done', 0, 0);
       INSERT INTO import_files (import_id, ordinal, blob_id, name, kind, bytes, state)
         VALUES ('019b0000-0002-7000-8000-0000000000ff', 0, '${'0'.repeat(64)}', 'chat.jsonl', 'chat', 0, 'done')`,
    );
    const fileId = handle.prepare<[], number>('SELECT max(id) FROM import_files').pluck(true).get();
    const leaver = person(size.leaver, 'employee');
    const colleague = person('wuhao', 'employee');
    const customers = Array.from({ length: size.customers }, (_unused, index) =>
      person(`wmBench${String(index).padStart(6, '0')}`, 'customer'),
    );
    const single = customers.map((customer, index) => ({
      id: conversation(`single-${index}`, 'single', null, [leaver, customer]),
      members: [leaver, customer],
    }));
    const groups = Array.from({ length: size.groups }, (_unused, index) => {
      const members = [leaver, ...Array.from({ length: 20 }, () => pick(random, customers) ?? leaver)];
      const id = conversation(`wrBench${index}`, 'group', `wrBench${index}`, [...new Set(members)]);
      return { id, members };
    });
    const others = Array.from({ length: 2_000 }, (_unused, index) => {
      const customer = pick(random, customers) ?? colleague;
      return {
        id: conversation(`other-${index}`, 'single', null, [colleague, customer]),
        members: [colleague, customer],
      };
    });
    const all = size.messages + size.otherMessages;
    for (let index = 0; index < all; index += 1) {
      const isOther = below(all) < size.otherMessages;
      const own = below(5) === 0 ? groups : single;
      const { id, members } = pick(random, isOther ? others : own) ?? { id: 0, members: [leaver] };
      const employee = members[0] ?? leaver;
      const sender = below(2) === 0 ? employee : (pick(random, members) ?? leaver);
      const chance = random();
      const [kind, body] =
        chance < 0.97
          ? ['text', null]
          : chance < 0.985
            ? ['image', '{"md5sum":"0","filesize":1}']
            : ['file', '{"filename":"a.pdf"}'];
      const special = random();
      const words =
        (sender === employee
          ? special < 0.02
            ? pick(random, promises)
            : special < 0.0205
              ? pick(random, diversions)
              : undefined
          : special < 0.001
            ? pick(random, complaints)
            : undefined) ?? pick(random, texts);
      insertMessage.run(
        `bench-${index}`,
        id,
        sender,
        from + Math.floor((index * 90 * 86_400_000) / all),
        kind,
        kind === 'text' ? words : kind === 'file' ? '产品说明.pdf' : '',
        body,
        fileId,
        index + 1,
      );
    }
    handle.exec(
      `UPDATE conversations SET message_count =
         (SELECT count(*) FROM messages WHERE messages.conversation_id = conversations.id)`,
    );
  })();
}
