import type { Page } from 'playwright-core';

import { demoWorkspace } from './demo-workspace.ts';
import { mainJob } from './main-job.ts';

/** What a flow may know of where it runs. */
export interface FlowWorld {
  /** The folder of the host's workspaces: a new one for each flow, and empty. */
  readonly home: string;
  /** The folder of files to bring in: test/fixtures. */
  readonly fixtures: string;
}

/** What a user does, from the first screen of a fresh start on. Throws where the screens don't follow. */
export type Flow = (page: Page, world: FlowWorld) => Promise<void>;

/** The flows by name. The browser suite and the Electron suite (test/electron) run every one of them. */
export const flows: Readonly<Record<string, Flow>> = {
  'the main job, from the first start to the audit log': mainJob,
  'the demo workspace, searched and triaged': demoWorkspace,
};
