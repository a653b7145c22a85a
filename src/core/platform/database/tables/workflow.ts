import type { Generated } from 'kysely';

import type {
  ApprovalId,
  CommentId,
  ConditionId,
  ContentHash,
  DecisionId,
  DelegationId,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
  ReviewId,
  ThreadId,
  UserId,
  WorkflowTemplateId,
  WorkflowTemplateVersionId,
} from '../../../contract/ids.ts';
import type { DayKind } from '../../../features/calendar/model.ts';
import type { ChangeKind } from '../../../features/reviews/diff/model.ts';
import type { Channel, Risk } from '../../../features/reviews/material/model.ts';
import type { DecisionKind, NoticeKind, ReviewState } from '../../../features/reviews/workflow/model.ts';
import type { Fixed, Flag } from './columns.ts';

/** As 0006-workflow makes them. */
export interface WorkflowTables {
  calendar_hours: { id: 1; hours: string; updated_at: Milliseconds };
  calendar_years: { year: number };
  calendar_days: { day: string; kind: DayKind; name: string };
  workflow_templates: {
    id: Fixed<WorkflowTemplateId>;
    number: Fixed<number>;
    active: Flag;
    /** JSON of `TemplateContent`. */
    draft: string | null;
    published_version: number | null;
    created_by: Fixed<UserId>;
    created_at: Fixed<Milliseconds>;
    updated_at: Milliseconds;
  };
  workflow_template_versions: {
    id: Fixed<WorkflowTemplateVersionId>;
    template_id: Fixed<WorkflowTemplateId>;
    number: Fixed<number>;
    content: Fixed<string>;
    content_hash: Fixed<string>;
    published_by: Fixed<UserId>;
    published_at: Fixed<Milliseconds>;
  };
  reviews: {
    id: Fixed<ReviewId>;
    material_id: Fixed<MaterialId>;
    template_version_id: Fixed<WorkflowTemplateVersionId>;
    risk: Risk;
    /** Of the version under review: whom stages ask that want people of the material's branch. */
    branch: string;
    state: ReviewState;
    version_id: MaterialVersionId;
    stage_key: string | null;
    stage_opened_at: Milliseconds | null;
    deadline_at: Milliseconds | null;
    stuck: Generated<Flag>;
    submitted_by: UserId;
    opened_at: Fixed<Milliseconds>;
    closed_at: Milliseconds | null;
    updated_at: Milliseconds;
  };
  review_versions: {
    review_id: Fixed<ReviewId>;
    version_id: Fixed<MaterialVersionId>;
    ordinal: Fixed<number>;
    hash: Fixed<ContentHash>;
    change_kind: Fixed<ChangeKind>;
    submitted_by: Fixed<UserId>;
    at: Fixed<Milliseconds>;
  };
  review_stages: {
    id: Fixed<string>;
    review_id: Fixed<ReviewId>;
    version_id: Fixed<MaterialVersionId>;
    stage_key: Fixed<string>;
    /** JSON of user ids. */
    roster: string;
    opened_at: Fixed<Milliseconds>;
    remind_at: Fixed<Milliseconds | null>;
    deadline_at: Fixed<Milliseconds | null>;
    /** `2027,2028`: counted without knowing their holidays. */
    assumed_years: Fixed<string>;
    lapsed_at: Milliseconds | null;
  };
  review_seats: { review_id: ReviewId; user_id: UserId };
  /** Who was asked and, from then on, was not any more: they have decided, the stage has passed, or others are asked. */
  review_past_seats: {
    id: Generated<number>;
    review_id: Fixed<ReviewId>;
    user_id: Fixed<UserId>;
    at: Fixed<Milliseconds>;
  };
  review_decisions: {
    id: Fixed<DecisionId>;
    sequence: Fixed<number>;
    review_id: Fixed<ReviewId>;
    version_id: Fixed<MaterialVersionId>;
    hash: Fixed<ContentHash>;
    stage_key: Fixed<string>;
    decision: Fixed<DecisionKind>;
    user_id: Fixed<UserId>;
    seat_id: Fixed<UserId>;
    delegation_id: Fixed<DelegationId | null>;
    reason_codes: Fixed<string>;
    answers: Fixed<string>;
    note: Fixed<string>;
    copied_from: Fixed<DecisionId | null>;
    at: Fixed<Milliseconds>;
  };
  review_conditions: {
    id: Fixed<ConditionId>;
    review_id: Fixed<ReviewId>;
    decision_id: Fixed<DecisionId>;
    text: Fixed<string>;
    set_by: Fixed<UserId>;
    at: Fixed<Milliseconds>;
    met_version_id: MaterialVersionId | null;
    met_by: UserId | null;
    met_at: Milliseconds | null;
    met_note: string | null;
  };
  review_exemptions: {
    review_id: Fixed<ReviewId>;
    version_id: Fixed<MaterialVersionId>;
    finding_key: Fixed<string>;
    user_id: Fixed<UserId>;
    note: Fixed<string>;
    at: Fixed<Milliseconds>;
  };
  review_threads: {
    id: Fixed<ThreadId>;
    review_id: Fixed<ReviewId>;
    version_id: Fixed<MaterialVersionId>;
    /** JSON of `Anchor`. */
    anchor: Fixed<string>;
    must_fix: Flag;
    suggestion: Fixed<string | null>;
    created_by: Fixed<UserId>;
    created_at: Fixed<Milliseconds>;
    resolved_by: UserId | null;
    resolved_at: Milliseconds | null;
    accepted_by: UserId | null;
    accepted_at: Milliseconds | null;
  };
  review_comments: {
    id: Fixed<CommentId>;
    thread_id: Fixed<ThreadId>;
    user_id: Fixed<UserId>;
    text: Fixed<string>;
    at: Fixed<Milliseconds>;
  };
  review_thread_places: {
    thread_id: Fixed<ThreadId>;
    version_id: Fixed<MaterialVersionId>;
    /** JSON of `Place`. */
    place: Fixed<string>;
  };
  delegations: {
    id: Fixed<DelegationId>;
    from_user: Fixed<UserId>;
    to_user: Fixed<UserId>;
    begins_at: Fixed<Milliseconds>;
    ends_at: Fixed<Milliseconds>;
    reason: Fixed<string>;
    created_by: Fixed<UserId>;
    created_at: Fixed<Milliseconds>;
    ended_at: Milliseconds | null;
    ended_by: UserId | null;
  };
  notices: {
    id: Fixed<string>;
    key: Fixed<string>;
    user_id: Fixed<UserId>;
    kind: Fixed<NoticeKind>;
    review_id: Fixed<ReviewId | null>;
    approval_id: Fixed<ApprovalId | null>;
    params: Fixed<string>;
    at: Fixed<Milliseconds>;
    read_at: Milliseconds | null;
  };
  fired_deadlines: { key: string; at: Milliseconds };
  approval_numbers: { year: number; last: number };
  approvals: {
    id: Fixed<ApprovalId>;
    year: Fixed<number>;
    sequence: Fixed<number>;
    number: Fixed<string>;
    review_id: Fixed<ReviewId>;
    material_id: Fixed<MaterialId>;
    version_id: Fixed<MaterialVersionId>;
    hash: Fixed<ContentHash>;
    /** JSON of `ApprovalRecord`. */
    record: Fixed<string>;
    approved_at: Fixed<Milliseconds>;
    expires_at: Fixed<Milliseconds>;
  };
  approval_withdrawals: {
    approval_id: Fixed<ApprovalId>;
    reason: Fixed<string>;
    withdrawn_by: Fixed<UserId>;
    at: Fixed<Milliseconds>;
    told: Fixed<string>;
  };
  approval_uses: {
    id: Generated<number>;
    approval_id: Fixed<ApprovalId>;
    channel: Fixed<Channel>;
    place: Fixed<string>;
    used_at: Fixed<Milliseconds>;
    recorded_by: Fixed<UserId>;
    recorded_at: Fixed<Milliseconds>;
  };
}
