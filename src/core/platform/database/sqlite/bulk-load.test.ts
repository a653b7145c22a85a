import { join } from 'node:path';

import { expect, test } from 'vitest';

import { temporaryFolder } from '../../../../../test/support/workspace.ts';
import { Milliseconds } from '../../../contract/ids.ts';
import { migrate, openDatabase } from '../connection.ts';
import { beginBulkLoad, finishBulkLoad, isBulkLoading, restoreMessageIndexes } from './bulk-load.ts';

test('a bulk load drops every index of the message table and brings back exactly the same', async () => {
  const folder = await temporaryFolder();
  const connection = openDatabase(join(folder.path, 'x.sqlite'));
  try {
    await migrate(connection);
    const indexes = () =>
      connection.handle
        .prepare<[], { name: string; sql: string }>(
          `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'messages' ORDER BY name`,
        )
        .all();
    const before = indexes();
    expect(before).not.toHaveLength(0);
    beginBulkLoad(connection, Milliseconds.parse(1));
    expect(indexes()).toEqual([]);
    expect(isBulkLoading(connection)).toBe(true);
    finishBulkLoad(connection);
    expect(indexes()).toEqual(before);
    expect(isBulkLoading(connection)).toBe(false);

    // As after a crash in the middle of building them.
    beginBulkLoad(connection, Milliseconds.parse(2));
    connection.handle.exec(before[0]?.sql ?? '');
    expect(restoreMessageIndexes(connection)).toBe(true);
    expect(indexes()).toEqual(before);
    expect(restoreMessageIndexes(connection)).toBe(false);
  } finally {
    await connection.close();
    await folder.remove();
  }
});
