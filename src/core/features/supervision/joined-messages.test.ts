import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ConversationId, MessageId, Milliseconds, PersonId } from '../../contract/ids.ts';
import { type DatabaseConnection, migrate, openDatabase } from '../../platform/database/connection.ts';
import { prepareNeighbours, type ScannedMessage } from '../../platform/database/sqlite/message-scan.ts';
import { splitWindow } from '../screening/index.ts';
import { type JoinerOptions, createMessageJoiner } from './joined-messages.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);
const archives = 150;

/** Mulberry32: numbers below `limit`, the same for the same seed. */
function sequence(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** Few senders in few conversations, mostly in order of time, with jumps back as when an older file is imported later. */
function randomArchive(random: (limit: number) => number): readonly ScannedMessage[] {
  let at = 1_000_000_000;
  return Array.from({ length: 1 + random(60) }, (_, index) => {
    if (random(12) === 0) at -= random(600_000);
    else at += random(4) === 0 ? random(200_000) : random(50_000);
    const nobody = random(20) === 0;
    return {
      id: MessageId.parse(index + 1),
      conversation_id: nobody ? null : ConversationId.parse(1 + random(2)),
      sender_id: random(20) === 0 ? null : PersonId.parse(1 + random(3)),
      sent_at: Milliseconds.parse(at),
      kind: 'text',
      text: random(15) === 0 ? '' : random(25) === 0 ? `长${'。'.repeat(1_500)}${index}` : `文${index}`,
      body: null,
    };
  });
}

let connection: DatabaseConnection;

beforeAll(async () => {
  connection = openDatabase(':memory:');
  await migrate(connection);
});
afterAll(() => connection.close());

function store(messages: readonly ScannedMessage[]): void {
  const { handle } = connection;
  handle.exec('DROP TRIGGER IF EXISTS messages_no_delete; DELETE FROM messages');
  const insert = handle.prepare(
    `INSERT INTO messages (id, msgid, conversation_id, sender_id, sent_at, action, kind, text, file_id, line)
     VALUES (?, ?, ?, ?, ?, 'send', 'text', ?, 1, 1)`,
  );
  handle.transaction(() => {
    for (const { id, conversation_id, sender_id, sent_at, text } of messages)
      insert.run(id, `m${id}`, conversation_id, sender_id, sent_at, text);
  })();
}

type Window = readonly [trigger: number, text: string, ids: readonly number[]];

function windowsOf(messages: readonly ScannedMessage[], options: JoinerOptions): readonly Window[] {
  const join = createMessageJoiner(prepareNeighbours(connection), options);
  return messages.flatMap((message) =>
    join(message).map((joining): Window => {
      // What the parts say of the messages has to be what stands in the joined text.
      for (const part of joining.joined.parts) {
        const of = joining.messages[part.back];
        const whole = messages.find((entry) => entry.id === of?.id)?.text ?? null;
        const from = (of?.skipped ?? 0) + part.offset;
        if (whole !== null) {
          expect(joining.joined.text.slice(part.start, part.start + part.length)).toBe(
            whole.slice(from, from + part.length),
          );
        }
      }
      return [joining.trigger, joining.joined.text, joining.messages.map((entry) => entry.id).toReversed()];
    }),
  );
}

/** By trying: each message with all that came before it, in order of time. */
function bruteForce(messages: readonly ScannedMessage[]): readonly Window[] {
  const reach = 1_000;
  return messages.flatMap((trigger) => {
    if (trigger.text === '' || trigger.conversation_id === null || trigger.sender_id === null) return [];
    const line = messages
      .filter(
        (entry) =>
          entry.id <= trigger.id &&
          entry.text !== '' &&
          entry.conversation_id === trigger.conversation_id &&
          entry.sender_id === trigger.sender_id,
      )
      .toSorted((a, b) => a.sent_at - b.sent_at || a.id - b.id);
    return line.flatMap((last, end) => {
      const window = line
        .slice(Math.max(0, end + 1 - splitWindow.messages), end + 1)
        .filter((entry) => last.sent_at - entry.sent_at <= splitWindow.milliseconds);
      if (window.length < 2 || !window.includes(trigger)) return [];
      const text = window.map((entry) =>
        entry === last ? entry.text.slice(0, reach) : entry.text.slice(-reach),
      );
      return [[trigger.id, text.join(''), window.map((entry) => entry.id)] satisfies Window];
    });
  });
}

const all: JoinerOptions = { everyMessage: true, fromFirst: true };

describe(`joining messages, seed ${seed}`, () => {
  const random = sequence(seed);
  const cases = Array.from({ length: archives }, () => randomArchive(random));

  it('joins every message to those of its sender that were sent shortly before, whatever order they came in', () => {
    for (const messages of cases) {
      store(messages);
      const expected = bruteForce(messages);
      expect(windowsOf(messages, all)).toEqual(expected);
      // A run through a filter looks each message's neighbours up.
      expect(windowsOf(messages, { everyMessage: false, fromFirst: false })).toEqual(expected);
      // With hardly any memory, what was forgotten is looked up.
      expect(windowsOf(messages, { ...all, mostKeys: 1 })).toEqual(expected);
    }
  }, 30_000);

  it('joins what comes after a stop, or in a second import, as one run over everything would', () => {
    for (const messages of cases) {
      store(messages);
      const stop = random(messages.length);
      const rest = windowsOf(messages.slice(stop), { everyMessage: true, fromFirst: false });
      expect(rest).toEqual(bruteForce(messages).filter(([trigger]) => trigger > stop));
    }
  }, 30_000);
});

it('looks neighbours up among 60,000 messages of one second without walking through them', () => {
  const second = Milliseconds.parse(1_000_000_000);
  const messages = Array.from({ length: 60_000 }, (_, index) => ({
    id: MessageId.parse(index + 1),
    conversation_id: ConversationId.parse(1),
    sender_id: PersonId.parse(1),
    sent_at: second,
    kind: 'text',
    text: '文',
    body: null,
  }));
  connection.handle.transaction(() => store(messages))();
  const { before } = prepareNeighbours(connection);
  const started = performance.now();
  // The first ones: all others come behind them in the index.
  for (const message of messages.slice(0, 2_000)) {
    const ids = before(message, second - splitWindow.milliseconds, 2).map(({ id }) => id);
    expect(ids).toEqual([message.id - 2, message.id - 1].filter((id) => id > 0));
  }
  // Some 200 ms; walking took 7 s.
  expect(performance.now() - started).toBeLessThan(4_000);
});

it('says from when on a conversation may have more without walking to its end', () => {
  const start = 1_000_000_000;
  const size = 60_000;
  const messages = Array.from({ length: size }, (_, index) => ({
    id: MessageId.parse(index + 1),
    conversation_id: ConversationId.parse(1),
    sender_id: PersonId.parse(1),
    sent_at: Milliseconds.parse(start + index * 1_000),
    kind: 'text',
    text: '文',
    body: null,
  }));
  store(messages);
  const place = (at: number, id: number) => ({
    id: MessageId.parse(id),
    conversation_id: ConversationId.parse(1),
    sender_id: PersonId.parse(1),
    sent_at: Milliseconds.parse(start + at * 1_000),
  });
  const { next } = prepareNeighbours(connection);
  // To a message with a low id, all that follows came into the archive later.
  const far = next(place(0, 1));
  expect(far).toBeGreaterThan(start);
  expect(far).toBeLessThan(start + 1_000_000);
  // Near the end there are few enough to know.
  expect(next(place(size - 10, 1))).toBe(Infinity);
  // The very next one is known.
  expect(next(place(5, size))).toBe(start + 6_000);
  const started = performance.now();
  for (let at = 0; at < 2_000; at += 1) next(place(at, 1));
  // Each of them would walk over some 59,000 to the end.
  expect(performance.now() - started).toBeLessThan(4_000);
});
