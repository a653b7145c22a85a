import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements: readonly string[] = [
  `CREATE TABLE review_past_seats (
     id INTEGER PRIMARY KEY,
     review_id TEXT NOT NULL REFERENCES reviews (id),
     user_id TEXT NOT NULL REFERENCES users (id),
     at INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX review_past_seats_by_user ON review_past_seats (user_id, review_id, at)`,
  // Of reviews before this version only the rosters are known: whoever was asked has been released by the last change.
  `INSERT INTO review_past_seats (review_id, user_id, at)
     SELECT DISTINCT review.id, seat.value, coalesce(review.closed_at, review.updated_at)
     FROM reviews AS review
     JOIN review_stages AS stage ON stage.review_id = review.id
     JOIN json_each(stage.roster) AS seat
     WHERE NOT EXISTS (
       SELECT 1 FROM review_seats AS held WHERE held.review_id = review.id AND held.user_id = seat.value
     )
     ORDER BY review.opened_at, review.id, seat.value`,
  `CREATE TRIGGER review_past_seats_no_update BEFORE UPDATE ON review_past_seats
   BEGIN SELECT RAISE(ABORT, 'who was asked never changes'); END`,
  `CREATE TRIGGER review_past_seats_no_delete BEFORE DELETE ON review_past_seats
   BEGIN SELECT RAISE(ABORT, 'who was asked never changes'); END`,
];

/** Whom reviews have asked: a handover counts what waited for the leaver, also once it is decided or somebody else is asked. */
export const pastSeats: Migration = {
  async up(database: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(database);
  },
};
