import type { PromiseKind } from './model.ts';
import { localDay } from '../../calendar/model.ts';
import { plainText } from './numerals.ts';
import { type Due, type Said, type TimePhrase, findTimes } from './times.ts';

/** What an employee promised in one message; UTF-16 offsets, end exclusive. */
export interface FoundPromise {
  readonly kind: Exclude<PromiseKind, 'complaint'>;
  /** The sentence. */
  readonly start: number;
  readonly end: number;
  /** The words that say when, as written; empty where none do. */
  readonly phrase: string;
  readonly due: Due | null;
}

const you = '(?:您|你)(?:们|家)?';
/** Something is done for the customer. */
const toYou = new RegExp(
  `(?:给|帮|为|替|向|跟|和|与|陪)${you}(?!的?(?:看法|意见|印象))|我[^,，。]{0,6}?(?:(?:去|到|来)${you}(?:那|这|家|公司|单位)|上门)|(?:联系|通知|回复|答复|回|提醒|告知|告诉|转告|发|寄|邮|约|拜访|还|送|接)${you}(?!的)`,
  'gu',
);
/** The customer is called or answered. */
const callback =
  /回(?:个|您|你)?(?:电话|电(?!脑|子)|信息|信儿|话)|回拨|打(?:个|一个)?电话|致电|(?:再|会)(?:跟|和|与)?(?:您|你)?(?:联系|沟通|答复|回复)|(?:联系|通知|回复|答复)(?:您|你)|(?:给|跟)(?:您|你)(?:们)?(?:个)?(?:回复|答复|回电|来电|去电|电话|消息|回信)/gu;
/** The employee, or the bank, will see to something. */
const seeTo =
  /我(?:们|这边|这里|行)?[^,，。!！?？;；]{0,10}?(?:会|一定|保证|负责|带给|送到|送过去|带过去|发过去|寄过去|拿过去|办好|办完|处理好|处理完|提交|上报|核实|查清|落实|跟进|安排|准备好)|(?:一定|肯定|保证|确保|应该能?|可以|就?能|会)[^,，。!！?？;；]{0,8}?(?:到账|办好|办下来|办完|批下来|下来|完成|搞定|解决|处理好|处理完|退还|退回|返还|入账|发放|寄到|送到|出结果)/gu;
const dueWord = /到期(?!日|收益|年化|利率|本息)/gu;

/** The customer is asked to do it. */
const asked = /(?:请|麻烦|劳烦|辛苦|记得|(?:您|你)(?!好|放心|的))[^,，。!！?？;；]{0,10}$/u;
/** More than what the two patterns around this look back upon. */
const asFarAsBefore = 24;
const toMe = /(?:您|你)[^,，。!！?？;；]{0,8}(?:给|跟|和|联系|找|告诉|通知|发|回)我/u;
const denied =
  /(?:不能|不会|没法|无法|不用|不必|不再|没有|不可以|不方便|不需要|没办法|别|未能|未曾)[^,，。!！?？;；]{0,4}$/u;
const done =
  /(?:已经?|刚刚?|刚才|昨天|前天|上周|上个?月)|(?:过|完|好|给|发|寄|送|打|回|复|接|讲|说|查|办)了(?:[吧哈呀啊哦噢呢~。!！]*)$/u;
const questionEnds = ['吗', '么', '没有', '没'] as const;
const endMarks = '?？~。!！';
const consent = /(?:好|行|可以|方便|成|同意)(?:吗|么|不)[?？~。!！]*$/u;

/** What some pattern above has, in usual and traditional characters: most messages have none of it, and are done here. */
const hint =
  /[给給帮幫为爲為替向跟和与與陪知复復覆醒诉訴告发發寄邮郵约約访訪还還送接回系繫][您你妳]|到期|上[门門]|[去到来來][您你妳]|回[个個您你]?[电電信话話拨撥]|打(?:一?[个個])?[电電]|致[电電]|[再会會](?:跟|和|与)?[您你]?(?:[联聯]|[沟溝]通|答|回)|到[账帳賬]|送到|送过|送過|[带帶][给給过過]|[发發寄拿][过過]去|[办辦](?:好|完|下)|[处處]理|提交|上[报報]|核[实實]|查清|落[实實]|跟[进進]|安排|[准準][备備]好|批下|下[来來]|完成|搞定|解[决決]|退[还還回]|返[还還]|入[账帳賬]|[发發]放|寄到|出[结結]果|我[^,，。!！?？;；]{0,10}(?:[会會]|一定|保[证證]|[负負][责責])/u;

