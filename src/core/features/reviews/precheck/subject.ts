import type { BlobId, CalendarDay, ProductId } from '../../../contract/ids.ts';
import type { ExtractedDocument } from '../../documents/model.ts';
import type { Block, MaterialContent } from '../material/contract.ts';
import { type MaterialType, type ProductType, textOfBlock, textsOf } from '../material/model.ts';

// What is checked, gathered from a material or from a file, so that the checks know one shape.

export interface SubjectText {
  /** As in `ContentText.part`, and `attachments.<n>.text`. */
  readonly part: string;
  readonly text: string;
  /** Whether readers see it: then it counts where a disclosure has to stand. */
  readonly published: boolean;
}

/** What one channel shows: the master text, or a variant of it. A disclosure has to stand in each. */
export interface Rendering {
  /** Where what is missing from all of it is reported. */
  readonly place: string;
  readonly texts: readonly SubjectText[];
}

/** An address that is no part of a text: behind a link, in a field, in a code. */
export interface SubjectLink {
  readonly part: string;
  readonly start: number;
  readonly end: number;
  /** What stands at the place; the address itself where there is no place. */
  readonly text: string;
  readonly address: string;
  readonly origin: 'link' | 'code';
}

export interface UnreadAttachment {
  readonly part: string;
  readonly name: string;
  readonly reasons: readonly string[];
}

export interface SubjectProduct {
  readonly id: ProductId | null;
  readonly name: string;
  readonly type: ProductType | null;
}

export interface Subject {
  readonly renderings: readonly Rendering[];
  /** Stand beside every rendering: what is in attachments. */
  readonly attached: readonly SubjectText[];
  readonly links: readonly SubjectLink[];
  readonly product: SubjectProduct;
  readonly facts: readonly {
    readonly part: string;
    readonly fact: MaterialContent['fields']['facts'][number];
  }[];
  readonly unread: readonly UnreadAttachment[];
  /** Whether something in it can't be read and may show text: a picture, a file that is still being read. */
  readonly hasUnseen: boolean;
  /** Texts that were read only in part by whoever extracted them. */
  readonly cut: readonly { readonly part: string; readonly name: string }[];
  readonly branch: string | null;
  readonly channels: readonly ('single' | 'group')[];
  /** The material itself, for its fields; null: a file, which has none. */
  readonly content: MaterialContent | null;
  /** What a file is to become; null: nobody said. */
  readonly intended: MaterialType | null;
  readonly validFrom: CalendarDay | null;
  readonly validUntil: CalendarDay | null;
}

/** What was read of the attachments, by their blob; one that is missing is still to be read. */
export type Documents = ReadonlyMap<BlobId, ExtractedDocument>;

/** Gathers what is checked of a material. */
export function subjectOfMaterial(content: MaterialContent, documents: Documents): Subject {
  const { fields } = content;
  const texts = textsOf(content).map(({ part, text }) => ({
    part,
    text,
    published: part === 'title' || part === 'body' || /^variants\.\d+\.(?:title|body)$/.test(part),
  }));
  const attached = attachedTexts(content, documents);
  const ofVariant = (index: number) => texts.filter(({ part }) => part.startsWith(`variants.${index}.`));
  return {
    renderings: [
      { place: 'body', texts: [...texts.filter(({ part }) => !part.startsWith('variants.')), ...attached] },
      ...content.variants.map((_variant, index) => ({
        place: `variants.${index}.body`,
        texts: ofVariant(index),
      })),
    ],
    attached,
    links: linksOf(content, documents),
    product: { id: fields.productId, name: fields.productName.trim(), type: fields.productType },
    facts: fields.facts.map((fact, index) => ({ part: `facts.${index}`, fact })),
    ...unreadOf(content, documents),
    branch: fields.branch === '' ? null : fields.branch,
    channels: [
      ...(fields.channels.includes('single-chat') ? (['single'] as const) : []),
      ...(fields.channels.includes('group-chat') ? (['group'] as const) : []),
    ],
    content,
    intended: null,
    validFrom: fields.validFrom,
    validUntil: fields.validUntil,
  };
}

