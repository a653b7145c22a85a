import { z } from 'zod';

import { Note, Person } from '../../../../contract/common.ts';
import {
  ApprovalId,
  ContentHash,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
  ReviewId,
} from '../../../../contract/ids.ts';
import { languages } from '../../../../contract/language.ts';
import { procedure } from '../../../../contract/procedure.ts';
import { channels, materialTypes, risks } from '../../material/model.ts';
import { decisionKinds } from '../model.ts';
import { approvalStates } from './model.ts';

/** What the record of an approval holds beside its numbers; never changed. */
export const ApprovalRecord = z.object({
  title: z.string(),
  versionNumber: z.number().int(),
  templateName: z.string(),
  templateVersion: z.number().int(),
  risk: z.enum(risks),
  preparer: Person,
  submittedBy: Person,
  editors: z.array(Person),
  /** Where charts and figures come from (FINRA 2210(b)(4)(A)(v)). */
  chartSource: z.string(),
  /** Every decision that counts, with the name at the time. */
  decisions: z.array(
    z.object({
      stageKey: z.string(),
      stageName: z.string(),
      kind: z.enum(decisionKinds),
      by: Person,
      onBehalfOf: Person.nullable(),
      at: Milliseconds,
      copied: z.boolean(),
      note: z.string(),
      answers: z.array(z.object({ question: z.string(), answer: z.string() })),
    }),
  ),
  conditions: z.array(
    z.object({
      text: z.string(),
      setBy: Person,
      metBy: Person,
      metAt: Milliseconds,
      versionNumber: z.number().int().nullable(),
      note: z.string(),
    }),
  ),
  exemptions: z.array(
    z.object({
      findingKey: z.string(),
      /** The words that it is claimed for; empty on records from before they were kept, and where it is about no words. */
      text: z.string().default(''),
      code: z.string(),
      reason: z.string(),
      acceptedBy: z.array(Person),
    }),
  ),
});
export type ApprovalRecord = z.output<typeof ApprovalRecord>;

export const ApprovalRow = z.object({
  id: ApprovalId,
  /** 〔2026〕000123 */
  number: z.string(),
  state: z.enum(approvalStates),
  materialId: MaterialId,
  versionId: MaterialVersionId,
  versionNumber: z.number().int(),
  title: z.string(),
  type: z.enum(materialTypes),
  hash: ContentHash,
  reviewId: ReviewId,
  approvedAt: Milliseconds,
  expiresAt: Milliseconds,
  withdrawnAt: Milliseconds.nullable(),
});
export type ApprovalRow = z.output<typeof ApprovalRow>;

export const ApprovalUse = z.object({
  channel: z.enum(channels),
  place: z.string(),
  usedAt: Milliseconds,
  recordedBy: Person,
  recordedAt: Milliseconds,
});

export const ApprovalView = ApprovalRow.extend({
  record: ApprovalRecord,
  uses: z.array(ApprovalUse),
  /** Dates of first and last use (FINRA 2210(b)(4)(A)(i)). */
  firstUsedAt: Milliseconds.nullable(),
  lastUsedAt: Milliseconds.nullable(),
  withdrawal: z
    .object({
      reason: z.string(),
      by: Person,
      at: Milliseconds,
      told: z.array(z.object({ kind: z.enum(['person', 'library']), name: z.string() })),
    })
    .nullable(),
  may: z.object({ withdraw: z.boolean() }),
});
export type ApprovalView = z.output<typeof ApprovalView>;

export const approvalsContract = {
  /** Newest first. */
  'approvals.list': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({
      text: z.string().trim().max(100).default(''),
      states: z.array(z.enum(approvalStates)).default([]),
      materialId: MaterialId.nullable().default(null),
      year: z.number().int().nullable().default(null),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(ApprovalRow), total: z.number().int() }),
  }),
  'approvals.get': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: ApprovalId }),
    output: ApprovalView,
  }),
  /** Records where an approved item is used. Refused with `approval-not-valid` for one that is withdrawn or expired at that time. */
  'approvals.recordUse': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({
      id: ApprovalId,
      channel: z.enum(channels),
      place: z.string().trim().min(1).max(300),
      usedAt: Milliseconds,
    }),
    output: ApprovalView,
  }),
  /** Takes the approval back, tells everybody concerned, and every library that holds the item. */
  'approvals.withdraw': procedure({
    kind: 'mutation',
    permission: 'approvals:withdraw',
    input: z.object({ id: ApprovalId, reason: Note.min(1) }),
    output: ApprovalView,
  }),
  /** The approval sheet as a PDF. */
  'approvals.sheet': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: ApprovalId, language: z.enum(languages).default('zh-CN') }),
    output: z.object({ fileName: z.string(), mediaType: z.literal('application/pdf'), base64: z.string() }),
  }),
};
