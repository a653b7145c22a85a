import { z } from 'zod';

import { Note } from '../../../contract/common.ts';
import {
  ApprovalId,
  ConversationId,
  FindingDispositionId,
  FindingId,
  MessageId,
  Milliseconds,
} from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { MessageView, PersonView } from '../../archive/contract.ts';
import { findingKinds, relations, standings, verdicts } from '../../reviews/publication/model.ts';
import { decisions, hitStates, reasonCodes } from '../model.ts';

export const FindingRow = z.object({
  id: FindingId,
  kind: z.enum(findingKinds),
  messageId: MessageId,
  messageKind: z.string(),
  conversationId: ConversationId.nullable(),
  sender: PersonView.nullable(),
  sentAt: Milliseconds,
  verdict: z.enum(verdicts),
  relation: z.enum(relations).nullable(),
  similarity: z.number().nullable(),
  approvalId: ApprovalId.nullable(),
  number: z.string().nullable(),
  /** What the approval was worth when the message was sent. */
  standing: z.enum(standings).nullable(),
  /** The message's first words, masked. */
  excerpt: z.string(),
  state: z.enum(hitStates),
  decidedBy: z.string().nullable(),
  decidedAt: Milliseconds.nullable(),
  reasonCode: z.enum(reasonCodes).nullable(),
});
export type FindingRow = z.output<typeof FindingRow>;

/** Every condition that is not null must hold; an empty list is no condition. */
export const FindingFilter = z.object({
  states: z.array(z.enum(hitStates)).max(10).nullable().default(null),
  kinds: z.array(z.enum(findingKinds)).max(10).nullable().default(null),
  from: Milliseconds.nullable().default(null),
  to: Milliseconds.nullable().default(null),
});
export type FindingFilter = z.output<typeof FindingFilter>;

export const FindingHistoryEntry = z.object({
  id: FindingDispositionId,
  decision: z.enum(decisions),
  reasonCode: z.enum(reasonCodes).nullable(),
  note: z.string(),
  by: z.string(),
  at: Milliseconds,
  undoes: FindingDispositionId.nullable(),
});

export const findingsContract = {
  /** All ids, the newest message first; rows come by `findings.rows` for what is on screen. */
  'findings.ids': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ filter: FindingFilter.prefault({}) }).prefault({}),
    output: z.object({
      ids: z.array(FindingId),
      total: z.number().int(),
      /** True where only the first 100,000 are listed. */
      limited: z.boolean(),
    }),
  }),
  'findings.rows': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ ids: z.array(FindingId).min(1).max(500) }),
    output: z.array(FindingRow),
  }),
  'findings.get': procedure({
    kind: 'query',
    permission: 'hits:read',
    input: z.object({ id: FindingId, context: z.number().int().min(0).max(50).default(5) }),
    output: z.object({
      finding: FindingRow,
      /** The conversation around it, in order of time, the message itself included. */
      context: z.array(MessageView),
      history: z.array(FindingHistoryEntry),
    }),
  }),
  /** One explicit decision over one or more findings. Opening one is never a decision. */
  'findings.decide': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({
      findingIds: z.array(FindingId).min(1).max(1000),
      decision: z.enum(['confirmed', 'dismissed', 'escalated']),
      reasonCode: z.enum(reasonCodes).nullable().default(null),
      note: Note.default(''),
    }),
    output: z.object({ findings: z.array(FindingRow), dispositionIds: z.array(FindingDispositionId) }),
  }),
  /** Takes back decisions: adds a `reopened` disposition to each finding; nothing is erased. */
  'findings.undo': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({ dispositionIds: z.array(FindingDispositionId).min(1).max(1000) }),
    output: z.object({ findings: z.array(FindingRow) }),
  }),
};
