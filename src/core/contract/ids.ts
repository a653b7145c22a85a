import { z } from 'zod';

// Ids are branded so that a message's id can't be passed where a hit's id belongs.
// Rows that come by the million (messages, hits, terms) have integer ids, the rest UUIDv7:
// docs/decisions/0004-integer-ids-for-bulk-rows.md.
const uuid = z.uuid();
const integer = z.number().int().nonnegative();

export const UserId = uuid.brand<'UserId'>();
export type UserId = z.output<typeof UserId>;
export const JobId = uuid.brand<'JobId'>();
export type JobId = z.output<typeof JobId>;
export const ImportId = uuid.brand<'ImportId'>();
export type ImportId = z.output<typeof ImportId>;
export const LexiconId = uuid.brand<'LexiconId'>();
export type LexiconId = z.output<typeof LexiconId>;
export const LexiconVersionId = uuid.brand<'LexiconVersionId'>();
export type LexiconVersionId = z.output<typeof LexiconVersionId>;
export const TermKey = uuid.brand<'TermKey'>();
export type TermKey = z.output<typeof TermKey>;
export const ScreeningRunId = uuid.brand<'ScreeningRunId'>();
export type ScreeningRunId = z.output<typeof ScreeningRunId>;
export const SuppressionId = uuid.brand<'SuppressionId'>();
export type SuppressionId = z.output<typeof SuppressionId>;
export const BacktestId = uuid.brand<'BacktestId'>();
export type BacktestId = z.output<typeof BacktestId>;
export const SavedViewId = uuid.brand<'SavedViewId'>();
export type SavedViewId = z.output<typeof SavedViewId>;
export const SearchId = uuid.brand<'SearchId'>();
export type SearchId = z.output<typeof SearchId>;

export const ProductId = uuid.brand<'ProductId'>();
export type ProductId = z.output<typeof ProductId>;
export const MaterialId = uuid.brand<'MaterialId'>();
export type MaterialId = z.output<typeof MaterialId>;
export const MaterialVersionId = uuid.brand<'MaterialVersionId'>();
export type MaterialVersionId = z.output<typeof MaterialVersionId>;
export const WorkflowTemplateId = uuid.brand<'WorkflowTemplateId'>();
export type WorkflowTemplateId = z.output<typeof WorkflowTemplateId>;
export const WorkflowTemplateVersionId = uuid.brand<'WorkflowTemplateVersionId'>();
export type WorkflowTemplateVersionId = z.output<typeof WorkflowTemplateVersionId>;
export const ReviewId = uuid.brand<'ReviewId'>();
export type ReviewId = z.output<typeof ReviewId>;
export const DecisionId = uuid.brand<'DecisionId'>();
export type DecisionId = z.output<typeof DecisionId>;
export const ConditionId = uuid.brand<'ConditionId'>();
export type ConditionId = z.output<typeof ConditionId>;
export const ThreadId = uuid.brand<'ThreadId'>();
export type ThreadId = z.output<typeof ThreadId>;
export const CommentId = uuid.brand<'CommentId'>();
export type CommentId = z.output<typeof CommentId>;
export const DelegationId = uuid.brand<'DelegationId'>();
export type DelegationId = z.output<typeof DelegationId>;
export const ApprovalId = uuid.brand<'ApprovalId'>();
export type ApprovalId = z.output<typeof ApprovalId>;
export const PublicationCheckId = uuid.brand<'PublicationCheckId'>();
export type PublicationCheckId = z.output<typeof PublicationCheckId>;
export const PublicationRunId = uuid.brand<'PublicationRunId'>();
export type PublicationRunId = z.output<typeof PublicationRunId>;
export const FindingId = uuid.brand<'FindingId'>();
export type FindingId = z.output<typeof FindingId>;
export const HandoverId = uuid.brand<'HandoverId'>();
export type HandoverId = z.output<typeof HandoverId>;
export const HandoverSnapshotId = uuid.brand<'HandoverSnapshotId'>();
export type HandoverSnapshotId = z.output<typeof HandoverSnapshotId>;

export const FactId = integer.brand<'FactId'>();
export type FactId = z.output<typeof FactId>;
export const ImportFileId = integer.brand<'ImportFileId'>();
export type ImportFileId = z.output<typeof ImportFileId>;
export const QuarantineId = integer.brand<'QuarantineId'>();
export type QuarantineId = z.output<typeof QuarantineId>;
export const PersonId = integer.brand<'PersonId'>();
export type PersonId = z.output<typeof PersonId>;
export const ConversationId = integer.brand<'ConversationId'>();
export type ConversationId = z.output<typeof ConversationId>;
export const MessageId = integer.brand<'MessageId'>();
export type MessageId = z.output<typeof MessageId>;
export const TermId = integer.brand<'TermId'>();
export type TermId = z.output<typeof TermId>;
export const HitId = integer.brand<'HitId'>();
export type HitId = z.output<typeof HitId>;
export const DispositionId = integer.brand<'DispositionId'>();
export type DispositionId = z.output<typeof DispositionId>;
export const FindingDispositionId = integer.brand<'FindingDispositionId'>();
export type FindingDispositionId = z.output<typeof FindingDispositionId>;
export const AuditSequence = integer.brand<'AuditSequence'>();
export type AuditSequence = z.output<typeof AuditSequence>;

/** SHA-256 of a material version's canonical content, 64 lower-case hexadecimal digits. */
export const ContentHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'ContentHash'>();
export type ContentHash = z.output<typeof ContentHash>;

/** A day in the workspace's calendar, `2026-11-27`. */
export const CalendarDay = z.iso.date().brand<'CalendarDay'>();
export type CalendarDay = z.output<typeof CalendarDay>;

/** SHA-256 of a blob's bytes, 64 lower-case hexadecimal digits. */
export const BlobId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'BlobId'>();
export type BlobId = z.output<typeof BlobId>;

/** A point in time or a duration, in milliseconds (points: since 1970-01-01T00:00:00Z). */
export const Milliseconds = z.number().int().brand<'Milliseconds'>();
export type Milliseconds = z.output<typeof Milliseconds>;