/**
 * What an employee's message promises a customer, sentence by sentence: each time that is named, with what will be done then, and
 * calls and answers without one. Times are resolved relative to when it was said; what is past, denied, asked of the
 * customer or a mere question is none. Never throws.
 */
export function findPromises(written: string, said: Said): FoundPromise[] {
  if (!hint.test(written)) return [];
  const text = plainText(written);
  const found: FoundPromise[] = [];
  for (const [start, end] of sentencesOf(text)) {
    const sentence = text.slice(start, end);
    for (const { kind, time, due } of promisesIn(sentence, said)) {
      found.push({
        kind,
        start,
        end,
        phrase: time === null ? '' : written.slice(start + time.start, start + time.end),
        due,
      });
    }
  }
  return found;
}

/** Where a pattern with the flag g matches, and what. `matchAll` would compile the pattern again for each text. */
function matches(pattern: RegExp, text: string): readonly (readonly [at: number, written: string])[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(text);
  if (match === null) return nowhere;
  const found: [number, string][] = [];
  for (; match !== null; match = pattern.exec(text)) found.push([match.index, match[0]]);
  return found;
}
const nowhere: readonly (readonly [number, string])[] = [];

const ending = /[。!！?？;；\p{Cc}]+/gu;
/** Characters. Nobody writes such a sentence: it is pasted, or made to take long, and is read in pieces. */
const longestSentence = 2_000;
const piece = new RegExp(`[^]{1,${longestSentence - 1}}(?:[,，]|$)|[^]{1,${longestSentence}}`, 'gu');

/** Sentences without the signs behind them, but a question's. */
function* sentencesOf(text: string): Generator<readonly [number, number]> {
  let start = 0;
  for (const [at, mark] of matches(ending, text)) {
    const end = at + (/^[?？]/u.test(mark) ? 1 : 0);
    yield* piecesOf(start, end, text);
    start = at + mark.length;
  }
  yield* piecesOf(start, text.length, text);
}

/** Cut behind commas, where it has any. */
function* piecesOf(start: number, end: number, text: string): Generator<readonly [number, number]> {
  if (end - start <= longestSentence) {
    if (end > start) yield [start, end];
    return;
  }
  for (const [at, { length }] of matches(piece, text.slice(start, end)))
    yield [start + at, start + at + length];
}

interface Marker {
  readonly at: number;
  readonly isCallback: boolean;
}

interface InSentence {
  readonly kind: FoundPromise['kind'];
  readonly time: TimePhrase | null;
  readonly due: Due | null;
}

function promisesIn(sentence: string, said: Said): InSentence[] {
  const byMarker = markerPatterns.map(({ pattern }) => matches(pattern, sentence));
  const dues = matches(dueWord, sentence).filter(
    ([at]) =>
      !/[没未已刚]$/u.test(sentence.slice(Math.max(0, at - 1), at)) && !sentence.startsWith('到期了', at),
  );
  if (dues.length === 0 && byMarker.every(({ length }) => length === 0)) return [];
  const clauses = clausesOf(sentence);
  const markers = markersOf(sentence, byMarker, clauses);
  if (markers.length === 0 && dues.length === 0) return [];
  const times = findTimes(sentence, said).filter(
    ({ due, start, end }) =>
      !attribute.test(sentence.slice(end, end + 3)) &&
      !absence.test(clauseAt(clauses, start).text) &&
      (due === null || due.to >= localDay(said.at, said.timeZone)),
  );
  const found = new Map<TimePhrase | null, InSentence>();
  const maturity = dues[0]?.[0];
  for (const { at, isCallback } of markers) {
    // 到期后 is when, where nothing stands nearer that says it.
    const time = nearest(times, at, clauses);
    const afterDue = maturity !== undefined && maturity < at;
    if (time === null && !isCallback && !afterDue) continue;
    if (time !== null && isSentNow(sentence, at, time, clauses)) continue;
    const kind = afterDue ? 'maturity' : isCallback ? 'callback' : 'dated';
    const known = found.get(time);
    if (known !== undefined && !(known.kind === 'dated' && kind === 'callback')) continue;
    found.set(time, { kind, time, due: dueOf(time, afterDue, sentence) });
  }
  if (maturity !== undefined && markers.length === 0) {
    const time = nearest(times, maturity, clauses);
    if (time?.due) found.set(time, { kind: 'maturity', time, due: time.due });
  }
  return [...found.values()];
}

/** 下周三到期后: from then on. */
function dueOf(time: TimePhrase | null, afterDue: boolean, sentence: string): Due | null {
  if (!time?.due) return null;
  const behind = sentence.slice(time.end, time.end + 4);
  return afterDue && /^的?到期(?:之?后|以后)/u.test(behind) ? { ...time.due, bound: 'after' } : time.due;
}

