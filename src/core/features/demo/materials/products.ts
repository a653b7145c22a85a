import type { ProductRisk } from '../../products/model.ts';
import type { ProductType } from '../../reviews/material/model.ts';

/** Products of the invented bank. Names, rates and codes are made up. */
export interface DemoProduct {
  readonly code: string;
  readonly name: string;
  readonly type: ProductType;
  readonly risk: ProductRisk | null;
  /** Label and value, as the sheet has them. */
  readonly facts: readonly {
    readonly kind: 'rate' | 'fee' | 'term' | 'amount' | 'date';
    readonly label: string;
    readonly value: string;
  }[];
}

export const demoProducts: readonly DemoProduct[] = [
  {
    code: 'WM2601',
    name: '安禾稳进180天',
    type: 'wealth-management',
    risk: 'R2',
    facts: [
      { kind: 'rate', label: '业绩比较基准', value: '2.60%-3.10%' },
      { kind: 'fee', label: '固定管理费', value: '0.20%' },
      { kind: 'term', label: '封闭期', value: '180天' },
      { kind: 'amount', label: '起购金额', value: '1万元' },
    ],
  },
  {
    code: 'WM2602',
    name: '安禾日添利',
    type: 'wealth-management',
    risk: 'R1',
    facts: [
      { kind: 'rate', label: '近七日年化收益率', value: '1.85%' },
      { kind: 'fee', label: '固定管理费', value: '0.15%' },
      { kind: 'amount', label: '起购金额', value: '1元' },
    ],
  },
  {
    code: 'WM2603',
    name: '安禾悦享一年',
    type: 'wealth-management',
    risk: 'R2',
    facts: [
      { kind: 'rate', label: '业绩比较基准', value: '2.90%-3.60%' },
      { kind: 'fee', label: '固定管理费', value: '0.25%' },
      { kind: 'term', label: '封闭期', value: '365天' },
    ],
  },
  {
    code: 'FD1108',
    name: '晨星远见混合',
    type: 'fund',
    risk: 'R4',
    facts: [
      { kind: 'fee', label: '申购费率', value: '0.15%' },
      { kind: 'amount', label: '起购金额', value: '10元' },
    ],
  },
  {
    code: 'DP0301',
    name: '三年期大额存单',
    type: 'deposit',
    risk: null,
    facts: [
      { kind: 'rate', label: '年利率', value: '1.90%' },
      { kind: 'amount', label: '起存金额', value: '20万元' },
      { kind: 'term', label: '期限', value: '3年' },
    ],
  },
  {
    code: 'LN0502',
    name: '惠商经营贷',
    type: 'loan',
    risk: null,
    facts: [
      { kind: 'rate', label: '年化利率', value: '3.45%' },
      { kind: 'amount', label: '最高额度', value: '300万元' },
      { kind: 'term', label: '最长期限', value: '36个月' },
    ],
  },
  {
    code: 'LN0503',
    name: '安居消费贷',
    type: 'loan',
    risk: null,
    facts: [
      { kind: 'rate', label: '年化利率', value: '3.20%' },
      { kind: 'amount', label: '最高额度', value: '30万元' },
    ],
  },
  {
    code: 'CC0901',
    name: '青禾联名信用卡',
    type: 'credit-card',
    risk: null,
    facts: [{ kind: 'fee', label: '年费', value: '200元' }],
  },
  {
    code: 'IN0704',
    name: '康宁医疗保险',
    type: 'insurance',
    risk: null,
    facts: [{ kind: 'amount', label: '年度保额', value: '200万元' }],
  },
  {
    code: 'PM0206',
    name: '积存金',
    type: 'precious-metal',
    risk: 'R3',
    facts: [{ kind: 'amount', label: '起积金额', value: '1克' }],
  },
];
