import type { DiffRow, TextDiff } from './contract.ts';

/**
 * How two contents differ, from least to most; each kind also covers those before it:
 * - `identical`: one canonical form, so one hash.
 * - `whitespace-only`: spaces, line and paragraph breaks, characters without width.
 * - `punctuation-width`: also full and half width forms, and quotation marks of another shape.
 * - `formatting-only`: also bold, italic, underline, headings, lists and quotes.
 * - `text`: anything else: words, links' targets, what is struck through, pictures, fields, attachments.
 */
export const changeKinds = [
  'identical',
  'whitespace-only',
  'punctuation-width',
  'formatting-only',
  'text',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** The greater of two kinds of change. */
export function greaterChange(left: ChangeKind, right: ChangeKind): ChangeKind {
  return changeKinds.indexOf(left) >= changeKinds.indexOf(right) ? left : right;
}

/** What one stretch inside a pair of paragraphs is. */
export const spanKinds = ['same', 'removed', 'added'] as const;
export type SpanKind = (typeof spanKinds)[number];

/**
 * What became of a paragraph. Read in order, rows that have an old place give the old text, rows that have a new place the new
 * one. A paragraph that moved has two rows with one number: `moved-from` where it stood, `moved-to` where it stands.
 */
export const rowKinds = ['same', 'changed', 'removed', 'added', 'moved-from', 'moved-to'] as const;
export type RowKind = (typeof rowKinds)[number];

export const itemChanges = ['added', 'removed', 'changed', 'reordered'] as const;
export type ItemChange = (typeof itemChanges)[number];

export const attachmentChanges = ['added', 'removed', 'replaced', 'renamed'] as const;
export type AttachmentChangeKind = (typeof attachmentChanges)[number];

/** Fields that are compared as they stand, and those whose text is compared by words. */
export const comparedFields = [
  'type',
  'channels',
  'audience',
  'productId',
  'productName',
  'productType',
  'validFrom',
  'validUntil',
  'landingUrl',
  'chartSource',
  'branch',
  'campaign',
] as const;
export type ComparedField = (typeof comparedFields)[number];

/** Whether two texts are the same, going by their diff. */
export function isUnchanged(diff: TextDiff): boolean {
  return diff.rows.every((row) => row.kind === 'same');
}

/** How many rows of a diff a reader has to look at; a moved paragraph counts once. */
export function countChanges(diff: TextDiff): number {
  return diff.rows.filter((row: DiffRow) => row.kind !== 'same' && row.kind !== 'moved-from').length;
}
