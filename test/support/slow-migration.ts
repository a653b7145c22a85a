import { sql } from 'kysely';

import { migrate, openDatabase } from '../../src/core/platform/database/connection.ts';
import { migrations } from '../../src/core/platform/database/sqlite/migrations/index.ts';

// A process that is killed in the middle of a migration: it changes the schema, says so, and never comes to its end.

const connection = openDatabase(process.argv[2] ?? '');
await migrate(connection, '9999-slow', {
  ...migrations,
  '9999-slow': {
    async up(database) {
      await sql.raw('ALTER TABLE settings ADD COLUMN half TEXT').execute(database);
      await sql.raw('CREATE TABLE half_way (id INTEGER PRIMARY KEY) STRICT').execute(database);
      process.stdout.write('half-way\n');
      await new Promise((resolve) => {
        setTimeout(resolve, 600_000);
      });
    },
  },
});
