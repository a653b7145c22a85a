import { expect, it } from 'vitest';

import { LexiconVersionId, MessageId, Milliseconds, TermId, TermKey } from '../../contract/ids.ts';
import { compileMatcher, packTexts, scanBatch } from '../screening/index.ts';
import { type RunTerm, createHitMaker } from './found-hits.ts';

function term(id: number, text: string): RunTerm {
  return {
    id: TermId.parse(id),
    key: TermKey.parse(`019b0000-0000-7000-8000-00000000000${id}`),
    versionId: LexiconVersionId.parse(`019b0000-0001-7000-8000-00000000000${id}`),
    text,
    category: '承诺收益',
    severity: 'high',
    basis: '',
  };
}

function message(id: number, kind: string, text: string, body: string | null) {
  return {
    id: MessageId.parse(id),
    conversation_id: null,
    sender_id: null,
    sent_at: Milliseconds.parse(0),
    kind,
    text,
    body,
  };
}

const link = { title: '保本产品', description: '您好,绝对保本' };
const messages = [
  message(1, 'text', '保本', null),
  message(2, 'link', `${link.title}\u001E${link.description}`, JSON.stringify(link)),
];
const terms = [term(1, '保本'), term(2, '绝对')];

function hits(seenTo: readonly number[]) {
  const found = scanBatch(compileMatcher(terms), packTexts(messages.map((entry) => entry.text)));
  return createHitMaker(terms, seenTo)(messages, found).map((hit) => [
    hit.messageId,
    hit.field,
    hit.start,
    hit.end,
    hit.term,
    hit.severity,
  ]);
}

it('places hits in the field that has them', () => {
  expect(hits([0, 0])).toEqual([
    [1, 'text.content', 0, 2, '保本', 3],
    [2, 'link.title', 0, 2, '保本', 3],
    [2, 'link.description', 3, 5, '绝对', 3],
    [2, 'link.description', 5, 7, '保本', 3],
  ]);
});

it('leaves out, term by term, what its lexicon version has been looked with', () => {
  expect(hits([2, 0])).toEqual([[2, 'link.description', 3, 5, '绝对', 3]]);
  expect(hits([1, 2])).toEqual([
    [2, 'link.title', 0, 2, '保本', 3],
    [2, 'link.description', 5, 7, '保本', 3],
  ]);
});
