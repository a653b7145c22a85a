import { z } from 'zod';

import { Label, NoInput } from '../../contract/common.ts';
import { JobId, Milliseconds } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { Password, UserName } from '../users/contract.ts';

/** The folder's name below the workspaces' home: no path crosses the contract. */
export const WorkspaceName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);

export const WorkspaceSummary = z.object({
  name: WorkspaceName,
  title: z.string(),
  createdAt: Milliseconds,
  demo: z.boolean(),
});
export type WorkspaceSummary = z.output<typeof WorkspaceSummary>;

export const workspacesContract = {
  /** What the first screen needs. Never fails. */
  'workspaces.status': procedure({
    kind: 'query',
    permission: 'public',
    input: NoInput,
    output: z.object({
      open: WorkspaceSummary.nullable(),
      /** False where the host serves one workspace only (`countersign serve`). */
      canSwitch: z.boolean(),
      known: z.array(WorkspaceSummary),
      /** The demo workspace's accounts, with their password, while it is the one that is open. */
      demoAccounts: z.array(
        z.object({
          userName: z.string(),
          displayName: z.string(),
          role: z.string(),
          /** Where they work; empty where the role says it all. */
          post: z.string(),
          password: z.string(),
        }),
      ),
      timeZone: z.string(),
      version: z.string(),
      /** Why the workspace that was open last could not be opened again: an error body. */
      problem: z
        .object({
          code: z.string(),
          message: z.string(),
          details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
        })
        .nullable(),
    }),
  }),
  'workspaces.create': procedure({
    kind: 'session',
    permission: 'public',
    input: z.object({
      title: Label,
      admin: z.object({ userName: UserName, displayName: Label, password: Password }),
    }),
    output: WorkspaceSummary,
  }),
  'workspaces.open': procedure({
    kind: 'session',
    permission: 'public',
    input: z.object({ name: WorkspaceName }),
    output: WorkspaceSummary,
  }),
  /** Opens the demo workspace; builds it first where there is none (the job shows how far it is). */
  'workspaces.openDemo': procedure({
    kind: 'session',
    permission: 'public',
    input: NoInput,
    output: z.object({ workspace: WorkspaceSummary, job: JobId.nullable() }),
  }),
  /** Back to the first screen. Ends the caller's session. */
  'workspaces.close': procedure({
    kind: 'session',
    permission: 'signed-in',
    input: NoInput,
    output: z.object({}),
  }),
};
