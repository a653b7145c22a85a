import { isWorkingDay, localTime } from '../../calendar/model.ts';
import {
  type YearMonth,
  addDays,
  dateOf,
  daysBetween,
  lastOf,
  mondayOf,
  monthOf,
  plusMonths,
  weekdayOf,
} from './days.ts';
import { numberIn } from './numerals.ts';

// The forms in which people name days: a pattern each, and the day that it means.

/** When and where something was said. */
export interface Said {
  readonly at: number;
  /** IANA name. */
  readonly timeZone: string;
  /** Special days, for 工作日; without any, Monday to Friday are worked. */
  readonly days?: ReadonlyMap<string, 'holiday' | 'workday'>;
}

/** Days as `2026-03-01`, and the minute of the last of them. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly minute?: number;
}

/** The moment from which times are counted. */
export interface Now {
  readonly today: string;
  readonly minute: number;
  readonly said: Said;
}

/** Null: no such day, so no time at all; `unknown`: a time that is no day. */
export type Resolved = Span | 'unknown' | null;

const n = '(?:\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])';
const half = `(?:${n}|半)`;
/** What stands between the first and the last of a range. */
export const to = '(?:到|至|-|~|—|、|或)';
const week = '(?:周|星期|礼拜)';
const month = '(?:本月|这个月|这月|当月|下个月|下月)';

interface Form {
  readonly pattern: string;
  readonly resolve: (groups: readonly (string | undefined)[], now: Now) => Resolved;
}

const day = (value: string | null): Resolved => (value === null ? null : { from: value, to: value });
const thirdsOfMonth: Readonly<Record<string, readonly [number, number]>> = {
  初: [1, 10],
  上旬: [1, 10],
  中: [11, 20],
  中旬: [11, 20],
  下旬: [21, 31],
};

/** The month that 本月, 下个月 or a number means; a number means the next month of that number, this one included. */
function monthNamed(name: string | undefined, { today }: Now): YearMonth | null {
  const own = monthOf(today);
  if (name === undefined || name === '' || /^[本这当]/.test(name)) return own;
  if (name.startsWith('下')) return plusMonths(own, 1);
  const number = numberIn(name.replace(/月份?$/, ''));
  if (number === null || number < 1 || number > 12) return null;
  return { year: number < own.month ? own.year + 1 : own.year, month: number };
}

/** A date without its year: the next one, but for one that has passed no longer than two months ago. */
function dateWithoutYear(number: number, date: number, { today }: Now): string | null {
  const { year } = monthOf(today);
  const candidates = [year - 1, year, year + 1].flatMap(
    (own) => dateOf({ year: own, month: number }, date) ?? [],
  );
  return candidates.find((own) => daysBetween(today, own) >= -60) ?? null;
}

/** The next day of a month with that number, today included; a month without it is passed over. */
function nextDate(date: number, { today }: Now): string | null {
  for (let ahead = 0; ahead < 3; ahead += 1) {
    const found = dateOf(plusMonths(monthOf(today), ahead), date);
    if (found !== null && found >= today) return found;
  }
  return null;
}

function workingDaysLater(count: number, { today, said }: Now): string {
  let at = today;
  for (let left = Math.ceil(count); left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at, { days: said.days ?? new Map() })) left -= 1;
  }
  return at;
}

function daysLater(count: number, unit: string, now: Now): string {
  if (/工作日|交易日/.test(unit)) return workingDaysLater(count, now);
  if (/周|星期|礼拜/.test(unit)) return addDays(now.today, Math.round(count * 7));
  if (unit.includes('月')) {
    const target = plusMonths(monthOf(now.today), Math.floor(count));
    const date = Number(now.today.slice(8));
    // A half month is fifteen days in a bank's counting.
    return addDays(dateOf(target, date) ?? lastOf(target), count % 1 === 0 ? 0 : 15);
  }
  if (unit === '年') return daysLater(count * 12, '个月', now);
  return addDays(now.today, Math.round(count));
}

