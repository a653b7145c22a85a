import type { Block, MaterialContent, Run } from './contract.ts';

/** What a material is; which fields it has follows from it (`fieldsOf`). */
export const materialTypes = [
  'article',
  'poster',
  'product-page',
  'activity-page',
  'script',
  'moments-post',
  'short-video',
  'link-card',
  'mini-program-card',
  'profile',
  'sop-template',
] as const;
export type MaterialType = (typeof materialTypes)[number];

/**
 * Where a material stands. The draft goes on changing whatever it is: `approved` is about the version that was approved.
 * `draft`: no version is under review or was decided on; `expired`: its approval has run out; `retired`: it is used no more,
 * and nothing of it can be changed.
 */
export const materialStates = [
  'draft',
  'in-review',
  'returned',
  'rejected',
  'approved',
  'expired',
  'withdrawn',
  'retired',
] as const;
export type MaterialState = (typeof materialStates)[number];

/** What a list of materials can be sorted by. */
export const materialSorts = ['updatedAt', 'createdAt', 'title'] as const;

/** Where a material is published, or a variant of it. */
export const channels = [
  'single-chat',
  'group-chat',
  'moments',
  'official-account',
  'mini-program',
  'branch-screen',
  'sms',
  'web',
] as const;
export type Channel = (typeof channels)[number];

export const productTypes = [
  'wealth-management',
  'fund',
  'deposit',
  'insurance',
  'precious-metal',
  'loan',
  'credit-card',
  'other',
] as const;
export type ProductType = (typeof productTypes)[number];

/** How much harm a wrong word in it can do; chosen on submitting, and what workflow templates go by. */
export const risks = ['low', 'medium', 'high'] as const;
export type Risk = (typeof risks)[number];

/** What a fact says of the product; compared with the product's sheet. */
export const factKinds = ['rate', 'fee', 'date', 'term', 'name', 'amount'] as const;
export type FactKind = (typeof factKinds)[number];

export const marks = ['bold', 'italic', 'underline', 'strike'] as const;
export type Mark = (typeof marks)[number];

