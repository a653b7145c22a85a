import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements: readonly string[] = [
  `CREATE TABLE products (
     id TEXT PRIMARY KEY,
     code TEXT NOT NULL UNIQUE,
     name TEXT NOT NULL,
     type TEXT NOT NULL,
     risk TEXT,
     currency TEXT NOT NULL,
     aliases TEXT NOT NULL DEFAULT '[]',
     facts TEXT NOT NULL DEFAULT '[]',
     on_sale_from TEXT,
     on_sale_until TEXT,
     sheet TEXT NOT NULL DEFAULT '',
     state TEXT NOT NULL CHECK (state IN ('active', 'retired')),
     revision INTEGER NOT NULL CHECK (revision > 0),
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     updated_by TEXT NOT NULL REFERENCES users (id)
   ) STRICT`,
  // Materials and versions refer to products for as long as records are kept.
  `CREATE TRIGGER products_keep BEFORE DELETE ON products
   BEGIN SELECT RAISE(ABORT, 'products are retired, never deleted'); END`,
  // Who reads a register and saves it later has to be able to see that it changed.
  `CREATE TRIGGER products_revised BEFORE UPDATE ON products WHEN NEW.revision <> OLD.revision + 1
   BEGIN SELECT RAISE(ABORT, 'each change of a product counts its revision up by one'); END`,
  `CREATE TRIGGER products_fixed BEFORE UPDATE OF id, created_at ON products
   BEGIN SELECT RAISE(ABORT, 'a product keeps its id'); END`,
];

/** The products that materials speak of, with the facts of their sheets. */
export const products: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
