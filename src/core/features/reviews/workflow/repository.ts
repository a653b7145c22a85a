import type { Insertable, Selectable, Updateable } from 'kysely';

import type {
  ContentHash,
  MaterialId,
  MaterialVersionId,
  Milliseconds,
  ReviewId,
  UserId,
} from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import { decidingRoles } from '../templates/model.ts';

/** Rows of one review: a review that has more is no longer one. */
const mostRows = 20_000;

export type ReviewRow = NonNullable<Awaited<ReturnType<typeof selectReview>>>;
export type StageRow = Selectable<Tables['review_stages']>;

export async function selectReview(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('reviews')
    .innerJoin('materials', 'materials.id', 'reviews.material_id')
    .innerJoin('users as preparer', 'preparer.id', 'materials.created_by')
    .selectAll('reviews')
    .select([
      'materials.title',
      'materials.type',
      'materials.created_by as preparer_id',
      'preparer.display_name as preparer_name',
    ])
    .where('reviews.id', '=', id)
    .executeTakeFirst();
}

export async function selectOpenReview(reader: Reader, id: MaterialId): Promise<ReviewId | null> {
  const row = await reader
    .selectFrom('reviews')
    .select('id')
    .where('material_id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function insertReview(writer: Writer, row: Insertable<Tables['reviews']>): Promise<void> {
  await writer.insertInto('reviews').values(row).execute();
}

export async function updateReview(
  writer: Writer,
  id: ReviewId,
  change: Updateable<Tables['reviews']>,
): Promise<void> {
  await writer.updateTable('reviews').set(change).where('id', '=', id).execute();
}

export async function selectReviewVersions(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('review_versions')
    .innerJoin('material_versions as version', 'version.id', 'review_versions.version_id')
    .innerJoin('users as submitter', 'submitter.id', 'review_versions.submitted_by')
    .selectAll('review_versions')
    .select([
      'version.number',
      'version.precheck_at',
      'version.exemptions',
      'submitter.display_name as submitter_name',
    ])
    .where('review_versions.review_id', '=', id)
    .orderBy('review_versions.ordinal')
    .limit(mostRows)
    .execute();
}

export async function insertReviewVersion(
  writer: Writer,
  row: Insertable<Tables['review_versions']>,
): Promise<void> {
  await writer.insertInto('review_versions').values(row).execute();
}

export async function selectStages(reader: Reader, id: ReviewId): Promise<readonly StageRow[]> {
  return reader
    .selectFrom('review_stages')
    .selectAll()
    .where('review_id', '=', id)
    .orderBy('opened_at')
    .orderBy('id')
    .limit(mostRows)
    .execute();
}

export async function insertStage(writer: Writer, row: Insertable<Tables['review_stages']>): Promise<void> {
  await writer.insertInto('review_stages').values(row).execute();
}

export async function updateStage(
  writer: Writer,
  id: string,
  change: Pick<Updateable<Tables['review_stages']>, 'roster' | 'lapsed_at'>,
): Promise<void> {
  await writer.updateTable('review_stages').set(change).where('id', '=', id).execute();
}

/** Who is asked from now on, and on record who is no more. */
export async function replaceSeats(
  writer: Writer,
  id: ReviewId,
  users: readonly UserId[],
  at: Milliseconds,
): Promise<void> {
  await writer
    .insertInto('review_past_seats')
    .columns(['review_id', 'user_id', 'at'])
    .expression((query) =>
      query
        .selectFrom('review_seats')
        .where('review_id', '=', id)
        .$if(users.length > 0, (seats) => seats.where('user_id', 'not in', [...users]))
        .select(({ val }) => ['review_id', 'user_id', val(at).as('at')])
        .orderBy('user_id'),
    )
    .execute();
  await writer.deleteFrom('review_seats').where('review_id', '=', id).execute();
  if (users.length === 0) return;
  await writer
    .insertInto('review_seats')
    .values(users.map((userId) => ({ review_id: id, user_id: userId })))
    .execute();
}

export async function selectDecisions(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('review_decisions')
    .innerJoin('users as decider', 'decider.id', 'review_decisions.user_id')
    .innerJoin('users as seat', 'seat.id', 'review_decisions.seat_id')
    .selectAll('review_decisions')
    .select(['decider.display_name as user_name', 'seat.display_name as seat_name'])
    .where('review_decisions.review_id', '=', id)
    .orderBy('review_decisions.sequence')
    .limit(mostRows)
    .execute();
}
export type DecisionRow = Awaited<ReturnType<typeof selectDecisions>>[number];

export async function insertDecisions(
  writer: Writer,
  rows: readonly Insertable<Tables['review_decisions']>[],
): Promise<void> {
  if (rows.length > 0)
    await writer
      .insertInto('review_decisions')
      .values([...rows])
      .execute();
}

/**
 * Whether somebody rejected this content of the material, under whatever version, or returned it with these very exemptions: one that
 * came back for want of an exemption may come again with it.
 */
export async function wasTurnedDown(
  reader: Reader,
  id: MaterialId,
  { hash, exemptions }: { readonly hash: ContentHash; readonly exemptions: string },
): Promise<boolean> {
  const row = await reader
    .selectFrom('review_decisions')
    .innerJoin('reviews', 'reviews.id', 'review_decisions.review_id')
    .innerJoin('material_versions as version', 'version.id', 'review_decisions.version_id')
    .select('review_decisions.id')
    .where('reviews.material_id', '=', id)
    .where('review_decisions.hash', '=', hash)
    .where(({ eb, or, and }) =>
      or([
        eb('review_decisions.decision', '=', 'reject'),
        and([eb('review_decisions.decision', '=', 'return'), eb('version.exemptions', '=', exemptions)]),
      ]),
    )
    .executeTakeFirst();
  return row !== undefined;
}

export async function selectConditions(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('review_conditions')
    .innerJoin('users as setter', 'setter.id', 'review_conditions.set_by')
    .leftJoin('users as meeter', 'meeter.id', 'review_conditions.met_by')
    .leftJoin('material_versions as version', 'version.id', 'review_conditions.met_version_id')
    .selectAll('review_conditions')
    .select([
      'setter.display_name as setter_name',
      'meeter.display_name as meeter_name',
      'version.number as met_version_number',
    ])
    .where('review_conditions.review_id', '=', id)
    .orderBy('review_conditions.at')
    .orderBy('review_conditions.id')
    .limit(mostRows)
    .execute();
}
export type ConditionRow = Awaited<ReturnType<typeof selectConditions>>[number];

export async function selectReviewOfCondition(
  reader: Reader,
  id: ConditionRow['id'],
): Promise<ReviewId | null> {
  const row = await reader
    .selectFrom('review_conditions')
    .select('review_id')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.review_id ?? null;
}

export async function insertConditions(
  writer: Writer,
  rows: readonly Insertable<Tables['review_conditions']>[],
): Promise<void> {
  if (rows.length > 0)
    await writer
      .insertInto('review_conditions')
      .values([...rows])
      .execute();
}

export async function meetCondition(
  writer: Writer,
  id: ConditionRow['id'],
  met: {
    readonly versionId: MaterialVersionId | null;
    readonly by: UserId;
    readonly at: Milliseconds;
    readonly note: string;
  },
): Promise<void> {
  await writer
    .updateTable('review_conditions')
    .set({ met_version_id: met.versionId, met_by: met.by, met_at: met.at, met_note: met.note })
    .where('id', '=', id)
    .execute();
}

export async function selectExemptions(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('review_exemptions')
    .innerJoin('users', 'users.id', 'review_exemptions.user_id')
    .selectAll('review_exemptions')
    .select('users.display_name as user_name')
    .where('review_exemptions.review_id', '=', id)
    .orderBy('review_exemptions.at')
    .limit(mostRows)
    .execute();
}

/** False where this person has accepted it before. */
export async function insertExemption(
  writer: Writer,
  row: Insertable<Tables['review_exemptions']>,
): Promise<boolean> {
  const result = await writer
    .insertInto('review_exemptions')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** What must be fixed and isn't yet. */
export async function countOpenMustFix(reader: Reader, id: ReviewId): Promise<number> {
  const row = await reader
    .selectFrom('review_threads')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('review_id', '=', id)
    .where('must_fix', '=', 1)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function selectFindings(reader: Reader, id: MaterialVersionId): Promise<string | null> {
  const row = await reader
    .selectFrom('material_versions')
    .select('findings')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.findings ?? null;
}

export interface Decider {
  readonly id: UserId;
  readonly name: string;
  readonly branch: string;
  readonly roles: readonly string[];
}

/** Everybody who is active and holds a role that decides, by name. */
export async function selectDeciders(reader: Reader): Promise<readonly Decider[]> {
  const rows = await reader
    .selectFrom('users')
    .innerJoin('user_roles', 'user_roles.user_id', 'users.id')
    .select(['users.id', 'users.display_name as name', 'users.branch', 'user_roles.role'])
    .where('users.state', '=', 'active')
    .where('user_roles.role', 'in', decidingRoles)
    .orderBy('users.display_name')
    .orderBy('users.id')
    .limit(mostRows)
    .execute();
  const people = new Map<UserId, Decider & { readonly roles: string[] }>();
  for (const { role, ...person } of rows) {
    const known = people.get(person.id);
    if (known === undefined) people.set(person.id, { ...person, roles: [role] });
    else known.roles.push(role);
  }
  return [...people.values()];
}
