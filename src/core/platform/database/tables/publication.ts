import type { Generated } from 'kysely';

import type {
  ApprovalId,
  ContentHash,
  ConversationId,
  FindingDispositionId,
  FindingId,
  JobId,
  MaterialVersionId,
  MessageId,
  Milliseconds,
  PersonId,
  PublicationCheckId,
  PublicationRunId,
  UserId,
} from '../../../contract/ids.ts';
import type {
  FindingKind,
  Relation,
  Standing,
  Verdict,
} from '../../../features/reviews/publication/model.ts';
import type { Decision, HitState } from '../../../features/supervision/model.ts';
import type { Fixed, Flag } from './columns.ts';

/** As 0007-publication makes them. */
export interface PublicationTables {
  publication_versions: { version_id: Fixed<MaterialVersionId>; at: Fixed<Milliseconds> };
  publication_texts: {
    id: Generated<number>;
    version_id: Fixed<MaterialVersionId>;
    part: Fixed<string>;
    text: Fixed<string>;
  };
  publication_checks: {
    id: Fixed<PublicationCheckId>;
    source: Fixed<'text' | 'file' | 'message'>;
    /** A blob's or a message's id; empty for a pasted text. */
    source_id: Fixed<string>;
    name: Fixed<string>;
    content_hash: Fixed<ContentHash>;
    verdict: Fixed<Verdict>;
    similarity: Fixed<number | null>;
    text_id: Fixed<number | null>;
    approval_id: Fixed<ApprovalId | null>;
    standing: Fixed<Standing | null>;
    published_at: Fixed<Milliseconds>;
    note: Fixed<string>;
    checked_by: Fixed<UserId>;
    checked_at: Fixed<Milliseconds>;
  };
  publication_runs: {
    id: Fixed<PublicationRunId>;
    job_id: Fixed<JobId>;
    state: 'running' | 'done';
    filter: Fixed<string>;
    only_new: Fixed<Flag>;
    matched_to: Generated<number>;
    messages: Generated<number>;
    promotional: Generated<number>;
    findings: Generated<number>;
    started_by: Fixed<UserId>;
    started_at: Fixed<Milliseconds>;
    finished_at: Milliseconds | null;
  };
  publication_coverage: { id: 1; matched_to: number };
  findings: {
    id: Fixed<FindingId>;
    kind: Fixed<FindingKind>;
    message_id: Fixed<MessageId>;
    /** Which of the message's published texts: a card may have several articles. */
    article: Fixed<number>;
    conversation_id: Fixed<ConversationId | null>;
    sender_id: Fixed<PersonId | null>;
    sent_at: Fixed<Milliseconds>;
    verdict: Fixed<Verdict>;
    relation: Fixed<Relation | null>;
    similarity: Fixed<number | null>;
    text_id: Fixed<number | null>;
    approval_id: Fixed<ApprovalId | null>;
    standing: Fixed<Standing | null>;
    run_id: Fixed<PublicationRunId>;
    found_at: Fixed<Milliseconds>;
    state: Generated<HitState>;
    decided_by: UserId | null;
    decided_at: Milliseconds | null;
    reason_code: string | null;
  };
  finding_dispositions: {
    id: Generated<FindingDispositionId>;
    finding_id: Fixed<FindingId>;
    decision: Fixed<Decision>;
    reason_code: Fixed<string | null>;
    note: Fixed<string>;
    decided_by: Fixed<UserId>;
    decided_at: Fixed<Milliseconds>;
    undoes: Fixed<FindingDispositionId | null>;
  };
}
