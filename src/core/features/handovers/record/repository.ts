import { type Insertable, type Selectable, sql } from 'kysely';

import type { HandoverId, Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Tables } from '../../../platform/database/schema.ts';
import type { HandoverState } from '../model.ts';

/** More handovers than a bank has in ten years; lists stop there. */
const listLimit = 5_000;
const choiceLimit = 50;
const accountLimit = 2_000;
/** SQLite takes some 32,000 bound values. */
const idsAtOnce = 10_000;

function handovers(reader: Reader) {
  return reader
    .selectFrom('handovers as handover')
    .leftJoin('people as person', 'person.external_id', 'handover.leaver')
    .innerJoin('users as opener', 'opener.id', 'handover.opened_by')
    .leftJoin('users as named', 'named.user_name', 'handover.leaver')
    .selectAll('handover')
    .select([
      'person.name as leaver_name',
      'person.branch as leaver_branch',
      'opener.display_name as opened_by_name',
      'named.id as leaver_named',
    ])
    .select(({ selectFrom }) => [
      selectFrom('handovers as previous')
        .whereRef('previous.leaver', '=', 'handover.leaver')
        .whereRef('previous.last_day', '<', 'handover.last_day')
        .select(({ fn }) => fn.max('previous.last_day').as('last_day'))
        .as('previous_last_day'),
      selectFrom('handovers as later')
        .whereRef('later.leaver', '=', 'handover.leaver')
        .whereRef('later.last_day', '>', 'handover.last_day')
        .select(({ fn }) => fn.min('later.last_day').as('last_day'))
        .as('next_last_day'),
    ]);
}

export type HandoverRow = NonNullable<Awaited<ReturnType<typeof selectHandover>>>;

export function selectHandover(reader: Reader, id: HandoverId) {
  return handovers(reader).where('handover.id', '=', id).executeTakeFirst();
}

export interface HandoverFilter {
  readonly states: readonly HandoverState[];
  readonly branch: string | null;
  readonly query: string;
}

/** Those with the latest last day first. */
export function selectHandovers(
  reader: Reader,
  { states, branch, query }: HandoverFilter,
): Promise<HandoverRow[]> {
  let rows = handovers(reader);
  if (states.length > 0) rows = rows.where('handover.state', 'in', states);
  if (branch !== null) rows = rows.where(sql<string>`coalesce(person.branch, '')`, '=', branch);
  if (query !== '')
    rows = rows.where(
      sql<number>`instr(lower(handover.leaver || char(10) || coalesce(person.name, '')), ${query.toLowerCase()})`,
      '>',
      0,
    );
  return rows
    .orderBy('handover.last_day', 'desc')
    .orderBy('handover.leaver')
    .orderBy('handover.id')
    .limit(listLimit)
    .execute();
}

export function selectHandoverOf(
  reader: Reader,
  leaver: string,
  lastDay: Tables['handovers']['last_day'],
): Promise<{ id: HandoverId } | undefined> {
  return reader
    .selectFrom('handovers')
    .select('id')
    .where('leaver', '=', leaver)
    .where('last_day', '=', lastDay)
    .executeTakeFirst();
}

export type TakerRow = Selectable<Tables['handover_takers']>;

/** Of these handovers, in order. */
export async function selectTakers(reader: Reader, ids: readonly HandoverId[]): Promise<TakerRow[]> {
  const rows: TakerRow[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnce)
    rows.push(
      ...(await reader
        .selectFrom('handover_takers')
        .selectAll()
        .where('handover_id', 'in', ids.slice(from, from + idsAtOnce))
        .orderBy('handover_id')
        .orderBy('ordinal')
        .execute()),
    );
  return rows;
}

export async function insertHandover(writer: Writer, row: Insertable<Tables['handovers']>): Promise<void> {
  await writer.insertInto('handovers').values(row).execute();
}

/** Answers false where the handover is no longer at `revision`: nothing was changed then. */
export async function updateHandover(
  writer: Writer,
  id: HandoverId,
  revision: number,
  change: Partial<
    Omit<Selectable<Tables['handovers']>, 'id' | 'leaver' | 'opened_by' | 'opened_at' | 'revision'>
  >,
): Promise<boolean> {
  const result = await writer
    .updateTable('handovers')
    .set({ ...change, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function replaceTakers(
  writer: Writer,
  id: HandoverId,
  takers: readonly { readonly taker: string; readonly userId: UserId | null }[],
): Promise<void> {
  await writer.deleteFrom('handover_takers').where('handover_id', '=', id).execute();
  if (takers.length === 0) return;
  await writer
    .insertInto('handover_takers')
    .values(
      takers.map(({ taker, userId }, ordinal) => ({ handover_id: id, ordinal, taker, user_id: userId })),
    )
    .execute();
}

export interface EmployeeRow {
  readonly external_id: string;
  readonly name: string | null;
  readonly branch: string | null;
}

/** People with these userids, customers and groups included. */
export async function selectPeopleByIds(reader: Reader, ids: readonly string[]): Promise<EmployeeRow[]> {
  const rows: EmployeeRow[] = [];
  for (let from = 0; from < ids.length; from += idsAtOnce)
    rows.push(
      ...(await reader
        .selectFrom('people')
        .select(['external_id', 'name', 'branch'])
        .where('external_id', 'in', ids.slice(from, from + idsAtOnce))
        .execute()),
    );
  return rows;
}

export function selectEmployees(reader: Reader, query: string): Promise<EmployeeRow[]> {
  let rows = reader
    .selectFrom('people')
    .select(['external_id', 'name', 'branch'])
    .where('kind', '=', 'employee');
  if (query !== '')
    rows = rows.where(
      sql<number>`instr(lower(external_id || char(10) || coalesce(name, '') || char(10) || coalesce(branch, '')), ${query.toLowerCase()})`,
      '>',
      0,
    );
  return rows.orderBy('external_id').limit(choiceLimit).execute();
}

const accountColumns = ['id', 'user_name', 'display_name', 'branch'] as const;
export type AccountRow = Pick<Selectable<Tables['users']>, (typeof accountColumns)[number]>;

export function selectActiveAccounts(reader: Reader): Promise<AccountRow[]> {
  return reader
    .selectFrom('users')
    .select(accountColumns)
    .where('state', '=', 'active')
    .orderBy('user_name')
    .limit(accountLimit)
    .execute();
}

/** The account with that user name, disabled ones included. */
export async function selectAccountNamed(reader: Reader, userName: string): Promise<UserId | null> {
  const row = await reader
    .selectFrom('users')
    .select('id')
    .where('user_name', '=', userName)
    .executeTakeFirst();
  return row?.id ?? null;
}

export async function selectAccounts(reader: Reader, ids: readonly UserId[]): Promise<AccountRow[]> {
  if (ids.length === 0) return [];
  return reader.selectFrom('users').select(accountColumns).where('id', 'in', ids).execute();
}

export async function upsertDismissal(
  writer: Writer,
  row: { leaver: string; reason: string; dismissed_by: UserId; dismissed_at: Milliseconds },
): Promise<void> {
  await writer.deleteFrom('handover_suggestions').where('leaver', '=', row.leaver).execute();
  await writer.insertInto('handover_suggestions').values(row).execute();
}

/** The one with the latest last day. */
export function selectLatestHandoverOf(
  reader: Reader,
  leaver: string,
): Promise<{ id: HandoverId } | undefined> {
  return reader
    .selectFrom('handovers')
    .select('id')
    .where('leaver', '=', leaver)
    .orderBy('last_day', 'desc')
    .limit(1)
    .executeTakeFirst();
}
