import type { CalendarDay } from '../../../contract/ids.ts';
import { type RegisteredProduct, compileMentions } from '../../products/index.ts';
import type { Circumstances, Suppression } from '../../screening/rules/model.ts';
import type { ProductType } from '../material/model.ts';
import { createFactChecker } from './check-facts.ts';
import { checkForm } from './check-form.ts';
import { checkLexicons } from './check-lexicons.ts';
import { type LinkChecker, createLinkChecker } from './check-links.ts';
import { checkMentions, checkOwnProduct, ownProduct } from './check-products.ts';
import { type Draft, arrange } from './findings.ts';
import { type LexiconScreens, type ScreenedLexicon, compileLexicons } from './lexicon-screens.ts';
import type { PrecheckFinding } from './model.ts';
import type { Subject, SubjectText } from './subject.ts';

/** Most UTF-16 units of one text that are looked at; beyond, a finding says so. */
export const longestText = 2_000_000;

export interface EngineParts {
  readonly screens: LexiconScreens;
  readonly products: readonly RegisteredProduct[];
  /** Domains that may be linked to, each with all below it. */
  readonly domains: readonly string[];
}

export interface PrecheckEngine {
  /** All findings by place. The same for the same input; never throws, whatever the texts say. */
  check(subject: Subject, today: CalendarDay): PrecheckFinding[];
}

/** Compiles lexicons for `createEngine`; the large part, so that it is kept while products and links change. */
export function compileScreens(
  lexicons: readonly ScreenedLexicon[],
  suppressions: readonly Suppression[],
): LexiconScreens {
  return compileLexicons(lexicons, suppressions);
}

export function createEngine({ screens, products, domains }: EngineParts): PrecheckEngine {
  const mentions = compileMentions(products);
  const byId = new Map<string, RegisteredProduct>(products.map((product) => [product.id, product]));
  const facts = createFactChecker(products);
  const links = createLinkChecker(domains);

  return {
    check(given, today) {
      const { subject, drafts } = cutLong(given);
      const own = ownProduct(subject, products, mentions);
      const types = new Set<ProductType>();
      // Both, where they differ: choosing another type than the register's spares no disclosure.
      for (const each of [subject.product.type, own?.type ?? null]) if (each !== null) types.add(each);
      for (const text of textsOfSubject(subject)) {
        const found = products.length === 0 ? [] : mentions.findMentioned(text.text);
        // Fields that are a name or a fact are compared as such below.
        if (text.part !== 'fields.productName' && !/^facts\.\d+$/.test(text.part))
          drafts.push(...checkMentions(text, found, own, byId, today), ...facts.inText(text, own, found));
        // What the material advertises without saying so in its fields needs that product's disclosures too.
        if (text.published)
          for (const { id, exact } of found) {
            const type = exact ? byId.get(id)?.type : undefined;
            if (type !== undefined) types.add(type);
          }
        // A file's name has a dot in it, and its ending may be a domain's too (.ai, .cc).
        if (!/^attachments\.\d+$/.test(text.part)) drafts.push(...links.inText(text));
      }
      drafts.push(
        ...checkLexicons(subject, screens, circumstancesOf(subject, types)),
        ...checkOwnProduct(subject, own, mentions, today),
        ...facts.inFields(subject, own, mentions),
        ...checkForm(subject, today),
      );
      return arrange(withLinks(drafts, subject, links), partsOf(subject));
    },
  };
}

/** An address that stands behind itself, or in the text of the file whose link it is, is said once, where it stands. */
function withLinks(drafts: Draft[], subject: Subject, links: LinkChecker): Draft[] {
  const spelled = drafts.filter(({ rule }) => rule.startsWith('link-'));
  const atPlace = new Set(spelled.map(placeKey));
  const inFile = new Set(spelled.map(({ rule, part, text }) => `${rule} ${fileOf(part)} ${text}`));
  for (const link of subject.links) {
    const draft = links.address(link);
    if (draft === null) continue;
    const isSpelled =
      link.end > 0
        ? link.text === link.address && atPlace.has(placeKey(draft))
        : inFile.has(`${draft.rule} ${fileOf(link.part)} ${link.address}`);
    if (!isSpelled) drafts.push(draft);
  }
  return drafts;
}

const placeKey = ({ part, start, end, rule }: Draft) => `${part} ${start} ${end} ${rule}`;

/** The attachment that a part is of; a file checked by itself is the body. */
function fileOf(part: string): string {
  return /^attachments\.\d+/.exec(part)?.[0] ?? part.replace(/\.(?:link|code)$/, '');
}

function textsOfSubject(subject: Subject): readonly SubjectText[] {
  return subject.renderings.flatMap(({ texts }) => texts);
}

/** Where findings stand one behind the other: the parts in reading order. */
function partsOf(subject: Subject): string[] {
  return [
    ...new Set([
      'title',
      'body',
      ...textsOfSubject(subject).map(({ part }) => part),
      ...subject.links.map(({ part }) => part),
    ]),
  ];
}

/** What the bank's own material is said by and where: an employee, in the chats that it is meant for. */
function circumstancesOf(subject: Subject, types: ReadonlySet<ProductType>): readonly Circumstances[] {
  const channels = subject.channels.length === 0 ? [null] : subject.channels;
  const productTypes = types.size === 0 ? [null] : [...types].toSorted();
  // All of them, 16 at most: a disclosure is missing or not by its product, however many others are named.
  return productTypes.flatMap((productType) =>
    channels.map((channel): Circumstances => ({
      speaker: 'employee',
      channel,
      kind: null,
      minuteOfDay: null,
      branch: subject.branch,
      productType,
    })),
  );
}

function cutLong(subject: Subject): { readonly subject: Subject; readonly drafts: Draft[] } {
  const drafts: Draft[] = [];
  const short = (text: SubjectText): SubjectText => {
    if (text.text.length <= longestText) return text;
    drafts.push({
      level: 'warn',
      rule: 'text-cut',
      subject: text.part,
      basis: '',
      part: text.part,
      start: 0,
      end: 0,
      text: '',
      params: { name: '' },
    });
    return { ...text, text: text.text.slice(0, longestText) };
  };
  if (textsOfSubject(subject).every(({ text }) => text.length <= longestText)) return { subject, drafts };
  return {
    subject: {
      ...subject,
      renderings: subject.renderings.map(({ place, texts }) => ({ place, texts: texts.map(short) })),
      attached: subject.attached.map(({ text, ...rest }) => ({ ...rest, text: text.slice(0, longestText) })),
    },
    drafts,
  };
}
