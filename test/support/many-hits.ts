import { join } from 'node:path';

import type { DatabaseConnection } from '../../src/core/platform/database/connection.ts';
import { LexiconSettings } from '../../src/core/features/screening/rules/model.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';

// Large archives for benchmarks and the browser suite, written straight into the tables: what is measured is the reading.
// Everything is invented and the same on every run.

type Handle = DatabaseConnection['handle'];

const branches = ['滨江支行', '云杉路支行', '南湖支行', '临港支行', '青石桥支行', '东篱支行'];
const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'.split('');
const givenNames = ['知行', '若宁', '思远', '一诺', '明轩', '清越', '嘉木', '望舒', '景行', '念安'];
const fillers = [
  '您好,这边是客户经理,今天给您汇报一下账户情况。',
  '上次说的那款产品本周到期,续期手续在手机银行里就能办。',
  '风险测评有效期一年,麻烦您抽空重新做一次。',
  '明天上午网点客户不多,过来办理不用排队。',
  '资料已经发到您的邮箱,签字以后扫描给我就行。',
  '好的,我再确认一下费率,下午给您答复。',
];
const termParts = {
  before: [
    '绝对',
    '稳赚',
    '保证',
    '内部',
    '独家',
    '零风险',
    '包赔',
    '私下',
    '代客',
    '刚性',
    '最高',
    '翻倍',
    '无损',
    '锁定',
  ],
  after: [
    '收益',
    '兑付',
    '额度',
    '转账',
    '操作',
    '渠道',
    '返佣',
    '承诺',
    '名额',
    '回报',
    '本金',
    '账户',
    '垫付',
    '盈利',
  ],
};
const categories = [
  '绝对化用语',
  '承诺收益',
  '私单渠道',
  '个人信息',
  '投诉苗头',
  '不当言辞',
  '代客操作',
  '返佣',
];
const employeeCount = 40;
const customerCount = 960;
const firstMessageAt = Date.UTC(2026, 0, 5, 1);

