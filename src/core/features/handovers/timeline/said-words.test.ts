import { join } from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { ConversationId, MessageId, Milliseconds, PersonId } from '../../../contract/ids.ts';
import { messageCodes } from '../../../platform/database/sqlite/handover-messages.ts';
import { readStarterPacks } from '../../lexicons/index.ts';
import { type DiversionReader, createDiversionReader } from './diversion.ts';
import type { MessageRow } from './message-rows.ts';
import { createSaidWords } from './said-words.ts';

let reader: DiversionReader;

beforeAll(async () => {
  reader = createDiversionReader(
    await readStarterPacks(join(import.meta.dirname, '../../../../../resources')),
  );
});

const start = Date.parse('2026-03-10T10:00:00+08:00');

function row(id: number, text: string, at: number): MessageRow {
  return [
    MessageId.parse(id),
    ConversationId.parse(1),
    PersonId.parse(1),
    Milliseconds.parse(at),
    messageCodes.text,
    text,
    null,
    null,
  ];
}

function wordsOf(rows: readonly MessageRow[]) {
  const words = createSaidWords(reader, 1);
  for (const each of rows) words.add(each, 0);
  return words.finish();
}

const quotes = (text: string) => wordsOf([row(1, text, start)]).map(({ words }) => words);

test('quotes the words that lead away together with the account', () => {
  expect(quotes('您加我私人薇 信abc123456')).toEqual(['加我私人薇 信abc123456']);
  expect(quotes('您加我 vx：zl8866')[0]).toContain('zl8866');
  const far = `您加我私人微信吧，这边说话不太方便，行里都看得到的，有事在那边说，号码是 wxid_a1b2c3d4e5`;
  expect(quotes(far)).toEqual(['加我私人微信…wxid_a1b2c3d4e5']);
});

test('masks a number before the excerpt cuts it', () => {
  const [said] = wordsOf([row(1, `加我微信${'有'.repeat(28)}手机13812345678`, start)]);
  expect(said?.excerpt).toContain('加我微信');
  expect(said?.excerpt).not.toMatch(/\d/);
  const [named] = wordsOf([row(1, '加我微信13812345678', start)]);
  expect(JSON.stringify(named)).not.toMatch(/138\d{4}/);
});

test('keeps the earliest of a talk, whatever block its hits come with', () => {
  const minute = 300_000;
  // Every other hit is an account, and comes before those of its block's words.
  const rows = Array.from({ length: 3_000 }, (_unused, index) =>
    row(3_000 - index, index % 2 === 0 ? '加我私人微信' : 'wxid_a1b2c3d4e5', start + index * minute),
  );
  const kept = wordsOf(rows);
  expect(kept.map(({ at }) => at)).toEqual(rows.slice(0, 200).map(([, , , at]) => at));
});
