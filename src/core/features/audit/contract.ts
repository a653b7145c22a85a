import { z } from 'zod';

import { NoInput } from '../../contract/common.ts';
import { AuditSequence, Milliseconds, UserId } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';

export const AuditEventView = z.object({
  sequence: AuditSequence,
  at: Milliseconds,
  userId: UserId.nullable(),
  userName: z.string(),
  userDisplayName: z.string(),
  host: z.enum(['desktop', 'http', 'cli', 'system']),
  /** The procedure's name, or what the system did: `hits.decide`, `imports.finished`… */
  action: z.string(),
  recordKind: z.string(),
  recordId: z.string(),
  beforeHash: z.string().nullable(),
  afterHash: z.string().nullable(),
  /** Small facts for a reader, never message text: counts, states, reason codes. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  leafHash: z.string(),
});
export type AuditEventView = z.output<typeof AuditEventView>;

export const AuditFilter = z.object({
  userId: UserId.nullable().default(null),
  action: z.string().max(100).nullable().default(null),
  recordKind: z.string().max(100).nullable().default(null),
  recordId: z.string().max(200).nullable().default(null),
  from: Milliseconds.nullable().default(null),
  to: Milliseconds.nullable().default(null),
});
export type AuditFilter = z.output<typeof AuditFilter>;

export const auditContract = {
  /** Newest first. `before` is the cursor: the sequence of the last row of the page before. */
  'audit.list': procedure({
    kind: 'query',
    permission: 'audit:read',
    input: z.object({
      filter: AuditFilter.prefault({}),
      before: AuditSequence.nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.object({ events: z.array(AuditEventView), more: z.boolean(), total: z.number().int() }),
  }),
  /** The values that the filter's lists offer. */
  'audit.facets': procedure({
    kind: 'query',
    permission: 'audit:read',
    input: NoInput,
    output: z.object({
      actions: z.array(z.string()),
      recordKinds: z.array(z.string()),
      users: z.array(z.object({ id: UserId, userName: z.string(), displayName: z.string() })),
    }),
  }),
  /** Recomputes every leaf and the tree's root, and compares them with what is stored. */
  'audit.verify': procedure({
    kind: 'query',
    permission: 'audit:read',
    input: NoInput,
    output: z.object({
      ok: z.boolean(),
      size: z.number().int(),
      rootHash: z.string(),
      problems: z.array(z.object({ sequence: AuditSequence.nullable(), problem: z.string() })),
    }),
  }),
};
