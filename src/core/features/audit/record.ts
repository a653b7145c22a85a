import { createHash } from 'node:crypto';

import { AuditSequence } from '../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Writer } from '../../platform/database/connection.ts';
import { appendLeaf, emptyFrontier, leafHash, packHashes, unpackHashes } from './merkle.ts';
import { type Actor, type AuditBody, type AuditEvent, canonicalJson } from './model.ts';
import { insertEvent, readFrontier, writeFrontier } from './repository.ts';

/** SHA-256 of the value's canonical JSON, hexadecimal; null for undefined. */
export function contentHash(value: unknown): string | null {
  if (value === undefined) return null;
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/**
 * Appends one event to the audit log, in the transaction of the change that it records: either both are stored or
 * neither. Every mutation calls it; test/integration/audit-coverage.test.ts fails for one that does not.
 */
export async function recordAudit(
  writer: Writer,
  clock: Clock,
  actor: Pick<Actor, 'userId' | 'userName' | 'displayName' | 'host'>,
  event: AuditEvent,
): Promise<AuditSequence> {
  const stored = await readFrontier(writer);
  const frontier =
    stored === undefined ? emptyFrontier : { size: stored.size, hashes: unpackHashes(stored.hashes) };
  const body = {
    sequence: AuditSequence.parse(frontier.size),
    at: clock.now(),
    actor: {
      userId: actor.userId,
      userName: actor.userName,
      displayName: actor.displayName,
      host: actor.host,
    },
    action: event.action,
    recordKind: event.recordKind,
    recordId: event.recordId,
    beforeHash: contentHash(event.before),
    afterHash: contentHash(event.after),
    details: event.details ?? {},
  } satisfies AuditBody;
  const text = canonicalJson(body);
  const leaf = leafHash(Buffer.from(text, 'utf8'));
  await insertEvent(writer, {
    sequence: body.sequence,
    at: body.at,
    user_id: actor.userId,
    action: event.action,
    record_kind: event.recordKind,
    record_id: event.recordId,
    body: text,
    leaf_hash: leaf,
  });
  const next = appendLeaf(frontier, leaf);
  await writeFrontier(writer, next.size, packHashes(next.hashes));
  return body.sequence;
}
