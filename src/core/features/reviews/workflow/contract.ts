import { z } from 'zod';

import { Done, NoInput, Note, Person } from '../../../contract/common.ts';
import {
  ApprovalId,
  ConditionId,
  ContentHash,
  DecisionId,
  DelegationId,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
  ReviewId,
  UserId,
  WorkflowTemplateId,
  WorkflowTemplateVersionId,
} from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { ThreadView } from './comments/contract.ts';
import { materialTypes, risks } from '../material/model.ts';
import { StageQuestion } from '../templates/contract.ts';
import { copyConditions, stageKinds, stageModes } from '../templates/model.ts';
import { blockers, decisionKinds, noticeKinds, reasonCodes, refusals, reviewStates } from './model.ts';

export const DecisionView = z.object({
  id: DecisionId,
  versionId: MaterialVersionId,
  versionNumber: z.number().int(),
  stageKey: z.string(),
  stageName: z.string(),
  kind: z.enum(decisionKinds),
  by: Person,
  /** Whose place it fills, where that is somebody else. */
  onBehalfOf: Person.nullable(),
  reasonCodes: z.array(z.enum(reasonCodes)),
  answers: z.array(z.object({ key: z.string(), answer: z.string() })),
  note: z.string(),
  /** Taken over from the version before; nobody said it anew. */
  copied: z.boolean(),
  /** About a version that is no longer under review. */
  stale: z.boolean(),
  at: Milliseconds,
});
export type DecisionView = z.output<typeof DecisionView>;

export const ConditionView = z.object({
  id: ConditionId,
  text: z.string(),
  setBy: Person,
  at: Milliseconds,
  met: z
    .object({
      by: Person,
      at: Milliseconds,
      /** The version that meets it; null: ticked. */
      versionNumber: z.number().int().nullable(),
      note: z.string(),
    })
    .nullable(),
});

export const StageView = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.enum(stageKinds),
  mode: z.enum(stageModes),
  distinct: z.boolean(),
  copyCondition: z.enum(copyConditions),
  questions: z.array(StageQuestion),
  state: z.enum(['waiting', 'open', 'stuck', 'done', 'returned', 'rejected']),
  needed: z.number().int(),
  given: z.number().int(),
  /** Who is still asked. */
  waitingFor: z.array(Person),
  openedAt: Milliseconds.nullable(),
  deadlineAt: Milliseconds.nullable(),
  /** Years on the way to the deadline whose holidays nobody has entered. */
  assumedYears: z.array(z.number()),
  /** A comment stage that went on because its time was over. */
  lapsed: z.boolean(),
});

/** One thing the caller may do, or why not. */
const Allowed = z.object({ allowed: z.boolean(), reason: z.enum(refusals).nullable() });

export const SeatView = z.object({
  seat: Person,
  /** The caller's own, or one that was delegated to them. */
  own: z.boolean(),
  decide: Allowed,
});

export const ReviewView = z.object({
  id: ReviewId,
  material: z.object({
    id: MaterialId,
    title: z.string(),
    type: z.enum(materialTypes),
    preparer: Person,
  }),
  version: z.object({
    id: MaterialVersionId,
    number: z.number().int(),
    hash: ContentHash,
    submittedBy: Person,
    submittedAt: Milliseconds,
    editors: z.array(Person),
  }),
  versions: z.array(
    z.object({
      id: MaterialVersionId,
      number: z.number().int(),
      submittedBy: Person,
      at: Milliseconds,
      /** How much it differs from the one before. */
      changeKind: z.string(),
    }),
  ),
  template: z.object({
    id: WorkflowTemplateId,
    versionId: WorkflowTemplateVersionId,
    versionNumber: z.number().int(),
    name: z.string(),
  }),
  risk: z.enum(risks),
  state: z.enum(reviewStates),
  openedAt: Milliseconds,
  closedAt: Milliseconds.nullable(),
  stages: z.array(StageView),
  currentStage: z.number().int().nullable(),
  blockers: z.array(z.enum(blockers)),
  decisions: z.array(DecisionView),
  conditions: z.array(ConditionView),
  /** Exemptions that reviewers accepted for the version under review. */
  acceptedExemptions: z.array(
    z.object({ findingKey: z.string(), by: Person, at: Milliseconds, note: z.string() }),
  ),
  threads: z.array(ThreadView),
  /** Who has it on screen now. */
  lookedAtBy: z.array(Person),
  approval: z.object({ id: ApprovalId, number: z.string() }).nullable(),
  may: z.object({
    seats: z.array(SeatView),
    /** Why the caller has no seat, where that is so. */
    reason: z.enum(refusals).nullable(),
    comment: z.boolean(),
    submit: z.boolean(),
    cancel: z.boolean(),
    tickConditions: z.boolean(),
    acceptExemptions: z.boolean(),
    reassign: z.boolean(),
  }),
});
export type ReviewView = z.output<typeof ReviewView>;

