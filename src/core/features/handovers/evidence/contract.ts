import { z } from 'zod';

import { HandoverId, ImportId, Milliseconds } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { feedKinds } from '../../feeds/model.ts';

/** One imported file that says something of the leaver, of who takes over from them, or of what they had. */
export const EvidenceFileView = z.object({
  importId: ImportId,
  name: z.string(),
  feed: z.enum(feedKinds),
  importedAt: Milliseconds,
  /** Records of it that concern the handover, and the time that they are about. */
  facts: z.number().int(),
  first: Milliseconds,
  last: Milliseconds,
});
export type EvidenceFileView = z.output<typeof EvidenceFileView>;

export const evidenceContract = {
  /** The imported files that concern a handover, by kind, the newest records first. */
  'handovers.evidence': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ id: HandoverId }),
    output: z.object({ files: z.array(EvidenceFileView) }),
  }),
};
