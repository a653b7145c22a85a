import type { Reader } from '../../platform/database/connection.ts';
import { type Frontier, appendLeaf, emptyFrontier, leafHash, packHashes, rootHash } from './merkle.ts';
import { canonicalJson } from './model.ts';
import { type EventRow, eventsBetween, readExtent, readFrontier } from './repository.ts';
import { AuditBody } from './stored-body.ts';

/** Rows read at a time: bounded memory for a log of any length. */
const chunk = 2_000;
/** A log that was replaced as a whole has a problem in every row: this many name it well enough. */
const mostProblems = 1_000;

export interface AuditVerification {
  readonly ok: boolean;
  readonly size: number;
  /** Of the tree that was recomputed from the events' bodies. */
  readonly rootHash: string;
  readonly problems: readonly { readonly sequence: number | null; readonly problem: string }[];
}

/**
 * Recomputes every leaf from its body, and the tree from the leaves; compares them, the columns and the stored edge of
 * the tree with what the database says. Finds every change but one that also recomputes all that follows: against that
 * there are checkpoints, which leave the computer.
 */
export async function verifyAudit(reader: Reader): Promise<AuditVerification> {
  const problems: { sequence: number | null; problem: string }[] = [];
  const report = (sequence: number | null, problem: string): void => {
    if (problems.length < mostProblems) problems.push({ sequence, problem });
  };
  // Read first: events that are appended meanwhile lie beyond it.
  const stored = await readFrontier(reader);
  const size = stored?.size ?? 0;
  let frontier: Frontier = emptyFrontier;
  let next = 0;
  for (;;) {
    const rows = await eventsBetween(reader, next, size, chunk);
    if (rows.length === 0) break;
    for (const row of rows) {
      if (row.sequence !== next) report(next, `the events from ${next} to ${row.sequence - 1} are missing`);
      for (const problem of rowProblems(row)) report(row.sequence, problem);
      frontier = appendLeaf(frontier, leafHash(Buffer.from(row.body, 'utf8')));
      next = row.sequence + 1;
    }
  }
  const extent = await readExtent(reader);
  if (extent.events > extent.size) {
    report(
      extent.size,
      `there are events up to ${extent.events - 1} that the tree of ${extent.size} does not cover`,
    );
  }
  if (frontier.size !== size) {
    report(null, `the tree's stored size is ${size}, but there are ${frontier.size} events`);
  } else if (stored !== undefined && !Buffer.from(packHashes(frontier.hashes)).equals(stored.hashes)) {
    report(null, "the tree's stored edge differs from the one recomputed from the events");
  }
  return {
    ok: problems.length === 0,
    size: frontier.size,
    rootHash: Buffer.from(rootHash(frontier)).toString('hex'),
    problems,
  };
}

function rowProblems(row: EventRow): readonly string[] {
  const problems: string[] = [];
  if (!Buffer.from(leafHash(Buffer.from(row.body, 'utf8'))).equals(row.leaf_hash)) {
    problems.push('the body is not the one that its leaf hash was made of');
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(row.body);
  } catch {
    return [...problems, 'the body is not JSON'];
  }
  const body = AuditBody.safeParse(parsed);
  if (!body.success) return [...problems, 'the body is not an event'];
  if (canonicalJson(body.data) !== row.body) problems.push('the body is not in its canonical form');
  const columns: readonly (readonly [string, unknown, unknown])[] = [
    ['sequence', row.sequence, body.data.sequence],
    ['at', row.at, body.data.at],
    ['user_id', row.user_id, body.data.actor.userId],
    ['action', row.action, body.data.action],
    ['record_kind', row.record_kind, body.data.recordKind],
    ['record_id', row.record_id, body.data.recordId],
  ];
  for (const [column, value, expected] of columns) {
    if (value !== expected) problems.push(`the column ${column} differs from the body`);
  }
  return problems;
}
