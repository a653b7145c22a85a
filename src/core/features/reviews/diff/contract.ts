import { z } from 'zod';

import { BlobId } from '../../../contract/ids.ts';
import { Attachment, Fact, Source } from '../material/contract.ts';
import { blockKinds, channels, marks } from '../material/model.ts';
import { attachmentChanges, changeKinds, comparedFields, itemChanges, rowKinds, spanKinds } from './model.ts';

// A diff as it crosses to a screen. It holds places, not text: whoever shows it has both contents. All offsets are UTF-16, in
// the plain text of the compared part (`textOfBody` for a body), ends exclusive.

const offset = z.number().int().min(0);

/** One stretch of a pair of paragraphs. What was added has an empty old range, what was removed an empty new one. */
export const Span = z.strictObject({
  kind: z.enum(spanKinds),
  oldStart: offset,
  oldEnd: offset,
  newStart: offset,
  newEnd: offset,
});
export type Span = z.output<typeof Span>;

/** Where a paragraph stands: its number from 0 (of a body: the block's) and its range without the line break after it. */
export const Place = z.strictObject({ index: offset, start: offset, end: offset });
export type Place = z.output<typeof Place>;

const BlockForm = z.strictObject({ kind: z.enum(blockKinds), level: z.number().int() });

/** A change of looks, or of what stands behind the text. Ranges are in the new text. */
export const FormatChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('block'), from: BlockForm, to: BlockForm }),
  z.strictObject({
    kind: z.literal('marks'),
    start: offset,
    end: offset,
    added: z.array(z.enum(marks)),
    removed: z.array(z.enum(marks)),
  }),
  z.strictObject({ kind: z.literal('link'), start: offset, end: offset, from: z.string(), to: z.string() }),
  z.strictObject({ kind: z.literal('image'), from: BlobId, to: BlobId }),
]);
export type FormatChange = z.output<typeof FormatChange>;

export const DiffRow = z.strictObject({
  kind: z.enum(rowKinds),
  /** How much changed inside; of `added` and `removed` always `text`. */
  change: z.enum(changeKinds),
  /** Of both rows of a paragraph that moved: its number. */
  move: z.number().int().nullable(),
  old: Place.nullable(),
  new: Place.nullable(),
  /** From the beginning to the end of the paragraph, or of both; empty for an empty one. */
  spans: z.array(Span),
  formatting: z.array(FormatChange),
});
export type DiffRow = z.output<typeof DiffRow>;

export const TextDiff = z.strictObject({
  rows: z.array(DiffRow),
  change: z.enum(changeKinds),
  /** Characters (UTF-16 units) that were removed and added, what moved left out. */
  removed: z.number().int(),
  added: z.number().int(),
  /** The texts differ so much that somewhere a stretch is shown as replaced that could have been compared more finely. */
  coarse: z.boolean(),
});
export type TextDiff = z.output<typeof TextDiff>;

/** A field whose value changed: the values as they are stored (dates, codes, addresses), none for an empty one. */
export const FieldChange = z.strictObject({
  field: z.enum(comparedFields),
  old: z.array(z.string()),
  new: z.array(z.string()),
  /** Of a field with words in it. */
  diff: TextDiff.nullable(),
});
export type FieldChange = z.output<typeof FieldChange>;

const indices = { oldIndex: offset.nullable(), newIndex: offset.nullable() };

export const FactChange = z.strictObject({
  kind: z.enum(itemChanges),
  ...indices,
  old: Fact.nullable(),
  new: Fact.nullable(),
});
export type FactChange = z.output<typeof FactChange>;

export const SourceChange = z.strictObject({
  kind: z.enum(itemChanges),
  ...indices,
  old: Source.nullable(),
  new: Source.nullable(),
});
export type SourceChange = z.output<typeof SourceChange>;

/** An attachment is known by its bytes: others under the same name are a replacement, the same under another name a renaming. */
export const AttachmentChange = z.strictObject({
  kind: z.enum(attachmentChanges),
  ...indices,
  old: Attachment.nullable(),
  new: Attachment.nullable(),
});
export type AttachmentChange = z.output<typeof AttachmentChange>;

export const VariantChange = z.strictObject({
  kind: z.enum(['added', 'removed', 'changed']),
  channel: z.enum(channels),
  ...indices,
  title: TextDiff,
  body: TextDiff,
});
export type VariantChange = z.output<typeof VariantChange>;

/** Everything in which two contents differ. */
export const ContentDiff = z.strictObject({
  change: z.enum(changeKinds),
  title: TextDiff,
  body: TextDiff,
  fields: z.array(FieldChange),
  facts: z.array(FactChange),
  sources: z.array(SourceChange),
  attachments: z.array(AttachmentChange),
  variants: z.array(VariantChange),
  coarse: z.boolean(),
});
export type ContentDiff = z.output<typeof ContentDiff>;

const TextRange = z.strictObject({ start: offset, end: offset });

/** How far a channel's variant has gone from the master text. */
export const VariantDrift = z.strictObject({
  channel: z.enum(channels),
  index: offset,
  /** The share of the master's characters (white space and width left out) that the variant has too, in any order: 0 to 1. */
  kept: z.number().min(0).max(1),
  change: z.enum(changeKinds),
  titleChanged: z.boolean(),
  /** What the master's body says and the variant's doesn't, in the master's text. */
  missing: z.array(TextRange),
  /** What only the variant's body says, in its own text. */
  added: z.array(TextRange),
  coarse: z.boolean(),
});
export type VariantDrift = z.output<typeof VariantDrift>;
