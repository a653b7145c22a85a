import { CalendarDay } from '../../../contract/ids.ts';
import {
  evidenceVersion,
  prepareHandoverMessages,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { readCalendar } from '../../calendar/index.ts';
import { localDay, momentOf } from '../../calendar/model.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import { addDays } from '../promises/index.ts';
import type { SheetQuery } from '../protocol.ts';
import type { SignReaderSource } from '../timeline/index.ts';
import type { HandlerTable, WorkerContext } from '../worker-context.ts';
import { type TakenOver, assessContinuity } from './assess.ts';
import type { ContinuityQuestions } from './questions.ts';
import { type Passed, readContinuity } from './read.ts';

type ContinuityHandlers = {
  readonly [Kind in keyof ContinuityQuestions]: (
    request: ContinuityQuestions[Kind]['request'],
  ) => Promise<ContinuityQuestions[Kind]['answer']>;
};

/** Leavers of whose customers the contacts are kept. */
const mostKept = 4;

/** Answers what became of the customers that others took over, as the balance sheet has them. */
export function createContinuityHandlers(
  { connection }: WorkerContext,
  sheet: Pick<HandlerTable, 'wholeSheet'>,
  readers: SignReaderSource,
): ContinuityHandlers {
  const kept = createKeptAnswers<readonly TakenOver[]>(mostKept);

  async function read(query: SheetQuery, lastDayEnd: number): Promise<readonly TakenOver[]> {
    const { complaints } = await readers();
    const { rows } = await sheet.wholeSheet(query);
    const customers = rows.customers.flatMap(({ id, name, outcome, taker, at }): Passed[] =>
      outcome === 'takenOver' && taker !== null ? [{ id, name, taker, at }] : [],
    );
    return readContinuity(connection, complaints, customers, lastDayEnd);
  }

  function unseen(takers: ReadonlySet<string>, since: number) {
    const messages = prepareHandoverMessages(connection);
    return [...takers].toSorted().flatMap((taker) => {
      const person = messages.person(taker);
      const last = person === null ? null : messages.lastActivity(person.id);
      return last !== null && last >= since ? [] : [{ id: taker, name: person?.name ?? '' }];
    });
  }

  return {
    async continuity({ query, workingDays, filter }) {
      const calendar = await readCalendar(connection.query);
      const lastDay = query.lastDay ?? CalendarDay.parse(localDay(query.now, calendar.timeZone));
      const lastDayEnd = momentOf(addDays(lastDay, 1), 0, calendar.timeZone);
      const { leaver, openingDay, takers } = query;
      const key = JSON.stringify([evidenceVersion(connection), leaver, lastDayEnd, openingDay, takers]);
      const customers = await kept.get(key, () => read(query, lastDayEnd));
      return {
        ...assessContinuity(customers, { lastDay, workingDays, calendar, now: query.now }, filter),
        unseenTakers: unseen(new Set(customers.map(({ taker }) => taker)), lastDayEnd),
      };
    },
  };
}
