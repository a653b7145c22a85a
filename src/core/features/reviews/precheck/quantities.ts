import type { ProductFactKind } from '../../products/model.ts';

// Rates, sums, periods and days as Chinese marketing writes them, read from a text whose width is folded (`readPlain`). All
// expressions are bounded.

interface Place {
  readonly start: number;
  readonly end: number;
}

export type Quantity = Place &
  (
    | {
        readonly kind: 'rate';
        /** In percent; the same twice unless it is a range. */ readonly low: number;
        readonly high: number;
      }
    | { readonly kind: 'amount'; readonly value: number; readonly currency: string }
    | { readonly kind: 'term'; readonly count: number; readonly unit: 'day' | 'month' | 'year' }
    | {
        readonly kind: 'date';
        readonly year: number | null;
        readonly month: number;
        readonly day: number | null;
      }
  );

const figures = String.raw`(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?`;
const numeral = '[零〇一二两三四五六七八九十百千点]{1,12}';
const either = `(?:${figures}|${numeral})`;
const to = '(?: ?(?:-|~|–|—|―|−|至|到) ?)';
const percentSign = '(?:%|‰|bps?(?![a-z])|个?基点|个百分点)';

const rateRange = new RegExp(
  `(?<![\\d.,])(${figures}) ?(${percentSign})?${to}(${figures}) ?(${percentSign})`,
  'g',
);
const rate = new RegExp(`(?<![\\d.,])(${figures}) ?(${percentSign})`, 'g');
const writtenRate = new RegExp(`(百|千|万)分之 ?(${either})(?:${to}(?:[百千万]分之)? ?(${either}))?`, 'g');
const currencyMark = '(?:人民币|rmb|cny|usd|hkd|eur|[¥$€])';
const currencyName = '(?:元|块钱|人民币|美元|美金|港币|港元|欧元|日元|英镑|澳元)';
const amount = new RegExp(
  `(?<![\\d.,])(?:(${currencyMark}) ?(${figures}) ?(万|亿|千|百万|千万)?(${currencyName})?` +
    `|(${either}) ?(万|亿|百万|千万)?(${currencyName})` +
    `|(${figures}) ?(万|亿)(?=起|以|封顶))`,
  'g',
);
const term = new RegExp(`(?<![\\d.,年月])(${either}) ?(天|日|个月|周|年)(?!化|月|以来|\\d)`, 'g');
const fullDate = /(?<!\d)(\d{4}) ?(?:年|[-/.]) ?(\d{1,2}) ?(?:月|[-/.]) ?(\d{1,2})(?: ?[日号])?(?![\d%])/g;
const compactDate = /(?<![\d.])(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.%])/g;
const monthDate = /(?<!\d)(\d{4}) ?年 ?(\d{1,2}) ?月(?!\s?\d{1,2} ?[日号])/g;
const dayDate = /(?<![\d年])(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]/g;
const writtenDate =
  /([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?/g;

const hanziFigures: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const hanziScales: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };

/** A number in figures (10,000.5) or hanzi (三点一, 一百二十, 二〇二六), or null. */
export function numberOf(written: string): number | null {
  const plain = written.replaceAll(',', '');
  if (/^\d+(?:\.\d+)?$/.test(plain)) return Number(plain);
  const [whole = '', fraction, ...more] = plain.split('点');
  if (more.length > 0 || whole === '') return null;
  const before = wholeNumber(whole);
  if (before === null || fraction === undefined) return before;
  const digits = figuresOf(fraction);
  return digits === null ? null : Number(`${before}.${digits}`);
}

function figuresOf(hanzi: string): string | null {
  const digits = Array.from(hanzi, (character) => hanziFigures[character]);
  return digits.length === 0 || digits.includes(undefined) ? null : digits.join('');
}

function wholeNumber(hanzi: string): number | null {
  if (!/[十百千]/u.test(hanzi)) {
    const digits = figuresOf(hanzi);
    return digits === null ? null : Number(digits);
  }
  let sum = 0;
  let figure: number | null = null;
  for (const character of hanzi) {
    const scale = hanziScales[character];
    if (scale === undefined) {
      const value = hanziFigures[character];
      if (value === undefined) return null;
      figure = value === 0 ? null : value;
    } else {
      sum += (figure ?? 1) * scale;
      figure = null;
    }
  }
  return sum + (figure ?? 0);
}

/** How many percent one of the sign is. */
function percentOf(sign: string): number {
  if (sign.startsWith('bp') || sign.endsWith('基点')) return 0.01;
  return sign === '‰' ? 0.1 : 1;
}

const currencies: readonly (readonly [RegExp, string])[] = [
  [/美|usd|\$/u, 'USD'],
  [/港|hkd/u, 'HKD'],
  [/欧|eur|€/u, 'EUR'],
  [/日元/u, 'JPY'],
  [/英镑/u, 'GBP'],
  [/澳/u, 'AUD'],
];

const scales: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8 };

