import type { Database } from 'better-sqlite3';

import type {
  ConversationId,
  LexiconVersionId,
  MessageId,
  Milliseconds,
  PersonId,
  ScreeningRunId,
  TermId,
  TermKey,
} from '../../../contract/ids.ts';

/** A hit as screening found it. */
export interface NewHit {
  readonly messageId: MessageId;
  readonly field: string;
  readonly start: number;
  readonly end: number;
  readonly termKey: TermKey;
  readonly termId: TermId;
  readonly versionId: LexiconVersionId;
  readonly conversationId: ConversationId | null;
  readonly senderId: PersonId | null;
  readonly sentAt: Milliseconds;
  readonly term: string;
  readonly category: string;
  readonly severity: number;
  readonly text: string;
  /** A JSON array of fold names. */
  readonly folds: string;
  readonly confidence: number;
  /** A JSON array of `{messageId, field, start, end}`; null unless it is split across messages. */
  readonly parts: string | null;
}

export interface ScreenedBatch {
  readonly runId: ScreeningRunId;
  /** The last message that this batch covers: a run goes through them by id. */
  readonly screenedTo: MessageId;
  readonly messages: number;
  /** Messages of these whose hits were cut off at the limit. */
  readonly cut: number;
  readonly hits: readonly NewHit[];
  /** The versions whose coverage moves along; none for a run that passes messages over. */
  readonly covers: readonly LexiconVersionId[];
}

/** Stores one batch and answers how many of its hits are new. */
export type StoreBatch = (batch: ScreenedBatch) => number;

/**
 * Prepares the writer of a screening run. One transaction a batch holds its hits and how far the run is, so that a killed
 * run neither loses nor repeats any. Statements are prepared once and run row by row: a hit costs 20 to 40 µs, nearly all
 * of it the table's five indexes, so that building longer statements would save nothing.
 */
export function prepareBatchWriter(handle: Database): StoreBatch {
  const insertHit = handle.prepare(`
    INSERT INTO hits (message_id, field, start, "end", term_key, term_id, version_id, run_id, conversation_id,
      sender_id, sent_at, term, category, severity, text, folds, confidence, parts)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const moveRun = handle.prepare(
    'UPDATE screening_runs SET screened_to = ?, messages = messages + ?, hits = hits + ?, cut = cut + ? WHERE id = ?',
  );
  const moveCoverage = handle.prepare(`
    INSERT INTO screening_coverage (version_id, screened_to) VALUES (?, ?)
    ON CONFLICT (version_id) DO UPDATE SET screened_to = max(screened_to, excluded.screened_to)`);

  const store = handle.transaction((batch: ScreenedBatch): number => {
    let added = 0;
    for (const hit of batch.hits) {
      added += insertHit.run(
        hit.messageId,
        hit.field,
        hit.start,
        hit.end,
        hit.termKey,
        hit.termId,
        hit.versionId,
        batch.runId,
        hit.conversationId,
        hit.senderId,
        hit.sentAt,
        hit.term,
        hit.category,
        hit.severity,
        hit.text,
        hit.folds,
        hit.confidence,
        hit.parts,
      ).changes;
    }
    moveRun.run(batch.screenedTo, batch.messages, added, batch.cut, batch.runId);
    for (const versionId of batch.covers) moveCoverage.run(versionId, batch.screenedTo);
    return added;
  });
  return (batch) => store.immediate(batch);
}
