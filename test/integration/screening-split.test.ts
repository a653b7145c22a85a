import { afterEach, describe, expect, it } from 'vitest';

import { type ChatLine, chat } from '../support/chat.ts';
import {
  type FixtureMessage,
  type WrittenTerm,
  allHits,
  importMessages,
  publishLexicon,
  screen,
} from '../support/hits-fixture.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

const term: WrittenTerm = { text: '加我私人微信', category: '私单渠道', severity: 'critical' };

let worlds: TestWorld[] = [];

afterEach(async () => {
  await Promise.all(worlds.map((world) => world.close()));
  worlds = [];
});

async function open(): Promise<{ readonly world: TestWorld; readonly client: TestClient }> {
  const world = await startTestWorld();
  worlds.push(world);
  const client = await world.signIn('everything');
  await publishLexicon(client, '私单', [term], {});
  return { world, client };
}

/** What was found, with its parts, by the message's own ids. */
async function splitHits(client: TestClient) {
  const hits = [];
  for (const { id, msgid, start, end, text, folds, confidence } of await allHits(client)) {
    const { parts, message } = await client.call('supervision.hit', { id, context: 50 });
    hits.push({
      msgid,
      start,
      end,
      text,
      folds,
      confidence,
      parts: parts.map((part) => [part.messageId - message.id, part.field, part.start, part.end, part.text]),
    });
  }
  return hits.toSorted((a, b) => (a.msgid < b.msgid ? -1 : 1));
}

const say = (from: string, at: number, text: string, room = ''): ChatLine => ({ from, at, text, room });

describe('what is split across messages', () => {
  it('is one hit, with the last message, that names every part and how it reads', async () => {
    const { world, client } = await open();
    await importMessages(
      world,
      client,
      chat([
        say('jingli.a', 0, '方便的话加我私人'),
        say('wmKehuA', 5, '怎么加'),
        say('jingli.a', 10, '微'),
        say('jingli.a', 20, '信,谢谢'),
      ]),
    );
    const run = await screen(world, client);
    expect(run).toMatchObject({ hits: 1, cut: 0 });
    const [hit] = await allHits(client);
    expect(hit).toMatchObject({
      msgid: 'chat-000003',
      start: 0,
      end: 1,
      text: '信',
      term: term.text,
      folds: ['split'],
      confidence: 0.85,
    });
    const detail = await client.call('supervision.hit', { id: hit?.id ?? 0 });
    expect(detail.parts.map(({ field, start, end, text }) => [field, start, end, text])).toEqual([
      ['text.content', 4, 8, '加我私人'],
      ['text.content', 0, 1, '微'],
      ['text.content', 0, 1, '信'],
    ]);
    expect(detail.rule).toBe('word');
    expect(detail.steps.map((step) => step.read).join('')).toBe(term.text);
    expect(detail.steps.map((step) => step.written).join('')).toBe('加我私人微信');
  });

  it('is not joined across people, conversations, five messages or two minutes', async () => {
    const { world, client } = await open();
    await importMessages(
      world,
      client,
      chat([
        say('jingli.a', 0, '加我私人'),
        say('jingli.b', 5, '微信', 'wrRoom'),
        say('jingli.a', 10, '微信', 'wrRoom'),
        say('jingli.a', 500, '加我私人'),
        say('jingli.a', 621, '微信'),
        say('jingli.a', 1_000, '加我私'),
        ...['一', '二', '三', '四'].map((text, index) => say('jingli.a', 1_001 + index, text)),
        say('jingli.a', 1_010, '人微信'),
      ]),
    );
    expect((await screen(world, client)).hits).toBe(0);
  });

  it('is another hit where it begins in another message, and the same one with a late message between', async () => {
    const { world, client } = await open();
    const before = chat([say('jingli.a', 0, '加我私人微'), say('jingli.a', 20, '信,谢谢')]);
    const late = (text: string) =>
      chat([say('jingli.a', 10, text)]).map((line) => ({
        ...line,
        message: { ...line.message, msgid: `late-${text}` },
      }));
    await importMessages(world, client, before);
    await screen(world, client);
    expect(await splitHits(client)).toHaveLength(1);
    // It comes between the two, and what it says is the term's own beginning.
    await importMessages(world, client, late('加我私人微'));
    expect(await screen(world, client)).toMatchObject({ hits: 1 });
    const both = await splitHits(client);
    expect(both.map(({ msgid, start, end, text }) => [msgid, start, end, text])).toEqual([
      ['chat-000001', 0, 1, '信'],
      ['chat-000001', 0, 1, '信'],
    ]);
    expect(new Set(both.map(({ parts }) => JSON.stringify(parts))).size).toBe(2);
    // This one stands between as well, and is passed over: what it makes begins and ends where the first one did.
    await importMessages(world, client, late('……'));
    expect(await screen(world, client)).toMatchObject({ hits: 0 });
    expect(await splitHits(client)).toEqual(both);
  });

  const story = chat([
    say('jingli.a', 0, '加我私'),
    say('wmKehuA', 2, '加我私人'),
    say('jingli.a', 4, '人微'),
    say('wmKehuA', 6, '微信'),
    say('jingli.a', 8, '信'),
    say('jingli.b', 10, '加我私人微信', 'wrRoom'),
    say('jingli.b', 12, '加我', 'wrRoom'),
    say('jingli.b', 14, '私人微信', 'wrRoom'),
    say('jingli.a', 300, '加我私人微'),
    say('jingli.a', 310, '信信'),
  ]);

  async function found(...imports: readonly (readonly FixtureMessage[])[]) {
    const { world, client } = await open();
    for (const messages of imports) {
      await importMessages(world, client, messages);
      await screen(world, client);
    }
    return splitHits(client);
  }

  it('is found alike when the archive comes in one piece, in pieces, or with its end first', async () => {
    const whole = await found(story);
    expect(whole.map((hit) => hit.msgid)).toEqual([
      'chat-000003', 'chat-000004', 'chat-000005', 'chat-000007', 'chat-000009',
    ]); // prettier-ignore
    for (const cut of [3, 9]) {
      expect(await found(story.slice(0, cut), story.slice(cut))).toEqual(whole);
    }
    // The same but for the parts' ids: what was imported later has higher ones.
    const withoutIds = (hits: typeof whole) =>
      hits.map(({ parts, ...hit }) => ({ ...hit, parts: parts.map(([, ...part]) => part) }));
    for (const cut of [3, 9]) {
      expect(withoutIds(await found(story.slice(cut), story.slice(0, cut)))).toEqual(withoutIds(whole));
    }
  });

  it('is found by a run that looks only at the last part', async () => {
    const { world, client } = await open();
    await importMessages(world, client, story);
    const from = Number(story[8]?.message['msgtime']) + 1;
    expect(await screen(world, client, { filter: { from } })).toMatchObject({ messages: 1, hits: 1 });
    expect((await splitHits(client)).map((hit) => [hit.msgid, hit.text])).toEqual([['chat-000009', '信']]);
    await screen(world, client);
    expect((await splitHits(client)).map((hit) => hit.msgid)).toEqual(
      (await found(story)).map((hit) => hit.msgid),
    );
  });
});