function scaleOf(scale: string | undefined): number {
  return scales[scale ?? ''] ?? 1;
}

/** Everything that is a quantity, by place. `text` is in small letters with its width folded. */
export function findQuantities(text: string): Quantity[] {
  const found: Quantity[] = [];
  const taken: Place[] = [];
  const add = (quantity: Quantity) => {
    if (taken.some(({ start, end }) => start < quantity.end && quantity.start < end)) return;
    taken.push(quantity);
    found.push(quantity);
  };
  // Quantities are many in a table of rates: what overlaps is looked for near by only.
  for (const piece of piecesOf(text)) {
    taken.length = 0;
    const line = text.slice(piece.start, piece.end);
    for (const quantity of [...datesIn(line), ...ratesIn(line), ...amountsIn(line), ...termsIn(line)])
      add({ ...quantity, start: quantity.start + piece.start, end: quantity.end + piece.start });
  }
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Lines, and long lines in pieces: a quantity never spans two. */
function* piecesOf(text: string): Generator<Place> {
  const longest = 2_000;
  let start = 0;
  while (start < text.length) {
    const line = text.indexOf('\n', start);
    const end = line < 0 ? text.length : line;
    while (end - start > longest) {
      const space = text.slice(start, start + longest).search(/[,，。;；、 ][^,，。;；、 ]*$/u);
      const cut = start + (space > 0 ? space + 1 : longest);
      yield { start, end: cut };
      start = cut;
    }
    if (end > start) yield { start, end };
    start = end + 1;
  }
}

function* datesIn(text: string): Generator<Quantity> {
  const place = (match: RegExpExecArray) => ({ start: match.index, end: match.index + match[0].length });
  for (const match of [...text.matchAll(fullDate), ...text.matchAll(compactDate)]) {
    const date = validDate(Number(match[1]), Number(match[2]), Number(match[3]));
    if (date !== null) yield { kind: 'date', ...place(match), ...date };
  }
  for (const match of text.matchAll(writtenDate)) {
    const day = match[3] === undefined ? null : numberOf(match[3]);
    const date = validDate(Number(figuresOf(match[1] ?? '')), numberOf(match[2] ?? '') ?? 0, day);
    if (date !== null) yield { kind: 'date', ...place(match), ...date };
  }
  for (const match of text.matchAll(monthDate)) {
    const date = validDate(Number(match[1]), Number(match[2]), null);
    if (date !== null) yield { kind: 'date', ...place(match), ...date };
  }
  for (const match of text.matchAll(dayDate)) {
    const date = validDate(null, Number(match[1]), Number(match[2]));
    if (date !== null) yield { kind: 'date', ...place(match), ...date };
  }
}

function validDate(year: number | null, month: number, day: number | null) {
  if (year !== null && (year < 1949 || year > 2199)) return null;
  if (month < 1 || month > 12 || (day !== null && (day < 1 || day > 31))) return null;
  return { year, month, day };
}

function* ratesIn(text: string): Generator<Quantity> {
  for (const match of text.matchAll(rateRange)) {
    const [whole, first = '', sign, second = '', lastSign = ''] = match;
    const low = (numberOf(first) ?? 0) * percentOf(sign ?? lastSign);
    const high = (numberOf(second) ?? 0) * percentOf(lastSign);
    yield { kind: 'rate', start: match.index, end: match.index + whole.length, low, high };
  }
  for (const match of text.matchAll(rate)) {
    const value = (numberOf(match[1] ?? '') ?? 0) * percentOf(match[2] ?? '%');
    yield { kind: 'rate', start: match.index, end: match.index + match[0].length, low: value, high: value };
  }
  for (const match of text.matchAll(writtenRate)) {
    const [whole, scale, first = '', second] = match;
    const parts = scale === '百' ? 1 : scale === '千' ? 0.1 : 0.01;
    const low = numberOf(first);
    const high = second === undefined ? low : numberOf(second);
    if (low === null || high === null) continue;
    yield {
      kind: 'rate',
      start: match.index,
      end: match.index + whole.length,
      low: low * parts,
      high: high * parts,
    };
  }
}

function* amountsIn(text: string): Generator<Quantity> {
  for (const match of text.matchAll(amount)) {
    const [whole, mark, marked, markedScale, markedName, named, namedScale, name, scaled, scale] = match;
    const value = numberOf(marked ?? named ?? scaled ?? '');
    if (value === null) continue;
    const words = `${mark ?? ''}${markedName ?? ''}${name ?? ''}`;
    yield {
      kind: 'amount',
      start: match.index,
      end: match.index + whole.length,
      value: value * scaleOf(markedScale ?? namedScale ?? scale),
      currency: currencies.find(([pattern]) => pattern.test(words))?.[1] ?? 'CNY',
    };
  }
}

function* termsIn(text: string): Generator<Quantity> {
  for (const match of text.matchAll(term)) {
    const [whole, written = '', unit] = match;
    const count = numberOf(written);
    if (count === null || count === 0 || (unit === '年' && count > 100)) continue;
    const places = { start: match.index, end: match.index + whole.length };
    if (unit === '年') yield { kind: 'term', ...places, count, unit: 'year' };
    else if (unit === '个月') yield { kind: 'term', ...places, count, unit: 'month' };
    else yield { kind: 'term', ...places, count: unit === '周' ? count * 7 : count, unit: 'day' };
  }
}

/** What a sheet's fact says, by its kind; null where its value can't be read as such. */
export function quantityOfFact(kind: ProductFactKind, value: string): Quantity | null {
  const wanted = kind === 'fee' ? ['rate', 'amount'] : [kind];
  const text = value.normalize('NFKC').toLowerCase().trim();
  const read = (written: string) => findQuantities(written).find((each) => wanted.includes(each.kind));
  // A sheet's column often has its unit in the header only.
  const suffixes = { rate: '%', fee: '%', amount: '元', term: '天', date: '' } as const;
  return read(text) ?? (/^[\d.,~–—-]+$/.test(text) ? read(`${text}${suffixes[kind]}`) : undefined) ?? null;
}

export type Comparison = 'same' | 'part' | 'different' | 'incomparable';

/** Whether two quantities say the same; `part`: one bound of the sheet's range alone, or a value inside it. */
export function compareQuantities(written: Quantity, sheet: Quantity): Comparison {
  if (written.kind === 'rate' && sheet.kind === 'rate') {
    const same = (a: number, b: number) => Math.abs(a - b) < 1e-7;
    if (same(written.low, sheet.low) && same(written.high, sheet.high)) return 'same';
    const inside = written.low >= sheet.low - 1e-7 && written.high <= sheet.high + 1e-7;
    return inside ? 'part' : 'different';
  }
  if (written.kind === 'amount' && sheet.kind === 'amount')
    return written.currency === sheet.currency && Math.abs(written.value - sheet.value) < 1e-6
      ? 'same'
      : 'different';
  if (written.kind === 'term' && sheet.kind === 'term') {
    const [shortest, longest] = daysOf(sheet);
    const [least, most] = daysOf(written);
    return least <= longest && shortest <= most ? 'same' : 'different';
  }
  if (written.kind === 'date' && sheet.kind === 'date') {
    const year = written.year === null || sheet.year === null || written.year === sheet.year;
    const day = written.day === null || sheet.day === null || written.day === sheet.day;
    return year && day && written.month === sheet.month ? 'same' : 'different';
  }
  return 'incomparable';
}

/** The days that a period may have: a month has 28 to 31, a year 360 (as banks count) to 366. */
function daysOf({ count, unit }: Extract<Quantity, { kind: 'term' }>): readonly [number, number] {
  switch (unit) {
    case 'day':
      return [count, count];
    case 'month':
      return count % 12 === 0 ? [count * 30, (count / 12) * 366] : [count * 28, count * 31];
    case 'year':
      return [count * 360, count * 366];
  }
}
