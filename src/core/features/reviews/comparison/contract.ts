import { z } from 'zod';

import { ContentHash, MaterialId, MaterialVersionId, Milliseconds } from '../../../contract/ids.ts';
import { procedure } from '../../../contract/procedure.ts';
import { ContentDiff, VariantDrift } from '../diff/contract.ts';
import { MaterialContent, Who } from '../material/contract.ts';

/** One content of a material: what a version had, what the draft has now, or what is approved now. */
export const ContentRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('version'), versionId: MaterialVersionId }),
  z.strictObject({ kind: z.literal('draft') }),
  z.strictObject({ kind: z.literal('approved') }),
]);
export type ContentRef = z.output<typeof ContentRef>;

/** A content with what tells where it comes from. */
export const NamedContent = z.object({
  /** Null for the draft. */
  versionId: MaterialVersionId.nullable(),
  /** The version's number; of the draft that of the newest version, 0 before the first. */
  number: z.number().int(),
  /** Null for a version. */
  revision: z.number().int().nullable(),
  by: Who,
  at: Milliseconds,
  contentHash: ContentHash,
  content: MaterialContent,
});
export type NamedContent = z.output<typeof NamedContent>;

export const comparisonContract = {
  /** What changed between two contents, with both, since the diff has places only. `nothing-approved` where nothing is. */
  'materials.compare': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ id: MaterialId, from: ContentRef, to: ContentRef }),
    output: z.object({ from: NamedContent, to: NamedContent, diff: ContentDiff }),
  }),
  /** How far each channel's variant has gone from the master text; of `content` where it is given, as an editor has it open. */
  'materials.drift': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({
      id: MaterialId,
      of: ContentRef.default({ kind: 'draft' }),
      content: MaterialContent.nullable().default(null),
    }),
    output: z.object({ drifts: z.array(VariantDrift) }),
  }),
};
