import type { Database } from 'better-sqlite3';

import type {
  ApprovalId,
  ConversationId,
  FindingId,
  MessageId,
  Milliseconds,
  PersonId,
  PublicationRunId,
} from '../../../contract/ids.ts';
import type {
  FindingKind,
  Relation,
  Standing,
  Verdict,
} from '../../../features/reviews/publication/model.ts';

/** A finding as a run met it. */
export interface NewFinding {
  readonly id: FindingId;
  readonly kind: FindingKind;
  readonly messageId: MessageId;
  readonly article: number;
  readonly conversationId: ConversationId | null;
  readonly senderId: PersonId | null;
  readonly sentAt: Milliseconds;
  readonly verdict: Verdict;
  readonly relation: Relation | null;
  readonly similarity: number | null;
  readonly textId: number | null;
  readonly approvalId: ApprovalId | null;
  readonly standing: Standing | null;
  readonly foundAt: Milliseconds;
}

export interface MatchedBatch {
  readonly runId: PublicationRunId;
  readonly matchedTo: number;
  readonly messages: number;
  readonly promotional: number;
  readonly findings: readonly NewFinding[];
  /** False for a run that passes messages over: what it has not seen is still new. */
  readonly covers: boolean;
}

/** Prepares the writer of a run: a batch's findings and how far the run is, in one transaction. Answers how many are new. */
export function prepareFindingsWriter(handle: Database): (batch: MatchedBatch) => number {
  const insert = handle.prepare(`
    INSERT INTO findings (id, kind, message_id, article, conversation_id, sender_id, sent_at, verdict, relation, similarity,
      text_id, approval_id, standing, run_id, found_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (message_id, kind) DO NOTHING`);
  const moveRun = handle.prepare(`
    UPDATE publication_runs SET matched_to = ?, messages = messages + ?, promotional = promotional + ?,
      findings = findings + ? WHERE id = ?`);
  const moveCoverage = handle.prepare(`
    INSERT INTO publication_coverage (id, matched_to) VALUES (1, ?)
    ON CONFLICT (id) DO UPDATE SET matched_to = max(matched_to, excluded.matched_to)`);
  const store = handle.transaction((batch: MatchedBatch): number => {
    let added = 0;
    for (const finding of batch.findings) {
      added += insert.run(
        finding.id,
        finding.kind,
        finding.messageId,
        finding.article,
        finding.conversationId,
        finding.senderId,
        finding.sentAt,
        finding.verdict,
        finding.relation,
        finding.similarity,
        finding.textId,
        finding.approvalId,
        finding.standing,
        batch.runId,
        finding.foundAt,
      ).changes;
    }
    moveRun.run(batch.matchedTo, batch.messages, batch.promotional, added, batch.runId);
    if (batch.covers) moveCoverage.run(batch.matchedTo);
    return added;
  });
  return (batch) => store.immediate(batch);
}

/** Prepares telling whether a conversation has anybody in it who is no employee: what is said there goes outside. */
export function prepareIsOutside(handle: Database): (id: ConversationId) => boolean {
  const statement = handle
    .prepare<[number], 0 | 1>(
      `SELECT EXISTS (SELECT 1 FROM conversation_members AS members JOIN people ON people.id = members.person_id
         WHERE members.conversation_id = ? AND people.kind <> 'employee')`,
    )
    .pluck();
  return (id) => statement.get(id) === 1;
}