function weekday(prefix: string | undefined, name: string, { today }: Now): Resolved {
  const ahead = prefix === undefined ? 0 : [...prefix].filter((character) => character === '下').length;
  const monday = addDays(mondayOf(today), 7 * (prefix === '上' ? -1 : ahead));
  if (name === '末') {
    const [saturday, sunday] = [addDays(monday, 5), addDays(monday, 6)];
    // Said on a Sunday, what is left of it; of last weekend all is over.
    return { from: saturday < today && today <= sunday ? today : saturday, to: sunday };
  }
  const number = /[日天]/.test(name) ? 7 : (numberIn(name) ?? 0);
  if (number < 1 || number > 7) return null;
  if (prefix !== undefined && prefix !== '') return day(addDays(monday, number - 1));
  // 周三 said on a Wednesday is the next one: of the same day people say 今天.
  const days = (number - weekdayOf(today) + 7) % 7;
  return day(addDays(today, days === 0 ? 7 : days));
}

function thisMoment(minutes: number, { said }: Now): Span {
  const { day: on, since } = localTime(said.at + minutes * 60_000, said.timeZone);
  return { from: on, to: on, minute: Math.floor(since / 60_000) };
}

const relative: Readonly<Record<string, number>> = { 今: 0, 明: 1, 后: 2, 大后: 3 };

