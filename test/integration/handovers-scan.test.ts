import { join } from 'node:path';

import { expect, test } from 'vitest';

import { createSignReaders } from '../../src/core/features/handovers/timeline/readers.ts';
import { scanAll } from '../../src/core/features/handovers/timeline/scan-all.ts';
import { windowAround } from '../../src/core/features/handovers/timeline/window.ts';
import { migrate, openDatabase } from '../../src/core/platform/database/connection.ts';
import { addLeaverArchive } from '../benchmarks/handovers/leaver-archive.ts';
import { resources, temporaryFolder } from '../support/workspace.ts';

test('two threads see what one sees', async () => {
  const folder = await temporaryFolder();
  const connection = openDatabase(join(folder.path, 'workspace.sqlite'));
  try {
    await migrate(connection);
    addLeaverArchive(connection.handle, {
      leaver: 'linyue',
      customers: 60,
      groups: 6,
      messages: 6_000,
      otherMessages: 1_000,
      lastDayEnd: Date.parse('2026-04-01T00:00:00+08:00'),
    });
    const readers = createSignReaders({ resources });
    const subject = {
      leaver: 'linyue',
      window: windowAround('2026-03-20', 'Asia/Shanghai'),
      specialDays: new Map(),
    };
    const context = { connection, resources, readers };
    const alone = await scanAll({ ...context, worthHelp: Infinity }, subject);
    expect(await scanAll({ ...context, worthHelp: 1 }, subject)).toEqual(alone);
    expect(alone.messages).toBeGreaterThan(5_000);
    expect(alone.promises.length).toBeGreaterThan(20);
    expect(alone.words.length).toBeGreaterThan(0);
    expect(alone.complaints.length).toBeGreaterThan(0);
    expect(alone.afterLeaving.first).toHaveLength(100);
    expect(alone.contactDays.length).toBeGreaterThan(60);
    // Where the second thread can't start, the first reads all.
    expect(
      await scanAll({ ...context, worthHelp: 1, resources: join(folder.path, 'none') }, subject),
    ).toEqual(alone);
  } finally {
    await connection.close();
    await folder.remove();
  }
});