export const QueueTab = z.enum(['mine', 'overdue', 'waiting', 'all', 'done']);
export type QueueTab = z.output<typeof QueueTab>;

export const QueueFilter = z.object({
  text: z.string().trim().max(100).default(''),
  types: z.array(z.enum(materialTypes)).default([]),
  risks: z.array(z.enum(risks)).default([]),
  states: z.array(z.enum(reviewStates)).default([]),
  branch: z.string().trim().max(200).default(''),
});
export type QueueFilter = z.output<typeof QueueFilter>;

export const QueueRow = z.object({
  id: ReviewId,
  materialId: MaterialId,
  title: z.string(),
  type: z.enum(materialTypes),
  branch: z.string(),
  risk: z.enum(risks),
  state: z.enum(reviewStates),
  versionId: MaterialVersionId,
  versionNumber: z.number().int(),
  templateName: z.string(),
  stageName: z.string().nullable(),
  stuck: z.boolean(),
  submittedBy: Person,
  openedAt: Milliseconds,
  stageOpenedAt: Milliseconds.nullable(),
  deadlineAt: Milliseconds.nullable(),
  overdue: z.boolean(),
  closedAt: Milliseconds.nullable(),
  waitingFor: z.array(Person),
  /** It waits for the caller, or for somebody for whom the caller stands in. */
  mine: z.boolean(),
  blocks: z.number().int(),
  openThreads: z.number().int(),
});
export type QueueRow = z.output<typeof QueueRow>;

export const DelegationView = z.object({
  id: DelegationId,
  from: Person,
  to: Person,
  beginsAt: Milliseconds,
  endsAt: Milliseconds,
  reason: z.string(),
  state: z.enum(['planned', 'active', 'over', 'ended']),
  createdAt: Milliseconds,
  endedAt: Milliseconds.nullable(),
});
export type DelegationView = z.output<typeof DelegationView>;

export const NoticeView = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  reviewId: ReviewId.nullable(),
  approvalId: ApprovalId.nullable(),
  materialId: MaterialId.nullable(),
  title: z.string(),
  params: z.record(z.string(), z.string()),
  at: Milliseconds,
  readAt: Milliseconds.nullable(),
});
export type NoticeView = z.output<typeof NoticeView>;

/** What a reviewer says. */
export const DecisionInput = z.object({
  reviewId: ReviewId,
  /** What was read: a decision about anything else is refused as `stale`. */
  versionId: MaterialVersionId,
  hash: ContentHash,
  stageKey: z.string(),
  decision: z.enum(decisionKinds),
  /** Whose place to fill; null: one's own. */
  onBehalfOf: UserId.nullable().default(null),
  reasonCodes: z.array(z.enum(reasonCodes)).max(reasonCodes.length).default([]),
  answers: z
    .array(z.object({ key: z.string().max(40), answer: z.string().trim().max(2_000) }))
    .max(30)
    .default([]),
  conditions: z.array(Note.min(1)).max(20).default([]),
  note: Note.default(''),
});
export type DecisionInput = z.output<typeof DecisionInput>;

