import { CalendarDay } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { localDay } from '../../calendar/model.ts';
import { readSettings } from '../../settings/index.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import { selectStamps } from '../sheet/index.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { RecordQuestions } from './questions.ts';
import { selectPeopleByIds } from './repository.ts';
import { type Sign, leftRoster, ownerlessGroups, suggest } from './suggest.ts';
import {
  countInBoth,
  selectDepartures,
  selectDismissals,
  selectGroupsLeft,
  selectLastDays,
  selectLastNamed,
  selectRosters,
  selectUnassignedLeavers,
} from './suggestion-repository.ts';
import { employeeView } from './views.ts';

type RecordHandlers = {
  readonly [Kind in keyof RecordQuestions]: (
    request: RecordQuestions[Kind]['request'],
  ) => Promise<RecordQuestions[Kind]['answer']>;
};

/** Answers who seems to have left. */
export function createRecordWorkerHandlers({ connection }: WorkerContext): RecordHandlers {
  const reader = connection.query;
  // They take seconds over years of rosters. Which of them somebody has acted upon is asked anew.
  const kept = createKeptAnswers<readonly Sign[]>(1);
  return {
    async suggestions() {
      const { timeZone } = await readSettings(reader);
      const opened = Map.groupBy(await selectLastDays(reader), ({ leaver }) => leaver);
      const found = suggest(
        await kept.get((await selectStamps(reader)).facts, () => signs(reader)),
        new Map(
          [...opened].map(([leaver, rows]) => [leaver, rows.map(({ last_day }) => Date.parse(last_day))]),
        ),
        new Map((await selectDismissals(reader)).map(({ leaver, dismissed_at }) => [leaver, dismissed_at])),
      );
      const people = new Map(
        (
          await selectPeopleByIds(
            reader,
            found.map(({ leaver }) => leaver),
          )
        ).map((row) => [row.external_id, employeeView(row)]),
      );
      return found.map(({ leaver, signs: [first, ...rest] }) => ({
        leaver: people.get(leaver) ?? { userid: leaver, name: '', branch: '' },
        reasons: [first, ...rest].map(({ kind, count, at }) => ({ kind, count, at })),
        lastDay: CalendarDay.parse(localDay(first.at, timeZone)),
        takers: [...first.takers],
        supervisor: first.supervisor,
        reason: first.reason,
      }));
    },
  };
}

async function signs(reader: Reader): Promise<readonly Sign[]> {
  const departures = (await selectDepartures(reader)).flatMap(
    ({ employee, at, taker, detail, data, imported_at }): Sign[] => {
      if (employee === null) return [];
      const more = parseData(data);
      return [
        {
          leaver: employee,
          kind: 'departure',
          count: 1,
          at,
          importedAt: imported_at,
          takers: more.takers.length > 0 ? more.takers : taker === null ? [] : [taker],
          supervisor: more.supervisor,
          reason: detail ?? '',
        },
      ];
    },
  );
  const unassigned = (await selectUnassignedLeavers(reader)).flatMap(
    ({ employee, customers, at, imported_at }): Sign[] =>
      employee === null
        ? []
        : [
            {
              leaver: employee,
              kind: 'unassigned',
              count: customers,
              at,
              importedAt: imported_at,
              takers: [],
              supervisor: '',
              reason: '',
            },
          ],
  );
  return [
    ...departures,
    ...unassigned,
    ...ownerlessGroups(await selectGroupsLeft(reader)),
    ...(await leftRoster(await selectRosters(reader), await selectLastNamed(reader), (one, other) =>
      countInBoth(reader, one, other),
    )),
  ];
}

function parseData(text: string): { readonly takers: readonly string[]; readonly supervisor: string } {
  const data: unknown = JSON.parse(text);
  if (typeof data !== 'object' || data === null) return { takers: [], supervisor: '' };
  const takers = 'takers' in data && Array.isArray(data.takers) ? data.takers : [];
  return {
    takers: takers.filter((taker): taker is string => typeof taker === 'string'),
    supervisor: 'supervisor' in data && typeof data.supervisor === 'string' ? data.supervisor : '',
  };
}
