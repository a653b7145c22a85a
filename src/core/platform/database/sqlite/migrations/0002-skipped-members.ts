import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What of a zip is no archive and was passed over: JSON of its first names and their number. */
export const skippedMembers: Migration = {
  async up(database: Kysely<unknown>) {
    await sql.raw('ALTER TABLE import_files ADD COLUMN skipped TEXT').execute(database);
  },
};
