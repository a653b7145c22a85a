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
import { addPromotions } from '../support/many-promotions.ts';
import {
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  temporaryFolder,
  testPassword,
  until,
} from '../support/workspace.ts';

const child = fileURLToPath(new URL('../support/publication-child.ts', import.meta.url));
const messages = 12_000;

/** Everything about the findings that a run decides. */
function findingsOf(workspace: string): readonly unknown[] {
  const { handle } = openDatabase(join(workspace, databaseFileName), { readonly: true });
  const rows = handle
    .prepare(
      'SELECT message_id, kind, verdict, similarity, text_id, standing, state FROM findings ORDER BY message_id',
    )
    .all();
  handle.close();
  return rows;
}

it('a run whose process is killed goes on from its last batch, to the findings of a run that nobody disturbed; another can be stopped', async () => {
  const folder = await temporaryFolder();
  try {
    const killed = join(folder.path, 'killed');
    const undisturbed = join(folder.path, 'undisturbed');
    await createTestWorkspace(killed);
    const filling = openDatabase(join(killed, databaseFileName));
    addPromotions(filling.handle, messages, 5);
    await filling.close();
    await cp(killed, undisturbed, { recursive: true });

    const process = spawn(globalThis.process.execPath, [child, killed], { stdio: 'inherit' });
    const watching = openDatabase(join(killed, databaseFileName), { readonly: true });
    const runState = watching.handle.prepare<[], { state: string; messages: number }>(
      'SELECT state, messages FROM publication_runs',
    );
    await until(() => {
      if (process.exitCode !== null) throw new Error(`the child ended by itself with ${process.exitCode}`);
      return (runState.get()?.messages ?? 0) >= 4_000;
    });
    process.kill('SIGKILL');
    const [, signal] = await once(process, 'exit');
    expect(signal).toBe('SIGKILL');
    const left = runState.get();
    expect(left?.state).toBe('running');
    expect(left?.messages).toBeLessThan(messages);
    expect(findingsOf(killed).length).toBeGreaterThan(0);
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
    const runs = await client.call('publication.runs');
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({
      state: 'done',
      messages,
      promotional: findingsOf(killed).length,
      findings: findingsOf(killed).length,
    });
    await resumed.close();

    const calm = await createApp({ ...options, workspace: undisturbed });
    const other = createClient(calm);
    await other.call('users.signIn', { userName: 'everything', password: testPassword });
    const { jobId } = await other.call('publication.startRun', {});
    await until(async () => ((await other.call('publication.runs'))[0]?.messages ?? 0) > 0);
    await other.call('jobs.cancel', { id: jobId });
    await calm.idle();
    const [stopped] = await other.call('publication.runs');
    expect(stopped?.state).toBe('cancelled');
    expect(stopped?.messages).toBeLessThan(messages);
    // What it kept is kept, and another run does the rest.
    await other.call('publication.startRun', {});
    await calm.idle();
    const [rest] = await other.call('publication.runs');
    expect(rest?.messages).toBe(messages - (stopped?.messages ?? 0));
    await calm.close();
    expect(findingsOf(killed)).toEqual(findingsOf(undisturbed));
    expect(findingsOf(undisturbed)).not.toHaveLength(0);
  } finally {
    await folder.remove();
  }
});
