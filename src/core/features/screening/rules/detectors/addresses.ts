import { foldBit } from '../../folds.ts';
import type { Reading } from '../reading.ts';
import type { Found } from './found.ts';
import { type HostLists, createHostJudge, hasPublicSuffix } from './hosts.ts';

// All expressions here are bounded, so that none reads far for nothing.

/** Letters of the scripts that hosts of ours are imitated with; hanzi join on to the sentence around them. */
const hostCharacter = String.raw`[a-z0-9\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}_-]`;
const label = `${hostCharacter}{1,63}`;
const dottedHost = new RegExp(String.raw`(?<!${hostCharacter}|\.)${label}(?:\.${label}){1,20}`, 'gu');
/** A dot that is written as something else, or has blanks beside it, in front of the most usual endings. */
const hiddenDot = new RegExp(
  String.raw`(?<!${hostCharacter}|\.)(${label}(?:\.${label}){0,3})(?: ?[。·•∙‧点丶] ?| \. ?|\. )(com|cn|net|org|top|xyz|vip|cc|shop|club)(?!${hostCharacter})`,
  'gu',
);
const hanziEnding = '(?:中国|公司|网络|网址|商城|网店|在线|中文网|集团|我爱你|移动|餐厅|手机|政务|公益)';
const hanziLabel = String.raw`[\p{Script=Han}a-z0-9-]{1,40}`;
const hanziHost = new RegExp(String.raw`${hanziLabel}(?:\.${hanziLabel}){0,3}\.${hanziEnding}`, 'gu');
const numericHost = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const afterHost = /(?::\d{1,5})?(?:[/?#][\x21-\x3b\x3d\x3f-\x7e]{0,2000})?/y;
const scheme = /(?:[a-z][a-z0-9+]{1,15}:\/\/)(?:[a-z0-9._~%!$&'()*+,;=:-]{1,100}@)?$/;
const closing = /[.,;:!?'")\]}]+$/;

/** Endings that are file names or English words more often than domains, where nothing else says that a host is meant. */
const doubtful = new Set(
  'zip mov md py sh rs pl ps so it is at my no to us be in am do as by la me id ms pm ph st ml java cat name'.split(
    ' ',
  ),
);

/** Finds addresses of the web and domains, as the lists judge their hosts (`hosts.ts`), with the folds that hid them. */
export function createUrlFinder(lists: HostLists): (reading: Reading) => Found[] {
  const judge = createHostJudge(lists);
  return ({ text }) => {
    const found: Found[] = [];
    let covered = 0;
    const add = (start: number, end: number, host: string, folds: number) => {
      const decided = judge(host);
      if (decided !== null) found.push({ start, end, read: host, folds: folds | decided });
    };
    for (const match of text.matchAll(dottedHost)) {
      if (match.index < covered) continue;
      const address = addressAt(text, match.index, match[0]);
      if (address === null) continue;
      covered = address.end;
      add(address.start, address.end, address.host, 0);
    }
    for (const match of text.matchAll(hiddenDot)) {
      const [whole, front = '', ending = ''] = match;
      if (/[a-z]/u.test(front) && text.charAt(match.index - 1) !== '@')
        add(match.index, match.index + whole.length, `${front}.${ending}`, foldBit.filler);
    }
    for (const match of text.matchAll(hanziHost)) {
      const end = match.index + match[0].length;
      if (!/^[\p{Script=Han}\p{L}]$/u.test(text.charAt(end)) || text.slice(0, match.index).endsWith('://'))
        add(match.index, end, match[0], 0);
    }
    for (const match of text.matchAll(numericHost)) {
      const { start, end, marked } = around(text, match.index, match[0].length);
      if (marked && match[0].split('.').every((part) => Number(part) < 256)) add(start, end, match[0], 0);
    }
    return found;
  };
}

/** With scheme, port and path; `marked` where one of them is there. */
function around(text: string, at: number, length: number): { start: number; end: number; marked: boolean } {
  const before = scheme.exec(text.slice(Math.max(0, at - 120), at))?.[0].length ?? 0;
  afterHost.lastIndex = at + length;
  const after = (afterHost.exec(text)?.[0] ?? '').replace(closing, '');
  return { start: at - before, end: at + length + after.length, marked: before > 0 || after !== '' };
}

function addressAt(
  text: string,
  index: number,
  written: string,
): { start: number; end: number; host: string } | null {
  const host = written.replace(/^[-_]+/, '').replace(/[-_]+$/, '');
  const at = index + written.indexOf(host);
  const { start, end, marked } = around(text, at, host.length);
  const schemed = start < at;
  // What stands before @ is a name there, not a host; what stands behind it without a scheme is an e-mail address.
  if (text.charAt(at + host.length) === '@' || (text.charAt(at - 1) === '@' && !schemed)) return null;
  if (!hasPublicSuffix(host)) return null;
  const ending = host.slice(host.lastIndexOf('.') + 1);
  const told = marked || host.startsWith('www.') || host.split('.').length > 2;
  if (!told && doubtful.has(ending)) return null;
  // Figures in front of an ending are a number or a version (3.5.cn版本), unless more says that a host is meant.
  if (!marked && /^(?:v\d|[^\p{L}])[^\p{L}]*$/u.test(host.slice(0, -ending.length))) return null;
  return { start, end, host };
}

const mailSign = /@|#|[([]at[)\]]|艾特/g;
const mailName = /[a-z0-9][a-z0-9._%+-]{0,63} ?$/;
const mailHost = new RegExp(
  String.raw`^ ?(${label}(?:(?:\.| \. | ?[。·•点] ?)${label}){1,5})(?![a-z0-9])`,
  'u',
);
/** A name and a domain in hanzi, as written: 张三@公司.中国. Where the name begins nothing says, as with a domain. */
const hanziMailName = /[\p{Script=Han}a-z0-9][\p{Script=Han}a-z0-9._%+-]{0,63}$/u;
const hanziMailHost = new RegExp(String.raw`^(${hanziLabel}(?:\.${hanziLabel}){0,3}\.${hanziEnding})`, 'u');
/** Where the sign itself is hidden, only what people have their mail at. */
const mailServices =
  /^(?:qq|163|126|139|189|gmail|outlook|hotmail|foxmail|sina|sohu|yeah|aliyun|icloud|live|msn)\./;

/** Finds e-mail addresses, also with (at) or 艾特 for @; hosts are judged by the lists. */
export function createMailFinder(lists: HostLists): (reading: Reading) => Found[] {
  const judge = createHostJudge(lists);
  return ({ text }) => {
    const found: Found[] = [];
    for (const sign of text.matchAll(mailSign)) {
      const at = sign.index;
      const behind = at + sign[0].length;
      const before = text.slice(Math.max(0, at - 65), at);
      const after = text.slice(behind, behind + 260);
      const inHanzi = sign[0] === '@' ? hanziMailHost.exec(after) : null;
      const written = mailHost.exec(after) ?? inHanzi;
      const name =
        mailName.exec(before)?.[0] ?? (inHanzi === null ? undefined : hanziMailName.exec(before)?.[0]);
      if (name === undefined || written?.[1] === undefined) continue;
      const host = written[1].replaceAll(/ ?[。·•点] ?| \. /g, '.').replace(/[-_.]+$/, '');
      if (!hasPublicSuffix(host) || (sign[0] !== '@' && !mailServices.test(host))) continue;
      const decided = judge(host);
      if (decided === null) continue;
      const hidden = sign[0] !== '@' || host !== written[1] || /^ | $/.test(name + written[0]);
      const start = at - name.length;
      const end = behind + written[0].length;
      const read = `${name.trimEnd()}@${host}`;
      found.push({ start, end, read, folds: decided | (hidden ? foldBit.filler : 0) });
    }
    return found;
  };
}
