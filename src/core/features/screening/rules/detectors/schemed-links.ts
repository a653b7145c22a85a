import { foldBit } from '../../folds.ts';
import { bracketedDot, hanziHost, hiddenDotHost, label, lengthBehind } from './host-forms.ts';
import { hasPublicSuffix } from './hosts.ts';

/** An address that says by its scheme that it is one. */
export interface SchemedLink {
  readonly start: number;
  readonly end: number;
  /** What its host may be: behind evil.com点击 nothing says whether the host or the sentence goes on. */
  readonly hosts: readonly string[];
  /** The folds that its host took to be read, as bits. */
  readonly folds: number;
}

/** hxxp and [:] are how http is defanged. */
const scheme = /h(?:tt|xx)ps?(?::|\[:\])\/\//g;
const userInfo = /[a-z0-9._~%!$&'()*+,;=:-]{1,100}@/y;
const bracketed = /\[[0-9a-f:.]{2,45}\]/y;
const dot = String.raw`(?:\.|${bracketedDot})`;
const plainHost = new RegExp(`${label}(?:${dot}${label}){0,20}`, 'uy');
const hiddenHost = new RegExp(hiddenDotHost, 'uy');
const knownHost = new RegExp(String.raw`${hanziHost}(?!\.[\p{L}\p{N}])`, 'uy');
const anyLabel = String.raw`[\p{L}\p{N}_-]{1,63}`;
const anyHost = new RegExp(`${anyLabel}(?:${dot}${anyLabel}){0,20}`, 'uy');
const hiddenDots = new RegExp(bracketedDot, 'gu');
/** The dot of the root, which belongs to the host where something of the address follows it. */
const rootDot = /\.(?=[:/?#])/y;

/**
 * The links with http or https in front of them, in order. There any host is one, whatever its top-level domain, with dots or
 * without, as the URL standard has it (WHATWG URL, 3.5 Host parsing).
 */
export function findSchemedLinks(text: string): SchemedLink[] {
  const links: SchemedLink[] = [];
  let covered = 0;
  for (const match of text.matchAll(scheme)) {
    if (match.index < covered) continue;
    const behind = match.index + match[0].length;
    const host = hostAt(text, behind + (matched(userInfo, text, behind)?.length ?? 0));
    if (host === null) continue;
    const end = host.end + lengthBehind(text, host.end);
    covered = end;
    links.push({ start: match.index, end, hosts: host.hosts, folds: host.folds });
  }
  return links;
}

interface HostPlace {
  readonly end: number;
  readonly hosts: readonly string[];
  readonly folds: number;
}

function hostAt(text: string, at: number): HostPlace | null {
  const address = matched(bracketed, text, at);
  if (address !== null) {
    const own = canonicalAddress(address);
    return own === null ? null : { end: at + address.length, hosts: [own], folds: 0 };
  }
  const plain = matched(plainHost, text, at)?.replace(/[-_]+$/, '') ?? '';
  const known = plain !== '' && hasPublicSuffix(withDots(plain));
  hiddenHost.lastIndex = at;
  const [hidden = '', front = '', ending = ''] = known ? [] : (hiddenHost.exec(text) ?? []);
  if (hidden !== '') return { end: at + hidden.length, hosts: [`${front}.${ending}`], folds: foldBit.filler };
  const long = matched(knownHost, text, at) ?? matched(anyHost, text, at) ?? '';
  // The end of the sentence is no part of the host, unless a further dot or nothing else makes it one.
  const goesOn = plain === '' || withDots(long.slice(plain.length)).includes('.');
  if (long === '' || !goesOn || (known && !hasPublicSuffix(withDots(long))))
    return plain === '' ? null : nameAt(text, at, plain, [plain]);
  // Without a dot it is what a sentence about http:// goes on with.
  const place = nameAt(text, at, long, known ? [plain, long] : [long]);
  return withDots(long).includes('.') || lengthBehind(text, place?.end ?? at) > 0 ? place : null;
}

function nameAt(text: string, at: number, written: string, names: readonly string[]): HostPlace | null {
  const hosts = names.map(withDots).map((name) => (endsInNumber(name) ? canonicalAddress(name) : name));
  const end = at + written.length;
  return {
    end: end + (matched(rootDot, text, end)?.length ?? 0),
    // What ends in a number and is no IPv4 address is no host.
    hosts: hosts.filter((host) => host !== null),
    folds: withDots(written) === written ? 0 : foldBit.filler,
  };
}

function withDots(written: string): string {
  return written.replaceAll(hiddenDots, '.');
}

/** Whether it has to be an IPv4 address (WHATWG URL, "ends in a number checker"). */
function endsInNumber(host: string): boolean {
  return /(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(host);
}

/** An IPv4 address in any of its forms with four decimal parts, an IPv6 address at its shortest; null where it is none. */
function canonicalAddress(host: string): string | null {
  const url = `http://${host}/`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}

function matched(expression: RegExp, text: string, at: number): string | null {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? null;
}
