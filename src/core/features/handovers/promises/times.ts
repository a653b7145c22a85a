import { localTime } from '../../calendar/model.ts';
import { clockAt } from './clock.ts';
import { addDays } from './days.ts';
import type { DueBound } from './model.ts';
import { type Now, type Resolved, type Said, type Span, forms, to } from './time-forms.ts';

export type { Said } from './time-forms.ts';

// Reads times as people say them in chats, relative to when the message was sent: 明天上午, 下周三, 3号前, 月底, 三天后, 下午3点半.
// Nothing is moved off holidays and weekends: what was said is what is owed. Names of holidays (节后, 国庆前) are no days: which
// they are is left to the reader.

/** Days as `2026-03-01`. */
export interface Due {
  readonly from: string;
  readonly to: string;
  /** Minutes of the day `to` by which; null: no time was said. */
  readonly minute: number | null;
  readonly bound: DueBound;
}

/** A stretch that says when; UTF-16 offsets, end exclusive. */
export interface TimePhrase {
  readonly start: number;
  readonly end: number;
  /** Null: when that is can't be told from the words (节后, 尽快). */
  readonly due: Due | null;
}

const compiled = forms.map(({ pattern, resolve }) => ({ pattern: new RegExp(pattern, 'uy'), resolve }));
/** Any of them: at most places there is none, and one look tells. */
const anyForm = new RegExp(forms.map(({ pattern }) => `(?:${pattern})`).join('|'), 'uy');
/** What any of the forms begins with: most messages have none of it. */
const beginnings =
  /[\d一二两三四五六七八九十半今明后大下这本当上周星礼月年季春元国五端中清双过长放假节稍待等马立随晚尽近改回到有早凌傍夜]/gu;
const before = /^(?:之前|以前|前(?!面|台|者|景)|之内|以内|内(?!部)|为止)/u;
const after = /^(?:之后|以后|过后|后(?!面|台|续)|起)/u;
const latest = /(?:不晚于|最迟|最晚|赶在)$/u;

/** All times that the text names, in order, without overlap. The text is as `plainText` gives it. Never throws. */
export function findTimes(text: string, said: Said): TimePhrase[] {
  let known: Now | null = null;
  const now = (): Now => {
    if (known === null) {
      const { day: today, since } = localTime(said.at, said.timeZone);
      known = { today, minute: Math.floor(since / 60_000), said };
    }
    return known;
  };
  const found: TimePhrase[] = [];
  beginnings.lastIndex = 0;
  for (let hit = beginnings.exec(text); hit !== null; hit = beginnings.exec(text)) {
    const phrase = phraseAt(text, hit.index, now);
    if (phrase === null) continue;
    found.push(phrase);
    beginnings.lastIndex = phrase.end;
  }
  return joinRanges(found, text);
}

function phraseAt(text: string, at: number, now: () => Now): TimePhrase | null {
  let span: Resolved = null;
  let end = at;
  anyForm.lastIndex = at;
  for (const { pattern, resolve } of anyForm.test(text) ? compiled : []) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    span = resolve(match, now());
    if (span === null) continue;
    end = at + match[0].length;
    break;
  }
  const written = text.slice(at, end);
  const clock = span === 'unknown' ? null : clockAt(text, end, span === null);
  if (span === null && clock === null) return null;
  if (clock !== null) end = clock.end;
  const rest = text.slice(end, end + 3);
  const suffix = before.exec(rest) ?? after.exec(rest);
  if (suffix !== null) end += suffix[0].length;
  if (span === 'unknown') return { start: at, end, due: null };
  const resolved = span ?? clockDay(clock?.minute ?? null, now());
  const by = before.test(rest) || written.endsWith('内') || latest.test(text.slice(Math.max(0, at - 3), at));
  const bound = by ? 'by' : after.test(rest) ? 'after' : 'on';
  const minute = clock?.minute ?? resolved.minute ?? null;
  return { start: at, end, due: { from: resolved.from, to: resolved.to, minute, bound } };
}

/** A time of day without a day: today's, or tomorrow's where that has passed. */
function clockDay(minute: number | null, now: Now): Span {
  const on = minute !== null && minute <= now.minute ? addDays(now.today, 1) : now.today;
  return { from: on, to: on };
}

const joint = new RegExp(`^\\s*${to}\\s*$`, 'u');

/** 周三到周五, 3号至5号: one time from the first to the second. */
function joinRanges(phrases: readonly TimePhrase[], text: string): TimePhrase[] {
  const joined: TimePhrase[] = [];
  for (const phrase of phrases) {
    const last = joined.at(-1);
    if (
      last?.due &&
      phrase.due &&
      joint.test(text.slice(last.end, phrase.start)) &&
      last.due.from <= phrase.due.to
    ) {
      joined[joined.length - 1] = {
        start: last.start,
        end: phrase.end,
        due: { ...phrase.due, from: last.due.from },
      };
    } else joined.push(phrase);
  }
  return joined;
}
