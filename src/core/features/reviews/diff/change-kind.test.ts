import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Block, MaterialContent } from '../material/contract.ts';
import { changeKindOf } from './change-kind.ts';
import { kindOfTextChange, normaliseForComparison } from './normalise.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

describe('how two texts differ', () => {
  test.each([
    ['收益 3.5%', '收益3.5%', 'whitespace-only'],
    ['第一段\n第二段', '第一段第二段', 'whitespace-only'],
    ['a b', 'a\u00a0\u3000b', 'whitespace-only'],
    ['理财\u200b产品', '理财产品', 'whitespace-only'],
    ['收益３．５％（年化）', '收益3.5%(年化)', 'punctuation-width'],
    ['“稳健”，好。', '"稳健",好.', 'punctuation-width'],
    ['ｱ', 'ア', 'punctuation-width'],
    ['收益3 5%', '收益35%', 'text'],
    ['not able', 'notable', 'text'],
    ['10²', '102', 'text'],
    ['①', '1', 'text'],
    ['3。5%', '3.5%', 'text'],
    ['收益率3.\n5年期', '收益率3.5年期', 'text'],
    ['收益率3。\n5年期', '收益率3.5年期', 'text'],
    ['收益率3 .5%', '收益率3.5%', 'text'],
    ['共1, 000元', '共1,000元', 'text'],
    ['第一条. 说明', '第一条.说明', 'whitespace-only'],
    ['利率3.5%， 起点', '利率3.5%，起点', 'whitespace-only'],
    ['保本', '不保本', 'text'],
    ['A股', 'a股', 'text'],
    ['年化\u202e3.5', '年化3.5', 'text'],
  ])('%j and %j: %s both ways', (left, right, kind) => {
    expect(kindOfTextChange(left, right)).toBe(kind);
    expect(kindOfTextChange(right, left)).toBe(kind);
  });

  // fast-check's table of all code points alone takes seconds on a busy machine.
  test('the form that is compared is its own form', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = normaliseForComparison(text);
        expect(normaliseForComparison(once)).toBe(once);
      }),
      { seed, numRuns: 300 },
    );
  });
});

const paragraph = (...runs: object[]) => Block.parse({ kind: 'paragraph', runs });
const hash = 'a'.repeat(64);
const content = (change: object = {}) =>
  MaterialContent.parse({
    type: 'article',
    title: '早报',
    body: [paragraph({ text: '理财非存款，' }, { text: '有风险', marks: ['bold'] })],
    ...change,
  });

describe('how two contents differ', () => {
  test.each<[string, object, string]>([
    ['nothing', {}, 'identical'],
    [
      'runs that are only parted otherwise',
      { body: [paragraph({ text: '理财非' }, { text: '存款，' }, { text: '有风险', marks: ['bold'] })] },
      'identical',
    ],
    [
      'a space',
      { body: [paragraph({ text: '理财非存款， ' }, { text: '有风险', marks: ['bold'] })] },
      'whitespace-only',
    ],
    [
      'a paragraph that was parted',
      { body: [paragraph({ text: '理财非存款，' }), paragraph({ text: '有风险', marks: ['bold'] })] },
      'whitespace-only',
    ],
    [
      'a comma',
      { body: [paragraph({ text: '理财非存款,' }, { text: '有风险', marks: ['bold'] })] },
      'punctuation-width',
    ],
    ['what is bold', { body: [paragraph({ text: '理财非存款，有风险' })] }, 'formatting-only'],
    ['what is bold, and a comma', { body: [paragraph({ text: '理财非存款,有风险' })] }, 'formatting-only'],
    [
      'a heading',
      {
        body: [
          Block.parse({
            kind: 'heading',
            level: 1,
            runs: [{ text: '理财非存款，' }, { text: '有风险', marks: ['bold'] }],
          }),
        ],
      },
      'formatting-only',
    ],
    ['a word', { body: [paragraph({ text: '理财非存款，' }, { text: '无风险', marks: ['bold'] })] }, 'text'],
    [
      'a link',
      {
        body: [
          paragraph(
            { text: '理财非存款，', href: 'https://bank.example/' },
            { text: '有风险', marks: ['bold'] },
          ),
        ],
      },
      'text',
    ],
    [
      'what is struck through',
      { body: [paragraph({ text: '理财非存款，' }, { text: '有风险', marks: ['bold', 'strike'] })] },
      'text',
    ],
    ['a title in other width', { title: '早报　' }, 'whitespace-only'],
    ['a title', { title: '晚报' }, 'text'],
    ['a date', { fields: { validUntil: '2027-01-01' } }, 'text'],
    ['an address', { fields: { landingUrl: 'https://bank.example/ ' } }, 'text'],
    ['a file', { attachments: [{ blobId: hash, name: 'a.pdf', mediaType: '', size: 1 }] }, 'text'],
    ['a variant', { variants: [{ channel: 'sms', body: [] }] }, 'text'],
    [
      'a picture',
      {
        body: [
          paragraph({ text: '理财非存款，' }, { text: '有风险', marks: ['bold'] }),
          { kind: 'image', blobId: hash },
        ],
      },
      'text',
    ],
  ])('%s', (_name, change, kind) => {
    expect(changeKindOf(content(), content(change))).toBe(kind);
    expect(changeKindOf(content(change), content())).toBe(kind);
  });
});
