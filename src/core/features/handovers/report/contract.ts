import { z } from 'zod';

import { languages } from '../../../contract/language.ts';
import { procedure } from '../../../contract/procedure.ts';
import { HandoverTarget } from '../sheet/contract.ts';

export const reportContract = {
  /**
   * The whole sheet with its findings, as JSON text for other programs; docs/handovers.md has its form. On record in the audit log as
   * `handovers.export`; the leaver's account gets none (`no-table-for-leaver`).
   */
  'handovers.report': procedure({
    kind: 'query',
    permission: 'handovers:read',
    input: z.object({ target: HandoverTarget, language: z.enum(languages).default('en-US') }),
    output: z.object({ json: z.string() }),
  }),
};
