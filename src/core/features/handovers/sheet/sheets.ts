import { CalendarDay, Milliseconds } from '../../../contract/ids.ts';
import type { DatabaseConnection, Reader } from '../../../platform/database/connection.ts';
import { momentOf } from '../../calendar/model.ts';
import { readSettings } from '../../settings/index.ts';
import { createLatest } from '../latest.ts';
import type { ClassFigures, HandoverClass, HandoverFinding, SheetRow } from '../model.ts';
import { selectCasesAbout, selectMaterialsOf, selectReviewsOf } from './app-repository.ts';
import { caseRows, materialRows } from './app-rows.ts';
import { type Balance, type Evidence, balanceSheet, compareTexts } from './balance/index.ts';
import type { SheetView } from './contract.ts';
import { figuresOf, perClass } from './figures.ts';
import { endOfDay, lastDayOf, loadFacts } from './load-facts.ts';
import type { SheetQuery } from './questions.ts';
import {
  type Stamps,
  type WordRow,
  selectAccountNamed,
  selectAssignments,
  selectEmployee,
  selectExplanations,
  selectNames,
  selectStamps,
} from './repository.ts';

/** Sheets that are kept: a large one takes some 60 MB. Of the others only the figures are. */
const keptSheets = 3;
/** As many as an overview shows at once, several times over: some 1 kB each. */
const keptFigures = 5_000;

/** A leaver's whole sheet, as the worker keeps it. */
export interface Sheet {
  readonly employee: { readonly userid: string; readonly name: string; readonly branch: string };
  readonly lastDay: CalendarDay | null;
  readonly openingAt: Milliseconds | null;
  readonly openingNamed: boolean;
  readonly takers: readonly string[];
  readonly beyondYear: boolean;
  readonly rows: Readonly<Record<HandoverClass, readonly SheetRow[]>>;
  readonly figures: Readonly<Record<HandoverClass, ClassFigures>>;
  readonly findings: readonly HandoverFinding[];
  readonly evidence: SheetView['evidence'];
  /** By class and item, those that stand. */
  readonly explanations: ReadonlyMap<string, WordRow>;
}

export const explanationKey = (name: HandoverClass, item: string) => `${name} ${item}`;

/** What follows from the feeds alone, and until when. */
interface Base {
  readonly stamp: string;
  readonly computedAt: number;
  readonly holdsUntil: number;
  readonly balance: Balance;
  readonly lastDay: CalendarDay | null;
  readonly evidence: SheetView['evidence'];
}

interface Kept {
  readonly appStamp: string;
  readonly base: Base;
  readonly sheet: Sheet;
}

interface KeptFigures {
  readonly stamp: string;
  readonly computedAt: number;
  readonly holdsUntil: number;
  readonly figures: Sheet['figures'];
}

/** Works out sheets, and keeps them until the database or the time changes something. */
export interface Sheets {
  load(query: SheetQuery): Promise<Sheet>;
  /** The figures of all classes; also of sheets that are kept no more, while they hold. */
  figures(query: SheetQuery): Promise<Sheet['figures']>;
}

export function createSheets(connection: DatabaseConnection): Sheets {
  const reader = connection.query;
  const kept = createLatest<Kept>(keptSheets);
  const figures = createLatest<KeptFigures>(keptFigures);

  async function load(query: SheetQuery): Promise<Sheet> {
    const key = keyOf(query);
    const stamps = await selectStamps(reader);
    const known = kept.get(key);
    const knownBase =
      known !== undefined && known.base.stamp === stamps.facts && holdsAt(known.base, query.now)
        ? known.base
        : null;
    if (known !== undefined && knownBase !== null && known.appStamp === stamps.app) return known.sheet;
    const base = knownBase ?? (await computeBase(connection, query, stamps.facts));
    const sheet = await compose(reader, query, base);
    kept.set(key, { appStamp: stamps.app, base, sheet });
    // Nothing else of the base: what refers to its rows would keep all of them.
    const { computedAt, holdsUntil } = base;
    figures.set(key, { stamp: stampOf(stamps), computedAt, holdsUntil, figures: sheet.figures });
    return sheet;
  }

  return {
    load,
    async figures(query) {
      const known = figures.get(keyOf(query));
      if (known !== undefined && holdsAt(known, query.now)) {
        if (known.stamp === stampOf(await selectStamps(reader))) return known.figures;
      }
      return (await load(query)).figures;
    },
  };
}

const stampOf = ({ facts, app }: Stamps) => `${facts}${app}`;

