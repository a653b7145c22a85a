import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What was read of files, by their content: it can be read again at any time, so that rows may be replaced. */
export const documents: Migration = {
  async up(database: Kysely<unknown>) {
    await sql
      .raw(
        `CREATE TABLE documents (
           blob_id TEXT PRIMARY KEY,
           extractor_version INTEGER NOT NULL,
           kind TEXT NOT NULL,
           media_type TEXT NOT NULL,
           text TEXT NOT NULL,
           pages INTEGER,
           codes TEXT NOT NULL,
           links TEXT NOT NULL,
           problems TEXT NOT NULL,
           read_at INTEGER NOT NULL
         ) STRICT`,
      )
      .execute(database);
  },
};
