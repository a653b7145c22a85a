import { afterEach, describe, expect, it } from 'vitest';

import { Milliseconds } from '../../src/core/contract/ids.ts';
import { mostHits } from '../../src/core/features/screening/screener.ts';
import { importFiles } from '../support/archive-fixtures.ts';
import { type ChatLine, chat } from '../support/chat.ts';
import {
  type WrittenTerm,
  allHits,
  importMessages,
  publishLexicon,
  screen,
} from '../support/hits-fixture.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

let worlds: TestWorld[] = [];

afterEach(async () => {
  await Promise.all(worlds.map((world) => world.close()));
  worlds = [];
});

async function open(options: Parameters<typeof startTestWorld>[0] = {}) {
  const world = await startTestWorld(options);
  worlds.push(world);
  return { world, client: await world.signIn('everything') };
}

const term = (text: string, options: WrittenTerm['options'] = {}): WrittenTerm => ({
  text,
  category: '测试',
  severity: 'high',
  options,
});

/** Which messages, by their number, have hits of which entry. */
async function found(client: TestClient): Promise<readonly string[]> {
  return (await allHits(client))
    .map(({ msgid, term: text }) => `${Number(msgid.slice('chat-'.length))} ${text}`)
    .toSorted();
}

async function screened(lines: readonly ChatLine[], terms: readonly WrittenTerm[], roster?: string) {
  const { world, client } = await open();
  if (roster !== undefined) await importFiles(world, client, { 'roster.csv': roster });
  await importMessages(world, client, chat(lines));
  await publishLexicon(client, '规则', terms, {});
  await screen(world, client);
  return found(client);
}

describe('an entry with a scope', () => {
  it('counts by who speaks: a complaint is the customer’s', async () => {
    expect(
      await screened(
        [
          { from: 'wmKehuA', at: 0, text: '我要投诉' },
          { from: 'jingli.a', at: 1, text: '您可以拨打投诉电话,保本' },
          { from: 'woTaren', at: 2, to: 'jingli.a', text: '我们公司要投诉' },
          { from: 'wmKehuA', at: 3, text: '保本吗' },
        ],
        [term('投诉', { scope: { speaker: 'customer' } }), term('保本', { scope: { speaker: 'employee' } })],
      ),
    ).toEqual(['0 投诉', '1 保本', '2 投诉']);
  });

  it('counts by channel and kind of message', async () => {
    expect(
      await screened(
        [
          { from: 'jingli.a', at: 0, text: '转账给我' },
          { from: 'jingli.a', at: 1, room: 'wrGroup', text: '转账给我' },
        ],
        [
          term('转账', { scope: { channel: 'group' } }),
          term('给我', { scope: { channel: 'single', kinds: ['text'] } }),
          term('账给', { scope: { kinds: ['link'] } }),
        ],
      ),
    ).toEqual(['0 给我', '1 转账']);
  });

  it('counts by the hour in the workspace’s time zone, over midnight too', async () => {
    const hour = 3_600;
    expect(
      await screened(
        // Noon in Shanghai, 22:00, 05:59 and 06:00 of the next day.
        [0, 10 * hour, 18 * hour - 60, 18 * hour].map((at) => ({ from: 'jingli.a', at, text: '来电吧' })),
        [
          term('来电', { scope: { hours: { from: '22:00', to: '06:00' } } }),
          term('电吧', { scope: { hours: { from: '09:00', to: '18:00' } } }),
        ],
      ),
    ).toEqual(['0 电吧', '1 来电', '2 来电']);
  });

  it('counts by the employee’s branch, for what the customer says to them too', async () => {
    expect(
      await screened(
        [
          { from: 'jingli.a', at: 0, text: '手续费' },
          { from: 'wmKehuA', at: 1, to: 'jingli.a', text: '手续费' },
          { from: 'jingli.b', at: 2, text: '手续费' },
          { from: 'wmKehuB', at: 3, to: 'jingli.b', text: '手续费' },
          { from: 'wmKehuC', at: 4, to: 'jingli.c', text: '手续费' },
        ],
        [term('手续费', { scope: { branches: ['东门支行'] } })],
        'userid,name,branch\njingli.a,甲,东门支行\njingli.b,乙,西门支行\njingli.c,丙,\n',
      ),
    ).toEqual(['0 手续费', '1 手续费']);
  });

  it('is not silenced by an exemption that another place of the text has', async () => {
    expect(
      await screened(
        [
          { from: 'jingli.a', at: 0, text: '本产品不保本' },
          { from: 'jingli.a', at: 200, text: '不保本是别家,我们保本' },
        ],
        [term('保本', { notWhen: [{ phrase: '不保本' }] })],
      ),
    ).toEqual(['1 保本']);
  });
});

