import { numberIn } from './numerals.ts';

// Times of day: 上午, 下午3点半, 15:00, 三点一刻, 晚上.

const n = '(?:\\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])';
const parts = '凌晨|清早|清晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|晚间|夜里|下班|早|晚';
const partThenClock = new RegExp(
  `\\s*的?(?:(${parts}))?\\s*(?:(\\d{1,2}):([0-5]\\d)(?!\\d)|(${n})[点时](?!半会)(?:(半)|(一刻)|(三刻)|整|钟|(${n}|零[一二三四五六七八九])分?)?(?:钟|整)?)?`,
  'uy',
);
/** A bare 3点 may be a point of a list: then something has to say that it is a time. */
const timely = /^(?:之?前|以前|后|左右|给|帮|跟|联|打|回|我|就|准时|,|，|$)/u;

/** By when a part of the day is over, in minutes. */
const ends: Readonly<Record<string, number>> = {
  凌晨: 360,
  清早: 540,
  清晨: 540,
  早上: 600,
  早晨: 600,
  早: 600,
  上午: 720,
  中午: 840,
  午后: 1080,
  下午: 1080,
  下班: 1080,
  傍晚: 1140,
  晚上: 1439,
  晚间: 1439,
  夜里: 1439,
  晚: 1439,
};

/**
 * The time of day that begins there, in minutes; null: none does. `alone`: no day stands before it, so that a single character or a
 * bare number is none.
 */
export function clockAt(
  text: string,
  at: number,
  alone: boolean,
): { readonly end: number; readonly minute: number } | null {
  partThenClock.lastIndex = at;
  const match = partThenClock.exec(text);
  if (match === null || match[0].trim() === '') return null;
  const [whole, part, digitHour, digitMinute, hourName, half, quarter, threeQuarters, minuteName] = match;
  const end = at + whole.length;
  // Inside a longer number, or a greeting.
  if (alone && /^\d/u.test(whole) && /[\d.:]/u.test(text.charAt(at - 1))) return null;
  if (part !== undefined && hourName === undefined && digitHour === undefined && text.charAt(end) === '好')
    return null;
  const named = hourName === undefined ? null : numberIn(hourName);
  const hour = digitHour === undefined ? named : Number(digitHour);
  if (hour === null || hour > 24) {
    if (part === undefined || hourName !== undefined || digitHour !== undefined) return null;
    // 早 and 晚 are words of their own (早就, 晚到): only behind a day they are a time of it.
    if (alone && (part.length < 2 || (part === '下班' && !/^之?[前后]/u.test(text.slice(end, end + 2)))))
      return null;
    return { end, minute: ends[part] ?? 1439 };
  }
  const minutes =
    digitMinute !== undefined
      ? Number(digitMinute)
      : half !== undefined
        ? 30
        : quarter !== undefined
          ? 15
          : threeQuarters !== undefined
            ? 45
            : minuteName === undefined
              ? 0
              : (numberIn(minuteName.replace('零', '')) ?? 60);
  if (minutes > 59) return null;
  // 早一点, 晚几点: a figure has to be one.
  if (alone && part?.length === 1 && digitHour === undefined && !/\d/u.test(hourName ?? '')) return null;
  const precise = /[半整钟分刻]/u.test(whole) || digitMinute !== undefined;
  if (
    alone &&
    part === undefined &&
    !(precise && !/^[一1]点$/u.test(whole)) &&
    !(
      /^\d/u.test(whole) &&
      timely.test(text.slice(end, end + 2)) &&
      !/[第这那有几以下.:\d]$/u.test(text.slice(Math.max(0, at - 1), at))
    )
  )
    return null;
  return { end, minute: Math.min(1439, hourOf(hour, part) * 60 + minutes) };
}

/** On the 24 hours of the day: without a word for it, one to six o'clock is in the afternoon, when a bank is open. */
function hourOf(hour: number, part: string | undefined): number {
  if (hour >= 13) return hour;
  switch (part) {
    case undefined:
      return hour >= 1 && hour <= 6 ? hour + 12 : hour;
    case '凌晨':
      return hour % 12;
    case '清早':
    case '清晨':
    case '早上':
    case '早晨':
    case '上午':
    case '早':
      return hour;
    case '中午':
      return hour <= 2 ? hour + 12 : hour;
    default:
      return hour === 12 ? (part === '下午' || part === '午后' ? 12 : 24) : hour + 12;
  }
}
