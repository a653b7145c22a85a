import { z } from 'zod';

import { Note } from '../../../contract/common.ts';
import {
  ApprovalId,
  BlobId,
  ContentHash,
  FindingId,
  JobId,
  MaterialId,
  MaterialVersionId,
  MessageId,
  Milliseconds,
  PublicationCheckId,
  PublicationRunId,
} from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { ArchiveFilter } from '../../archive/contract.ts';
import { documentProblems } from '../../documents/model.ts';
import { TextDiff } from '../diff/contract.ts';
import { relations, standings, verdicts } from './model.ts';

/** Most UTF-16 units of a text that is checked. */
export const maxPublishedLength = 500_000;

/** What was published: pasted, a file of the workspace's blob store, or a message of the archive. */
export const PublishedSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1).max(maxPublishedLength) }),
  z.strictObject({ kind: z.literal('file'), blobId: BlobId, name: z.string().max(255) }),
  z.strictObject({ kind: z.literal('message'), messageId: MessageId }),
]);
export type PublishedSource = z.output<typeof PublishedSource>;

const CheckInput = z.object({
  source: PublishedSource,
  /** When it was published: what the approval was worth then counts. Null: of a message when it was sent, else now. */
  publishedAt: Milliseconds.nullable().default(null),
});

export const PublishedMatch = z.object({
  verdict: z.enum(verdicts),
  relation: z.enum(relations),
  /** 0 to 1. */
  similarity: z.number(),
  /** `whole`, `title`, `body`, `variants.<n>.…`, `attachments.<n>`. */
  part: z.string(),
  materialId: MaterialId,
  versionId: MaterialVersionId,
  versionNumber: z.number().int(),
  title: z.string(),
  approvalId: ApprovalId,
  number: z.string(),
  approvedAt: Milliseconds,
  expiresAt: Milliseconds,
  withdrawnAt: Milliseconds.nullable(),
  /** What the approval was worth when it was published. */
  standing: z.enum(standings),
});
export type PublishedMatch = z.output<typeof PublishedMatch>;

/** A published text beside the approved one; offsets of the diff are in these two. */
export const ComparedTexts = z.object({ published: z.string(), approved: z.string(), diff: TextDiff });

export const CheckResult = z.object({
  verdict: z.enum(verdicts),
  publishedAt: Milliseconds,
  /** SHA-256 of the text that was checked. */
  contentHash: ContentHash,
  /** As it was read, personal data masked where it comes from the archive. */
  text: z.string(),
  /** Why a file could not be read, or not wholly. */
  problems: z.array(z.enum(documentProblems)),
  /** The best first, at most five, one for each version. */
  matches: z.array(PublishedMatch),
  /** With the approved text of the best match; null where there is none. */
  compared: ComparedTexts.nullable(),
});
export type CheckResult = z.output<typeof CheckResult>;

export const PublicationCheckView = z.object({
  id: PublicationCheckId,
  source: z.enum(['text', 'file', 'message']),
  /** A file's name; empty for others. */
  name: z.string(),
  contentHash: ContentHash,
  verdict: z.enum(verdicts),
  similarity: z.number().nullable(),
  materialId: MaterialId.nullable(),
  approvalId: ApprovalId.nullable(),
  number: z.string().nullable(),
  standing: z.enum(standings).nullable(),
  publishedAt: Milliseconds,
  note: z.string(),
  by: z.string(),
  at: Milliseconds,
});
export type PublicationCheckView = z.output<typeof PublicationCheckView>;

export const PublicationRunView = z.object({
  id: PublicationRunId,
  jobId: JobId,
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  startedBy: z.string(),
  startedAt: Milliseconds,
  finishedAt: Milliseconds.nullable(),
  filter: ArchiveFilter,
  onlyNew: z.boolean(),
  messages: z.number().int(),
  /** Of those, the ones that an employee sent outside and that read as promotional. */
  promotional: z.number().int(),
  /** New ones. */
  findings: z.number().int(),
});
export type PublicationRunView = z.output<typeof PublicationRunView>;

export const publicationContract = {
  /**
   * The approved versions that a published text comes from. A message needs `archive:read` as well. `not-found` for a file or
   * message that the workspace does not have, `text-too-long`; a file that can't be read says so in `problems`.
   */
  'publication.check': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: CheckInput,
    output: CheckResult,
  }),
  /** Checks again and keeps the result, with the hash of what was checked. */
  'publication.record': procedure({
    kind: 'mutation',
    permission: 'reviews:comment',
    input: CheckInput.extend({ note: Note.default('') }),
    output: PublicationCheckView,
  }),
  /** Checks that were kept, the newest first. */
  'publication.checks': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ limit: z.number().int().min(1).max(500).default(100) }).prefault({}),
    output: z.array(PublicationCheckView),
  }),
  /** Holds the archive's promotional messages against what is approved; what differs becomes findings of supervision. */
  'publication.startRun': procedure({
    kind: 'mutation',
    permission: 'screening:run',
    input: z
      .object({
        filter: ArchiveFilter.prefault({}),
        /** False: look at messages again that an earlier run has seen. */
        onlyNew: z.boolean().default(true),
      })
      .prefault({}),
    output: PublicationRunView,
  }),
  'publication.runs': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ limit: z.number().int().min(1).max(200).default(50) }).prefault({}),
    output: z.array(PublicationRunView),
  }),
  /** What a finding's message says beside the approved text that it comes from; null where it comes from none. */
  'publication.compareFinding': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ id: FindingId }),
    output: z.object({ match: PublishedMatch.nullable(), compared: ComparedTexts.nullable() }),
  }),
};
