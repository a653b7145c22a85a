import { foldBit } from '../../folds.ts';
import type { Reading } from '../reading.ts';
import type { Found } from './found.ts';

// Sums and rates as they are written in Chinese: 5万, ¥1,000.00, 三千块, 年化5.2%, 5.2个点, 百分之五. All expressions are bounded,
// and what stands in front is looked at in a piece of fixed length.

const figures = String.raw`(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?`;
const numeral = '[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億几数]{1,24}';
const currency = String.raw`(?:元|块钱|块|圆|人民币|rmb|cny|usd|美元|美金|港币|港元|欧元|日元|英镑|澳元)`;
const scale = String.raw`(?:百万|千万|万亿|百亿|千亿|[十百千万亿]|w(?![a-z0-9]))`;
const amount = new RegExp(
  String.raw`(?<![\d.,a-z])(?:(?:人民币|rmb|cny|usd|us\$|[¥$€£]) ?(?:${figures}) ?(?:${scale})?(?:${currency})?` +
    String.raw`|(?:${figures}) ?(?:(?:${scale})多? ?(?:${currency})?|(?:多|余)?(?:${currency})))`,
  'g',
);
const writtenAmount = new RegExp(
  `(?<!${numeral.slice(0, numeral.indexOf('{'))})(${numeral})(多|余)?(${currency}|角|分(?!之))?(整)?`,
  'g',
);
/** Behind 5万: what is counted is people or things, not money. */
const counted =
  /^ ?(?:多|余)?(?:个|人|次|名|位|户|家|件|条|只|张|份|种|天|年|月|步|字|里|米|公里|吨|亩|平|粉|用户|客户|小时|分钟|册|台|辆|股|倍|一|分之)/;
/** Behind 三块: a piece, not money. */
const pieces = /^(?:儿|地|石|板|糖|蛋糕|布|木|砖|手表|表|肉|儿子|牌|内容|业务)/;

/** Finds sums of money; what counts people or things is none. */
export function findAmounts({ text }: Reading): Found[] {
  const found: Found[] = [];
  const behind = (at: number) => text.slice(at, at + 6);
  for (const match of text.matchAll(amount)) {
    const [written] = match;
    const end = match.index + written.length;
    const named = /[¥$€£元块圆币金镑]|rmb|cny|usd/.test(written);
    if (!named && (/[十百千]$/.test(written) || counted.test(behind(end)))) continue;
    if (written.endsWith('块') && pieces.test(behind(end))) continue;
    found.push({ start: match.index, end, read: written, folds: 0 });
  }
  for (const match of text.matchAll(writtenAmount)) {
    const [written, number = '', , unit = ''] = match;
    const end = match.index + written.length;
    // 一块 is "together" as often; 万一, 千万, 百分 and 一分 are words.
    const figure = /[一二两三四五六七八九壹贰叁肆伍陆柒捌玖几数]/.test(number);
    const large = /[十百千万亿拾佰仟萬億]/.test(number);
    // 万元 behind 50 is the end of what was found already.
    if (/^[万亿萬億]/.test(number) || /[\d.]/.test(text.charAt(match.index - 1))) continue;
    if (unit === '' ? !figure || !/[万亿萬億]$/.test(number) || /^[万千]/.test(number) : !figure && !large)
      continue;
    if (unit === '' && (number.length < 2 || counted.test(behind(end)))) continue;
    if (unit === '角' || unit === '分') continue;
    if (unit === '块' && ((number === '一' && !large) || pieces.test(behind(end)))) continue;
    found.push({ start: match.index, end, read: written, folds: 0 });
  }
  return found;
}

