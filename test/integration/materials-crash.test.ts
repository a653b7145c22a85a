import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { verifyAudit } from '../../src/core/features/audit/index.ts';
import { textOfBody } from '../../src/core/features/reviews/material/model.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { draftText } from '../support/draft-text.ts';
import { contentOf, createMaterial } from '../support/materials.ts';
import { type TestWorld, startTestWorld } from '../support/workspace.ts';

// A program that is killed between two keystrokes: what it had said was saved is there, whole.

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

/** Saves in another process until it has acknowledged so many, then kills it; answers the last revision that it acknowledged. */
async function killedAfter(workspace: string, id: string, acknowledged: number): Promise<number> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../support/draft-child.ts'), workspace, id],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let count = 0;
  let last = 0;
  // What it had still written is read to its end, also after the kill.
  for await (const line of createInterface({ input: child.stdout })) {
    last = Number(line);
    count += 1;
    if (count === acknowledged) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return last;
}

test('the last acknowledged draft survives kill -9, whole, three times over', async () => {
  const editor = await world.signIn('editor');
  const { id } = await createMaterial(editor, contentOf('article', '早报', [draftText(1)]));
  await world.app.close();

  for (const acknowledged of [3, 7, 12]) {
    const last = await killedAfter(world.workspace, id, acknowledged);
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
    try {
      const { handle, query } = connection;
      const draft = handle
        .prepare<[], { revision: number; content: string }>('SELECT revision, content FROM material_drafts')
        .get();
      if (draft === undefined) throw new Error('no draft');
      // One more may have been stored that nobody was told of; never one fewer.
      expect(draft.revision).toBeGreaterThanOrEqual(last);
      expect(draft.revision).toBeLessThanOrEqual(last + 1);
      const { body } = contentOf('article', '早报', [draftText(draft.revision)]);
      expect(JSON.parse(draft.content)).toMatchObject({ body });
      expect(textOfBody(body)).toBe(draftText(draft.revision));
      // Each revision left its event, none without one.
      expect(
        handle
          .prepare(`SELECT count(*) FROM audit_events WHERE action = 'materials.saveDraft'`)
          .pluck()
          .get(),
      ).toBe(draft.revision - 1);
      expect(handle.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(await verifyAudit(query)).toMatchObject({ ok: true });
    } finally {
      await connection.close();
    }
  }
}, 120_000);
