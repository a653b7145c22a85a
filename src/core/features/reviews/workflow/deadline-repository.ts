import { sql } from 'kysely';

import type { Milliseconds } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';

export const deadlineKinds = ['reminder', 'overdue'] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** One pass's work: what is left over is done in the next. */
const passLimit = 500;

/** The open stages whose reminder or deadline has come and has not fired, oldest first. */
export async function selectDueStages(reader: Reader, kind: DeadlineKind, now: Milliseconds) {
  const due = kind === 'reminder' ? ('stage.remind_at' as const) : ('stage.deadline_at' as const);
  return reader
    .selectFrom('reviews')
    .innerJoin('review_stages as stage', (join) =>
      join
        .onRef('stage.review_id', '=', 'reviews.id')
        .onRef('stage.version_id', '=', 'reviews.version_id')
        .onRef('stage.stage_key', '=', 'reviews.stage_key'),
    )
    .leftJoin('fired_deadlines as fired', (join) =>
      join.on(({ eb, ref, val }) =>
        eb('fired.key', '=', sql<string>`${ref('stage.id')} || ${val(`:${kind}`)}`),
      ),
    )
    .select(['reviews.id as review_id', 'stage.id as stage_id', 'stage.stage_key'])
    .where('reviews.closed_at', 'is', null)
    .where('reviews.state', '=', 'running')
    .where(due, '<=', now)
    .where('fired.key', 'is', null)
    .orderBy(due)
    .limit(passLimit)
    .execute();
}
