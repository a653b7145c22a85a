import type { FactKind } from '../material/model.ts';

// What texts call the facts of a sheet. The members of a line mean the same thing; longer ones are tried first.

const groups: readonly { readonly kind: FactKind; readonly labels: readonly string[] }[] = [
  { kind: 'rate', labels: ['业绩比较基准', '业绩基准', '比较基准', 'benchmark'] },
  { kind: 'rate', labels: ['七日年化收益率', '七日年化', '7日年化收益率', '7日年化'] },
  { kind: 'rate', labels: ['贷款年利率', '贷款年化利率', '贷款利率'] },
  { kind: 'rate', labels: ['存款利率', '存单利率', '定存利率'] },
  { kind: 'fee', labels: ['固定管理费率', '固定管理费', '管理费率', '管理费', 'managementfee'] },
  { kind: 'fee', labels: ['托管费率', '托管费', 'custodyfee'] },
  { kind: 'fee', labels: ['销售服务费率', '销售服务费', '销售手续费', '销售费'] },
  { kind: 'fee', labels: ['申购费率', '申购费'] },
  { kind: 'fee', labels: ['认购费率', '认购费'] },
  { kind: 'fee', labels: ['赎回费率', '赎回费'] },
  { kind: 'fee', labels: ['手续费率', '手续费'] },
  { kind: 'fee', labels: ['年费'] },
  { kind: 'date', labels: ['产品成立日', '成立日期', '成立日', 'startdate'] },
  { kind: 'date', labels: ['起息日期', '起息日'] },
  { kind: 'date', labels: ['产品到期日', '到期日期', '到期日', 'maturitydate', 'maturity'] },
  { kind: 'date', labels: ['开放日'] },
  { kind: 'date', labels: ['兑付日'] },
  { kind: 'term', labels: ['产品期限', '投资期限', '期限', 'term'] },
  { kind: 'term', labels: ['最短持有期', '最低持有期', '持有期', '最短持有', '持有满'] },
  { kind: 'term', labels: ['封闭期', '封闭'] },
  {
    kind: 'amount',
    labels: [
      '起购金额',
      '起点金额',
      '起投金额',
      '起存金额',
      '认购起点',
      '购买起点',
      '起购',
      '起投',
      '起存',
      '起点',
    ],
  },
  { kind: 'amount', labels: ['递增金额', '递增'] },
  { kind: 'amount', labels: ['最高额度', '最高可贷', '额度'] },
];

/** Words that say that a figure is a rate of return or of interest, without saying which. */
const generic = ['年化利率', '年化收益率', '年化', '年利率', '收益率', '利率', '回报率', '年息'];

const plain = (label: string) => label.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');

export interface KnownLabel {
  readonly label: string;
  /** The same for all labels that mean the same; `generic` for those that don't say which rate. */
  readonly group: string;
  readonly kind: FactKind;
}

const known: readonly KnownLabel[] = [
  ...groups.flatMap(({ kind, labels }, index) => labels.map((label) => ({ label, kind, group: `${index}` }))),
  ...generic.map((label) => ({ label, kind: 'rate' as const, group: 'generic' })),
].toSorted((a, b) => b.label.length - a.label.length);

/** The group of a sheet's label: that of the synonyms it belongs to, or its own. */
export function groupOf(label: string): string {
  const wanted = plain(label);
  return known.find((each) => each.label === wanted)?.group ?? `own ${wanted}`;
}

/** The known labels and those of a sheet, longest first. */
export function labelsWith(
  own: readonly { readonly label: string; readonly kind: FactKind }[],
): readonly KnownLabel[] {
  const added = own
    .map(({ label, kind }) => ({ label: plain(label), kind, group: groupOf(label) }))
    .filter(({ label, group }) => group.startsWith('own ') && label.length >= 2);
  return [...known, ...added].toSorted((a, b) => b.label.length - a.label.length);
}
