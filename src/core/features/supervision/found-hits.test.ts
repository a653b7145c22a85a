import { expect, it } from 'vitest';

import {
  ConversationId,
  LexiconVersionId,
  MessageId,
  Milliseconds,
  PersonId,
  TermId,
  TermKey,
} from '../../contract/ids.ts';
import { compileScreener, joinTexts, packJoined, packTexts, screenBatch } from '../screening/index.ts';
import { EntryOptions, LexiconSettings } from '../screening/rules/model.ts';
import { type RunEntry, createHitMaker } from './found-hits.ts';
import type { Joining } from './joined-messages.ts';

const settings = LexiconSettings.parse({});

function term(id: number, text: string): RunEntry {
  return {
    id: TermId.parse(id),
    key: TermKey.parse(`019b0000-0000-7000-8000-00000000000${id}`),
    versionId: LexiconVersionId.parse(`019b0000-0001-7000-8000-00000000000${id}`),
    text,
    category: '承诺收益',
    severity: 'high',
    basis: '',
    options: EntryOptions.parse({}),
    settings,
  };
}

function message(id: number, kind: string, text: string, body: string | null) {
  return {
    id: MessageId.parse(id),
    conversation_id: ConversationId.parse(1),
    sender_id: PersonId.parse(1),
    sent_at: Milliseconds.parse(id * 1_000),
    kind,
    text,
    body,
  };
}

const link = { title: '保本产品', description: '您好,绝对保本' };
const messages = [
  message(1, 'text', '保本', null),
  message(2, 'link', `${link.title}\u001E${link.description}`, JSON.stringify(link)),
  message(3, 'text', '安全', null),
];
const entries = [term(1, '保本'), term(2, '绝对'), term(3, '保本安全')];

function joiningOf(ids: readonly number[], trigger: number): Joining {
  const parts = ids.map((id) => messages.find((entry) => entry.id === id) ?? message(id, 'text', '', null));
  const last = parts.at(-1) ?? message(0, 'text', '', null);
  const joined = joinTexts(
    parts.slice(0, -1).map((part) => part.text),
    last.text,
  );
  if (joined === null) throw new Error('nothing to join');
  return {
    joined,
    messages: parts.toReversed().map((part) => ({ ...part, skipped: 0 })),
    trigger: MessageId.parse(trigger),
    conversation_id: ConversationId.parse(1),
    sender_id: PersonId.parse(1),
    sent_at: last.sent_at,
    kind: last.kind,
  };
}

function hits(seenTo: readonly number[], joinings: readonly Joining[] = []) {
  const result = screenBatch(
    compileScreener(entries, []),
    packTexts(
      [...messages.map((entry) => entry.text), ...joinings.map((joining) => joining.joined.text)],
      null,
      joinings.length === 0 ? null : packJoined(joinings.map((joining) => joining.joined)),
    ),
  );
  const read = (id: MessageId) => messages.find((entry) => entry.id === id) ?? message(id, 'text', '', null);
  return createHitMaker(entries, seenTo, read)({ messages, joinings, result });
}

const placeOf = (hit: ReturnType<typeof hits>[number]) => [
  hit.messageId,
  hit.field,
  hit.start,
  hit.end,
  hit.term,
  hit.severity,
];

it('places hits in the field that has them', () => {
  expect(hits([0, 0, 0]).map(placeOf)).toEqual([
    [1, 'text.content', 0, 2, '保本', 3],
    [2, 'link.title', 0, 2, '保本', 3],
    [2, 'link.description', 3, 5, '绝对', 3],
    [2, 'link.description', 5, 7, '保本', 3],
  ]);
});

it('leaves out, term by term, what its lexicon version has been looked with', () => {
  expect(hits([2, 0, 0]).map(placeOf)).toEqual([[2, 'link.description', 3, 5, '绝对', 3]]);
  expect(hits([1, 2, 0]).map(placeOf)).toEqual([
    [2, 'link.title', 0, 2, '保本', 3],
    [2, 'link.description', 5, 7, '保本', 3],
  ]);
});

it('stores a hit that is split across messages with the last of them, and names each part', () => {
  const split = hits([3, 3, 0], [joiningOf([2, 3], 3)]);
  expect(split.map(placeOf)).toEqual([[3, 'text.content', 0, 2, '保本安全', 3]]);
  expect(split[0]).toMatchObject({ text: '安全', folds: '["split"]', confidence: 0.85, sentAt: 3_000 });
  expect(JSON.parse(split[0]?.parts ?? '')).toEqual([
    { messageId: 2, field: 'link.description', start: 5, end: 7 },
    { messageId: 3, field: 'text.content', start: 0, end: 2 },
  ]);
});

it('takes a split hit once: from the window that ends with it, through the message that made it', () => {
  // Of three windows with the same hit in them: one before, the one that ends with it, and one whose trigger it lacks.
  expect(hits([3, 3, 0], [joiningOf([2, 3, 1], 1)])).toEqual([]);
  expect(hits([3, 3, 0], [joiningOf([1, 2, 3], 1)])).toEqual([]);
  // An older message that was imported later closes the gap: it counts from then on.
  expect(hits([3, 3, 1], [joiningOf([2, 3], 2)])).toHaveLength(1);
  expect(hits([3, 3, 2], [joiningOf([2, 3], 2)])).toHaveLength(0);
});
