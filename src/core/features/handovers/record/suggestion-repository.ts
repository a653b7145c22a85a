import type { CalendarDay, Milliseconds } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { FactKind } from '../../feeds/model.ts';
import type { LastNamed, OwnedGroup, Roster } from './suggest.ts';

/** Facts of one kind with when their file was imported, in order of time. */
function factsOf(reader: Reader, kind: FactKind) {
  return reader
    .selectFrom('feed_facts as fact')
    .innerJoin('import_files as file', 'file.id', 'fact.file_id')
    .innerJoin('imports as import', 'import.id', 'file.import_id')
    .where('fact.kind', '=', kind)
    .orderBy('fact.at')
    .orderBy('fact.digest');
}

export function selectDepartures(reader: Reader) {
  return factsOf(reader, 'departure')
    .where('fact.employee', 'is not', null)
    .select([
      'fact.employee',
      'fact.at',
      'fact.taker',
      'fact.detail',
      'fact.data',
      'import.started_at as imported_at',
    ])
    .execute();
}

/** Leavers whom get_unassigned_list names, with the number of their customers. */
export function selectUnassignedLeavers(reader: Reader) {
  return reader
    .selectFrom('feed_facts as fact')
    .innerJoin('import_files as file', 'file.id', 'fact.file_id')
    .innerJoin('imports as import', 'import.id', 'file.import_id')
    .where('fact.kind', '=', 'unassigned')
    .where('fact.employee', 'is not', null)
    .groupBy('fact.employee')
    .select(({ fn }) => [
      'fact.employee',
      fn.count<number>('fact.item').distinct().as('customers'),
      fn.max<Milliseconds>('fact.at').as('at'),
      fn.max<Milliseconds>('import.started_at').as('imported_at'),
    ])
    .execute();
}

/** Records of groups that were ever without their owner, in order of time. */
export async function selectGroupsLeft(reader: Reader): Promise<OwnedGroup[]> {
  const rows = await factsOf(reader, 'group')
    .where('fact.item', 'in', (query) =>
      query
        .selectFrom('feed_facts as left')
        .where('left.kind', '=', 'group')
        .where('left.code', '=', '1')
        .where('left.item', 'is not', null)
        .select((expression) => expression.fn.coalesce('left.item', expression.val('')).as('item')),
    )
    .select(['fact.item', 'fact.employee', 'fact.code', 'fact.at', 'import.started_at'])
    .execute();
  return rows.flatMap(({ item, employee, code, at, started_at }) =>
    item === null ? [] : [{ item, employee, code, at, importedAt: started_at }],
  );
}

/** The rosters, one of each moment, in order of time. */
export function selectRosters(reader: Reader): Promise<Roster[]> {
  return reader
    .with('named', (query) =>
      query
        .selectFrom('feed_facts')
        .where('kind', '=', 'employed')
        .groupBy('at')
        .select(({ fn }) => ['at', fn.countAll<number>().as('records')]),
    )
    .selectFrom('feed_facts as fact')
    .innerJoin('import_files as file', 'file.id', 'fact.file_id')
    .innerJoin('imports as import', 'import.id', 'file.import_id')
    .innerJoin('named', 'named.at', 'fact.at')
    .where('fact.kind', '=', 'roster-list')
    .groupBy(['fact.at', 'named.records'])
    .select(({ fn }) => ['fact.at', 'named.records', fn.max('import.started_at').as('importedAt')])
    .orderBy('fact.at')
    .execute();
}

/** Of everybody whom a roster names, the last one that does. */
export async function selectLastNamed(reader: Reader): Promise<LastNamed[]> {
  const rows = await reader
    .selectFrom('feed_facts')
    .where('kind', '=', 'employed')
    .where('employee', 'is not', null)
    .groupBy('employee')
    .select(({ fn }) => ['employee', fn.max('at').as('at')])
    .execute();
  return rows.flatMap(({ employee, at }) => (employee === null ? [] : [{ employee, at }]));
}

/** How many people the rosters of both moments name. */
export async function countInBoth(reader: Reader, one: Milliseconds, other: Milliseconds): Promise<number> {
  const { people } = await reader
    .selectFrom('feed_facts as fact')
    .where('fact.kind', '=', 'employed')
    .where('fact.at', '=', one)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('feed_facts as again')
          .whereRef('again.employee', '=', 'fact.employee')
          .where('again.kind', '=', 'employed')
          .where('again.at', '=', other)
          .select('again.id'),
      ),
    )
    .select(({ fn }) => fn.count<number>('fact.employee').distinct().as('people'))
    .executeTakeFirstOrThrow();
  return people;
}

export function selectDismissals(reader: Reader) {
  return reader.selectFrom('handover_suggestions').select(['leaver', 'dismissed_at']).execute();
}

export function selectLastDays(reader: Reader): Promise<{ leaver: string; last_day: CalendarDay }[]> {
  return reader.selectFrom('handovers').select(['leaver', 'last_day']).execute();
}