/** Tried in this order at every place; the first that stands there counts. */
export const forms: readonly Form[] = [
  {
    pattern: '(?<!\\d)(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?(?!\\d)',
    resolve: ([, year, number, date]) =>
      day(dateOf({ year: Number(year), month: Number(number) }, Number(date))),
  },
  {
    pattern: `(明年|今年)?(?<!\\d)(${n})月份?(${n})(?:[日号]|(?![\\d年月天个%.点块元万]))`,
    resolve([, year, number = '', date = ''], now) {
      const [m, d] = [numberIn(number), numberIn(date)];
      if (m === null || d === null) return null;
      if (year === undefined) return day(dateWithoutYear(m, d, now));
      return day(dateOf({ year: monthOf(now.today).year + (year === '明年' ? 1 : 0), month: m }, d));
    },
  },
  {
    pattern: `(${month})的?(${n})[日号]`,
    resolve([, name, date = ''], now) {
      const own = monthNamed(name, now);
      const number = numberIn(date);
      return own === null || number === null ? null : day(dateOf(own, number));
    },
  },
  {
    // 一个半月后, 两个半星期, 一年半内.
    pattern: `(${n})(?:个半(月|${week})|(年)半)(?:之后|以后|过后|后(?!面|台|续)|之内|以内|内(?!部))`,
    resolve([whole = '', count = '', unit, year], now) {
      const number = numberIn(count);
      if (number === null) return null;
      const last = daysLater(number + 0.5, year ?? unit ?? '', now);
      return whole.endsWith('内') ? { from: now.today, to: last } : { from: last, to: last };
    },
  },
  {
    pattern: `(?:${n}${to})?(${half})(?:个)?(工作日|交易日|天|日|${week}|月|年)(?:之后|以后|过后|后(?!面|台|续)|之内|以内|内(?!部))`,
    resolve([whole = '', count = '', unit = ''], now) {
      const number = numberIn(count);
      // 3月后 is after March; three months are 三个月.
      if (number === null || (unit === '月' && !whole.includes('个') && count !== '半')) return null;
      const last = daysLater(number, unit, now);
      return whole.endsWith('内') ? { from: now.today, to: last } : { from: last, to: last };
    },
  },
  {
    // 3到5个工作日, 三五天: the later counts.
    pattern: `(?:${n}${to})?(${n})个?(工作日|交易日)`,
    resolve: ([, count = ''], now) => {
      const number = numberIn(count);
      return number === null ? null : { from: now.today, to: workingDaysLater(number, now) };
    },
  },
  {
    pattern: `过(${n})(天|个?${week}|个月)`,
    resolve: ([, count = '', unit = ''], now) => day(daysLater(numberIn(count) ?? 0, unit, now)),
  },
  {
    pattern: `(${half})个?半?(小时|钟头|分钟|刻钟)(?:之后|以后|过后|后|之内|以内|内)`,
    resolve([whole = '', count = '', unit = ''], now) {
      const number = (numberIn(count) ?? 0) + (/半(?:小时|钟头)/.test(whole) && count !== '半' ? 0.5 : 0);
      return thisMoment(number * (unit === '分钟' ? 1 : unit === '刻钟' ? 15 : 60), now);
    },
  },
  {
    pattern: '(大后|(?<![以之然今往此随最])后)天(?!天|气)|(今|明)(?:天|日|儿个?|(?=早|晚|上午|下午|中午))',
    resolve: ([, later, near], { today }) => day(addDays(today, relative[later ?? near ?? ''] ?? 0)),
  },
  {
    pattern: `(下下|下|这|本|上)个?${week}([一二三四五六日天末1-6])|(?<![一二两三四五六七八九十每\\d])${week}([一二三四五六日天末1-6])(?![\\d.])`,
    resolve: ([, prefix, named, bare], now) => weekday(prefix, named ?? bare ?? '', now),
  },
  {
    pattern: `(下下|下|这|本)个?${week}`,
    resolve([, prefix = ''], { today }) {
      const monday = addDays(mondayOf(today), 7 * [...prefix].filter((one) => one === '下').length);
      return { from: monday < today ? today : monday, to: addDays(monday, 6) };
    },
  },
  {
    pattern: `(?:(${month}|${n}月份?)的?月?|月)(?:底|末)(?!下)`,
    resolve([, name], now) {
      const own = monthNamed(name?.replace(/份$/, ''), now);
      return own === null ? null : day(lastOf(own));
    },
  },
  {
    pattern: `(?:(${month}|${n}月份?)的?月?|月)(初|[上中下]旬|中(?=前|之前|给|我))`,
    resolve([, name, third = ''], now) {
      let own = monthNamed(name, now);
      const [first, last] = thirdsOfMonth[third] ?? [1, 31];
      // 月初 said after it has passed is the next month's.
      if (own !== null && name === undefined && Number(now.today.slice(8)) > last) own = plusMonths(own, 1);
      return own === null ? null : { from: dateOf(own, first) ?? '', to: dateOf(own, last) ?? lastOf(own) };
    },
  },
  {
    pattern: '(?:今年|本年)?年(?:底|末)|(?:本季度?|这个?季度|季度?)末',
    resolve([whole = ''], { today }) {
      const { year, month: own } = monthOf(today);
      return day(lastOf({ year, month: whole.includes('季') ? Math.ceil(own / 3) * 3 : 12 }));
    },
  },
  {
    pattern: `(${month}|${n}月份)`,
    resolve([, name], now) {
      const own = monthNamed(name, now);
      if (own === null) return null;
      const first = dateOf(own, 1) ?? '';
      return { from: first < now.today ? now.today : first, to: lastOf(own) };
    },
  },
  {
    pattern: `(?<![\\d第.月一二三四五六七八九十编账卡])(${n})号(?![楼线店窗门柜卡码院机厅桌座房馆文令台])|(?<![\\d第.月])(\\d{1,2})日(?![游元均常])`,
    resolve([, first, second], now) {
      const number = numberIn(first ?? second ?? '');
      return number === null || number > 31 ? null : day(nextDate(number, now));
    },
  },
  {
    pattern:
      '(?:春节|元旦|国庆|五一|端午|中秋|清明|元宵|双节|过节|过年|长假|放假|假期|节|年)(?:假期?)?(?:之前|之后|以后|回来|前(?!景|后|者)|后(?!续))',
    resolve: () => 'unknown',
  },
  {
    pattern: '过(?:完|了)(?:年|节)',
    resolve: () => 'unknown',
  },
  {
    pattern: '稍后|稍候|稍晚|一会儿?|待会儿?|等会儿?|等一?下|过会儿?|马上|立刻|立即|随后|晚点儿?|晚些时候',
    resolve: (_groups, { today }) => day(today),
  },
  {
    pattern: '尽快|尽早|过几天|这几天|这两天|近几天|一?有(?:了)?(?:消息|结果|进展|额度)了?',
    resolve: () => 'unknown',
  },
];
