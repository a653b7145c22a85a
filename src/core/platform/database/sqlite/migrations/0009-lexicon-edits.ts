import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements: readonly string[] = [
  // ---- who changed what of a draft last --------------------------------------------------------------------------
  // The draft counts its changes, and what is changed gets the count: a row's id may be given again after it was removed,
  // the count never is.
  `ALTER TABLE lexicon_versions ADD COLUMN changes INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE lexicon_versions ADD COLUMN settings_revision INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE lexicon_versions ADD COLUMN settings_changed_at INTEGER`,
  `ALTER TABLE lexicon_versions ADD COLUMN settings_changed_by TEXT REFERENCES users (id)`,
  `ALTER TABLE terms ADD COLUMN revision INTEGER NOT NULL DEFAULT 0`,
  `ALTER TABLE terms ADD COLUMN changed_at INTEGER`,
  `ALTER TABLE terms ADD COLUMN changed_by TEXT REFERENCES users (id)`,

  // ---- what a backtest left out ----------------------------------------------------------------------------------
  `ALTER TABLE backtests ADD COLUMN cut INTEGER NOT NULL DEFAULT 0`,

  // ---- hits that are split over different messages and end in the same one -----------------------------------------
  // SQLite can't take a constraint from a table, so hits, and dispositions that refer to them, are made anew. Dropping a
  // table fires none of its triggers.
  `CREATE TABLE new_hits (
     id INTEGER PRIMARY KEY,
     message_id INTEGER NOT NULL,
     field TEXT NOT NULL,
     start INTEGER NOT NULL,
     "end" INTEGER NOT NULL,
     term_key TEXT NOT NULL,
     term_id INTEGER NOT NULL,
     version_id TEXT NOT NULL REFERENCES lexicon_versions (id),
     run_id TEXT NOT NULL REFERENCES screening_runs (id),
     conversation_id INTEGER,
     sender_id INTEGER,
     sent_at INTEGER NOT NULL,
     term TEXT NOT NULL,
     category TEXT NOT NULL,
     severity INTEGER NOT NULL,
     text TEXT NOT NULL,
     folds TEXT NOT NULL,
     state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'dismissed', 'escalated')),
     decided_by TEXT REFERENCES users (id),
     decided_at INTEGER,
     reason_code TEXT,
     confidence REAL NOT NULL DEFAULT 1,
     parts TEXT
   ) STRICT`,
  `INSERT INTO new_hits SELECT id, message_id, field, start, "end", term_key, term_id, version_id, run_id, conversation_id,
     sender_id, sent_at, term, category, severity, text, folds, state, decided_by, decided_at, reason_code, confidence, parts
     FROM hits ORDER BY id`,
  `CREATE TABLE new_dispositions (
     id INTEGER PRIMARY KEY,
     hit_id INTEGER NOT NULL REFERENCES new_hits (id),
     decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'dismissed', 'escalated', 'reopened')),
     reason_code TEXT,
     note TEXT NOT NULL,
     decided_by TEXT NOT NULL REFERENCES users (id),
     decided_at INTEGER NOT NULL,
     undoes INTEGER REFERENCES new_dispositions (id)
   ) STRICT`,
  `INSERT INTO new_dispositions SELECT id, hit_id, decision, reason_code, note, decided_by, decided_at, undoes
     FROM dispositions ORDER BY id`,
  `DROP TABLE dispositions`,
  `DROP TABLE hits`,
  `ALTER TABLE new_hits RENAME TO hits`,
  `ALTER TABLE new_dispositions RENAME TO dispositions`,
  // A hit is the same one where it is of the same entry, and begins and ends in the same places: a message that was imported
  // late and comes between its parts makes no other of it.
  `CREATE UNIQUE INDEX hits_once ON hits (message_id, field, start, "end", term_key, ifnull(json_extract(parts, '$[0]'), ''))`,
  `CREATE INDEX hits_by_severity ON hits (state, severity, sent_at)`,
  `CREATE INDEX hits_by_time ON hits (sent_at)`,
  `CREATE INDEX hits_by_conversation ON hits (conversation_id, state)`,
  `CREATE INDEX hits_by_run ON hits (run_id)`,
  `CREATE TRIGGER hits_keep BEFORE DELETE ON hits
   BEGIN SELECT RAISE(ABORT, 'hits are never deleted'); END`,
  `CREATE TRIGGER hits_fixed BEFORE UPDATE OF message_id, field, start, "end", term_key, term_id, version_id, run_id,
     conversation_id, sender_id, sent_at, term, category, severity, text, folds, confidence, parts ON hits
   BEGIN SELECT RAISE(ABORT, 'what a hit found never changes'); END`,
  `CREATE INDEX dispositions_by_hit ON dispositions (hit_id, id)`,
  `CREATE TRIGGER dispositions_no_update BEFORE UPDATE ON dispositions
   BEGIN SELECT RAISE(ABORT, 'dispositions are append-only'); END`,
  `CREATE TRIGGER dispositions_no_delete BEFORE DELETE ON dispositions
   BEGIN SELECT RAISE(ABORT, 'dispositions are append-only'); END`,
];

/**
 * Who changed a draft's entries and settings last, so that nobody overwrites what they have not seen; how many messages a
 * backtest could not compare; and hits of one entry that end in the same place but began in different messages.
 */
export const lexiconEdits: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
