import { AppError } from '../../contract/errors.ts';
import { type ImportId, PersonId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { readSettings } from '../settings/index.ts';
import {
  countUndecryptable,
  listContactDays,
  listDanglingRevokes,
  listSequences,
  listUndecryptable,
} from './completeness-repository.ts';
import type { CompletenessReport, PersonView } from './contract.ts';
import { createDays } from './days.ts';
import { listFiles } from './import-repository.ts';
import { isLoading } from './repository.ts';
import { type SeenRange, joinRanges } from './sequences.ts';
import { loadPeople } from './views.ts';

type Report = Omit<CompletenessReport, 'sequenceGaps'> & {
  readonly sequenceGaps: CompletenessReport['sequenceGaps'];
};
type Row = Report['rows'][number];

const mostGaps = 1000;

/** What an import's files lack, as far as the files themselves show it. */
export async function reportCompleteness(reader: Reader, importId: ImportId): Promise<Report> {
  const files = (await listFiles(reader, [importId])).map((file) => file.id);
  if (files.length === 0) throw new AppError('not-found', 'There is no such import.', { id: importId });
  const dayOf = createDays((await readSettings(reader)).timeZone);
  const ranges = joinRanges(
    (await listSequences(reader, files)).map((row) => ({
      first: BigInt(row.first),
      last: BigInt(row.last),
      employee: row.employee_id,
      at: row.at,
    })),
  );
  // Without its indexes the message table can't be asked for what it lacks; the import is not finished then.
  const dangling = (await isLoading(reader)) ? [] : await listDanglingRevokes(reader, files);
  const undecryptable = await listUndecryptable(reader, files);
  const days = await listContactDays(reader, files);

  const gaps = gapsBetween(ranges);
  const people = await namesOf(reader, [
    ...gaps.listed.map((gap) => gap.before.employee),
    ...dangling.map((row) => row.employee_id),
    ...days.map((row) => row.employee_id),
  ]);
  const rows = new Map<string, Row>();
  const rowOf = (employee: number | null, day: string | null): Row => {
    const key = `${day ?? ''} ${employee ?? 0}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = {
        employee: people.get(employee ?? 0) ?? null,
        day,
        messages: 0,
        danglingRevokes: 0,
        undecryptable: 0,
        customersWithoutConsent: 0,
      };
      rows.set(key, row);
    }
    return row;
  };
  for (const day of days) {
    const row = rowOf(day.employee_id, day.day);
    row.messages = day.messages;
    row.customersWithoutConsent = day.without_consent;
  }
  for (const { employee_id, sent_at } of dangling) rowOf(employee_id, dayOf(sent_at)).danglingRevokes += 1;
  for (const { employee_id, at } of undecryptable) {
    rowOf(employee_id, at === null ? null : dayOf(at)).undecryptable += 1;
  }
  return {
    importId,
    sequenceGaps: gaps.listed.map(({ before, from, to }) => ({
      from: String(from),
      to: String(to),
      count: Number(to - from + 1n),
      employee: people.get(before.employee ?? 0) ?? null,
      day: before.at === null ? null : dayOf(before.at),
    })),
    missingSequences: Number(gaps.missing),
    hasSequences: ranges.length > 0,
    danglingRevokes: dangling.length,
    undecryptable: await countUndecryptable(reader, files),
    rows: [...rows.values()],
  };
}

interface Gap {
  readonly before: SeenRange;
  readonly from: bigint;
  readonly to: bigint;
}

function gapsBetween(ranges: readonly SeenRange[]): {
  readonly listed: readonly Gap[];
  readonly missing: bigint;
} {
  const listed: Gap[] = [];
  let missing = 0n;
  let before: SeenRange | null = null;
  for (const range of ranges) {
    if (before !== null) {
      const gap = { before, from: before.last + 1n, to: range.first - 1n };
      missing += gap.to - gap.from + 1n;
      if (listed.length < mostGaps) listed.push(gap);
    }
    before = range;
  }
  return { listed, missing };
}

async function namesOf(
  reader: Reader,
  ids: readonly (number | null)[],
): Promise<ReadonlyMap<number, PersonView>> {
  const wanted = [...new Set(ids)].flatMap((id) => (id === null || id === 0 ? [] : [PersonId.parse(id)]));
  return new Map((await loadPeople(reader, wanted)).map((person) => [person.id, person]));
}
