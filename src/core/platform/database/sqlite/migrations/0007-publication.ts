import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

function appendOnly(table: string, reason: string): readonly string[] {
  return [
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${reason}'); END`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${reason}'); END`,
  ];
}

const verdicts = `('identical', 'trivially-different', 'altered', 'no-approval')`;
const standings = `('valid', 'expired', 'withdrawn', 'not-yet')`;

const statements: readonly string[] = [
  // ---- what was approved, as text ----------------------------------------------------------------------------
  // Versions whose texts are all in publication_texts: written with them.
  `CREATE TABLE publication_versions (
     version_id TEXT PRIMARY KEY REFERENCES material_versions (id),
     at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE publication_texts (
     id INTEGER PRIMARY KEY,
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     part TEXT NOT NULL,
     text TEXT NOT NULL,
     UNIQUE (version_id, part)
   ) STRICT`,
  // Findings are held against them for as long as there are findings.
  ...appendOnly('publication_texts', 'an approved text never changes'),
  `CREATE INDEX approvals_by_version ON approvals (version_id)`,

  // ---- checks that were kept ---------------------------------------------------------------------------------
  `CREATE TABLE publication_checks (
     id TEXT PRIMARY KEY,
     source TEXT NOT NULL CHECK (source IN ('text', 'file', 'message')),
     source_id TEXT NOT NULL,
     name TEXT NOT NULL,
     content_hash TEXT NOT NULL,
     verdict TEXT NOT NULL CHECK (verdict IN ${verdicts}),
     similarity REAL,
     text_id INTEGER REFERENCES publication_texts (id),
     approval_id TEXT REFERENCES approvals (id),
     standing TEXT CHECK (standing IN ${standings}),
     published_at INTEGER NOT NULL,
     note TEXT NOT NULL,
     checked_by TEXT NOT NULL REFERENCES users (id),
     checked_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX publication_checks_by_time ON publication_checks (checked_at)`,
  ...appendOnly('publication_checks', 'a check that was kept never changes'),

  // ---- runs over the archive ---------------------------------------------------------------------------------
  `CREATE TABLE publication_runs (
     id TEXT PRIMARY KEY,
     job_id TEXT NOT NULL REFERENCES jobs (id),
     state TEXT NOT NULL CHECK (state IN ('running', 'done')),
     filter TEXT NOT NULL,
     only_new INTEGER NOT NULL CHECK (only_new IN (0, 1)),
     matched_to INTEGER NOT NULL DEFAULT 0,
     messages INTEGER NOT NULL DEFAULT 0,
     promotional INTEGER NOT NULL DEFAULT 0,
     findings INTEGER NOT NULL DEFAULT 0,
     started_by TEXT NOT NULL REFERENCES users (id),
     started_at INTEGER NOT NULL,
     finished_at INTEGER
   ) STRICT`,
  `CREATE INDEX publication_runs_by_time ON publication_runs (started_at)`,
  // Up to which message a run that passed none over has looked.
  `CREATE TABLE publication_coverage (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     matched_to INTEGER NOT NULL
   ) STRICT`,

  // ---- findings ----------------------------------------------------------------------------------------------
  `CREATE TABLE findings (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL CHECK (kind IN ('altered', 'no-approval', 'expired', 'withdrawn', 'not-yet')),
     message_id INTEGER NOT NULL,
     article INTEGER NOT NULL,
     conversation_id INTEGER,
     sender_id INTEGER,
     sent_at INTEGER NOT NULL,
     verdict TEXT NOT NULL CHECK (verdict IN ${verdicts}),
     relation TEXT CHECK (relation IN ('whole', 'wrapped', 'excerpt')),
     similarity REAL,
     text_id INTEGER REFERENCES publication_texts (id),
     approval_id TEXT REFERENCES approvals (id),
     standing TEXT CHECK (standing IN ${standings}),
     run_id TEXT NOT NULL REFERENCES publication_runs (id),
     found_at INTEGER NOT NULL,
     state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'dismissed', 'escalated')),
     decided_by TEXT REFERENCES users (id),
     decided_at INTEGER,
     reason_code TEXT,
     -- A second run over the same message finds nothing new.
     UNIQUE (message_id, kind)
   ) STRICT`,
  `CREATE INDEX findings_by_state ON findings (state, sent_at)`,
  `CREATE INDEX findings_by_time ON findings (sent_at)`,
  `CREATE TRIGGER findings_keep BEFORE DELETE ON findings
   BEGIN SELECT RAISE(ABORT, 'findings are never deleted'); END`,
  `CREATE TRIGGER findings_fixed BEFORE UPDATE OF id, kind, message_id, article, conversation_id, sender_id, sent_at,
     verdict, relation, similarity, text_id, approval_id, standing, run_id, found_at ON findings
   BEGIN SELECT RAISE(ABORT, 'what a finding is about never changes'); END`,
  `CREATE TABLE finding_dispositions (
     id INTEGER PRIMARY KEY,
     finding_id TEXT NOT NULL REFERENCES findings (id),
     decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'dismissed', 'escalated', 'reopened')),
     reason_code TEXT,
     note TEXT NOT NULL,
     decided_by TEXT NOT NULL REFERENCES users (id),
     decided_at INTEGER NOT NULL,
     undoes INTEGER REFERENCES finding_dispositions (id)
   ) STRICT`,
  `CREATE INDEX finding_dispositions_by_finding ON finding_dispositions (finding_id, id)`,
  ...appendOnly('finding_dispositions', 'dispositions are append-only'),
];

/** Approved texts as they are looked for, checks of published ones, runs over the archive, and what they found. */
export const publication: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
