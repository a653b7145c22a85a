import { foldBit } from '../../folds.ts';
import type { Reading } from '../reading.ts';
import type { Found } from './found.ts';
import { findMobiles } from './telephones.ts';

// A WeChat id has 6 to 20 letters, figures, hyphens and underscores and begins with a letter (WeChat's own rule); `wxid_`
// begins those that were given, not chosen. A number to add somebody by may stand in its place.

const id =
  /(?<![a-z0-9_@./-])(?:[a-z][a-z0-9_-]{5,19}|1[3-9]\d{9}|[1-9]\d{5,10})(?![a-z0-9_-]|[@.][a-z0-9])/g;
const given = /(?<![a-z0-9_])wxid_[a-z0-9]{6,20}(?![a-z0-9_])/g;
/** Written on to the cue itself: vx13800138000, wxabc_123. */
const glued =
  /(?<![a-z0-9])(?:vx|wx|weixin|wechat)(?:[a-z0-9_-]{0,18}[0-9_-][a-z0-9_-]{0,18})(?![a-z0-9_-])/g;

const cues = String.raw`(?:[微薇威徽徾溦维v][^\p{L}\p{N}。!?\n\u001e]{0,2}[信芯心x伈]|(?<![a-z])(?:weixin|wechat|wx|vx|v信|w信)(?![a-z])|加(?:我)?(?:[v➕]|[微薇威](?![\p{Script=Han}])|[微薇威](?=号|就?是|为|搜|账|帐))|[➕+][vw](?![a-z]))`;
const joiners = String.raw`(?:号码?|id|账号|帐号)?[ ]{0,2}(?:就?是|为|搜|搜索|加|[::=→>➡]){0,2}[ :"'“「【(]{0,4}`;
/** Right in front, with nothing but words that lead to an id. */
const led = new RegExp(`(${cues})(${joiners})$`, 'u');
/** One character alone, for what can only be an id: V：zhang_san66, 我薇 abc12345, but not 小薇 and not a word's 微. */
const bare = new RegExp(
  String.raw`(?:(?<![\p{L}\p{N}]|[a-z0-9] )v(?=[ ]{0,2}[:=])|(?<=[我的])v(?![a-z])|(?<![\p{L}\p{N}])[微薇]|(?<=[我的])[微薇])${joiners}$`,
  'u',
);
const phone = '(?:手机|手機|电话|電話)(?:号码?|號碼?)?';
const wechat = String.raw`(?:[微薇威徽徾溦维v][^\p{L}\p{N}。!?\n\u001e]{0,2}[信芯心x伈]|(?<![a-z])(?:weixin|wechat|wx|v信|w信))(?:号|號)?`;
/** That a number is somebody's mobile number and WeChat id in one: 微信同号, V同号, 微信同手机. */
const same = String.raw`(?:${wechat}[和与跟/、]?(?:${phone})? ?(?:同[号號步]码?|[同是]${phone})|(?:[微薇]|(?<![a-z])v) ?同[号號]码?)`;
const sameBefore = new RegExp(
  String.raw`${same}[ ]{0,2}(?:${phone}|就?是|为)?[ ::,、=→>➡"'“「【()）-]{0,4}$`,
  'u',
);
/** Behind the number, where 同微信 says it too. */
const sameBehind = new RegExp(
  String.raw`^[ ,、/(（【「-]{0,3}(?:${phone})?[ 和与跟/、]{0,2}(?:${same}|同(?:${wechat}|[微薇v])(?![\p{L}\p{N}]))`,
  'u',
);
/** Some characters in front or behind. */
const near = new RegExp(cues, 'u');
const leads = /号|id|账|帐|是|为|搜|[:=→>➡]/;

/** Words that stand behind 微信 and look like an id. */
const products = new Set(
  'android iphone wechat weixin alipay wechatpay harmonyos windows version update please button mobile online official'.split(
    ' ',
  ),
);

const reach = 24;

/** Finds WeChat ids, given ones anywhere, chosen ones and numbers in their place only where something says that they are one. */
export function findWechatIds(reading: Reading): Found[] {
  const { text } = reading;
  const found: Found[] = [];
  const add = (start: number, end: number) => {
    found.push({ start, end, read: text.slice(start, end), folds: 0 });
  };
  for (const match of text.matchAll(given)) add(match.index, match.index + match[0].length);
  for (const match of text.matchAll(glued))
    if (!match[0].startsWith('wxid_')) add(match.index, match.index + match[0].length);
  for (const match of text.matchAll(id)) {
    const [written] = match;
    if (written.startsWith('wxid_') || products.has(written)) continue;
    const end = match.index + written.length;
    const before = text.slice(Math.max(0, match.index - reach), match.index);
    const cue = led.exec(before);
    const certain = /^1[3-9]\d{9}$/.test(written) || (/[a-z]/.test(written) && /[0-9_-]/.test(written));
    if (cue !== null) {
      // Letters alone are a word as well, and figures a sum, unless something leads to them.
      const [, own = '', joiner = ''] = cue;
      const short = /^[a-z]/.test(own) || own.startsWith('加') || /^[➕+]/.test(own);
      if (certain || leads.test(joiner) || (short && /^[a-z]/.test(written))) add(match.index, end);
      continue;
    }
    if (certain && bare.test(before)) {
      add(match.index, end);
      continue;
    }
    // 同步 is what is done with other things too.
    if (/\d/.test(written) && /同[号號]/.test(before) && sameBefore.test(before)) {
      add(match.index, end);
      continue;
    }
    // Some way off, only what is no word and no number.
    if (!/[a-z]/.test(written) || !/[0-9_]/.test(written)) continue;
    const inSentence = /[^。!?\p{Cc}]*$/u.exec(before)?.[0] ?? '';
    const behind = /^[^。!?\p{Cc}]*/u.exec(text.slice(end, end + 12))?.[0] ?? '';
    if (near.test(inSentence.slice(-12)) || /^[ (,]{0,2}(?:微信|薇信|wx|vx|v信|加v)/.test(behind)) {
      found.push({ start: match.index, end, read: written, folds: foldBit.filler });
    }
  }
  // A mobile number is an id too, as WeChat finds people by it, and is written in more ways than an id.
  const ends = new Set(found.map(({ end }) => end));
  for (const mobile of findMobiles(reading)) {
    if (ends.has(mobile.end)) continue;
    const before = text.slice(Math.max(0, mobile.start - reach), mobile.start);
    const isLed = led.test(before) || bare.test(before) || sameBefore.test(before);
    if (isLed || sameBehind.test(text.slice(mobile.end, mobile.end + reach))) found.push(mobile);
  }
  return found;
}