export const blockKinds = ['paragraph', 'heading', 'bullet', 'numbered', 'quote'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** Most UTF-16 units of one body or of one variant's body: some forty printed pages. */
export const maxBodyLength = 200_000;
export const maxBlocks = 10_000;
/** Most UTF-16 units of a whole content as JSON: its texts, fields and formatting. A host takes 4 MiB, and a unit may be 3 bytes. */
export const maxContentLength = 1_000_000;
export const maxAttachments = 50;
/** Bytes of one attachment. */
export const maxAttachmentBytes = 200_000_000;
export const maxVariants = 20;

/** A block's text without its marks; a hard line break is a newline in it. */
export function textOfBlock(block: Block): string {
  return block.kind === 'image' ? block.alt : block.runs.map((run) => run.text).join('');
}

/** A body as plain text: what is screened, compared and pointed into. Offsets in it are UTF-16; blocks are joined by `\n`. */
export function textOfBody(body: readonly Block[]): string {
  return body.map(textOfBlock).join('\n');
}

/** The length of `textOfBody`, UTF-16 units. */
export function lengthOfBody(body: readonly Block[]): number {
  return body.reduce(
    (sum, block) =>
      sum +
      (block.kind === 'image'
        ? block.alt.length
        : block.runs.reduce((length, run) => length + run.text.length, 0)),
    Math.max(0, body.length - 1),
  );
}

/** A text in the form in which it is searched and sorted: full-width and half-width, upper and lower case are alike. */
export function searchKey(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

/**
 * The same content in the one way it is written: runs that look alike joined, empty ones dropped, marks and channels in the
 * order of their lists, line ends as `\n`. Two contents that are the same to a reader have one form, and so one hash.
 */
export function canonicalContent(content: MaterialContent): MaterialContent {
  return {
    ...content,
    title: lineEnds(content.title),
    body: content.body.map(canonicalBlock),
    fields: {
      ...content.fields,
      channels: channels.filter((channel) => content.fields.channels.includes(channel)),
    },
    variants: content.variants.map((variant) => ({
      ...variant,
      title: lineEnds(variant.title),
      body: variant.body.map(canonicalBlock),
    })),
  };
}

function canonicalBlock(block: Block): Block {
  if (block.kind === 'image') return block;
  const runs: Run[] = [];
  for (const run of block.runs) {
    const text = lineEnds(run.text);
    if (text === '') continue;
    const own = { text, marks: marks.filter((mark) => run.marks.includes(mark)), href: run.href };
    const last = runs.at(-1);
    if (last !== undefined && last.href === own.href && last.marks.join() === own.marks.join())
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push(own);
  }
  return { ...block, runs };
}

function lineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

/** One piece of a content's text that is screened, compared or commented on by itself. */
export interface ContentText {
  /** `title`, `body`, `fields.<name>`, `facts.<n>`, `sources.<n>`, `variants.<n>.title`, `variants.<n>.body`, `attachments.<n>` (its name). */
  readonly part: string;
  readonly text: string;
}

/** Every text that a person wrote into the content, in reading order. What stands inside attachments comes from `documents`. */
export function textsOf(content: MaterialContent): readonly ContentText[] {
  const { fields } = content;
  const texts: ContentText[] = [
    { part: 'title', text: content.title },
    { part: 'body', text: textOfBody(content.body) },
    { part: 'fields.audience', text: fields.audience },
    { part: 'fields.productName', text: fields.productName },
    { part: 'fields.campaign', text: fields.campaign },
    { part: 'fields.chartSource', text: fields.chartSource },
    ...fields.facts.map((fact, index) => ({
      part: `facts.${index}`,
      text: `${fact.label} ${fact.value}`.trim(),
    })),
    ...fields.sources.map((source, index) => ({ part: `sources.${index}`, text: source.name })),
    ...content.variants.flatMap((variant, index) => [
      { part: `variants.${index}.title`, text: variant.title },
      { part: `variants.${index}.body`, text: textOfBody(variant.body) },
    ]),
    ...content.attachments.map((attachment, index) => ({
      part: `attachments.${index}`,
      text: attachment.name,
    })),
  ];
  return texts.filter(({ text }) => text !== '');
}

/** The fields that a type has beyond title, body and attachments, and those it can't be submitted without. */
export const fieldsByType = {
  article: {
    shown: ['channels', 'audience', 'sources', 'branch', 'campaign', 'validity'],
    required: ['channels', 'sources'],
  },
  poster: {
    shown: ['channels', 'audience', 'product', 'facts', 'validity', 'landingUrl', 'branch', 'campaign'],
    required: ['channels'],
  },
  'product-page': {
    shown: [
      'channels',
      'audience',
      'product',
      'facts',
      'validity',
      'landingUrl',
      'sources',
      'branch',
      'campaign',
    ],
    required: ['channels', 'product', 'validity'],
  },
  'activity-page': {
    shown: ['channels', 'audience', 'product', 'facts', 'validity', 'landingUrl', 'branch', 'campaign'],
    required: ['channels', 'validity'],
  },
  script: {
    shown: ['channels', 'audience', 'product', 'facts', 'validity', 'branch', 'campaign'],
    required: ['channels'],
  },
  'moments-post': {
    shown: ['channels', 'audience', 'product', 'facts', 'validity', 'landingUrl', 'branch', 'campaign'],
    required: [],
  },
  'short-video': {
    shown: [
      'channels',
      'audience',
      'product',
      'facts',
      'validity',
      'landingUrl',
      'sources',
      'branch',
      'campaign',
    ],
    required: ['channels'],
  },
  'link-card': {
    shown: ['channels', 'audience', 'product', 'validity', 'landingUrl', 'branch', 'campaign'],
    required: ['landingUrl'],
  },
  'mini-program-card': {
    shown: ['channels', 'audience', 'product', 'validity', 'landingUrl', 'branch', 'campaign'],
    required: ['landingUrl'],
  },
  profile: { shown: ['channels', 'branch', 'validity'], required: ['validity'] },
  'sop-template': {
    shown: ['channels', 'audience', 'product', 'validity', 'branch', 'campaign'],
    required: [],
  },
} as const satisfies Record<
  MaterialType,
  { readonly shown: readonly FieldGroup[]; readonly required: readonly FieldGroup[] }
>;

/** Groups of fields as the editor shows them. `product` is register entry, name and type; `validity` both dates. */
export const fieldGroups = [
  'channels',
  'audience',
  'product',
  'facts',
  'validity',
  'landingUrl',
  'sources',
  'branch',
  'campaign',
] as const;
export type FieldGroup = (typeof fieldGroups)[number];
