import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

function appendOnly(table: string, reason: string): readonly string[] {
  return [
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${reason}'); END`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${reason}'); END`,
  ];
}

const classes = `('customers', 'groups', 'liveCodes', 'tasks', 'materials', 'cases')`;

const statements: readonly string[] = [
  // ---- what the feeds say ------------------------------------------------------------------------------------
  `CREATE TABLE feed_facts (
     id INTEGER PRIMARY KEY,
     kind TEXT NOT NULL,
     employee TEXT,
     item TEXT,
     taker TEXT,
     at INTEGER NOT NULL,
     whole_day INTEGER NOT NULL CHECK (whole_day IN (0, 1)),
     code TEXT,
     detail TEXT,
     other_at INTEGER,
     data TEXT NOT NULL,
     digest BLOB NOT NULL UNIQUE,
     feed TEXT NOT NULL,
     file_id INTEGER NOT NULL REFERENCES import_files (id),
     line INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX feed_facts_by_employee ON feed_facts (employee, kind, at)`,
  `CREATE INDEX feed_facts_by_item ON feed_facts (item, kind)`,
  `CREATE INDEX feed_facts_by_taker ON feed_facts (taker, kind)`,
  `CREATE INDEX feed_facts_by_kind ON feed_facts (kind, at)`,
  // A fact is evidence. Only which of several files that say the same it names may change: the choice must not depend on
  // which was imported first.
  `CREATE TRIGGER feed_facts_fixed BEFORE UPDATE OF id, kind, employee, item, taker, at, whole_day, code, detail, other_at, data, digest
   ON feed_facts BEGIN SELECT RAISE(ABORT, 'what a feed said never changes'); END`,
  `CREATE TRIGGER feed_facts_no_delete BEFORE DELETE ON feed_facts
   BEGIN SELECT RAISE(ABORT, 'what a feed said never changes'); END`,
  `ALTER TABLE imports ADD COLUMN as_of TEXT`,
  `ALTER TABLE imports ADD COLUMN mapping TEXT`,
  `CREATE TABLE feed_mappings (
     name TEXT PRIMARY KEY,
     feed TEXT NOT NULL,
     columns TEXT NOT NULL,
     updated_by TEXT NOT NULL REFERENCES users (id),
     updated_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,

  // ---- handovers ---------------------------------------------------------------------------------------------
  `CREATE TABLE handovers (
     id TEXT PRIMARY KEY,
     leaver TEXT NOT NULL,
     leaver_user TEXT REFERENCES users (id),
     supervisor_user TEXT REFERENCES users (id),
     last_day TEXT NOT NULL,
     opening_day TEXT,
     reason TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('open', 'signing', 'signed')),
     revision INTEGER NOT NULL,
     opened_by TEXT NOT NULL REFERENCES users (id),
     opened_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     signed_at INTEGER,
     -- Somebody who comes back may leave again.
     UNIQUE (leaver, last_day),
     -- The supervisor watches over the handover and is no party to it.
     CHECK (supervisor_user IS NULL OR leaver_user IS NULL OR supervisor_user <> leaver_user)
   ) STRICT`,
  `CREATE TRIGGER handovers_keep BEFORE DELETE ON handovers
   BEGIN SELECT RAISE(ABORT, 'a handover is kept'); END`,
  `CREATE TABLE handover_takers (
     handover_id TEXT NOT NULL REFERENCES handovers (id),
     ordinal INTEGER NOT NULL,
     taker TEXT NOT NULL,
     user_id TEXT REFERENCES users (id),
     PRIMARY KEY (handover_id, taker)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX handover_takers_by_user ON handover_takers (user_id)`,
  `CREATE TABLE handover_suggestions (
     leaver TEXT PRIMARY KEY,
     reason TEXT NOT NULL,
     dismissed_by TEXT NOT NULL REFERENCES users (id),
     dismissed_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,

  // ---- what people say of it: each word is kept, the last one of an item holds -------------------------------------
  `CREATE TABLE handover_explanations (
     id INTEGER PRIMARY KEY,
     handover_id TEXT NOT NULL REFERENCES handovers (id),
     class TEXT NOT NULL CHECK (class IN ${classes}),
     item TEXT NOT NULL,
     text TEXT NOT NULL,
     explained_by TEXT NOT NULL REFERENCES users (id),
     explained_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX handover_explanations_by_handover ON handover_explanations (handover_id, class, item)`,
  ...appendOnly('handover_explanations', 'an explanation is kept; a later one takes its place'),
  `CREATE TABLE handover_assignments (
     id INTEGER PRIMARY KEY,
     handover_id TEXT NOT NULL REFERENCES handovers (id),
     class TEXT NOT NULL CHECK (class IN ${classes}),
     item TEXT NOT NULL,
     taker TEXT,
     note TEXT NOT NULL,
     assigned_by TEXT NOT NULL REFERENCES users (id),
     assigned_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX handover_assignments_by_handover ON handover_assignments (handover_id, class, item)`,
  ...appendOnly('handover_assignments', 'an assignment is kept; a later one takes its place'),
  `CREATE TABLE handover_dismissals (
     id INTEGER PRIMARY KEY,
     handover_id TEXT NOT NULL REFERENCES handovers (id),
     finding_key TEXT NOT NULL,
     dismissed INTEGER NOT NULL CHECK (dismissed IN (0, 1)),
     reason TEXT NOT NULL,
     decided_by TEXT NOT NULL REFERENCES users (id),
     decided_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX handover_dismissals_by_handover ON handover_dismissals (handover_id, finding_key)`,
  ...appendOnly('handover_dismissals', 'a decision on a finding is kept; a later one takes its place'),
  `CREATE TABLE handover_promises (
     id INTEGER PRIMARY KEY,
     handover_id TEXT NOT NULL REFERENCES handovers (id),
     promise_key TEXT NOT NULL,
     decision TEXT NOT NULL CHECK (decision IN ('accepted', 'dismissed', 'kept', 'reset')),
     title TEXT NOT NULL,
     due_day TEXT,
     taker TEXT,
     note TEXT NOT NULL,
     decided_by TEXT NOT NULL REFERENCES users (id),
     decided_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX handover_promises_by_handover ON handover_promises (handover_id, promise_key)`,
  ...appendOnly('handover_promises', 'a decision on a promise is kept; a later one takes its place'),

  // ---- what is signed ----------------------------------------------------------------------------------------
  `CREATE TABLE handover_snapshots (
     id TEXT PRIMARY KEY,
     handover_id TEXT NOT NULL REFERENCES handovers (id),
     number INTEGER NOT NULL,
     hash TEXT NOT NULL,
     blob_id TEXT NOT NULL,
     unexplained INTEGER NOT NULL,
     frozen_by TEXT NOT NULL REFERENCES users (id),
     frozen_at INTEGER NOT NULL,
     reopened_at INTEGER,
     reopened_by TEXT REFERENCES users (id),
     reopened_reason TEXT,
     UNIQUE (handover_id, number)
   ) STRICT`,
  `CREATE TRIGGER handover_snapshots_fixed
   BEFORE UPDATE OF id, handover_id, number, hash, blob_id, unexplained, frozen_by, frozen_at ON handover_snapshots
   BEGIN SELECT RAISE(ABORT, 'a frozen sheet never changes'); END`,
  // Reopening is said once: whoever signed must find the reason that they were told.
  `CREATE TRIGGER handover_snapshots_reopened_once BEFORE UPDATE ON handover_snapshots WHEN OLD.reopened_at IS NOT NULL
   BEGIN SELECT RAISE(ABORT, 'a frozen sheet is reopened once'); END`,
  `CREATE TRIGGER handover_snapshots_no_delete BEFORE DELETE ON handover_snapshots
   BEGIN SELECT RAISE(ABORT, 'a frozen sheet is kept'); END`,
  `CREATE TABLE handover_signatures (
     id INTEGER PRIMARY KEY,
     snapshot_id TEXT NOT NULL REFERENCES handover_snapshots (id),
     role TEXT NOT NULL CHECK (role IN ('leaver', 'taker', 'supervisor')),
     party TEXT NOT NULL,
     user_id TEXT NOT NULL REFERENCES users (id),
     name TEXT NOT NULL,
     hash TEXT NOT NULL,
     reservations TEXT NOT NULL,
     absence TEXT,
     signed_at INTEGER NOT NULL,
     UNIQUE (snapshot_id, role, party)
   ) STRICT`,
  // A signature is over one hash: one that names another is none.
  `CREATE TRIGGER handover_signatures_over_hash BEFORE INSERT ON handover_signatures
   WHEN NEW.hash <> (SELECT hash FROM handover_snapshots WHERE id = NEW.snapshot_id)
     OR (SELECT reopened_at FROM handover_snapshots WHERE id = NEW.snapshot_id) IS NOT NULL
   BEGIN SELECT RAISE(ABORT, 'a signature is over the frozen sheet that stands'); END`,
  ...appendOnly('handover_signatures', 'a signature never changes'),
];

/** Feeds beside the chat archive, and the handovers that are audited from them. */
export const handovers: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
