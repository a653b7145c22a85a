import { unitClass } from '../stratum.ts';

/**
 * Common characters of written Chinese and of a bank's chats, most frequent first, in ranks of fifty. Only the order of
 * magnitude counts: it decides which two characters of a term are looked for first, never what is found.
 */
const ranks = [
  '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家',
  '您好款行理财产品存期今天没可以后么心多能都然日于起还发成事只作当想看请问收到谢嗯哦吧啊吗呢',
  '学对她里小而用主方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实',
  '金贷信卡保险基投资利率网点银客户手机电话办理登记申审批额度账单明周息险风等级业绩较准',
  '回二美月其种声全工己话儿者向情部正名定女力给几很最间新什打便位因重被走第门相次东政海口使教',
  '西再平真听世气北少关并内加化由却代军入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立',
  '马命张活难神数件安表原车白应路叫死常提感何更反合放做系计或司受光王果亲界及京务制解各任至清',
  '物台象记边共战干接它许八特觉望直服毛林题建南统色字交爱让认算论百吃义科怎元社术结六功指思非',
  '流每青管夫连远队跟带花快条院变联言权往展该领传近留红治决达运武半七必城父强步完革深区即求士转',
  '量空甚众技轻程告江语英派满式李写识极令黄德脸钱党倒未持取设始版双历越史商片容研像找友孩站广改',
] as const;

const latin = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

let perUnit: Float64Array | undefined;

/** By unit: how often it stands in ordinary text. */
function unitFrequencies(): Float64Array {
  if (perUnit !== undefined) return perUnit;
  // What no rank names is rare, but a class of many such units is less so.
  const frequencies = new Float64Array(0x10000).fill(0.01);
  const add = (units: string, frequency: number) => {
    for (let at = 0; at < units.length; at += 1)
      frequencies[units.charCodeAt(at)] = (frequencies[units.charCodeAt(at)] ?? 0) + frequency;
  };
  ranks.forEach((rank, position) => add(rank, 10 / (1 + position)));
  add(latin, 2);
  perUnit = frequencies;
  return frequencies;
}

/**
 * By class: how often it stands in ordinary text, against the other classes. Summed over the units that read as it, since
 * a class of a loose stratum (one syllable for all its characters) is as common as all of them together.
 */
export function estimateFrequencies(classOf: Uint16Array, classCount: number): Float64Array {
  const frequencies = new Float64Array(classCount + 1);
  const ofUnit = unitFrequencies();
  for (let unit = 0; unit < classOf.length; unit += 1) {
    const own = (classOf[unit] ?? 0) & unitClass.skipped;
    if (own !== unitClass.none && own < frequencies.length)
      frequencies[own] = (frequencies[own] ?? 0) + (ofUnit[unit] ?? 0);
  }
  return frequencies;
}

const finerFrequencies = new WeakMap<Uint16Array, Float64Array>();

/**
 * The same by what units are told apart by otherwise. Kept for each table, of which there are few.
 *
 * @param finerOf by unit: its finer class; not to be changed afterwards
 */
export function estimateFiner(finerOf: Uint16Array): Float64Array {
  const known = finerFrequencies.get(finerOf);
  if (known !== undefined) return known;
  const frequencies = new Float64Array(0x10000);
  const ofUnit = unitFrequencies();
  finerOf.forEach((own, unit) => {
    frequencies[own] = (frequencies[own] ?? 0) + (ofUnit[unit] ?? 0);
  });
  finerFrequencies.set(finerOf, frequencies);
  return frequencies;
}