/** Whose sheet it is, whatever the time. */
function keyOf(query: SheetQuery): string {
  const { handoverId, leaver, leaverUser, lastDay, openingDay, previousLastDay, leavesAgain, takers } = query;
  return JSON.stringify([
    handoverId,
    leaver,
    leaverUser,
    lastDay,
    openingDay,
    previousLastDay,
    leavesAgain,
    takers,
  ]);
}

const holdsAt = ({ computedAt, holdsUntil }: Pick<Base, 'computedAt' | 'holdsUntil'>, now: number) =>
  now >= computedAt && now <= holdsUntil;

async function computeBase(connection: DatabaseConnection, query: SheetQuery, stamp: string): Promise<Base> {
  const { leaver, takers, now } = query;
  const { timeZone } = await readSettings(connection.query);
  const facts = loadFacts(connection, leaver, takers);
  const lastDay = query.lastDay ?? lastDayOf(facts, leaver, timeZone);
  const endOf = (day: CalendarDay | null) =>
    day === null ? null : Milliseconds.parse(endOfDay(day, timeZone));
  const balance = balanceSheet(facts, {
    leaver,
    lastDayEnd: endOf(lastDay),
    previousEnd: endOf(query.previousLastDay),
    leavesAgain: query.leavesAgain,
    openingAt: query.openingDay === null ? null : momentOf(query.openingDay, 0, timeZone),
    takers,
    now,
  });
  const { holdsUntil } = balance;
  return { stamp, computedAt: now, holdsUntil, balance, lastDay, evidence: evidenceOf(facts) };
}

/** By feed; without lists that name neither the leaver nor anything of theirs. */
function evidenceOf(facts: readonly Evidence[]): SheetView['evidence'] {
  const own = facts.filter(({ employee, item }) => employee !== null || item !== null);
  return [...Map.groupBy(own, ({ feed }) => feed)]
    .map(([feed, own]) => ({
      feed,
      facts: own.length,
      files: new Set(own.map(({ file }) => file)).size,
      first: own.reduce((one, { at }) => (at < one ? at : one), own[0]?.at ?? Milliseconds.parse(0)),
      last: own.reduce((one, { at }) => (at > one ? at : one), own[0]?.at ?? Milliseconds.parse(0)),
    }))
    .toSorted((one, other) => compareTexts(one.feed, other.feed));
}

async function compose(
  reader: Reader,
  query: SheetQuery,
  { balance, lastDay, evidence }: Base,
): Promise<Sheet> {
  const { leaver, handoverId } = query;
  const person = await selectEmployee(reader, leaver);
  const account = query.leaverUser ?? (await selectAccountNamed(reader, leaver))?.id ?? null;
  const assignments = handoverId === null ? [] : await selectAssignments(reader, handoverId);
  const assignedIn = (name: HandoverClass) =>
    new Map(assignments.filter((row) => row.class === name).map((row) => [row.item, row]));
  const materials = account === null ? [] : await selectMaterialsOf(reader, account);
  const cases = person === undefined ? [] : await selectCasesAbout(reader, person.id);
  const reviews = account === null ? [] : await selectReviewsOf(reader, account);
  const words = handoverId === null ? [] : await selectExplanations(reader, handoverId);
  const explanations = new Map(
    words.filter(({ text }) => text !== '').map((word) => [explanationKey(word.class, word.item), word]),
  );
  const rows = {
    ...(await named(reader, balance.rows)),
    materials: materialRows(materials, assignedIn('materials'), balance.openingAt),
    cases: caseRows(cases, reviews, assignedIn('cases'), balance.openingAt),
  };
  return {
    employee: { userid: leaver, name: person?.name ?? '', branch: person?.branch ?? '' },
    lastDay,
    openingAt: balance.openingAt,
    openingNamed: query.openingDay !== null,
    takers: balance.takers,
    beyondYear: balance.beyondYear,
    rows,
    figures: perClass((name) => figuresOf(rows[name], (id) => explanations.has(explanationKey(name, id)))),
    findings: balance.findings,
    evidence,
    explanations,
  };
}

/** Customers by the names that the archive knows, where no record of theirs has one. */
async function named(reader: Reader, rows: Balance['rows']): Promise<Balance['rows']> {
  const nameless = rows.customers.filter(({ name }) => name === '').map(({ id }) => id);
  const names = await selectNames(reader, nameless);
  if (names.size === 0) return rows;
  return {
    ...rows,
    customers: rows.customers.map((row) =>
      row.name === '' ? { ...row, name: names.get(row.id) ?? '' } : row,
    ),
  };
}