/** Gathers what is checked of a file by itself: its text, its links, its codes. */
export function subjectOfDocument(
  document: ExtractedDocument,
  about: {
    readonly file: string;
    readonly product: SubjectProduct;
    /** What it is to become; null: nobody said. */
    readonly intended: MaterialType | null;
  },
): Subject {
  const { file, product, intended } = about;
  const unread = document.problems.filter((problem) => !isCut(problem));
  const text = { part: 'body', text: document.text, published: true };
  const address = (origin: 'link' | 'code', addresses: readonly string[]): SubjectLink[] =>
    addresses.map((each) => ({
      part: `body.${origin}`,
      start: 0,
      end: 0,
      text: each,
      address: each,
      origin,
    }));
  return {
    renderings: [{ place: 'body', texts: [text] }],
    attached: [],
    links: [
      ...address('link', document.links),
      ...address(
        'code',
        document.codes.map((code) => code.text),
      ),
    ],
    product,
    facts: [],
    unread: unread.length === 0 ? [] : [{ part: 'body', name: file, reasons: unread }],
    hasUnseen: document.kind === 'image' || unread.length > 0,
    cut: document.problems.some(isCut) ? [{ part: 'body', name: file }] : [],
    branch: null,
    channels: [],
    content: null,
    intended,
    validFrom: null,
    validUntil: null,
  };
}

const isCut = (problem: string) => problem === 'text-cut' || problem === 'too-many-pages';

function attachedTexts(content: MaterialContent, documents: Documents): SubjectText[] {
  return content.attachments.flatMap(({ blobId }, index) => {
    const text = documents.get(blobId)?.text ?? '';
    return text === '' ? [] : [{ part: `attachments.${index}.text`, text, published: true }];
  });
}

function unreadOf(
  content: MaterialContent,
  documents: Documents,
): Pick<Subject, 'unread' | 'hasUnseen' | 'cut'> {
  const unread: UnreadAttachment[] = [];
  const cut: { part: string; name: string }[] = [];
  let hasUnseen = content.body.some((block) => block.kind === 'image');
  content.attachments.forEach(({ blobId, name }, index) => {
    const part = `attachments.${index}`;
    const document = documents.get(blobId);
    if (document === undefined) {
      hasUnseen = true;
      unread.push({ part, name, reasons: ['pending'] });
      return;
    }
    if (document.kind === 'image') hasUnseen = true;
    const reasons = document.problems.filter((problem) => !isCut(problem));
    if (document.problems.some(isCut)) cut.push({ part: `${part}.text`, name });
    if (reasons.length === 0) return;
    hasUnseen = true;
    unread.push({ part, name, reasons });
  });
  return { unread, hasUnseen, cut };
}

function linksOf(content: MaterialContent, documents: Documents): SubjectLink[] {
  const { fields } = content;
  const whole = (part: string, text: string): SubjectLink[] =>
    text.trim() === ''
      ? []
      : [{ part, start: 0, end: text.length, text, address: text.trim(), origin: 'link' }];
  return [
    ...bodyLinks('body', content.body),
    ...whole('fields.landingUrl', fields.landingUrl),
    ...fields.sources.flatMap(({ url }, index) => whole(`sources.${index}.url`, url)),
    ...content.variants.flatMap(({ body }, index) => bodyLinks(`variants.${index}.body`, body)),
    ...content.attachments.flatMap(({ blobId }, index) => {
      const document = documents.get(blobId);
      if (document === undefined) return [];
      const found = (origin: 'link' | 'code', address: string): SubjectLink => ({
        part: `attachments.${index}.${origin}`,
        start: 0,
        end: 0,
        text: address,
        address,
        origin,
      });
      return [
        ...document.links.map((address) => found('link', address)),
        ...document.codes.map(({ text }) => found('code', text)),
      ];
    }),
  ];
}

/** The addresses behind a body's links, each at the words that carry it. */
function bodyLinks(part: string, body: readonly Block[]): SubjectLink[] {
  const links: SubjectLink[] = [];
  let at = 0;
  for (const block of body) {
    if (block.kind !== 'image') {
      let start = at;
      for (const { text, href } of block.runs) {
        if (href !== '')
          links.push({ part, start, end: start + text.length, text, address: href, origin: 'link' });
        start += text.length;
      }
    }
    at += textOfBlock(block).length + 1;
  }
  return links;
}