export const workflowContract = {
  /**
   * Opens a review of that version, or brings it into the running one, where decisions go stale unless the template says otherwise.
   * Refused with `no-template`, `version-not-newer`, `precheck-pending`.
   */
  'reviews.submit': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({
      materialId: MaterialId,
      versionId: MaterialVersionId,
      risk: z.enum(risks),
      /** Conditions that this version meets. */
      meets: z.array(ConditionId).max(200).default([]),
    }),
    output: ReviewView,
  }),
  'reviews.get': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: ReviewId }),
    output: ReviewView,
  }),
  /** The reviews of a material, newest first. */
  'reviews.ofMaterial': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ materialId: MaterialId }),
    output: z.array(QueueRow),
  }),
  /** By next deadline, then by age; `done` newest first. */
  'reviews.queue': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({
      tab: QueueTab,
      filter: QueueFilter.prefault({}),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ rows: z.array(QueueRow), total: z.number().int() }),
  }),
  /** How many stand behind each tab. */
  'reviews.counts': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: NoInput,
    output: z.object({
      mine: z.number().int(),
      overdue: z.number().int(),
      waiting: z.number().int(),
      all: z.number().int(),
    }),
  }),
  /** Refused with `decision-refused` and why in `details.reason`. */
  'reviews.decide': procedure({
    kind: 'mutation',
    permission: 'reviews:decide',
    input: DecisionInput,
    output: ReviewView,
  }),
  /** Accepts the exemption that is claimed for one blocking finding of the version under review; each approver does for themselves. */
  'reviews.acceptExemption': procedure({
    kind: 'mutation',
    permission: 'reviews:decide',
    input: z.object({
      reviewId: ReviewId,
      versionId: MaterialVersionId,
      findingKey: z.string().max(100),
      note: Note.default(''),
    }),
    output: ReviewView,
  }),
  /** Takes a condition as met. */
  'reviews.tickCondition': procedure({
    kind: 'mutation',
    permission: 'reviews:decide',
    input: z.object({ conditionId: ConditionId, note: Note.default('') }),
    output: ReviewView,
  }),
  /** Takes the submission back. */
  'reviews.cancel': procedure({
    kind: 'mutation',
    permission: 'materials:edit',
    input: z.object({ id: ReviewId, reason: Note.min(1) }),
    output: ReviewView,
  }),
  /** Asks others in the open stage, on record; never so that it completes the stage. */
  'reviews.reassign': procedure({
    kind: 'mutation',
    permission: 'reviews:manage',
    input: z.object({ id: ReviewId, users: z.array(UserId).min(1).max(200), reason: Note.min(1) }),
    output: ReviewView,
  }),
  /** Says that the caller has it on screen; asked again every half minute. Looking decides nothing. */
  'reviews.look': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: ReviewId, leaving: z.boolean().default(false) }),
    output: z.array(Person),
  }),
  /** Whom a review may be given to: everybody who may decide. */
  'reviews.reviewers': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: NoInput,
    output: z.array(Person.extend({ branch: z.string() })),
  }),

  /** Those that one gave or got; all for whoever manages reviews. */
  'delegations.list': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: NoInput,
    output: z.array(DelegationView),
  }),
  /** Lets somebody decide in one's place for a time. */
  'delegations.add': procedure({
    kind: 'mutation',
    permission: 'reviews:decide',
    input: z.object({ to: UserId, beginsAt: Milliseconds, endsAt: Milliseconds, reason: Note.min(1) }),
    output: DelegationView,
  }),
  'delegations.end': procedure({
    kind: 'mutation',
    permission: 'reviews:decide',
    input: z.object({ id: DelegationId }),
    output: DelegationView,
  }),

  /** What the caller was told, newest first. */
  'notices.list': procedure({
    kind: 'query',
    permission: 'signed-in',
    input: z.object({ unreadOnly: z.boolean().default(false) }).prefault({}),
    output: z.object({ notices: z.array(NoticeView), unread: z.number().int() }),
  }),
  /** Marks the caller's own notices as read; without ids all. */
  'notices.read': procedure({
    kind: 'session',
    permission: 'signed-in',
    input: z.object({ ids: z.array(z.uuid()).max(500).nullable().default(null) }).prefault({}),
    output: Done,
  }),
};
