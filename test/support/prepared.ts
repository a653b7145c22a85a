import { access, cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { inject } from 'vitest';

import { createDemoWorkspaceAt } from '../../src/core/app.ts';
import { demoPassword } from '../../src/core/features/workspaces/demo-accounts.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { type WorkspaceForTests, cheapPasswords, resources, until } from './workspace.ts';

// Workspaces that take seconds to make: made once in a run, by whichever test file asks first, and copied for each that
// asks. They are real ones, made by the code that makes a user's.

const recipes = {
  /** The demo: 20,000 messages, imported and screened, one account per role. */
  demo: async (directory: string) => {
    await createDemoWorkspaceAt(
      directory,
      { resources, passwordCost: cheapPasswords, log: createLog('silent') },
      () => undefined,
    );
  },
} satisfies Readonly<Record<string, (directory: string) => Promise<void>>>;

export type PreparedWorkspace = keyof typeof recipes;

/** A copy of the demo for `startTestWorld` or `startWorld`; each role's account is named after the role. */
export const demo: WorkspaceForTests = {
  prepare: (directory) => copyPrepared('demo', directory),
  password: demoPassword,
};

/** Longer than any machine takes to make one of them, others beside it. */
const making = 110_000;

/** Copies the workspace of this name into a missing folder. */
export async function copyPrepared(name: PreparedWorkspace, directory: string): Promise<void> {
  await cp(await prepared(name), directory, { recursive: true, errorOnExist: true, force: false });
}

/** The folder of the workspace of this name, which nobody may open: it is there to be copied. */
async function prepared(name: PreparedWorkspace): Promise<string> {
  const whole = join(inject('runFolder'), name);
  if (await mayMake(`${whole}.lock`)) {
    try {
      await recipes[name](`${whole}.part`);
      await rename(`${whole}.part`, whole);
    } catch (error) {
      // The others, in their own processes, must not wait for what does not come.
      await writeFile(`${whole}.failed`, error instanceof Error ? (error.stack ?? error.message) : 'unknown');
      throw error;
    }
    return whole;
  }
  await until(async () => {
    if (await exists(`${whole}.failed`))
      throw new Error(`the workspace ${name} was not made: ${await readFile(`${whole}.failed`, 'utf8')}`);
    return exists(whole);
  }, making);
  return whole;
}

/** Whether this process is the first to ask: a folder is made once, whoever else tries. */
async function mayMake(lock: string): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
