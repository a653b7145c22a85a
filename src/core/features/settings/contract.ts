import { z } from 'zod';

import { Label, NoInput } from '../../contract/common.ts';
import { procedure } from '../../contract/procedure.ts';

export const Settings = z.object({
  workspaceTitle: Label,
  /** IANA name; times are stored in UTC and shown in this zone. */
  timeZone: z.string().min(1).max(64),
  idleLockMinutes: z.number().int().min(1).max(240),
  /** What materials may link to: domains without scheme and path, each with all below it. Empty: not set up. */
  allowedDomains: z.array(z.string().trim().min(1).max(253)).max(500),
});
export type Settings = z.output<typeof Settings>;

export const settingsContract = {
  'settings.get': procedure({
    kind: 'query',
    permission: 'settings:read',
    input: NoInput,
    output: Settings,
  }),
  'settings.update': procedure({
    kind: 'mutation',
    permission: 'settings:manage',
    /** What is left out stays as it is. */
    input: Settings.partial({ allowedDomains: true }),
    output: Settings,
  }),
};
