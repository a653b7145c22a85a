import { parse } from 'tldts';

import { foldBit } from '../../folds.ts';
import { confusableLetters } from '../../tables/index.ts';
import { decodePunycode } from './punycode.ts';

/** Lists of domains, each with all below it. */
export interface HostLists {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

/** More labels than any honest host has: what is in front of them is not looked at for look-alikes. */
const mostLabels = 20;

/** The host in Unicode and small letters, without a dot at the end. */
export function plainHost(host: string): string {
  return host
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[。\u00b7]/g, '.')
    .replace(/\.$/, '')
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join('.');
}

/** Whether it ends in a top-level domain of the public suffix list, and has something in front of that. */
export function hasPublicSuffix(host: string): boolean {
  const { isIcann, domain } = parse(host, {
    extractHostname: false,
    validateHostname: false,
    detectIp: false,
    allowPrivateDomains: false,
  });
  return isIcann === true && domain !== null;
}

/** Whether a list may hold it: a host name of at least two labels, without scheme, port or path. */
export function isDomainName(domain: string): boolean {
  const host = plainHost(domain);
  return (
    host.length <= 253 &&
    /^(?!-)[\p{L}\p{N}_-]{1,63}(?:\.(?!-)[\p{L}\p{N}_-]{1,63})+$/u.test(host) &&
    !/-(?:\.|$)/.test(host)
  );
}

/** `domain` itself and what is below it. Both in the form of `plainHost`. */
export function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

/**
 * A host as it looks: letters of other scripts and with marks as the plain ones, figures as the letters they pass for,
 * without hyphens. Hosts that look alike have the same.
 */
export function looksOf(host: string): string {
  return Array.from(host.normalize('NFD').replaceAll(/[\p{M}\u002d_]/gu, ''), (character) => {
    const plain = confusableLetters.get(character.charCodeAt(0));
    return plain !== undefined && character.length === 1 ? String.fromCharCode(plain) : character;
  })
    .join('')
    .replaceAll('0', 'o')
    .replaceAll(/[1i|]/g, 'l')
    .replaceAll('5', 's')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w');
}

/** Decides about a host: null where it does not hit, or the folds that it took, as bits. */
export function createHostJudge({ allow, deny }: HostLists): (host: string) => number | null {
  const allowed = new Set(allow.map(plainHost));
  const denied = new Set(deny.map(plainHost));
  const allowedLooks = new Set([...allowed].map(looksOf));
  const deniedLooks = new Set([...denied].map(looksOf));
  return (written) => {
    const host = plainHost(written);
    if (under(host, allowed)) return null;
    // An allowed name in the middle of another (bank.com.evil.top) pretends to be it too.
    const looks = looksOf(host);
    if (allowedLooks.size > 0 && holds(looks, allowedLooks)) return foldBit['look-alikes'];
    if (denied.size === 0 || under(host, denied)) return 0;
    return under(looks, deniedLooks) ? foldBit['look-alikes'] : null;
  };
}

function under(host: string, domains: ReadonlySet<string>): boolean {
  for (let at = 0; ; at += 1) {
    if (domains.has(host.slice(at))) return true;
    at = host.indexOf('.', at);
    if (at < 0) return false;
  }
}

/** Whether labels of the host, side by side, are one of the domains. */
function holds(host: string, domains: ReadonlySet<string>): boolean {
  const labels = host.split('.').slice(-mostLabels);
  for (let first = 0; first < labels.length; first += 1) {
    for (let end = first + 1; end <= labels.length; end += 1)
      if (domains.has(labels.slice(first, end).join('.'))) return true;
  }
  return false;
}
