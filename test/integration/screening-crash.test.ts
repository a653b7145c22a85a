import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { createApp } from '../../src/core/app.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { databaseFileName } from '../../src/core/platform/workspace.ts';
import { addLexicon, addMessages, addSplitMessages } from '../support/many-hits.ts';
import {
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  temporaryFolder,
  testPassword,
  until,
} from '../support/workspace.ts';

const child = fileURLToPath(new URL('../support/screening-child.ts', import.meta.url));

/** Everything about the hits that a run decides, in the order they were found. */
function hitsOf(workspace: string): readonly unknown[] {
  const { handle } = openDatabase(join(workspace, databaseFileName), { readonly: true });
  const rows = handle
    .prepare(
      `SELECT id, message_id, field, start, "end", term_key, text, folds, confidence, parts, state FROM hits ORDER BY id`,
    )
    .all();
  handle.close();
  return rows;
}

it('a run whose process is killed goes on from its last batch, to the hits of a run that nobody disturbed', async () => {
  const folder = await temporaryFolder();
  try {
    const killed = join(folder.path, 'killed');
    const undisturbed = join(folder.path, 'undisturbed');
    await createTestWorkspace(killed);
    const filling = openDatabase(join(killed, databaseFileName));
    addLexicon(filling.handle);
    addMessages(filling.handle, { messages: 20_000, termEvery: 2 });
    addSplitMessages(filling.handle, 40_000);
    await filling.close();
    await cp(killed, undisturbed, { recursive: true });

    const process = spawn(globalThis.process.execPath, [child, killed], { stdio: 'inherit' });
    const watching = openDatabase(join(killed, databaseFileName), { readonly: true });
    const runState = watching.handle.prepare<[], { state: string; messages: number }>(
      'SELECT state, messages FROM screening_runs',
    );
    const seen = await until(() => {
      if (process.exitCode !== null) throw new Error(`the child ended by itself with ${process.exitCode}`);
      const run = runState.get();
      // Among those whose hits are split: some messages on one side of the kill are joined to those on the other.
      return run !== undefined && run.messages > 22_000 ? run : null;
    });
    process.kill('SIGKILL');
    const [, signal] = await once(process, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(seen.state).toBe('running');
    const left = runState.get();
    expect(left?.messages).toBeLessThan(60_000);
    expect(hitsOf(killed).length).toBeGreaterThan(0);
    await watching.close();

    const options = {
      home: folder.path,
      resources,
      version: '0.0.0-test',
      log: createLog('silent'),
      passwordCost: cheapPasswords,
    };
    const resumed = await createApp({ ...options, workspace: killed });
    await resumed.idle();
    const client = createClient(resumed);
    await client.call('users.signIn', { userName: 'everything', password: testPassword });
    const runs = await client.call('supervision.runs');
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ state: 'done', messages: 60_000, hits: hitsOf(killed).length });
    await resumed.close();

    const calm = await createApp({ ...options, workspace: undisturbed });
    const other = createClient(calm);
    await other.call('users.signIn', { userName: 'everything', password: testPassword });
    await other.call('supervision.startScreening', {});
    await calm.idle();
    await calm.close();
    expect(hitsOf(killed)).toEqual(hitsOf(undisturbed));
    expect(hitsOf(undisturbed)).toHaveLength(10_000 + 20_000);
  } finally {
    await folder.remove();
  }
});