const markerPatterns = [
  { pattern: toYou, isCallback: false, byAnybody: false },
  { pattern: seeTo, isCallback: false, byAnybody: true },
  { pattern: callback, isCallback: true, byAnybody: true },
] as const;

/** Of what each of the patterns found, what may promise something. */
function markersOf(
  sentence: string,
  byMarker: readonly (readonly (readonly [at: number, written: string])[])[],
  clauses: readonly Clause[],
): Marker[] {
  const all: Marker[] = [];
  const judged = new Map<Clause, { readonly isNoPromise: boolean; readonly isByUs: boolean }>();
  for (const [index, { isCallback, byAnybody }] of markerPatterns.entries()) {
    for (const [at] of byMarker[index] ?? nowhere) {
      const clause = clauseAt(clauses, at);
      // Once for each clause, however many markers it has.
      const judgement = judged.get(clause) ?? judge(clause);
      judged.set(clause, judgement);
      const before = sentence.slice(Math.max(clause.start, at - asFarAsBefore), at);
      if (judgement.isNoPromise || denied.test(before)) continue;
      if (byAnybody && !judgement.isByUs && asked.test(before)) continue;
      all.push({ at, isCallback });
    }
  }
  if (all.length === 0 || isQuestion(sentence)) return [];
  return all.toSorted((a, b) => a.at - b.at);
}

/** Whether the customer is asked for it or it is done, and whether it says that we do it, or for whom. */
function judge({ text }: Clause) {
  return { isNoPromise: toMe.test(text) || isOver(text), isByUs: /给(?:您|你)|我/u.test(text) };
}

/** 今天的早报, 3月5日那笔: a time that tells which, not when. */
const attribute = /^(?:的(?!话)|那[笔个张次天款份]|这[笔个张次款份])/u;
/** 我将于3月31日离岗: when somebody won't be there. */
const absence = /离岗|调离|离职|不在行|休假|调岗|退休|放假/u;

/** 本周市场回顾发您: it comes with the message, and nobody owes it. */
const sending = /^(?:发|寄|送|回)(?:您|你)/u;
const present = /^(?:今天|今日|本周|这周|本月|这个月|当月)$/u;
const toCome = /我|会|再|帮|给/u;

function isSentNow(
  sentence: string,
  at: number,
  { start, end }: TimePhrase,
  clauses: readonly Clause[],
): boolean {
  if (!sending.test(sentence.slice(at, at + 3)) || !present.test(sentence.slice(start, end))) return false;
  return !toCome.test(sentence.slice(clauseAt(clauses, at).start, at));
}

/** Looked at from its end: most sentences are long, and few ask. */
function isQuestion(sentence: string): boolean {
  let end = sentence.length;
  while (end > 0 && endMarks.includes(sentence.charAt(end - 1))) end -= 1;
  return questionEnds.some((word) => sentence.endsWith(word, end)) && !consent.test(sentence);
}

/** 已经给您发过去了, 刚给您回了电话. 明天就给您发了 is to come. */
function isOver(clause: string): boolean {
  return (
    done.test(clause) &&
    !/[明后下]|[今一会稍等]|\d+[号日点]|月底|马上/u.test(clause.replace(/今天?|以后/gu, ''))
  );
}

interface Clause {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What stands between commas, in order. */
function clausesOf(sentence: string): Clause[] {
  let start = 0;
  return sentence.split(/[,，]/u).map((text, index) => {
    const from = start;
    start += text.length + 1;
    return { index, start: from, end: from + text.length, text };
  });
}

/** The one that has that place, or ends there. */
function clauseAt(clauses: readonly Clause[], at: number): Clause {
  let low = 0;
  let high = clauses.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((clauses[middle]?.end ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return clauses[low] ?? none;
}
const none: Clause = { index: 0, start: 0, end: 0, text: '' };

/** The time that goes with what stands there: the last before it, else the first behind it. */
function nearest(times: readonly TimePhrase[], at: number, clauses: readonly Clause[]): TimePhrase | null {
  const before = times.findLast((time) => time.start < at);
  if (before !== undefined) return before;
  // None stands before: the first of all is the first behind.
  const [behind] = times;
  if (behind === undefined) return null;
  // In a clause of its own only where it says nothing else: 我给您回电话，明天上午.
  const clause = clauseAt(clauses, behind.start);
  const between = clause.index - clauseAt(clauses, at).index;
  const isAlone = behind.start - clause.start + (clause.end - behind.end) <= 2;
  return between === 0 || (between === 1 && isAlone) ? behind : null;
}
