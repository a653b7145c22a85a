import type { ProductType } from '../reviews/material/model.ts';
import type { ProductFactKind, ProductRisk } from './model.ts';

// What people call the columns of a list of products, and the words in them, in Chinese and English. Case, blanks, hyphens
// and underscores don't matter.

const columnNames = {
  code: ['产品代码', '产品编码', '产品编号', '代码', '编号', 'code', 'productcode', 'id'],
  name: ['产品名称', '产品全称', '名称', '全称', 'name', 'productname', 'product'],
  type: ['产品类型', '产品类别', '类型', '类别', 'type', 'producttype', 'category'],
  risk: ['风险等级', '产品风险等级', '风险级别', 'risk', 'risklevel'],
  currency: ['币种', '货币', 'currency'],
  aliases: ['别名', '简称', '产品简称', '其他名称', 'aliases', 'alias', 'shortname'],
  onSaleFrom: [
    '在售起始日',
    '销售起始日',
    '销售开始日',
    '开售日',
    '募集起始日',
    '认购起始日',
    'onsalefrom',
    'salefrom',
  ],
  onSaleUntil: [
    '在售截止日',
    '销售截止日',
    '销售结束日',
    '停售日',
    '募集截止日',
    '认购截止日',
    'onsaleuntil',
    'saleuntil',
  ],
  sheet: ['产品说明书', '说明书', '来源', '依据', '备注', 'sheet', 'source', 'note'],
} as const;
export type ProductColumn = keyof typeof columnNames;

const factNames: readonly { readonly kind: ProductFactKind; readonly names: readonly string[] }[] = [
  {
    kind: 'rate',
    names: [
      '业绩比较基准',
      '年化利率',
      '年利率',
      '利率',
      '贷款利率',
      '存款利率',
      '年化收益率',
      '七日年化收益率',
      'rate',
      'annualrate',
      'benchmark',
    ],
  },
  {
    kind: 'fee',
    names: [
      '管理费',
      '管理费率',
      '固定管理费',
      '固定管理费率',
      '托管费',
      '托管费率',
      '销售服务费',
      '销售服务费率',
      '销售手续费',
      '申购费',
      '申购费率',
      '认购费',
      '认购费率',
      '赎回费',
      '赎回费率',
      '手续费',
      '手续费率',
      '年费',
      'managementfee',
      'custodyfee',
      'fee',
    ],
  },
  {
    kind: 'date',
    names: ['成立日', '起息日', '到期日', '开放日', '兑付日', 'startdate', 'maturity', 'maturitydate'],
  },
  { kind: 'term', names: ['期限', '产品期限', '投资期限', '持有期', '最短持有期', '封闭期', 'term'] },
  {
    kind: 'amount',
    names: ['起购金额', '起点金额', '起存金额', '起投金额', '递增金额', '额度', '最高额度', 'minimumamount'],
  },
];

const key = (header: string) =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');

export interface FactColumn {
  readonly kind: ProductFactKind;
  readonly label: string;
  readonly unit: string;
}

/** What a column is taken for: part of a product, a fact with the header as its label, or nothing. */
export function meaningOf(header: string): ProductColumn | FactColumn | null {
  const [, name = '', unit = ''] =
    /^(.*?)(?:\(([^()]{1,10})\))?$/u.exec(header.normalize('NFKC').trim()) ?? [];
  const wanted = key(name);
  for (const column of Object.keys(columnNames) satisfies string[] as readonly ProductColumn[])
    if (columnNames[column].some((known) => known === wanted)) return column;
  const fact = factNames.find(({ names }) => names.includes(wanted));
  return fact === undefined ? null : { kind: fact.kind, label: name.trim(), unit: unit.trim() };
}

const typeWords: Readonly<Record<ProductType, readonly string[]>> = {
  'wealth-management': ['理财', '理财产品', '银行理财', '净值型理财', '结构性理财', 'wealth', 'wmp'],
  fund: ['基金', '公募基金', '货币基金', '债券基金', '股票基金', '混合基金', 'funds'],
  deposit: ['存款', '定期存款', '活期存款', '大额存单', '结构性存款', '储蓄', 'deposits'],
  insurance: ['保险', '年金', '年金保险', '寿险', '分红险', '万能险'],
  'precious-metal': ['贵金属', '黄金', '积存金', '实物黄金', 'gold', 'preciousmetal'],
  loan: ['贷款', '消费贷', '消费贷款', '信用贷', '经营贷', '按揭', '房贷', 'loans', 'credit'],
  'credit-card': ['信用卡', '贷记卡', 'creditcard', 'card'],
  other: ['其他', '其它'],
};

/** The product type that a word names, in Chinese or English, or null. */
export function productTypeOf(word: string): ProductType | null {
  const wanted = key(word);
  for (const type of Object.keys(typeWords) satisfies string[] as readonly ProductType[])
    if (key(type) === wanted || typeWords[type].some((known) => known === wanted)) return type;
  return null;
}

const riskWords: Readonly<Record<string, ProductRisk>> = {
  r1: 'R1',
  pr1: 'R1',
  低: 'R1',
  低风险: 'R1',
  r2: 'R2',
  pr2: 'R2',
  中低: 'R2',
  中低风险: 'R2',
  r3: 'R3',
  pr3: 'R3',
  中: 'R3',
  中等: 'R3',
  中风险: 'R3',
  中等风险: 'R3',
  r4: 'R4',
  pr4: 'R4',
  中高: 'R4',
  中高风险: 'R4',
  r5: 'R5',
  pr5: 'R5',
  高: 'R5',
  高风险: 'R5',
};

/** The risk level that a cell names (R2, PR2, 中低风险, R2(中低风险)), or null. */
export function productRiskOf(word: string): ProductRisk | null {
  const wanted = key(word).replace(/\(.*\)$/u, '');
  return Object.hasOwn(riskWords, wanted) ? (riskWords[wanted] ?? null) : null;
}

const currencyWords: Readonly<Record<string, string>> = {
  人民币: 'CNY',
  rmb: 'CNY',
  元: 'CNY',
  美元: 'USD',
  港币: 'HKD',
  港元: 'HKD',
  欧元: 'EUR',
  日元: 'JPY',
  英镑: 'GBP',
  澳元: 'AUD',
};

/** The ISO 4217 code that a cell names, or null. */
export function currencyOf(word: string): string | null {
  const wanted = key(word);
  if (Object.hasOwn(currencyWords, wanted)) return currencyWords[wanted] ?? null;
  return /^[a-z]{3}$/.test(wanted) ? wanted.toUpperCase() : null;
}

/** The day that a cell names (2026-11-27, 2026/11/27, 2026年11月27日, 20261127), or null. */
export function dayOf(cell: string): string | null {
  const match =
    /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ]\d{1,2}:\d{2}.*)?$/u.exec(
      cell.normalize('NFKC').trim(),
    );
  if (match === null) return null;
  const [, year = '', month = '', day = '', shortMonth = '', shortDay = ''] = match;
  const text = `${year}-${(month || shortMonth).padStart(2, '0')}-${(day || shortDay).padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : null;
}
