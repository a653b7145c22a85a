import { foldBit } from '../../folds.ts';
import type { Reading } from '../reading.ts';
import type { Found } from './found.ts';
import { bracketedDot, hanziHost, hiddenDotHost, hostCharacter, label, lengthBehind } from './host-forms.ts';
import { type HostLists, createHostJudge, hasPublicSuffix } from './hosts.ts';
import { findSchemedLinks } from './schemed-links.ts';

// All expressions here are bounded, so that none reads far for nothing.

const dottedHost = new RegExp(String.raw`(?<!${hostCharacter}|\.)${label}(?:\.${label}){1,20}`, 'gu');
const hiddenDot = new RegExp(String.raw`(?<!${hostCharacter}|\.)${hiddenDotHost}`, 'gu');
/** A dot in brackets says that a host is meant: any public ending may follow it. */
const defangedHost = new RegExp(
  String.raw`(?<!${hostCharacter}|\.)${label}(?:\.${label}){0,5}${bracketedDot}${label}(?:(?:\.|${bracketedDot})${label}){0,5}`,
  'gu',
);
const bracketedDots = new RegExp(bracketedDot, 'gu');
const hanziDomain = new RegExp(hanziHost, 'gu');
const numericHost = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g;
const scheme = /(?:[a-z][a-z0-9+]{1,15}:\/\/)(?:[a-z0-9._~%!$&'()*+,;=:-]{1,100}@)?$/;

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
    const add = (start: number, end: number, host: string, folds: number) => {
      const decided = judge(host);
      if (decided !== null) found.push({ start, end, read: host, folds: folds | decided });
      return decided !== null;
    };
    const links = findSchemedLinks(text);
    for (const { start, end, hosts, folds } of links) hosts.some((host) => add(start, end, host, folds));
    const defanged: Stretch[] = [];
    for (const match of matchesOutside(links, text, defangedHost)) {
      const host = match[0].replaceAll(bracketedDots, '.').replace(/[-_]+$/, '');
      if (text.charAt(match.index - 1) === '@' || !hasPublicSuffix(host)) continue;
      const place = around(text, match.index, match[0].length);
      defanged.push(place);
      add(place.start, place.end, host, foldBit.filler);
    }
    const taken: readonly Stretch[] =
      defanged.length === 0 ? links : [...links, ...defanged].toSorted((a, b) => a.start - b.start);
    let covered = 0;
    for (const match of matchesOutside(taken, text, dottedHost)) {
      if (match.index < covered) continue;
      const address = addressAt(text, match.index, match[0]);
      if (address === null) continue;
      covered = address.end;
      add(address.start, address.end, address.host, 0);
    }
    for (const match of matchesOutside(taken, text, hiddenDot)) {
      const [whole, front = '', ending = ''] = match;
      if (!/[a-z]/u.test(front) || text.charAt(match.index - 1) === '@') continue;
      const { start, end } = around(text, match.index, whole.length);
      add(start, end, `${front}.${ending}`, foldBit.filler);
    }
    for (const match of matchesOutside(taken, text, hanziDomain)) {
      const { start, end, schemed } = around(text, match.index, match[0].length);
      if (schemed || !/^[\p{Script=Han}\p{L}]$/u.test(text.charAt(match.index + match[0].length)))
        add(start, end, match[0], 0);
    }
    for (const match of matchesOutside(taken, text, numericHost)) {
      const { start, end, marked } = around(text, match.index, match[0].length);
      if (marked && match[0].split('.').every((part) => Number(part) < 256)) add(start, end, match[0], 0);
    }
    return found;
  };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The matches that begin in none of these stretches, which are in order: no part of a link is another one. */
function* matchesOutside(stretches: readonly Stretch[], text: string, expression: RegExp) {
  let next = 0;
  for (const match of text.matchAll(expression)) {
    while ((stretches[next]?.end ?? Infinity) <= match.index) next += 1;
    if ((stretches[next]?.start ?? Infinity) > match.index) yield match;
  }
}

interface Place extends Stretch {
  readonly schemed: boolean;
  /** A scheme, a port or a path is there. */
  readonly marked: boolean;
}

/** With scheme, port and path. */
function around(text: string, at: number, length: number): Place {
  const before = scheme.exec(text.slice(Math.max(0, at - 120), at))?.[0].length ?? 0;
  const after = lengthBehind(text, at + length);
  return {
    start: at - before,
    end: at + length + after,
    schemed: before > 0,
    marked: before > 0 || after > 0,
  };
}

function addressAt(
  text: string,
  index: number,
  written: string,
): { start: number; end: number; host: string } | null {
  const host = written.replace(/^[-_]+/, '').replace(/[-_]+$/, '');
  const at = index + written.indexOf(host);
  const { start, end, schemed, marked } = around(text, at, host.length);
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
const hanziMailHost = new RegExp(`^(${hanziHost})`, 'u');
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
