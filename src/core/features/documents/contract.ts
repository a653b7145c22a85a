import { z } from 'zod';

import { BlobId } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { documentKinds, documentProblems } from './model.ts';

export const DocumentView = z.object({
  kind: z.enum(documentKinds),
  mediaType: z.string(),
  text: z.string(),
  pages: z.number().int().nullable(),
  codes: z.array(z.object({ text: z.string(), format: z.string(), page: z.number().int() })),
  links: z.array(z.string()),
  problems: z.array(z.enum(documentProblems)),
});
export type DocumentView = z.output<typeof DocumentView>;

export const documentsContract = {
  /**
   * What was read of a file. The first question has it read, which goes on when the answer is `reading`; `changed` with the
   * topic `materials` says that it is done. `not-found` where the workspace has no such file.
   */
  'documents.get': procedure({
    kind: 'query',
    permission: 'materials:read',
    input: z.object({ blobId: BlobId }),
    output: z.discriminatedUnion('state', [
      z.object({ state: z.literal('reading'), result: z.null() }),
      z.object({ state: z.literal('done'), result: DocumentView }),
    ]),
  }),
};
