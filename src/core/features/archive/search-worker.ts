import { parentPort, workerData } from 'node:worker_threads';

import { openDatabase } from '../../platform/database/connection.ts';
import {
  type FoundMessage,
  type Place,
  countMessages,
  prepareNewestFirst,
} from '../../platform/database/sqlite/message-scan.ts';
import { excerptOf } from './find-text.ts';
import { searchPattern } from './search-pattern.ts';
import type { SearchProgress, SearchStart } from './search-protocol.ts';

// Reads the messages from the newest to the oldest and looks for a text in them: no index, so nothing to keep up to date,
// and the first results are there at once (docs/benchmarks.md, "Search").

/** The first batch is small, so that what is new is on the screen at once; later ones cost less per message. */
const firstBatch = 200;
const laterBatch = 4000;

async function search(start: SearchStart): Promise<void> {
  const connection = openDatabase(start.database, { readonly: true });
  const cancelled = new Int32Array(start.cancelFlag);
  try {
    const pattern = searchPattern(start.text);
    const small = prepareNewestFirst(connection, start.filter, firstBatch);
    const large = prepareNewestFirst(connection, start.filter, laterBatch);
    const total = countMessages(connection, start.filter);
    let scanned = 0;
    let found = 0;
    let before: Place | null = null;
    for (let done = false; !done && Atomics.load(cancelled, 0) === 0;) {
      const size = before === null ? firstBatch : laterBatch;
      const rows: readonly FoundMessage[] = (before === null ? small : large)(before);
      const results: SearchProgress['results'] = [];
      for (const row of rows) {
        before = { sentAt: row.sent_at, id: row.id };
        scanned += 1;
        const match = pattern.exec(row.text);
        if (match === null) continue;
        results.push({
          messageId: row.id,
          conversationId: row.conversation_id,
          sentAt: row.sent_at,
          sender: row.sender ?? '',
          ...excerptOf(row.text, match.index, match[0].length),
        });
        found += 1;
        if (found === start.limit) break;
      }
      const limited = found === start.limit;
      done = limited || rows.length < size;
      const progress: SearchProgress = { results, scanned, total: Math.max(total, scanned), done, limited };
      parentPort?.postMessage(progress);
    }
  } finally {
    await connection.close();
  }
}

await search(workerData as SearchStart);