/** The blanks that hide a point; behind it alone they end an item's number (1. 5%起). */
const hiddenPoints = / \. ?/g;
const point = String.raw`(?:\.| \. ?|点)`;
const percentFigures = String.raw`\d{1,4}(?:${point}\d{1,6})?`;
const ones = '零〇一二三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖';
const percentNumeral = `[${ones}两十百拾佰]{1,6}(?:点[${ones}]{1,4})?`;
const either = `(?:${percentFigures}|${percentNumeral})`;
const to = '(?: ?(?:-|~|–|—|至|到|~) ?)';
const percent = new RegExp(
  String.raw`(?<![\d.])(?:${percentFigures}(?: ?(?:%|‰))?${to})?${percentFigures} ?(?:%|‰|bps?(?![a-z]))` +
    `|(?<![${ones}两十百拾佰千仟万萬亿億点])(?:${percentNumeral}(?: ?(?:%|‰))?${to})?${percentNumeral} ?(?:%|‰)` +
    `|(?:${either}${to})?${either} ?个(?:百分点|基点|点)` +
    `|(?:百|千|万)分之${either}(?:${to}(?:(?:百|千|万)分之)?${either})?`,
  'g',
);
const cue =
  /(?:七日|7日)?(?:年化|月化|日化|收益|利率|利息|年利|月利|日利|年息|月息|日息|回报|费率|贴息|业绩比较基准)(?:后)?(?:收益|利息|回报|综合)?(?:率|水平)?/;
const between = String.raw`(?:[ ::]|高达|可达|达到|达|约为|大约|约|大概|在|为|是|有|能到|最高|最低|低至|预期|只要|仅|平均|超过|超|不低于|接近|近|左右|能有|可以|到){0,4}`;
/** A figure behind a cue, without a sign: 年化5.2. */
const bare = new RegExp(
  String.raw`(${cue.source})${between}(\d{1,2}(?:${point}\d{1,4})?(?:${to}\d{1,2}(?:${point}\d{1,4})?)?|[${ones}十]{1,3}点[${ones}]{1,4})` +
    String.raw`(?! ?(?:[\d.,%‰:/]|[${ones}十刻]|点\d|个|[万亿元块圆美港千百]|w|年|月|日|天|号|期|次|人|位|倍|分之|点半|点钟|bp|[厘分]))`,
  'g',
);
// 分 and 厘 are the traditional names of rates, a tenth and a hundredth: 月息一分五 is 1.5 % a month, 年息一分 is 10 % a year. Both are
// parts of many words, so that they count only beside what says that interest is meant.
const one = String.raw`[\d${ones}]`;
/** What a figure behind 分 counts instead: 月息3分2年付清. */
const notCounting = String.raw`(?![\d${ones}十百千万年月日天个期次号元块毛角倍位])`;
const folkRate =
  String.raw`(?!十分\p{L}|[百千万]分)${either}(?:` +
  `分(?:半|${one}厘(?:半|${one}${notCounting})?|${one}${notCounting})?|厘(?:半|${one}${notCounting})?)` +
  '(?![钟之钱析别享配成为行红类组批]|期(?!限)|(?<=一分)[没未不都也])';
/** 月息三厘, 年息8分, 月利率一分五. */
const folk = new RegExp(`[年月日]?(?:利率|利息|息|利)(?:按|${between})(${folkRate})`, 'gu');
/** 三分利, 一分五的月息. */
const folkBefore = new RegExp(
  String.raw`(${folkRate})(?:的)?(?:[年月日](?:利率|利息|利|息)|利息|利(?!用|于|益|润|落|害|索|弊|率))`,
  'gu',
);

/** 日息万五, 日利率万3.5; without a cue that is a rate by itself 万一 is "in case". */
const parts = new RegExp(
  String.raw`[年月日](?:利率|利息|息|利|化)${between}([万千]${either})(?!\d|[百千万亿元块别])`,
  'g',
);

/** The figures and their sign, without what they are a rate of: that is for a rule to look for beside them. */
export function findRates({ text }: Reading): Found[] {
  const found: Found[] = [];
  const add = (start: number, end: number) => {
    const written = text.slice(start, end);
    const read = written.replaceAll(hiddenPoints, '.');
    found.push({ start, end, read, folds: read === written ? 0 : foldBit.filler });
  };
  for (const match of text.matchAll(percent)) add(match.index, match.index + match[0].length);
  for (const match of text.matchAll(bare)) {
    const [written, , rate = ''] = match;
    add(match.index + written.length - rate.length, match.index + written.length);
  }
  for (const expression of [folk, parts]) {
    for (const match of text.matchAll(expression)) {
      const [written, rate = ''] = match;
      add(match.index + written.length - rate.length, match.index + written.length);
    }
  }
  for (const match of text.matchAll(folkBefore)) {
    const [, rate = ''] = match;
    add(match.index, match.index + rate.length);
  }
  return found;
}
