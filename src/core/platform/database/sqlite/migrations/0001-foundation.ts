import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

// The schema of the first version. Invariants that no code path may break are triggers, each with its reason above
// it. Times are UTC milliseconds. Statements run one by one, in the migration's transaction.
const statements = [
  `CREATE TABLE settings (
     key TEXT PRIMARY KEY,
     value TEXT NOT NULL,
     updated_at INTEGER NOT NULL
   ) STRICT`,

  // ---- users -------------------------------------------------------------------------------------------------
  `CREATE TABLE users (
     id TEXT PRIMARY KEY,
     user_name TEXT NOT NULL UNIQUE,
     display_name TEXT NOT NULL,
     password_hash TEXT NOT NULL,
     must_change_password INTEGER NOT NULL DEFAULT 0 CHECK (must_change_password IN (0, 1)),
     state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     last_sign_in_at INTEGER
   ) STRICT`,
  `CREATE TABLE user_roles (
     user_id TEXT NOT NULL REFERENCES users (id),
     role TEXT NOT NULL CHECK (role IN ('editor', 'reviewer', 'approver', 'auditor', 'admin')),
     PRIMARY KEY (user_id, role)
   ) STRICT, WITHOUT ROWID`,
  // A user's name stands in the audit log for ever: accounts are disabled, never deleted.
  `CREATE TRIGGER users_keep BEFORE DELETE ON users
   BEGIN SELECT RAISE(ABORT, 'users are disabled, never deleted'); END`,
  // Only the token's hash is kept: a copy of the database opens no session.
  `CREATE TABLE sessions (
     token_hash TEXT PRIMARY KEY,
     user_id TEXT NOT NULL REFERENCES users (id),
     host TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     last_seen_at INTEGER NOT NULL,
     locked_at INTEGER,
     ended_at INTEGER
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX sessions_by_user ON sessions (user_id)`,
  `CREATE TABLE sign_in_attempts (
     id INTEGER PRIMARY KEY,
     user_name TEXT NOT NULL,
     at INTEGER NOT NULL,
     succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1))
   ) STRICT`,
  `CREATE INDEX sign_in_attempts_by_name ON sign_in_attempts (user_name, at)`,

  // ---- audit log ---------------------------------------------------------------------------------------------
  // `body` is the event's canonical JSON, the bytes that the leaf hashes; the other columns repeat parts of it so
  // that SQL can filter. `audit verify` compares the two.
  `CREATE TABLE audit_events (
     sequence INTEGER PRIMARY KEY,
     at INTEGER NOT NULL,
     user_id TEXT REFERENCES users (id),
     action TEXT NOT NULL,
     record_kind TEXT NOT NULL,
     record_id TEXT NOT NULL,
     body TEXT NOT NULL,
     leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32)
   ) STRICT`,
  `CREATE INDEX audit_events_by_user ON audit_events (user_id, sequence)`,
  `CREATE INDEX audit_events_by_action ON audit_events (action, sequence)`,
  `CREATE INDEX audit_events_by_record ON audit_events (record_kind, record_id, sequence)`,
  `CREATE INDEX audit_events_by_time ON audit_events (at)`,
  // The log is evidence: what it recorded can't be changed or removed, also not by the app itself.
  `CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
   BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  `CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
   BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  // A gap or a repeat in the sequence would let an event vanish unseen.
  `CREATE TRIGGER audit_events_in_sequence BEFORE INSERT ON audit_events
   WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), -1) + 1 FROM audit_events)
   BEGIN SELECT RAISE(ABORT, 'audit events are numbered without gaps'); END`,
  // The right edge of the Merkle tree (RFC 6962): the roots of the perfect subtrees, largest first, concatenated.
  // Enough to append in O(log n) and to give the root at once.
  `CREATE TABLE audit_frontier (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     size INTEGER NOT NULL,
     hashes BLOB NOT NULL
   ) STRICT`,

  // ---- jobs --------------------------------------------------------------------------------------------------
  `CREATE TABLE jobs (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     input TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted')),
     progress TEXT,
     error TEXT,
     started_by TEXT REFERENCES users (id),
     created_at INTEGER NOT NULL,
     started_at INTEGER,
     finished_at INTEGER
   ) STRICT`,
  `CREATE INDEX jobs_by_state ON jobs (state)`,

  // ---- archive -----------------------------------------------------------------------------------------------
  `CREATE TABLE imports (
     id TEXT PRIMARY KEY,
     job_id TEXT NOT NULL REFERENCES jobs (id),
     kind TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
     started_by TEXT REFERENCES users (id),
     started_at INTEGER NOT NULL,
     finished_at INTEGER
   ) STRICT`,
  // `checkpoint`: how far the file has been imported, written in the transaction of the rows it covers, so that a
  // killed import resumes exactly there.
  `CREATE TABLE import_files (
     id INTEGER PRIMARY KEY,
     import_id TEXT NOT NULL REFERENCES imports (id),
     ordinal INTEGER NOT NULL,
     blob_id TEXT NOT NULL,
     name TEXT NOT NULL,
     kind TEXT NOT NULL DEFAULT 'unknown',
     bytes INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
     read INTEGER NOT NULL DEFAULT 0,
     imported INTEGER NOT NULL DEFAULT 0,
     duplicates INTEGER NOT NULL DEFAULT 0,
     quarantined INTEGER NOT NULL DEFAULT 0,
     checkpoint TEXT,
     error TEXT,
     UNIQUE (import_id, ordinal),
     CHECK (read = imported + duplicates + quarantined)
   ) STRICT`,
  `CREATE TABLE quarantine (
     id INTEGER PRIMARY KEY,
     file_id INTEGER NOT NULL REFERENCES import_files (id),
     line INTEGER NOT NULL,
     reason TEXT NOT NULL,
     detail TEXT NOT NULL,
     raw BLOB NOT NULL,
     size INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX quarantine_by_file ON quarantine (file_id, id)`,
  // What could not be read is part of the record of what was received.
  `CREATE TRIGGER quarantine_no_update BEFORE UPDATE ON quarantine
   BEGIN SELECT RAISE(ABORT, 'quarantined entries are kept as they came'); END`,
  `CREATE TRIGGER quarantine_no_delete BEFORE DELETE ON quarantine
   BEGIN SELECT RAISE(ABORT, 'quarantined entries are kept as they came'); END`,
  // Facts about completeness that an import met: entry without decryption, seq ranges seen, consent…
  `CREATE TABLE import_sequences (
     file_id INTEGER NOT NULL REFERENCES import_files (id),
     first TEXT NOT NULL,
     last TEXT NOT NULL,
     -- the message before the gap that follows this range
     employee_id INTEGER REFERENCES people (id),
     at INTEGER,
     PRIMARY KEY (file_id, first)
   ) STRICT, WITHOUT ROWID`,
  `CREATE TABLE import_undecryptable (
     id INTEGER PRIMARY KEY,
     file_id INTEGER NOT NULL REFERENCES import_files (id),
     line INTEGER NOT NULL,
     seq TEXT,
     employee_id INTEGER REFERENCES people (id),
     at INTEGER
   ) STRICT`,
  `CREATE TABLE people (
     id INTEGER PRIMARY KEY,
     external_id TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL CHECK (kind IN ('employee', 'customer', 'partner')),
     name TEXT,
     branch TEXT,
     position TEXT,
     updated_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX people_by_branch ON people (branch)`,
  `CREATE TABLE conversations (
     id INTEGER PRIMARY KEY,
     -- the room's id, or both people's ids in order
     key TEXT NOT NULL UNIQUE,
     kind TEXT NOT NULL CHECK (kind IN ('single', 'group')),
     room_id TEXT,
     first_at INTEGER NOT NULL,
     last_at INTEGER NOT NULL,
     message_count INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX conversations_by_activity ON conversations (last_at, id)`,
  `CREATE TABLE conversation_members (
     conversation_id INTEGER NOT NULL REFERENCES conversations (id),
     person_id INTEGER NOT NULL REFERENCES people (id),
     PRIMARY KEY (conversation_id, person_id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX conversation_members_by_person ON conversation_members (person_id)`,
  // `text`: the screened fields, joined by U+001E in their order. `body`: the message's own JSON below its kind's
  // key, null where the text says it all. Line and file lead back to the raw bytes in the blob.
  `CREATE TABLE messages (
     id INTEGER PRIMARY KEY,
     msgid TEXT NOT NULL,
     conversation_id INTEGER,
     sender_id INTEGER,
     sent_at INTEGER NOT NULL,
     action TEXT NOT NULL,
     kind TEXT NOT NULL,
     text TEXT NOT NULL,
     body TEXT,
     recipients TEXT,
     seq TEXT,
     revokes TEXT,
     file_id INTEGER NOT NULL,
     line INTEGER NOT NULL
   ) STRICT`,
  `CREATE UNIQUE INDEX messages_by_msgid ON messages (msgid)`,
  `CREATE INDEX messages_by_conversation ON messages (conversation_id, sent_at, id)`,
  `CREATE INDEX messages_by_revoked ON messages (revokes) WHERE revokes IS NOT NULL`,
  `CREATE INDEX messages_by_time ON messages (sent_at)`,
  // An archived message is never changed or deleted by the app: a revoke links to it and removes nothing.
  `CREATE TRIGGER messages_no_update BEFORE UPDATE ON messages
   BEGIN SELECT RAISE(ABORT, 'archived messages are never changed'); END`,
  `CREATE TRIGGER messages_no_delete BEFORE DELETE ON messages
   BEGIN SELECT RAISE(ABORT, 'archived messages are never deleted'); END`,
  // Which kinds the archive holds, so that no screen has to read every message to know it.
  `CREATE TABLE message_kinds (
     kind TEXT PRIMARY KEY
   ) STRICT, WITHOUT ROWID`,
  // Who talked with whom on which day, per file: what the completeness report counts. Customer 0: no customer;
  // employee 0: no employee. Written in the transaction of the messages it counts.
  `CREATE TABLE import_contacts (
     file_id INTEGER NOT NULL REFERENCES import_files (id),
     employee_id INTEGER NOT NULL,
     day TEXT NOT NULL,
     customer_id INTEGER NOT NULL,
     messages INTEGER NOT NULL,
     PRIMARY KEY (file_id, employee_id, day, customer_id)
   ) STRICT, WITHOUT ROWID`,
  // A customer's latest word on being archived: `agree` or `disagree`.
  `CREATE TABLE consents (
     person_id INTEGER PRIMARY KEY REFERENCES people (id),
     agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
     at INTEGER NOT NULL
   ) STRICT`,
  // Set while a large first import runs without the secondary indexes; whoever opens the database rebuilds them.
  `CREATE TABLE bulk_load (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     started_at INTEGER NOT NULL
   ) STRICT`,

  // ---- lexicons ----------------------------------------------------------------------------------------------
  `CREATE TABLE lexicons (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL UNIQUE,
     description TEXT NOT NULL,
     origin TEXT NOT NULL CHECK (origin IN ('starter', 'user')),
     active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
     created_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE TABLE lexicon_versions (
     id TEXT PRIMARY KEY,
     lexicon_id TEXT NOT NULL REFERENCES lexicons (id),
     number INTEGER NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
     term_count INTEGER NOT NULL,
     content_hash TEXT,
     created_at INTEGER NOT NULL,
     created_by TEXT REFERENCES users (id),
     published_at INTEGER,
     published_by TEXT REFERENCES users (id),
     UNIQUE (lexicon_id, number)
   ) STRICT`,
  `CREATE UNIQUE INDEX lexicon_one_draft ON lexicon_versions (lexicon_id) WHERE state = 'draft'`,
  // `key` follows a term through the versions; `id` is one version's row.
  `CREATE TABLE terms (
     id INTEGER PRIMARY KEY,
     version_id TEXT NOT NULL REFERENCES lexicon_versions (id),
     key TEXT NOT NULL,
     text TEXT NOT NULL,
     category TEXT NOT NULL,
     severity INTEGER NOT NULL CHECK (severity BETWEEN 0 AND 4),
     basis TEXT NOT NULL,
     note TEXT NOT NULL,
     enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
     UNIQUE (version_id, text)
   ) STRICT`,
  // Hits and decisions refer to a published version: what it said then must be what it says now.
  `CREATE TRIGGER lexicon_versions_published BEFORE UPDATE ON lexicon_versions WHEN OLD.state = 'published'
   BEGIN SELECT RAISE(ABORT, 'a published lexicon version is immutable'); END`,
  `CREATE TRIGGER lexicon_versions_keep BEFORE DELETE ON lexicon_versions WHEN OLD.state = 'published'
   BEGIN SELECT RAISE(ABORT, 'a published lexicon version is immutable'); END`,
  `CREATE TRIGGER terms_published_insert BEFORE INSERT ON terms
   WHEN (SELECT state FROM lexicon_versions WHERE id = NEW.version_id) = 'published'
   BEGIN SELECT RAISE(ABORT, 'a published lexicon version is immutable'); END`,
  `CREATE TRIGGER terms_published_update BEFORE UPDATE ON terms
   WHEN (SELECT state FROM lexicon_versions WHERE id = OLD.version_id) = 'published'
   BEGIN SELECT RAISE(ABORT, 'a published lexicon version is immutable'); END`,
  `CREATE TRIGGER terms_published_delete BEFORE DELETE ON terms
   WHEN (SELECT state FROM lexicon_versions WHERE id = OLD.version_id) = 'published'
   BEGIN SELECT RAISE(ABORT, 'a published lexicon version is immutable'); END`,

  // ---- supervision -------------------------------------------------------------------------------------------
  // `screened_to`: the last message that is done, written with the hits it covers, so that a killed run resumes.
  `CREATE TABLE screening_runs (
     id TEXT PRIMARY KEY,
     job_id TEXT NOT NULL REFERENCES jobs (id),
     state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
     filter TEXT NOT NULL,
     only_new INTEGER NOT NULL CHECK (only_new IN (0, 1)),
     screened_to INTEGER NOT NULL DEFAULT 0,
     messages INTEGER NOT NULL DEFAULT 0,
     hits INTEGER NOT NULL DEFAULT 0,
     started_by TEXT REFERENCES users (id),
     started_at INTEGER NOT NULL,
     finished_at INTEGER
   ) STRICT`,
  `CREATE TABLE screening_run_lexicons (
     run_id TEXT NOT NULL REFERENCES screening_runs (id),
     version_id TEXT NOT NULL REFERENCES lexicon_versions (id),
     PRIMARY KEY (run_id, version_id)
   ) STRICT, WITHOUT ROWID`,
  // Every message with an id up to `screened_to` has been screened with this version (runs without a filter only).
  `CREATE TABLE screening_coverage (
     version_id TEXT PRIMARY KEY REFERENCES lexicon_versions (id),
     screened_to INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,
  // The unique key makes screening repeatable: the same term at the same place is one hit, whichever run finds it.
  // `sent_at`, `sender_id`, `severity`, `term` and `category` repeat what the message and the term say, because
  // the table of hits sorts and filters by them and both are immutable.
  `CREATE TABLE hits (
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
     UNIQUE (message_id, field, start, "end", term_key)
   ) STRICT`,
  `CREATE INDEX hits_by_severity ON hits (state, severity, sent_at)`,
  `CREATE INDEX hits_by_time ON hits (sent_at)`,
  `CREATE INDEX hits_by_conversation ON hits (conversation_id, state)`,
  `CREATE INDEX hits_by_run ON hits (run_id)`,
  // What was found stays found: only where a hit stands may change, and only with its disposition.
  `CREATE TRIGGER hits_keep BEFORE DELETE ON hits
   BEGIN SELECT RAISE(ABORT, 'hits are never deleted'); END`,
  `CREATE TRIGGER hits_fixed BEFORE UPDATE OF message_id, field, start, "end", term_key, term_id, version_id, run_id,
     conversation_id, sender_id, sent_at, term, category, severity, text, folds ON hits
   BEGIN SELECT RAISE(ABORT, 'what a hit found never changes'); END`,
  `CREATE TABLE dispositions (
     id INTEGER PRIMARY KEY,
     hit_id INTEGER NOT NULL REFERENCES hits (id),
     decision TEXT NOT NULL CHECK (decision IN ('confirmed', 'dismissed', 'escalated', 'reopened')),
     reason_code TEXT,
     note TEXT NOT NULL,
     decided_by TEXT NOT NULL REFERENCES users (id),
     decided_at INTEGER NOT NULL,
     undoes INTEGER REFERENCES dispositions (id)
   ) STRICT`,
  `CREATE INDEX dispositions_by_hit ON dispositions (hit_id, id)`,
  // Evidence of review (FINRA 3110.07): taking a decision back adds a row, it does not erase one.
  `CREATE TRIGGER dispositions_no_update BEFORE UPDATE ON dispositions
   BEGIN SELECT RAISE(ABORT, 'dispositions are append-only'); END`,
  `CREATE TRIGGER dispositions_no_delete BEFORE DELETE ON dispositions
   BEGIN SELECT RAISE(ABORT, 'dispositions are append-only'); END`,
  `CREATE TABLE saved_views (
     id TEXT PRIMARY KEY,
     user_id TEXT NOT NULL REFERENCES users (id),
     name TEXT NOT NULL,
     filter TEXT NOT NULL,
     sort TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     UNIQUE (user_id, name)
   ) STRICT`,
];

export const foundation: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
