import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { frozenHandover } from '../../../../../test/support/frozen-handovers.ts';
import { temporaryFolder } from '../../../../../test/support/workspace.ts';
import { ContentHash, Milliseconds } from '../../../contract/ids.ts';
import { migrate, openDatabase } from '../../../platform/database/connection.ts';
import { canonicalJson } from '../../audit/index.ts';
import { createSigningHandlers } from './handlers.ts';

const notAsked = () => Promise.reject(new Error('not asked for'));

test('shows as much evidence of a frozen finding as of a live one', async () => {
  const folder = await temporaryFolder();
  const connection = openDatabase(join(folder.path, 'workspace.sqlite'));
  try {
    await migrate(connection);
    const frozen = frozenHandover([]);
    const evidence = Array.from({ length: 1_000 }, (_unused, index) => ({
      type: 'fact' as const,
      feed: 'customers' as const,
      file: 'customers.json',
      line: index + 1,
      at: Milliseconds.parse(index),
      item: null,
    }));
    const findings = frozen.findings.map((finding) => ({ ...finding, evidence }));
    const bytes = Buffer.from(canonicalJson({ ...frozen, findings }), 'utf8');
    const path = join(folder.path, 'sheet.json');
    await writeFile(path, bytes);
    const handlers = createSigningHandlers(
      { connection, resources: '' },
      { wholeSheet: notAsked, timeline: notAsked, promises: notAsked },
    );
    const hash = ContentHash.parse(createHash('sha256').update(bytes).digest('hex'));
    const shown = await handlers.snapshot({ path, hash });
    expect(shown.intact).toBe(true);
    expect(shown.findings.map((finding) => finding.evidence)).toEqual(
      findings.map((finding) => finding.evidence.slice(0, 200)),
    );
  } finally {
    await connection.close();
    await folder.remove();
  }
});
