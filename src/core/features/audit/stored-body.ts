import { z } from 'zod';

import { AuditSequence, Milliseconds, UserId } from '../../contract/ids.ts';
import type { AuditBody as Body } from './model.ts';

/** An event's body as it was stored: read back from the database, where somebody may have changed it. */
export const AuditBody = z.strictObject({
  sequence: AuditSequence,
  at: Milliseconds,
  actor: z.strictObject({
    userId: UserId.nullable(),
    userName: z.string(),
    displayName: z.string(),
    host: z.enum(['desktop', 'http', 'cli', 'system']),
  }),
  action: z.string(),
  recordKind: z.string(),
  recordId: z.string(),
  beforeHash: z.string().nullable(),
  afterHash: z.string().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
}) satisfies z.ZodType<Body>;
