import { z } from 'zod';

import { BlobId, CalendarDay, ProductId } from '../../../contract/ids.ts';
import { refuse } from '../../../contract/refusal.ts';
import {
  blockKinds,
  channels,
  factKinds,
  lengthOfBody,
  marks,
  materialTypes,
  maxAttachmentBytes,
  maxAttachments,
  maxBlocks,
  maxBodyLength,
  maxContentLength,
  maxVariants,
  productTypes,
} from './model.ts';

// What a material says, as it is stored, hashed, compared and shown. Every key is always there, so that one content has one
// canonical JSON and so one hash (`canonicalContent`, then `contentHash` of the audit feature).

const Line = z.string().max(1_000);

export const Run = z.strictObject({
  /** Its length counts in the body's. */
  text: z.string(),
  marks: z.array(z.enum(marks)).max(marks.length).default([]),
  /** An http(s), mailto or tel address, or empty. The editor's sanitiser lets nothing else through, the pre-check names it. */
  href: z.string().max(2_000).default(''),
});
export type Run = z.output<typeof Run>;

export const Block = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(blockKinds),
    /** Of a heading 1 to 3, of a list's entry its depth from 0; else 0. */
    level: z.number().int().min(0).max(5).default(0),
    runs: z.array(Run).max(5_000),
  }),
  /** A picture in the body: its bytes are an attachment as well. */
  z.strictObject({ kind: z.literal('image'), blobId: BlobId, alt: Line.default('') }),
]);
export type Block = z.output<typeof Block>;

/** Too much text is refused as `text-too-long`, which says how much there is and how much there may be. */
export const Body = z.array(Block).superRefine((body, context) => {
  const length = lengthOfBody(body);
  if (length > maxBodyLength)
    refuse(context, 'text-too-long', `The text has ${length} characters; ${maxBodyLength} is the most.`, {
      length,
      limit: maxBodyLength,
    });
  if (body.length > maxBlocks)
    refuse(
      context,
      'too-many-paragraphs',
      `The text has ${body.length} paragraphs; ${maxBlocks} is the most.`,
      { length: body.length, limit: maxBlocks },
    );
});

export const Attachment = z.strictObject({
  blobId: BlobId,
  /** As the file was called; no folder. */
  name: z.string().min(1).max(255),
  mediaType: z.string().max(200),
  size: z.number().int().min(0).max(maxAttachmentBytes),
});
export type Attachment = z.output<typeof Attachment>;

/** A rate, fee, date… that the text claims, as a fact of its own to be compared with the product's sheet. */
export const Fact = z.strictObject({
  kind: z.enum(factKinds),
  label: z.string().max(100),
  value: z.string().max(200),
});
export type Fact = z.output<typeof Fact>;

export const Source = z.strictObject({
  name: z.string().max(300),
  url: z.string().max(2_000).default(''),
  day: CalendarDay.nullable().default(null),
});
export type Source = z.output<typeof Source>;

export const MaterialFields = z.strictObject({
  channels: z.array(z.enum(channels)).max(channels.length).default([]),
  audience: Line.default(''),
  /** An entry of the product register, or null: then name and type say what is advertised. */
  productId: ProductId.nullable().default(null),
  productName: z.string().max(200).default(''),
  productType: z.enum(productTypes).nullable().default(null),
  facts: z.array(Fact).max(100).default([]),
  validFrom: CalendarDay.nullable().default(null),
  validUntil: CalendarDay.nullable().default(null),
  landingUrl: z.string().max(2_000).default(''),
  sources: z.array(Source).max(100).default([]),
  /** Where the charts and figures come from: FINRA 2210(b)(4)(A)(v). */
  chartSource: Line.default(''),
  branch: z.string().max(200).default(''),
  campaign: z.string().max(200).default(''),
});
export type MaterialFields = z.output<typeof MaterialFields>;

/** The master text as one channel shows it. */
export const Variant = z.strictObject({
  channel: z.enum(channels),
  title: z.string().max(500).default(''),
  body: Body,
});
export type Variant = z.output<typeof Variant>;

export const MaterialContent = z
  .strictObject({
    type: z.enum(materialTypes),
    title: z.string().max(500).default(''),
    body: Body.default([]),
    fields: MaterialFields.prefault({}),
    attachments: z.array(Attachment).max(maxAttachments).default([]),
    variants: z.array(Variant).max(maxVariants).default([]),
  })
  .superRefine((content, context) => {
    const { length } = JSON.stringify(content);
    if (length > maxContentLength)
      refuse(
        context,
        'content-too-large',
        `With its formatting and variants the content is ${length} characters long; ${maxContentLength} is the most.`,
        { length, limit: maxContentLength },
      );
  });
export type MaterialContent = z.output<typeof MaterialContent>;
