import { AuditSequence } from '../../contract/ids.ts';
import type { Handlers } from '../../contract/handlers.ts';
import type { Services } from '../../platform/services.ts';
import { AuditEventView, type auditContract } from './contract.ts';
import { AuditBody } from './stored-body.ts';
import { type EventRow, countEvents, listEvents, readFacets } from './repository.ts';
import { verifyAudit } from './verify.ts';

export interface AuditFeature {
  readonly handlers: Handlers<typeof auditContract>;
}

/** Reading and checking the audit log. */
export function createAuditFeature(services: Services): AuditFeature {
  const { query } = services.connection;
  return {
    handlers: {
      async 'audit.list'({ filter, before, limit }) {
        const rows = await listEvents(query, filter, before, limit + 1);
        return {
          events: rows.slice(0, limit).map(viewOf),
          more: rows.length > limit,
          total: await countEvents(query, filter),
        };
      },
      'audit.facets': () => readFacets(query),
      async 'audit.verify'() {
        const result = await verifyAudit(query);
        return {
          ok: result.ok,
          size: result.size,
          rootHash: result.rootHash,
          problems: result.problems.map(({ sequence, problem }) => ({
            sequence: sequence === null ? null : AuditSequence.parse(sequence),
            problem,
          })),
        };
      },
    },
  };
}

function viewOf(row: EventRow): AuditEventView {
  const body = AuditBody.safeParse(parseJson(row.body));
  // A row whose body was tampered with is still shown, by its columns; audit.verify says what is wrong with it.
  const actor = body.success
    ? body.data.actor
    : { userId: row.user_id, userName: '?', displayName: '?', host: 'system' as const };
  return AuditEventView.parse({
    sequence: row.sequence,
    at: row.at,
    userId: actor.userId,
    userName: actor.userName,
    userDisplayName: actor.displayName,
    host: actor.host,
    action: row.action,
    recordKind: row.record_kind,
    recordId: row.record_id,
    beforeHash: body.success ? body.data.beforeHash : null,
    afterHash: body.success ? body.data.afterHash : null,
    details: body.success ? body.data.details : {},
    leafHash: Buffer.from(row.leaf_hash).toString('hex'),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
