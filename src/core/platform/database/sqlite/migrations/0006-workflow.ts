import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Rows that are added and never touched again: what somebody said stays said. */
function appendOnly(table: string, reason: string): readonly string[] {
  return [
    `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${reason}'); END`,
    `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${reason}'); END`,
  ];
}

const statements: readonly string[] = [
  // ---- calendar ----------------------------------------------------------------------------------------------
  `CREATE TABLE calendar_hours (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     hours TEXT NOT NULL,
     updated_at INTEGER NOT NULL
   ) STRICT`,
  // A year that stands here holds in place of what the app knows of it, also where it has no special day.
  `CREATE TABLE calendar_years (year INTEGER PRIMARY KEY) STRICT`,
  `CREATE TABLE calendar_days (
     day TEXT PRIMARY KEY,
     kind TEXT NOT NULL CHECK (kind IN ('holiday', 'workday')),
     name TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,

  // Where somebody works: stages can ask for people of the material's own branch. Empty: head office.
  `ALTER TABLE users ADD COLUMN branch TEXT NOT NULL DEFAULT ''`,

  // ---- templates ---------------------------------------------------------------------------------------------
  `CREATE TABLE workflow_templates (
     id TEXT PRIMARY KEY,
     number INTEGER NOT NULL UNIQUE,
     active INTEGER NOT NULL CHECK (active IN (0, 1)),
     draft TEXT,
     published_version INTEGER,
     created_by TEXT NOT NULL REFERENCES users (id),
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE TABLE workflow_template_versions (
     id TEXT PRIMARY KEY,
     template_id TEXT NOT NULL REFERENCES workflow_templates (id),
     number INTEGER NOT NULL,
     content TEXT NOT NULL,
     content_hash TEXT NOT NULL,
     published_by TEXT NOT NULL REFERENCES users (id),
     published_at INTEGER NOT NULL,
     UNIQUE (template_id, number)
   ) STRICT`,
  // Running reviews follow the version they began with.
  ...appendOnly('workflow_template_versions', 'a published template never changes'),

  // ---- reviews -----------------------------------------------------------------------------------------------
  `CREATE TABLE reviews (
     id TEXT PRIMARY KEY,
     material_id TEXT NOT NULL REFERENCES materials (id),
     template_version_id TEXT NOT NULL REFERENCES workflow_template_versions (id),
     risk TEXT NOT NULL CHECK (risk IN ('low', 'medium', 'high')),
     branch TEXT NOT NULL,
     state TEXT NOT NULL CHECK (state IN ('running', 'returned', 'awaiting', 'approved', 'rejected', 'cancelled')),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     stage_key TEXT,
     stage_opened_at INTEGER,
     deadline_at INTEGER,
     stuck INTEGER NOT NULL DEFAULT 0 CHECK (stuck IN (0, 1)),
     submitted_by TEXT NOT NULL REFERENCES users (id),
     opened_at INTEGER NOT NULL,
     closed_at INTEGER,
     updated_at INTEGER NOT NULL
   ) STRICT`,
  // Two reviews of one material at once could approve two versions past each other.
  `CREATE UNIQUE INDEX reviews_one_open ON reviews (material_id) WHERE closed_at IS NULL`,
  `CREATE INDEX reviews_by_material ON reviews (material_id, opened_at)`,
  `CREATE INDEX reviews_open_by_deadline ON reviews (deadline_at, id) WHERE closed_at IS NULL`,
  `CREATE INDEX reviews_by_opening ON reviews (opened_at, id)`,
  `CREATE TRIGGER reviews_fixed BEFORE UPDATE OF id, material_id, template_version_id, opened_at ON reviews
   BEGIN SELECT RAISE(ABORT, 'a review keeps its material and the template it began with'); END`,
  `CREATE TRIGGER reviews_closed BEFORE UPDATE ON reviews WHEN OLD.closed_at IS NOT NULL
   BEGIN SELECT RAISE(ABORT, 'a closed review never changes'); END`,
  `CREATE TRIGGER reviews_keep BEFORE DELETE ON reviews
   BEGIN SELECT RAISE(ABORT, 'reviews are never deleted'); END`,

  `CREATE TABLE review_versions (
     review_id TEXT NOT NULL REFERENCES reviews (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     ordinal INTEGER NOT NULL,
     hash TEXT NOT NULL,
     change_kind TEXT NOT NULL,
     submitted_by TEXT NOT NULL REFERENCES users (id),
     at INTEGER NOT NULL,
     PRIMARY KEY (review_id, version_id),
     UNIQUE (review_id, ordinal)
   ) STRICT, WITHOUT ROWID`,
  ...appendOnly('review_versions', 'which versions were submitted never changes'),

  // One per stage and version, from its opening on. Its roster is who is asked.
  `CREATE TABLE review_stages (
     id TEXT PRIMARY KEY,
     review_id TEXT NOT NULL REFERENCES reviews (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     stage_key TEXT NOT NULL,
     roster TEXT NOT NULL,
     opened_at INTEGER NOT NULL,
     remind_at INTEGER,
     deadline_at INTEGER,
     assumed_years TEXT NOT NULL DEFAULT '',
     lapsed_at INTEGER,
     UNIQUE (review_id, version_id, stage_key)
   ) STRICT`,
  `CREATE TRIGGER review_stages_fixed BEFORE UPDATE OF id, review_id, version_id, stage_key, opened_at, remind_at,
     deadline_at ON review_stages
   BEGIN SELECT RAISE(ABORT, 'when a stage was opened, and for when, never changes'); END`,
  `CREATE TRIGGER review_stages_keep BEFORE DELETE ON review_stages
   BEGIN SELECT RAISE(ABORT, 'stages are never deleted'); END`,

  // Who is still asked, so that a queue needn't work out ten thousand reviews.
  `CREATE TABLE review_seats (
     review_id TEXT NOT NULL REFERENCES reviews (id),
     user_id TEXT NOT NULL REFERENCES users (id),
     PRIMARY KEY (review_id, user_id)
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX review_seats_by_user ON review_seats (user_id, review_id)`,

  `CREATE TABLE review_decisions (
     id TEXT PRIMARY KEY,
     sequence INTEGER NOT NULL,
     review_id TEXT NOT NULL REFERENCES reviews (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     hash TEXT NOT NULL,
     stage_key TEXT NOT NULL,
     decision TEXT NOT NULL CHECK (decision IN
       ('approve', 'approve-with-conditions', 'return', 'reject', 'abstain', 'comment')),
     user_id TEXT NOT NULL REFERENCES users (id),
     seat_id TEXT NOT NULL REFERENCES users (id),
     delegation_id TEXT REFERENCES delegations (id),
     reason_codes TEXT NOT NULL,
     answers TEXT NOT NULL,
     note TEXT NOT NULL,
     copied_from TEXT REFERENCES review_decisions (id),
     at INTEGER NOT NULL,
     UNIQUE (review_id, sequence)
   ) STRICT`,
  `CREATE INDEX review_decisions_by_user ON review_decisions (user_id, at)`,
  // One seat speaks once about one version in one stage, whatever the application believes.
  `CREATE UNIQUE INDEX review_decisions_once ON review_decisions (review_id, version_id, stage_key, seat_id)`,
  `CREATE UNIQUE INDEX review_decisions_once_by ON review_decisions (review_id, version_id, stage_key, user_id)`,
  // A decision binds to what was read.
  `CREATE TRIGGER review_decisions_hash BEFORE INSERT ON review_decisions
   WHEN NOT EXISTS (SELECT 1 FROM review_versions v
     WHERE v.review_id = NEW.review_id AND v.version_id = NEW.version_id AND v.hash = NEW.hash)
   BEGIN SELECT RAISE(ABORT, 'a decision is about a version that was submitted, under its hash'); END`,
  ...appendOnly('review_decisions', 'a decision never changes'),

  `CREATE TABLE review_conditions (
     id TEXT PRIMARY KEY,
     review_id TEXT NOT NULL REFERENCES reviews (id),
     decision_id TEXT NOT NULL REFERENCES review_decisions (id),
     text TEXT NOT NULL,
     set_by TEXT NOT NULL REFERENCES users (id),
     at INTEGER NOT NULL,
     met_version_id TEXT REFERENCES material_versions (id),
     met_by TEXT REFERENCES users (id),
     met_at INTEGER,
     met_note TEXT
   ) STRICT`,
  `CREATE INDEX review_conditions_by_review ON review_conditions (review_id)`,
  `CREATE TRIGGER review_conditions_fixed BEFORE UPDATE ON review_conditions
   WHEN OLD.met_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.text <> OLD.text OR NEW.set_by <> OLD.set_by
     OR NEW.review_id <> OLD.review_id OR NEW.decision_id <> OLD.decision_id OR NEW.at <> OLD.at
   BEGIN SELECT RAISE(ABORT, 'a condition is met once, and its text never changes'); END`,
  `CREATE TRIGGER review_conditions_keep BEFORE DELETE ON review_conditions
   BEGIN SELECT RAISE(ABORT, 'conditions are never deleted'); END`,

  `CREATE TABLE review_exemptions (
     review_id TEXT NOT NULL REFERENCES reviews (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     finding_key TEXT NOT NULL,
     user_id TEXT NOT NULL REFERENCES users (id),
     note TEXT NOT NULL,
     at INTEGER NOT NULL,
     PRIMARY KEY (review_id, version_id, finding_key, user_id)
   ) STRICT, WITHOUT ROWID`,
  ...appendOnly('review_exemptions', 'an accepted exemption stays on record'),

  // ---- comments ----------------------------------------------------------------------------------------------
  `CREATE TABLE review_threads (
     id TEXT PRIMARY KEY,
     review_id TEXT NOT NULL REFERENCES reviews (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     anchor TEXT NOT NULL,
     must_fix INTEGER NOT NULL CHECK (must_fix IN (0, 1)),
     suggestion TEXT,
     created_by TEXT NOT NULL REFERENCES users (id),
     created_at INTEGER NOT NULL,
     resolved_by TEXT REFERENCES users (id),
     resolved_at INTEGER,
     accepted_by TEXT REFERENCES users (id),
     accepted_at INTEGER
   ) STRICT`,
  `CREATE INDEX review_threads_by_review ON review_threads (review_id)`,
  `CREATE TRIGGER review_threads_fixed BEFORE UPDATE OF id, review_id, version_id, anchor, suggestion, created_by,
     created_at ON review_threads
   BEGIN SELECT RAISE(ABORT, 'what a comment points to and suggests never changes'); END`,
  `CREATE TRIGGER review_threads_keep BEFORE DELETE ON review_threads
   BEGIN SELECT RAISE(ABORT, 'threads are never deleted'); END`,
  `CREATE TABLE review_comments (
     id TEXT PRIMARY KEY,
     thread_id TEXT NOT NULL REFERENCES review_threads (id),
     user_id TEXT NOT NULL REFERENCES users (id),
     text TEXT NOT NULL,
     at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX review_comments_by_thread ON review_comments (thread_id, at)`,
  ...appendOnly('review_comments', 'a comment never changes; reply to it'),
  // Where the thread's place is in a later version; worked out once, when that version is submitted.
  `CREATE TABLE review_thread_places (
     thread_id TEXT NOT NULL REFERENCES review_threads (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     place TEXT NOT NULL,
     PRIMARY KEY (thread_id, version_id)
   ) STRICT, WITHOUT ROWID`,

  // ---- absence and notices -----------------------------------------------------------------------------------
  `CREATE TABLE delegations (
     id TEXT PRIMARY KEY,
     from_user TEXT NOT NULL REFERENCES users (id),
     to_user TEXT NOT NULL REFERENCES users (id),
     begins_at INTEGER NOT NULL,
     ends_at INTEGER NOT NULL,
     reason TEXT NOT NULL,
     created_by TEXT NOT NULL REFERENCES users (id),
     created_at INTEGER NOT NULL,
     ended_at INTEGER,
     ended_by TEXT REFERENCES users (id),
     CHECK (from_user <> to_user AND begins_at < ends_at)
   ) STRICT`,
  `CREATE INDEX delegations_by_delegate ON delegations (to_user, ends_at)`,
  `CREATE INDEX delegations_by_delegator ON delegations (from_user, ends_at)`,
  // Who might speak for whom, and when, has to stay readable.
  `CREATE TRIGGER delegations_fixed BEFORE UPDATE ON delegations
   WHEN OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.from_user <> OLD.from_user OR NEW.to_user <> OLD.to_user
     OR NEW.begins_at <> OLD.begins_at OR NEW.ends_at <> OLD.ends_at OR NEW.reason <> OLD.reason
   BEGIN SELECT RAISE(ABORT, 'a delegation is ended, never changed'); END`,
  `CREATE TRIGGER delegations_keep BEFORE DELETE ON delegations
   BEGIN SELECT RAISE(ABORT, 'delegations are ended, never deleted'); END`,

  // What was told to whom. The key says what it is about: a restart, or a clock set back, tells nobody twice.
  `CREATE TABLE notices (
     id TEXT PRIMARY KEY,
     key TEXT NOT NULL UNIQUE,
     user_id TEXT NOT NULL REFERENCES users (id),
     kind TEXT NOT NULL,
     review_id TEXT REFERENCES reviews (id),
     approval_id TEXT REFERENCES approvals (id),
     params TEXT NOT NULL,
     at INTEGER NOT NULL,
     read_at INTEGER
   ) STRICT`,
  `CREATE INDEX notices_by_user ON notices (user_id, read_at, at)`,
  // What fired for a stage or an approval, also where nobody was there to be told.
  `CREATE TABLE fired_deadlines (
     key TEXT PRIMARY KEY,
     at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID`,

  // ---- approvals ---------------------------------------------------------------------------------------------
  // The last number of each year. In the approval's own transaction, so that a rollback leaves no gap.
  `CREATE TABLE approval_numbers (
     year INTEGER PRIMARY KEY,
     last INTEGER NOT NULL
   ) STRICT`,
  `CREATE TABLE approvals (
     id TEXT PRIMARY KEY,
     year INTEGER NOT NULL,
     sequence INTEGER NOT NULL,
     number TEXT NOT NULL UNIQUE,
     review_id TEXT NOT NULL UNIQUE REFERENCES reviews (id),
     material_id TEXT NOT NULL REFERENCES materials (id),
     version_id TEXT NOT NULL REFERENCES material_versions (id),
     hash TEXT NOT NULL,
     record TEXT NOT NULL,
     approved_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     UNIQUE (year, sequence)
   ) STRICT`,
  `CREATE INDEX approvals_by_material ON approvals (material_id, approved_at)`,
  `CREATE INDEX approvals_by_hash ON approvals (hash)`,
  `CREATE INDEX approvals_by_expiry ON approvals (expires_at)`,
  `CREATE INDEX approvals_by_time ON approvals (approved_at, id)`,
  `CREATE TRIGGER approvals_without_gaps BEFORE INSERT ON approvals
   WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM approvals WHERE year = NEW.year)
   BEGIN SELECT RAISE(ABORT, 'approvals are numbered without gaps'); END`,
  ...appendOnly('approvals', 'an approval never changes; withdraw it'),
  `CREATE TABLE approval_withdrawals (
     approval_id TEXT PRIMARY KEY REFERENCES approvals (id),
     reason TEXT NOT NULL,
     withdrawn_by TEXT NOT NULL REFERENCES users (id),
     at INTEGER NOT NULL,
     told TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  ...appendOnly('approval_withdrawals', 'a withdrawal stays on record'),
  `CREATE TABLE approval_uses (
     id INTEGER PRIMARY KEY,
     approval_id TEXT NOT NULL REFERENCES approvals (id),
     channel TEXT NOT NULL,
     place TEXT NOT NULL,
     used_at INTEGER NOT NULL,
     recorded_by TEXT NOT NULL REFERENCES users (id),
     recorded_at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX approval_uses_by_approval ON approval_uses (approval_id, used_at)`,
  ...appendOnly('approval_uses', 'a recorded use stays on record'),
];

/** The working calendar, users' branches, workflow templates, reviews with decisions and comments, and approvals. */
export const workflow: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
