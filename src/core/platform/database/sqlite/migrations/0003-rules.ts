import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const states = `'running', 'done', 'failed', 'cancelled', 'interrupted'`;

const statements: readonly string[] = [
  // Versions from before had the folds width, case and invisible: they keep them, because a published one never changes.
  `ALTER TABLE lexicon_versions ADD COLUMN settings TEXT NOT NULL
     DEFAULT '{"folds":["width","case","invisible"],"aliases":[],"components":[]}'`,
  `ALTER TABLE terms ADD COLUMN options TEXT NOT NULL DEFAULT '{}'`,
  `ALTER TABLE screening_runs ADD COLUMN cut INTEGER NOT NULL DEFAULT 0`,
  // The folds of then are all but certain: 0.97 is the least of theirs.
  `ALTER TABLE hits ADD COLUMN confidence REAL NOT NULL DEFAULT 1`,
  `ALTER TABLE hits ADD COLUMN parts TEXT`,
  `DROP TRIGGER hits_fixed`,
  `UPDATE hits SET confidence = CASE
     WHEN folds LIKE '%invisible%' THEN 0.97 WHEN folds LIKE '%width%' OR folds LIKE '%case%' THEN 0.99 ELSE 1 END`,
  `CREATE TRIGGER hits_fixed BEFORE UPDATE OF message_id, field, start, "end", term_key, term_id, version_id, run_id,
     conversation_id, sender_id, sent_at, term, category, severity, text, folds, confidence, parts ON hits
   BEGIN SELECT RAISE(ABORT, 'what a hit found never changes'); END`,

  `CREATE TABLE suppressions (
     id TEXT PRIMARY KEY,
     definition TEXT NOT NULL,
     reason TEXT NOT NULL,
     owner TEXT NOT NULL REFERENCES users (id),
     created_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     ended_at INTEGER,
     ended_by TEXT REFERENCES users (id)
   ) STRICT`,
  // What was not looked at, and who said so, has to stay readable: a suppression ends, it is not erased.
  `CREATE TRIGGER suppressions_keep BEFORE DELETE ON suppressions
   BEGIN SELECT RAISE(ABORT, 'suppressions are ended, never deleted'); END`,
  `CREATE TRIGGER suppressions_fixed BEFORE UPDATE OF id, definition, reason, owner, created_at, expires_at ON suppressions
   BEGIN SELECT RAISE(ABORT, 'a suppression never changes; end it and add another'); END`,

  `CREATE TABLE backtests (
     id TEXT PRIMARY KEY,
     job_id TEXT NOT NULL REFERENCES jobs (id),
     lexicon_id TEXT NOT NULL REFERENCES lexicons (id),
     version_id TEXT NOT NULL,
     against_id TEXT REFERENCES lexicon_versions (id),
     content_hash TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN (${states})),
     sample INTEGER,
     filter TEXT NOT NULL,
     messages INTEGER NOT NULL DEFAULT 0,
     added INTEGER NOT NULL DEFAULT 0,
     removed INTEGER NOT NULL DEFAULT 0,
     kept INTEGER NOT NULL DEFAULT 0,
     started_by TEXT NOT NULL REFERENCES users (id),
     started_at INTEGER NOT NULL,
     finished_at INTEGER
   ) STRICT`,
  `CREATE INDEX backtests_by_lexicon ON backtests (lexicon_id, started_at)`,
  `CREATE TABLE backtest_terms (
     backtest_id TEXT NOT NULL REFERENCES backtests (id),
     term_key TEXT NOT NULL,
     term TEXT NOT NULL,
     category TEXT NOT NULL,
     severity INTEGER NOT NULL,
     added INTEGER NOT NULL,
     removed INTEGER NOT NULL,
     kept INTEGER NOT NULL,
     PRIMARY KEY (backtest_id, term_key)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE backtest_samples (
     backtest_id TEXT NOT NULL REFERENCES backtests (id),
     term_key TEXT NOT NULL,
     change TEXT NOT NULL CHECK (change IN ('added', 'removed')),
     message_id INTEGER NOT NULL REFERENCES messages (id),
     field TEXT NOT NULL,
     start INTEGER NOT NULL,
     "end" INTEGER NOT NULL,
     folds TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX backtest_samples_by_term ON backtest_samples (backtest_id, term_key)`,
];

/**
 * Rules beyond words (an entry's options), a version's folds and tables, suppressions, backtests, and what a hit now says of
 * itself. A draft may be discarded after its backtest, so `backtests.version_id` refers to nothing.
 */
export const rules: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
