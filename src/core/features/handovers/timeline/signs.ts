import { CalendarDay } from '../../../contract/ids.ts';
import type { DatabaseConnection } from '../../../platform/database/connection.ts';
import {
  type HandoverMessages,
  evidenceVersion,
  prepareHandoverMessages,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { readCalendar } from '../../calendar/index.ts';
import { localDay } from '../../calendar/model.ts';
import {
  type StoredFact,
  selectFactsOfEmployees,
  selectFactsOfItems,
  selectFactsOfLeaver,
} from '../../feeds/index.ts';
import type { FactKind } from '../../feeds/model.ts';
import type { HandoverFinding } from '../model.ts';
import { type PromiseItem, listPromises } from '../promises/index.ts';
import type { SheetQuery } from '../protocol.ts';
import { lastDayOf } from '../sheet/index.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { SignCase } from './case.ts';
import { detectSigns } from './detect.ts';
import { divertedCustomers } from './detect-facts.ts';
import { type SignDay, eventsByDay } from './events.ts';
import type { Observed } from './observed.ts';
import type { SignReaderSource } from './readers.ts';
import { type ScanContext, scanAll } from './scan-all.ts';
import { windowAround } from './window.ts';

/** What was worked out of one leaver, as long as nothing new was imported. */
export interface Signs {
  /** Null: nobody said it and no record names it; then the signs are those around the last activity. */
  readonly lastDay: CalendarDay | null;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly timeZone: string;
  readonly messages: number;
  readonly findings: readonly HandoverFinding[];
  /** Of the customers and groups that the findings' evidence is about, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
  readonly days: readonly SignDay[];
  readonly promises: readonly PromiseItem[];
  readonly msgidOf: SignCase['msgidOf'];
}

type SignQuery = Pick<SheetQuery, 'leaver' | 'lastDay' | 'takers'>;

/** What a risk is worked out of. */
export type ScoredFinding = Pick<HandoverFinding, 'key' | 'kind' | 'score'>;

export interface SignSource {
  /** Null: no last day is known, and the archive has nothing of the leaver. */
  signsOf(query: SignQuery): Promise<Signs | null>;
  /** The findings' scores only, which are kept of more leavers; null as above, or where no last day is known. */
  scoresOf(query: SignQuery): Promise<readonly ScoredFinding[] | null>;
}

/** Leavers of whom the outcome is kept: that of a million messages takes seconds, and some megabytes. Scores are a few hundred bytes. */
const mostKept = 8;
const mostScoresKept = 500;

const signKinds: readonly FactKind[] = [
  'contact-event',
  'transfer-start',
  'transfer-result',
  'group',
  'group-event',
  'file-leak',
  'screenshot',
  'member-log',
];

/** Works out signs and promises in the worker, and keeps the last ones. */
export function createSignSource(
  { connection, resources }: WorkerContext,
  readers: SignReaderSource,
): SignSource {
  const kept = createKeptAnswers<Signs>(mostKept);
  const scores = createKeptAnswers<readonly ScoredFinding[] | null>(mostScoresKept);

  async function prepare({ leaver, lastDay, takers }: SignQuery) {
    const { timeZone, days } = await readCalendar(connection.query);
    const known = lastDay ?? lastDayIn(connection, leaver, timeZone);
    const around = known ?? lastActiveDay(connection, leaver, timeZone);
    if (around === null) return null;
    const key = JSON.stringify([
      evidenceVersion(connection),
      leaver,
      known,
      around,
      takers,
      timeZone,
      [...days],
    ]);
    return { key, work: { leaver, lastDay: known, around, takers, timeZone, days } };
  }

  const signsOf = ({ key, work }: NonNullable<Awaited<ReturnType<typeof prepare>>>) =>
    kept.get(key, () => workOut({ connection, resources, readers }, work));

  return {
    async signsOf(query) {
      const prepared = await prepare(query);
      return prepared === null ? null : signsOf(prepared);
    },
    async scoresOf(query) {
      const prepared = await prepare(query);
      if (prepared === null) return null;
      return scores.get(prepared.key, async () => {
        const { lastDay, findings } = await signsOf(prepared);
        return lastDay === null ? null : findings.map(({ key, kind, score }) => ({ key, kind, score }));
      });
    },
  };
}

/** The last day that records name. */
function lastDayIn(connection: DatabaseConnection, leaver: string, timeZone: string): CalendarDay | null {
  return lastDayOf(
    selectFactsOfEmployees(connection, [leaver], ['departure', 'unassigned']),
    leaver,
    timeZone,
  );
}

function lastActiveDay(connection: DatabaseConnection, leaver: string, timeZone: string): CalendarDay | null {
  const messages = prepareHandoverMessages(connection);
  const person = messages.person(leaver);
  const at = person === null ? null : messages.lastActivity(person.id);
  return at === null ? null : CalendarDay.parse(localDay(at, timeZone));
}

interface WorkOut {
  readonly leaver: string;
  readonly lastDay: CalendarDay | null;
  /** The day that the window lies around. */
  readonly around: CalendarDay;
  readonly takers: readonly string[];
  readonly timeZone: string;
  readonly days: ReadonlyMap<string, 'holiday' | 'workday'>;
}

async function workOut(
  context: ScanContext,
  { leaver, lastDay, around, takers, timeZone, days }: WorkOut,
): Promise<Signs> {
  const { connection } = context;
  const window = windowAround(around, timeZone);
  const messages = prepareHandoverMessages(connection);
  // A second thread may still be reading when this one is done: the records are read meanwhile.
  const observing = scanAll(context, { leaver, window, specialDays: days });
  const ofPartners = factsOfPartners(connection, leaver, messages);
  const observed = await observing;
  const base = { leaver, takers, window, observed, nameOf: () => '', msgidOf: messages.msgid };
  const facts = withFactsOf(connection, ofPartners, divertedCustomers({ ...base, facts: [] }));
  const groupNames = new Map(
    facts.flatMap(({ kind, item, data }) =>
      kind === 'group' && item !== null && typeof data['name'] === 'string' && data['name'] !== ''
        ? [[item, data['name']] as const]
        : [],
    ),
  );
  const one: SignCase = {
    ...base,
    facts,
    nameOf: (id) => groupNames.get(id) ?? messages.person(id)?.name ?? '',
  };
  const findings = detectSigns(one);
  return {
    lastDay,
    from: CalendarDay.parse(window.days[0]),
    to: CalendarDay.parse(window.days.at(-1)),
    timeZone,
    messages: observed.messages,
    findings,
    names: namesIn(findings, one.nameOf),
    days: eventsByDay(one, lastDay !== null),
    promises: listPromises(named(observed, one.nameOf), around),
    msgidOf: messages.msgid,
  };
}

function namesIn(
  findings: readonly HandoverFinding[],
  nameOf: SignCase['nameOf'],
): ReadonlyMap<string, string> {
  const items = findings.flatMap(({ evidence }) =>
    evidence.flatMap((piece) => (piece.type === 'fact' && piece.item !== null ? [piece.item] : [])),
  );
  const names = [...new Set(items)].map((id) => [id, nameOf(id)] as const);
  return new Map(names.filter(([, name]) => name !== ''));
}

const outcomeKinds: readonly FactKind[] = ['contact-event', 'transfer-start', 'transfer-result'];

/** Facts of the leaver, of the leaver's customers and groups, and of whom the leaver talked with but who stand in no list. */
function factsOfPartners(
  connection: DatabaseConnection,
  leaver: string,
  messages: HandoverMessages,
): readonly StoredFact[] {
  const person = messages.person(leaver);
  const partners =
    person === null ? [] : messages.singleConversations(person.id).map(({ partner }) => partner);
  const own = selectFactsOfLeaver(connection, leaver, signKinds);
  return merged(own, selectFactsOfItems(connection, partners, outcomeKinds));
}

/** And of those who were led elsewhere in groups. */
function withFactsOf(
  connection: DatabaseConnection,
  facts: readonly StoredFact[],
  diverted: ReadonlyMap<string, unknown>,
): readonly StoredFact[] {
  return merged(facts, selectFactsOfItems(connection, [...diverted.keys()], outcomeKinds));
}

/** Both come in order of time; what is of one time stays in the order of its content. */
function merged(own: readonly StoredFact[], more: readonly StoredFact[]): readonly StoredFact[] {
  const known = new Set(own.map(({ id }) => id));
  const others = more.filter(({ id }) => !known.has(id));
  return others.length === 0 ? own : [...own, ...others].toSorted((a, b) => a.at - b.at);
}

/** Groups get the names that feeds give them. */
function named(observed: Observed, nameOf: (id: string) => string): Observed {
  return {
    ...observed,
    conversations: new Map(
      [...observed.conversations].map(([id, conversation]) => [
        id,
        conversation.group === null || conversation.group.name !== ''
          ? conversation
          : {
              ...conversation,
              group: { id: conversation.group.id, name: nameOf(conversation.group.id) },
            },
      ]),
    ),
  };
}
