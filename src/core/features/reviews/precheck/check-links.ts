import { compileScreener, createHostJudge, foldNamesOf, hasPublicSuffix } from '../../screening/index.ts';
import { type Circumstances, EntryOptions, LexiconSettings } from '../../screening/rules/model.ts';
import type { Draft } from './findings.ts';
import type { FindingLevel, FindingRule } from './model.ts';
import type { SubjectLink, SubjectText } from './subject.ts';

const basis = '本行链接白名单；银发〔2019〕316号第六条';

export interface LinkChecker {
  /** Addresses that a text spells out. */
  inText(text: SubjectText): Draft[];
  /** An address behind a link, in a field, or in a code; null: nothing is wrong with it. */
  address(link: SubjectLink): Draft | null;
}

const nothingKnown: Circumstances = {
  speaker: null,
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

/** `domains`: what may be linked to, each with all below it; empty: there is no list yet, so nothing can be judged. */
export function createLinkChecker(domains: readonly string[]): LinkChecker {
  const judge = createHostJudge({ allow: domains, deny: [] });
  // The engine's own detector of addresses, with all that it reads through: hidden dots, hanzi hosts, other scripts.
  const finder = compileScreener(
    [
      {
        text: 'link',
        options: EntryOptions.parse({
          rule: { kind: 'detector', detector: 'url', allow: [...domains] },
        }),
        settings: LexiconSettings.parse({}),
      },
    ],
    [],
  );
  const unlisted = (origin: SubjectLink['origin']): readonly [FindingLevel, FindingRule] => {
    if (domains.length === 0) return ['note', 'link-unchecked'];
    return ['block', origin === 'code' ? 'qr-link-not-allowed' : 'link-not-allowed'];
  };

  return {
    inText({ part, text }) {
      return finder.screen(text, nothingKnown).map(({ start, end, folds }) => {
        const written = text.slice(start, end);
        const [level, rule] = foldNamesOf(folds).includes('look-alikes')
          ? (['block', 'link-look-alike'] as const)
          : unlisted('link');
        return linkDraft(level, rule, { part, start, end, text: written }, written);
      });
    },
    address({ part, start, end, text, address, origin }) {
      const place = { part, start, end, text };
      const read = readAddress(address, origin);
      switch (read.kind) {
        case 'harmless':
          return null;
        case 'refused':
          return linkDraft('block', 'link-refused', place, address);
        case 'unreadable':
          return linkDraft('warn', 'link-unreadable', place, address);
        case 'web': {
          const judged = judge(read.host);
          if (judged === null) return null;
          if (foldNamesOf(judged).includes('look-alikes'))
            return linkDraft('block', 'link-look-alike', place, address);
          return linkDraft(...unlisted(origin), place, address);
        }
      }
    },
  };
}

type Read =
  | { readonly kind: 'web'; readonly host: string }
  | { readonly kind: 'harmless' | 'refused' | 'unreadable' };

/** A page of a mini program is a path, or a short link of its own. */
const miniProgramPath = /^(?:\/?[\w-]+(?:\/[\w-]+)+(?:\?\S*)?|#小程序:\/\/\S+)$/u;
/** Stays on the page or the site that it stands on. */
const relative = /^(?:[#?]|\.{0,2}\/(?!\/)|[\w-]+\.html?(?:[?#]|$))/u;
const scheme = /^([a-z][a-z0-9+.-]*):/i;

function readAddress(written: string, origin: SubjectLink['origin']): Read {
  // Browsers drop tabs and line breaks inside an address: java\nscript: is one of those to be refused.
  const address = Array.from(written.trim())
    .filter((character) => character > ' ' && character !== '\u007f')
    .join('');
  const named = scheme.exec(address)?.[1]?.toLowerCase();
  // host:port/path has no scheme.
  const isHost = named !== undefined && named.includes('.') && /^[^:]+:\d/.test(address);
  if (named === 'http' || named === 'https') return readWeb(address);
  if (named !== undefined && !isHost)
    return { kind: named === 'mailto' || named === 'tel' ? 'harmless' : 'refused' };
  const [, host = ''] = /^(?:\/\/)?([^/?#:]+)/.exec(address) ?? [];
  if (hasPublicSuffix(host)) return readWeb(`https://${address.replace(/^\/\//, '')}`);
  if (origin === 'link' && (miniProgramPath.test(address) || relative.test(address)))
    return { kind: 'harmless' };
  return { kind: 'unreadable' };
}

function readWeb(address: string): Read {
  if (!URL.canParse(address)) return { kind: 'unreadable' };
  const { hostname } = new URL(address);
  return hostname === '' ? { kind: 'unreadable' } : { kind: 'web', host: hostname };
}

function linkDraft(
  level: FindingLevel,
  rule: FindingRule,
  place: Pick<Draft, 'part' | 'start' | 'end' | 'text'>,
  address: string,
): Draft {
  return {
    level,
    rule,
    subject: address.slice(0, 500),
    basis,
    ...place,
    params: { address: address.slice(0, 500) },
  };
}
