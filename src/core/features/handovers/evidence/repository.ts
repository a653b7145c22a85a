import { sql } from 'kysely';

import type { Reader } from '../../../platform/database/connection.ts';
import type { EvidenceFileView } from './contract.ts';

/** The files whose records name the leaver, as who has or gets something, or name what the leaver had. */
export async function selectEvidenceFiles(reader: Reader, leaver: string): Promise<EvidenceFileView[]> {
  const { rows } = await sql<EvidenceFileView>`
    WITH named AS (
        SELECT id, item FROM feed_facts WHERE employee = ${leaver}
        UNION SELECT id, item FROM feed_facts WHERE taker = ${leaver}
      ),
      own AS (SELECT DISTINCT item FROM named WHERE item IS NOT NULL),
      wanted AS (
        SELECT id FROM named
        UNION SELECT feed_facts.id FROM own CROSS JOIN feed_facts ON feed_facts.item = own.item
      )
    SELECT import_files.import_id AS "importId", import_files.name AS name, feed_facts.feed AS feed,
      imports.started_at AS "importedAt", count(*) AS facts, min(feed_facts.at) AS first, max(feed_facts.at) AS last
    FROM feed_facts
      JOIN import_files ON import_files.id = feed_facts.file_id
      JOIN imports ON imports.id = import_files.import_id
    WHERE feed_facts.id IN wanted
    GROUP BY feed_facts.file_id, feed_facts.feed
    ORDER BY feed_facts.feed, last DESC, import_files.name`.execute(reader);
  return rows;
}