describe('a rule', () => {
  it('is stored with its kind, and names what to write instead', async () => {
    const { world, client } = await open();
    await importMessages(
      world,
      client,
      chat([{ from: 'jingli.a', at: 0, text: '这款理财年化5.2%,收益您放心,证件号110101199003074477' }]),
    );
    await publishLexicon(
      client,
      '规则',
      [
        term('收益率附近的承诺', {
          rule: {
            kind: 'near',
            first: { kind: 'detector', detector: 'rate' },
            second: { kind: 'words', words: ['放心'] },
            within: 10,
          },
          suggestion: '业绩比较基准不代表实际收益',
        }),
        term('证件号', { rule: { kind: 'detector', detector: 'id-card' } }),
      ],
      {},
    );
    await screen(world, client);
    const hits = await allHits(client);
    expect(hits.map((hit) => hit.term).toSorted()).toEqual(['收益率附近的承诺', '证件号']);
    const near = hits.find((hit) => hit.term === '收益率附近的承诺');
    expect(await client.call('supervision.hit', { id: near?.id ?? 0 })).toMatchObject({
      rule: 'near',
      suggestion: '业绩比较基准不代表实际收益',
      parts: [],
    });
    // What a detector of personal data found is shown as the text around it is: masked.
    const card = hits.find((hit) => hit.term === '证件号');
    expect(card?.text).toHaveLength(18);
    expect(card?.text).not.toContain('19900307');
    expect(card?.excerpt.slice(card.excerptStart, card.excerptStart + 18)).toBe(card?.text);
    const detail = await client.call('supervision.hit', { id: card?.id ?? 0 });
    expect(detail.steps.map(({ written }) => written).join('')).toBe(card?.text);
    expect(JSON.stringify(detail)).not.toContain('19900307');
  });
});

describe('a message that says it over and over', () => {
  it('is cut off at its limit, and counted as such', async () => {
    const { world, client } = await open();
    await importMessages(
      world,
      client,
      chat([
        { from: 'jingli.a', at: 0, text: '保本,'.repeat(100_000) },
        { from: 'jingli.a', at: 500, text: '保本' },
      ]),
    );
    await publishLexicon(client, '规则', [term('保本')], {});
    const run = await screen(world, client);
    expect(run).toMatchObject({ state: 'done', messages: 2, cut: 1, hits: mostHits + 1 });
  });
});

describe('a message padded with lighter hits', () => {
  it('keeps the grave one that stands behind them', async () => {
    const { world, client } = await open();
    const text = `${'零风险，'.repeat(10_100)}保本保息`;
    await importMessages(world, client, chat([{ from: 'jingli.a', at: 0, text }]));
    await publishLexicon(client, '轻', [{ ...term('零风险'), severity: 'low' }], {});
    await publishLexicon(client, '重', [{ ...term('保本保息'), severity: 'critical' }], {});
    const run = await screen(world, client);
    expect(run).toMatchObject({ cut: 1, hits: mostHits });
    const grave = await client.call('supervision.hitIds', { filter: { severities: ['critical'] } });
    expect(grave.total).toBe(1);
  });
});

describe('a suppression', () => {
  const day = 86_400_000;
  const lines: readonly ChatLine[] = [
    { from: 'jingli.a', at: 0, text: '温馨提示:理财非保本产品' },
    { from: 'jingli.a', at: 300, text: '放心,保本' },
  ];

  async function run(start: number) {
    const clock = testClock(start);
    const { world, client } = await open({ clock });
    await importMessages(world, client, chat(lines));
    await publishLexicon(client, '规则', [term('保本')], {});
    const { id } = await client.call('lexicons.addSuppression', {
      suppression: { phrase: '理财非保本产品' },
      reason: '标准提示语',
      expiresAt: Milliseconds.parse(start + day),
    });
    return { world, client, id };
  }

  it('keeps its phrase from being a hit until it is ended', async () => {
    const { world, client, id } = await run(Date.now());
    await screen(world, client);
    expect(await found(client)).toEqual(['1 保本']);
    await client.call('lexicons.endSuppression', { id });
    await screen(world, client, { onlyNew: false });
    expect(await found(client)).toEqual(['0 保本', '1 保本']);
  });

  it('keeps nothing once it has expired', async () => {
    // The job runs by the machine's clock: by that, the suppression expired long ago.
    const { world, client } = await run(Date.now() - 30 * day);
    await screen(world, client);
    expect(await found(client)).toEqual(['0 保本', '1 保本']);
  });
});
