import type { Insertable } from 'kysely';

import type { DelegationId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import { decidingRoles } from '../templates/model.ts';

const listLimit = 1_000;

function delegations(reader: Reader) {
  return reader
    .selectFrom('delegations')
    .innerJoin('users as delegator', 'delegator.id', 'delegations.from_user')
    .innerJoin('users as delegate', 'delegate.id', 'delegations.to_user')
    .selectAll('delegations')
    .select(['delegator.display_name as from_name', 'delegate.display_name as to_name']);
}

export type DelegationRow = NonNullable<Awaited<ReturnType<typeof selectDelegation>>>;

export async function selectDelegation(reader: Reader, id: DelegationId) {
  return delegations(reader).where('delegations.id', '=', id).executeTakeFirst();
}

/** Newest first; null: everybody's. */
export async function selectDelegations(
  reader: Reader,
  userId: UserId | null,
): Promise<readonly DelegationRow[]> {
  let query = delegations(reader);
  if (userId !== null)
    query = query.where(({ eb, or }) => or([eb('from_user', '=', userId), eb('to_user', '=', userId)]));
  return query.orderBy('delegations.created_at', 'desc').orderBy('delegations.id').limit(listLimit).execute();
}

/**
 * Those that hold at that moment, of everybody or to one person: what was ended stays ended, also when the clock is set back, and
 * nobody speaks for somebody who may not decide any more.
 */
export async function selectActiveDelegations(
  reader: Reader,
  at: Milliseconds,
  to: UserId | null = null,
): Promise<readonly DelegationRow[]> {
  let query = delegations(reader)
    .where('delegations.begins_at', '<=', at)
    .where('delegations.ends_at', '>', at)
    .where('delegations.ended_at', 'is', null)
    .where('delegator.state', '=', 'active')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('user_roles')
          .select('user_roles.role')
          .whereRef('user_roles.user_id', '=', 'delegations.from_user')
          .where('user_roles.role', 'in', decidingRoles),
      ),
    );
  if (to !== null) query = query.where('delegations.to_user', '=', to);
  return query.limit(listLimit).execute();
}

export async function insertDelegation(
  writer: Writer,
  row: Insertable<Tables['delegations']>,
): Promise<void> {
  await writer.insertInto('delegations').values(row).execute();
}

export async function endDelegation(
  writer: Writer,
  id: DelegationId,
  by: UserId,
  at: Milliseconds,
): Promise<void> {
  await writer.updateTable('delegations').set({ ended_at: at, ended_by: by }).where('id', '=', id).execute();
}
