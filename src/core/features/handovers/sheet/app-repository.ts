import type { Milliseconds, PersonId, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { HitState } from '../../supervision/model.ts';

// What this app holds of a leaver: materials that their account wrote, and cases that concern them.

export async function selectMaterialsOf(reader: Reader, account: UserId) {
  return reader
    .selectFrom('materials as material')
    .innerJoin('users as creator', 'creator.id', 'material.created_by')
    .leftJoin('users as changer', 'changer.id', 'material.updated_by')
    .leftJoin('users as retirer', 'retirer.id', 'material.retired_by')
    .where('material.created_by', '=', account)
    .select([
      'material.id',
      'material.title',
      'material.state',
      'material.draft_differs',
      'material.created_at',
      'material.updated_at',
      'material.retired_at',
      'creator.display_name as created_by',
      'changer.display_name as updated_by',
      'retirer.display_name as retired_by',
    ])
    .select(({ selectFrom }) => [
      selectFrom('approvals')
        .leftJoin('approval_withdrawals as withdrawal', 'withdrawal.approval_id', 'approvals.id')
        .whereRef('approvals.material_id', '=', 'material.id')
        .select(({ fn }) => fn.max(fn.coalesce('withdrawal.at', 'approvals.expires_at')).as('end'))
        .as('approval_ended_at'),
    ])
    .orderBy('material.id')
    .execute();
}
export type MaterialRow = Awaited<ReturnType<typeof selectMaterialsOf>>[number];

export interface CaseRow {
  /** `hit:12`, `finding:…`. */
  readonly id: string;
  readonly name: string;
  readonly state: HitState;
  readonly arose_at: Milliseconds;
  readonly decided_at: Milliseconds | null;
  readonly decided_by: string | null;
}

/** Hits and findings on the person's own messages. */
export async function selectCasesAbout(reader: Reader, person: PersonId): Promise<CaseRow[]> {
  const inConversations = await reader
    .selectFrom('conversation_members as member')
    .innerJoin('hits', 'hits.conversation_id', 'member.conversation_id')
    .leftJoin('users', 'users.id', 'hits.decided_by')
    .where('member.person_id', '=', person)
    .where('hits.sender_id', '=', person)
    .select([
      'hits.id',
      'hits.term as name',
      'hits.state',
      'hits.sent_at as arose_at',
      'hits.decided_at',
      'users.display_name as decided_by',
    ])
    .execute();
  const elsewhere = await reader
    .selectFrom('hits')
    .leftJoin('users', 'users.id', 'hits.decided_by')
    .where('hits.conversation_id', 'is', null)
    .where('hits.sender_id', '=', person)
    .select([
      'hits.id',
      'hits.term as name',
      'hits.state',
      'hits.sent_at as arose_at',
      'hits.decided_at',
      'users.display_name as decided_by',
    ])
    .execute();
  const findings = await reader
    .selectFrom('findings')
    .leftJoin('users', 'users.id', 'findings.decided_by')
    .where('findings.sender_id', '=', person)
    .select([
      'findings.id',
      'findings.state',
      'findings.sent_at as arose_at',
      'findings.decided_at',
      'users.display_name as decided_by',
    ])
    .execute();
  return [
    ...[...inConversations, ...elsewhere].map(({ id, ...row }) => ({ ...row, id: `hit:${id}` })),
    ...findings.map(({ id, ...row }) => ({ ...row, id: `finding:${id}`, name: '' })),
  ];
}

/** Reviews that wait for the account's decision, or have done so: `released_at` is since when they wait for it no more. */
export async function selectReviewsOf(reader: Reader, account: UserId) {
  return reader
    .with('seat', (query) =>
      query
        .selectFrom('review_seats')
        .where('user_id', '=', account)
        .select(({ lit }) => ['review_id', lit(null).$castTo<Milliseconds | null>().as('released_at')])
        .unionAll(
          query
            .selectFrom('review_past_seats as past')
            .where('past.user_id', '=', account)
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('review_seats as held')
                    .where('held.user_id', '=', account)
                    .whereRef('held.review_id', '=', 'past.review_id')
                    .select('held.review_id'),
                ),
              ),
            )
            .groupBy('past.review_id')
            .select(({ fn }) => ['past.review_id', fn.max('past.at').as('released_at')]),
        ),
    )
    .selectFrom('seat')
    .innerJoin('reviews as review', 'review.id', 'seat.review_id')
    .innerJoin('materials as material', 'material.id', 'review.material_id')
    .innerJoin('users as submitter', 'submitter.id', 'review.submitted_by')
    .select([
      'review.id',
      'seat.released_at',
      'material.title as name',
      'review.stage_opened_at',
      'review.opened_at',
      'submitter.display_name as submitted_by',
    ])
    .orderBy('review.id')
    .execute();
}
export type ReviewRow = Awaited<ReturnType<typeof selectReviewsOf>>[number];
