import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { MaterialContent } from '../../../../core/features/reviews/material/contract.ts';
import type { DraftText } from './draft-keeper.ts';
import { conflictingParts, differingParts, mergeDrafts } from './merge.ts';

const draft = (title: string, audience = '', campaign = ''): DraftText => {
  const content: MaterialContent = {
    type: 'script',
    title,
    body: [],
    fields: {
      channels: [],
      audience,
      productId: null,
      productName: '',
      productType: null,
      facts: [],
      validFrom: null,
      validUntil: null,
      landingUrl: '',
      sources: [],
      chartSource: '',
      branch: '',
      campaign,
    },
    attachments: [],
    variants: [],
  };
  return { content, exemptions: [] };
};

test('what only one side changed is taken from there without asking', () => {
  const base = draft('原题', '老年客户', '');
  const mine = draft('新题', '老年客户', '');
  const theirs = draft('原题', '全体客户', '开门红');
  expect(conflictingParts(base, mine, theirs)).toEqual([]);
  expect(mergeDrafts(base, mine, theirs, new Map())).toEqual(draft('新题', '全体客户', '开门红'));
});

test('what both changed is asked, and taken from the chosen side', () => {
  const base = draft('原题');
  const mine = draft('我的题');
  const theirs = draft('他的题', '全体客户');
  expect(conflictingParts(base, mine, theirs)).toEqual(['title']);
  expect(mergeDrafts(base, mine, theirs, new Map([['title', 'theirs']]))).toEqual(
    draft('他的题', '全体客户'),
  );
  expect(mergeDrafts(base, mine, theirs, new Map([['title', 'mine']]))).toEqual(draft('我的题', '全体客户'));
});

test('merging changes nothing that neither side changed, and loses nothing that one side wrote', () => {
  const word = fc.constantFrom('', '一', '二');
  const text = fc
    .tuple(word, word, word)
    .map(([title, audience, campaign]) => draft(title, audience, campaign));
  fc.assert(
    fc.property(text, text, text, (base, mine, theirs) => {
      const merged = mergeDrafts(base, mine, theirs, new Map());
      // Without a choice, what both changed stays mine; all else is the side that changed it.
      const asked = new Set(conflictingParts(base, mine, theirs));
      const changed = differingParts(base, mine);
      for (const part of differingParts(merged, theirs)) expect(changed).toContain(part);
      for (const part of differingParts(merged, mine)) expect(asked.has(part)).toBe(false);
      if (differingParts(mine, theirs).length === 0) expect(merged).toEqual(mine);
    }),
  );
});
