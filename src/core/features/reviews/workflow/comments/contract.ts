import { z } from 'zod';

import { Note, Person } from '../../../../contract/common.ts';
import { CommentId, MaterialVersionId, Milliseconds, ReviewId, ThreadId } from '../../../../contract/ids.ts';
import { procedure } from '../../../../contract/procedure.ts';

/** W3C Web Annotation selectors: a quote with its surroundings and its position, or a region of a picture. */
export const TextAnchor = z.object({
  kind: z.literal('text'),
  /** As in `ContentText.part`. */
  part: z.string().max(100),
  quote: z.object({
    exact: z.string().max(5_000),
    prefix: z.string().max(64),
    suffix: z.string().max(64),
  }),
  /** UTF-16 offsets in that part's text. */
  position: z.object({ start: z.number().int().min(0), end: z.number().int().min(0) }),
});
export type TextAnchor = z.output<typeof TextAnchor>;

const Percent = z.number().min(0).max(100);
export const RegionAnchor = z.object({
  kind: z.literal('region'),
  /** `attachments.<n>`, or `body.<n>` for the picture that is the body's block n. */
  part: z.string().max(100),
  blobId: z.string().max(64),
  /** The page of a document, from 1; 1 of a picture. */
  page: z.number().int().min(1).default(1),
  /** `xywh=percent:` of the Media Fragments: of the picture's width and height. */
  region: z.object({ x: Percent, y: Percent, width: Percent, height: Percent }),
});
export type RegionAnchor = z.output<typeof RegionAnchor>;

/** `whole`: about the version as a whole. */
export const Anchor = z.discriminatedUnion('kind', [
  TextAnchor,
  RegionAnchor,
  z.object({ kind: z.literal('whole') }),
]);
export type Anchor = z.output<typeof Anchor>;

/** Where an anchor is in a version: its place there, and how it was found again; `orphaned`: nowhere. */
export const Place = z.object({
  found: z.enum(['exact', 'quote', 'fuzzy', 'orphaned']),
  part: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});
export type Place = z.output<typeof Place>;

export const CommentView = z.object({
  id: CommentId,
  by: Person,
  text: z.string(),
  at: Milliseconds,
});

export const ThreadView = z.object({
  id: ThreadId,
  versionId: MaterialVersionId,
  anchor: Anchor,
  /** In the version that was asked for. Of a region and of `whole`: `exact` where its picture is still there. */
  place: Place,
  mustFix: z.boolean(),
  /** What to write in place of the quote; null: only a comment. */
  suggestion: z.string().nullable(),
  suggestionAccepted: z.object({ by: Person, at: Milliseconds }).nullable(),
  resolved: z.object({ by: Person, at: Milliseconds }).nullable(),
  by: Person,
  at: Milliseconds,
  comments: z.array(CommentView),
  may: z.object({ resolve: z.boolean(), acceptSuggestion: z.boolean() }),
});
export type ThreadView = z.output<typeof ThreadView>;

const Text = Note.min(1);

export const commentsContract = {
  /** A review's threads, with their places in that version. */
  'reviews.threads': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ reviewId: ReviewId, versionId: MaterialVersionId }),
    output: z.array(ThreadView),
  }),
  /** Begins a thread on the version under review. */
  'reviews.comment': procedure({
    kind: 'mutation',
    permission: 'reviews:comment',
    input: z.object({
      reviewId: ReviewId,
      versionId: MaterialVersionId,
      anchor: Anchor,
      text: Text,
      mustFix: z.boolean().default(false),
      suggestion: z.string().max(5_000).nullable().default(null),
    }),
    output: ThreadView,
  }),
  /** Whoever may read the material may answer: its editors, reviewers and approvers. */
  'reviews.reply': procedure({
    kind: 'mutation',
    permission: 'reviews:comment',
    input: z.object({ threadId: ThreadId, text: Text }),
    output: ThreadView,
  }),
  /** Resolves or reopens. What must be fixed is resolved by a reviewer who had no hand in the version. */
  'reviews.resolveThread': procedure({
    kind: 'mutation',
    permission: 'reviews:comment',
    input: z.object({ threadId: ThreadId, resolved: z.boolean() }),
    output: ThreadView,
  }),
  'reviews.setMustFix': procedure({
    kind: 'mutation',
    permission: 'reviews:decide',
    input: z.object({ threadId: ThreadId, mustFix: z.boolean() }),
    output: ThreadView,
  }),
  /** Writes the suggestion into the draft, where its quote stands there exactly once or at its place; refused with `suggestion-lost` otherwise. */
  'reviews.acceptSuggestion': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({ threadId: ThreadId, baseRevision: z.number().int() }),
    output: z.object({ thread: ThreadView, revision: z.number().int() }),
  }),
};
