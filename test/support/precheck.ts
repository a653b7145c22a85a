import { join } from 'node:path';

import { BlobId, CalendarDay, ProductId, TermKey } from '../../src/core/contract/ids.ts';
import type { ExtractedDocument } from '../../src/core/features/documents/model.ts';
import { newSettings, readStarterPacks } from '../../src/core/features/lexicons/index.ts';
import type { RegisteredProduct } from '../../src/core/features/products/index.ts';
import { MaterialContent } from '../../src/core/features/reviews/material/contract.ts';
import { compileScreens, createEngine } from '../../src/core/features/reviews/precheck/index.ts';
import type { PrecheckFinding } from '../../src/core/features/reviews/precheck/model.ts';
import { type Documents, subjectOfMaterial } from '../../src/core/features/reviews/precheck/subject.ts';

// The real engine with the real starter packs, an invented register and an invented list of domains.

export const today = CalendarDay.parse('2026-11-27');
export const allowedDomains = ['lanhu-bank.example.com', 'lanhubank.com.cn'];

const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

function product(number: number, input: Partial<RegisteredProduct>): RegisteredProduct {
  return {
    id: ProductId.parse(id(number)),
    code: `P${number}`,
    name: `产品${number}`,
    type: 'other',
    aliases: [],
    facts: [],
    onSaleFrom: null,
    onSaleUntil: null,
    state: 'active',
    ...input,
  };
}

/** Of invented products. */
export const register: readonly RegisteredProduct[] = [
  product(1, {
    name: '鑫享周周盈A款',
    type: 'wealth-management',
    aliases: ['周周盈'],
    facts: [
      { kind: 'rate', label: '业绩比较基准', value: '3.1', unit: '%' },
      { kind: 'fee', label: '管理费', value: '0.2', unit: '%' },
      { kind: 'fee', label: '托管费', value: '万分之三', unit: '' },
      { kind: 'date', label: '到期日', value: '2027-01-15', unit: '' },
      { kind: 'amount', label: '起购金额', value: '10,000', unit: '元' },
      { kind: 'term', label: '期限', value: '365', unit: '天' },
    ],
    onSaleFrom: CalendarDay.parse('2026-01-01'),
    onSaleUntil: CalendarDay.parse('2027-06-30'),
  }),
  product(2, {
    name: '鑫享月月盈B款',
    type: 'wealth-management',
    facts: [{ kind: 'rate', label: '业绩比较基准', value: '3.0%-3.5%', unit: '' }],
  }),
  product(3, {
    name: '易捷消费贷',
    type: 'loan',
    facts: [{ kind: 'rate', label: '年化利率', value: '3.6', unit: '%' }],
  }),
  product(4, {
    name: '安盈旧款理财',
    type: 'wealth-management',
    onSaleUntil: CalendarDay.parse('2026-06-30'),
  }),
  product(5, { name: '安盈停用理财', type: 'wealth-management', state: 'retired' }),
  product(6, {
    name: '来年新发理财',
    type: 'wealth-management',
    onSaleFrom: CalendarDay.parse('2027-01-01'),
  }),
  product(7, { name: '稳进成长混合基金', type: 'fund' }),
];

const packs = await readStarterPacks(join(import.meta.dirname, '../../resources'));
export const screens = compileScreens(
  packs.map(({ name, terms }, pack) => ({
    name: name.zh,
    settings: newSettings,
    terms: terms.map((term, index) => ({ ...term, key: TermKey.parse(id((pack + 1) * 1_000_000 + index)) })),
  })),
  [],
);

const engine = createEngine({ screens, products: register, domains: allowedDomains });
const withoutList = createEngine({ screens, products: register, domains: [] });

export const blob = (number: number) => BlobId.parse(number.toString(16).padStart(64, '0'));

export const paragraphs = (text: string) =>
  text.split('\n').map((line) => ({ kind: 'paragraph' as const, runs: [{ text: line }] }));

/** A material that nothing is wrong with, changed as said. */
export function material(input: {
  readonly type?: MaterialContent['type'];
  readonly title?: string;
  readonly text?: string;
  readonly body?: unknown;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly variants?: unknown;
  readonly attachments?: readonly string[];
}): MaterialContent {
  return MaterialContent.parse({
    type: input.type ?? 'moments-post',
    title: input.title ?? '',
    body: input.body ?? paragraphs(input.text ?? '欢迎到网点咨询'),
    fields: input.fields ?? {},
    variants: input.variants ?? [],
    attachments: (input.attachments ?? []).map((name, index) => ({
      blobId: blob(index + 1),
      name,
      mediaType: '',
      size: 1,
    })),
  });
}

export function extracted(input: Partial<ExtractedDocument>): ExtractedDocument {
  return { kind: 'docx', mediaType: '', text: '', pages: null, codes: [], links: [], problems: [], ...input };
}

export function documentsOf(...documents: readonly ExtractedDocument[]): Documents {
  return new Map(documents.map((document, index) => [blob(index + 1), document]));
}

export function precheck(
  content: MaterialContent,
  options: { readonly documents?: Documents; readonly noList?: boolean; readonly on?: string } = {},
): PrecheckFinding[] {
  return (options.noList === true ? withoutList : engine).check(
    subjectOfMaterial(content, options.documents ?? new Map()),
    options.on === undefined ? today : CalendarDay.parse(options.on),
  );
}

/** `block fact-differs body 5.2%`. */
export const brief = ({ level, rule, part, text }: PrecheckFinding) =>
  `${level} ${rule} ${part}${text === '' ? '' : ` ${text}`}`;