/** A linear congruential generator (Numerical Recipes' constants): numbers below `limit`, the same on every run. */
function sequence(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** The terms of the invented lexicon, in the order of their ids. */
export const manyTerms: readonly string[] = termParts.before.flatMap((before) =>
  termParts.after.map((after) => before + after),
);

export interface FilledLexicon {
  readonly lexiconId: string;
  readonly versionId: string;
}

/** A v7-shaped UUID of a number, for rows that nobody looks up by time. */
function uuid(kind: number, value: number): string {
  return `019b0000-${kind.toString(16).padStart(4, '0')}-7000-8000-${value.toString(16).padStart(12, '0')}`;
}

/** Adds an active lexicon with one published version of these terms. */
export function addLexicon(
  handle: Handle,
  terms: readonly string[] = manyTerms,
  name = '大样本词库',
  settings: LexiconSettings = LexiconSettings.parse({}),
): FilledLexicon {
  const number =
    handle.prepare<[], { count: number }>('SELECT count(*) AS count FROM lexicons').get()?.count ?? 0;
  const lexiconId = uuid(1, number);
  const versionId = uuid(2, number);
  const insertTerm = handle.prepare(
    `INSERT INTO terms (version_id, key, text, category, severity, basis, note, enabled) VALUES (?, ?, ?, ?, ?, '行内制度', '', 1)`,
  );
  handle.transaction(() => {
    handle
      .prepare(
        `INSERT INTO lexicons (id, name, description, origin, active, created_at) VALUES (?, ?, '', 'user', 1, ?)`,
      )
      .run(lexiconId, name, firstMessageAt);
    handle
      .prepare(
        `INSERT INTO lexicon_versions (id, lexicon_id, number, state, term_count, created_at, settings) VALUES (?, ?, 1, 'draft', ?, ?, ?)`,
      )
      .run(versionId, lexiconId, terms.length, firstMessageAt, JSON.stringify(settings));
    for (const [index, term] of terms.entries()) {
      insertTerm.run(
        versionId,
        uuid(0x100 + number, index),
        term,
        categories[index % categories.length],
        index % 5,
      );
    }
    handle
      .prepare(
        `UPDATE lexicon_versions SET state = 'published', content_hash = ?, published_at = ? WHERE id = ?`,
      )
      .run('0'.repeat(64), firstMessageAt, versionId);
  })();
  return { lexiconId, versionId };
}

export interface ArchiveSize {
  readonly messages: number;
  /** One message in so many says one of `manyTerms`. */
  readonly termEvery: number;
}

/** Adds people, conversations and text messages; may be called again to add more. */
export function addMessages(handle: Handle, { messages, termEvery }: ArchiveSize): void {
  const known =
    handle.prepare<[], { last: number | null }>('SELECT max(id) AS last FROM messages').get()?.last ?? 0;
  const random = sequence(20_260_105 + known);
  const insert = handle.prepare(
    `INSERT INTO messages (msgid, conversation_id, sender_id, sent_at, action, kind, text, file_id, line)
     VALUES (?, ?, ?, ?, 'send', 'text', ?, ?, ?)`,
  );
  handle.transaction(() => {
    const fileId = addSource(handle, known);
    const { conversations } = addPeople(handle);
    for (let index = 0; index < messages; index += 1) {
      const number = known + index;
      const conversation = conversations[random(conversations.length)];
      const filler = fillers[random(fillers.length)] ?? '';
      const term = number % termEvery === 0 ? (manyTerms[random(manyTerms.length)] ?? '') : '';
      const other = fillers[random(fillers.length)] ?? '';
      insert.run(
        `many-${number}`,
        conversation?.id,
        random(3) === 0 ? conversation?.customer : conversation?.employee,
        firstMessageAt + number * 37_000,
        `${filler}${term}${other}`,
        fileId,
        number + 1,
      );
    }
    handle.exec(`
      UPDATE conversations SET
        first_at = (SELECT min(sent_at) FROM messages WHERE conversation_id = conversations.id),
        last_at = (SELECT max(sent_at) FROM messages WHERE conversation_id = conversations.id),
        message_count = (SELECT count(*) FROM messages WHERE conversation_id = conversations.id)
      WHERE EXISTS (SELECT 1 FROM messages WHERE conversation_id = conversations.id)`);
  })();
}

/**
 * Adds messages after those of `addMessages`, in 50 of its conversations in turn: each employee says 绝对 and 收益 by turns,
 * every ten seconds, so that every other message ends one of `manyTerms` that is split across two.
 */
export function addSplitMessages(handle: Handle, messages: number): void {
  const last = handle
    .prepare<[], { id: number; at: number; file: number }>(
      'SELECT max(id) AS id, max(sent_at) AS at, max(file_id) AS file FROM messages',
    )
    .get() ?? { id: 0, at: 0, file: 0 };
  const conversations = handle
    .prepare<[], { id: number; sender: number }>(
      `SELECT conversation_id AS id, min(person_id) AS sender FROM conversation_members GROUP BY conversation_id LIMIT 50`,
    )
    .all();
  const insert = handle.prepare(
    `INSERT INTO messages (msgid, conversation_id, sender_id, sent_at, action, kind, text, file_id, line)
     VALUES (?, ?, ?, ?, 'send', 'text', ?, ?, ?)`,
  );
  handle.transaction(() => {
    for (let index = 0; index < messages; index += 1) {
      const conversation = conversations[index % conversations.length];
      const turn = Math.floor(index / conversations.length);
      insert.run(
        `split-${index}`,
        conversation?.id,
        conversation?.sender,
        last.at + 1_000_000 + turn * 10_000,
        turn % 2 === 0 ? '绝对' : '收益',
        last.file,
        last.id + index + 1,
      );
    }
  })();
}

/** A file that messages came from; answers its id. */
export function addSource(handle: Handle, number: number): number {
  const jobId = uuid(3, number);
  const importId = uuid(4, number);
  handle
    .prepare(
      `INSERT INTO jobs (id, kind, input, state, created_at, started_at, finished_at) VALUES (?, 'import', '{}', 'succeeded', ?, ?, ?)`,
    )
    .run(jobId, firstMessageAt, firstMessageAt, firstMessageAt);
  handle
    .prepare(
      `INSERT INTO imports (id, job_id, kind, state, started_at, finished_at) VALUES (?, ?, 'chat', 'done', ?, ?)`,
    )
    .run(importId, jobId, firstMessageAt, firstMessageAt);
  const { lastInsertRowid } = handle
    .prepare(
      `INSERT INTO import_files (import_id, ordinal, blob_id, name, kind, bytes, state) VALUES (?, 0, ?, 'many.jsonl', 'chat', 0, 'done')`,
    )
    .run(importId, '0'.repeat(64));
  return Number(lastInsertRowid);
}

interface FilledConversation {
  readonly id: number;
  readonly employee: number;
  readonly customer: number;
}

/** Forty employees, each with customers of their own, and a conversation with each of these. */
export function addPeople(handle: Handle): { conversations: readonly FilledConversation[] } {
  const insertPerson = handle.prepare(
    `INSERT INTO people (external_id, kind, name, branch, position, updated_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (external_id) DO NOTHING`,
  );
  const personId = handle.prepare<[string], { id: number }>('SELECT id FROM people WHERE external_id = ?');
  const insertConversation = handle.prepare(
    `INSERT INTO conversations (key, kind, first_at, last_at, message_count) VALUES (?, 'single', ?, ?, 0)
     ON CONFLICT (key) DO NOTHING`,
  );
  const conversationId = handle.prepare<[string], { id: number }>(
    'SELECT id FROM conversations WHERE key = ?',
  );
  const insertMember = handle.prepare(
    'INSERT INTO conversation_members VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const nameOf = (index: number) =>
    `${surnames[index % surnames.length]}${givenNames[Math.floor(index / surnames.length) % givenNames.length]}`;
  const add = (externalId: string, kind: string, name: string, branch: string | null): number => {
    insertPerson.run(externalId, kind, name, branch, branch === null ? null : '客户经理', firstMessageAt);
    return personId.get(externalId)?.id ?? 0;
  };
  const employees = Array.from({ length: employeeCount }, (_, index) =>
    add(`many.employee${index}`, 'employee', nameOf(index), branches[index % branches.length] ?? null),
  );
  const conversations = Array.from({ length: customerCount }, (_, index) => {
    const customer = add(`wmMany${index}`, 'customer', nameOf(index + employeeCount), null);
    const employee = employees[index % employees.length] ?? 0;
    const key = `many.employee${index % employees.length} wmMany${index}`;
    insertConversation.run(key, firstMessageAt, firstMessageAt);
    const id = conversationId.get(key)?.id ?? 0;
    insertMember.run(id, employee);
    insertMember.run(id, customer);
    return { id, employee, customer };
  });
  return { conversations };
}

/**
 * Adds `hits` open hits, each in a message of its own, with the lexicon and the screening run that they belong to.
 * 100,000 take some 2 s.
 */
export function addHits(handle: Handle, hits: number): void {
  const { versionId } = addLexicon(handle);
  addMessages(handle, { messages: hits, termEvery: 1 });
  const jobId = uuid(5, 0);
  const runId = uuid(6, 0);
  handle
    .prepare(
      `INSERT INTO jobs (id, kind, input, state, created_at, started_at, finished_at) VALUES (?, 'screening', '{}', 'succeeded', ?, ?, ?)`,
    )
    .run(jobId, firstMessageAt, firstMessageAt, firstMessageAt);
  const messages =
    handle.prepare<[], { last: number }>('SELECT max(id) AS last FROM messages').get()?.last ?? 0;
  handle
    .prepare(
      `INSERT INTO screening_runs (id, job_id, state, filter, only_new, screened_to, messages, hits, started_at, finished_at)
       VALUES (?, ?, 'done', '{}', 1, ?, ?, ?, ?, ?)`,
    )
    .run(runId, jobId, messages, messages, hits, firstMessageAt, firstMessageAt);
  handle.prepare('INSERT INTO screening_run_lexicons VALUES (?, ?)').run(runId, versionId);
  handle.prepare('INSERT INTO screening_coverage VALUES (?, ?)').run(versionId, messages);
  const texts = handle
    .prepare<[], { id: number; text: string; conversation_id: number; sender_id: number; sent_at: number }>(
      `SELECT id, text, conversation_id, sender_id, sent_at FROM messages WHERE msgid LIKE 'many-%'`,
    )
    .all();
  const terms = new Map(
    handle
      .prepare<[string], { id: number; key: string; text: string; category: string; severity: number }>(
        'SELECT id, key, text, category, severity FROM terms WHERE version_id = ?',
      )
      .all(versionId)
      .map((term) => [term.text, term]),
  );
  const pattern = new RegExp(manyTerms.join('|'), 'u');
  const insert = handle.prepare(
    `INSERT INTO hits (message_id, field, start, "end", term_key, term_id, version_id, run_id, conversation_id, sender_id,
       sent_at, term, category, severity, text, folds)
     VALUES (?, 'text.content', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')`,
  );
  handle.transaction(() => {
    for (const message of texts) {
      const found = pattern.exec(message.text);
      const term = found === null ? undefined : terms.get(found[0]);
      if (found === null || term === undefined) continue;
      insert.run(
        message.id,
        found.index,
        found.index + term.text.length,
        term.key,
        term.id,
        versionId,
        runId,
        message.conversation_id,
        message.sender_id,
        message.sent_at,
        term.text,
        term.category,
        term.severity,
        term.text,
      );
    }
  })();
}

/** Fills an existing workspace that no process has open with this many hits. */
export async function fillWorkspaceWithHits(directory: string, hits = 100_000): Promise<void> {
  const connection = openDatabase(join(directory, databaseFileName), { cacheKibibytes: 131_072 });
  try {
    addHits(connection.handle, hits);
  } finally {
    await connection.close();
  }
}
