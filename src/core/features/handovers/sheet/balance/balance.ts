import type { Milliseconds } from '../../../../contract/ids.ts';
import type { FactKind } from '../../../feeds/model.ts';
import type { HandoverClass, HandoverFinding, SheetRow, SheetSubject } from '../../model.ts';
import { judgeCustomer } from './customers.ts';
import { type Circumstances, type Evidence, type Judged, compareTexts, inOrder } from './evidence.ts';
import { isOfOwnership, judgeGroup } from './groups.ts';
import { Lists } from './lists.ts';
import { type Held, procedureFindings, yearAfter } from './procedure-findings.ts';
import { dayLength } from './spans.ts';
import { judgeLiveCode, judgeTask } from './tables.ts';

/** The classes that are balanced from what feeds say. */
export type FeedClass = Exclude<HandoverClass, 'materials' | 'cases'>;

export interface Balance {
  /** The first moment that counts; null: there is no evidence, or all of it counts. */
  readonly openingAt: Milliseconds | null;
  /** Userids: named by people, then by the records. */
  readonly takers: readonly string[];
  /** In order of id. */
  readonly rows: Readonly<Record<FeedClass, readonly SheetRow[]>>;
  readonly findings: readonly HandoverFinding[];
  /** A year has passed since the last day: WeCom hands nothing over any more (W/96331). */
  readonly beyondYear: boolean;
  /** When time alone changes something next: until then the same facts give the same sheet. */
  readonly holdsUntil: number;
}

type Judge = (facts: readonly Evidence[], lists: Lists, circumstances: Circumstances) => Judged | null;

interface ClassRule {
  readonly name: FeedClass;
  readonly kinds: ReadonlySet<FactKind>;
  readonly lists: FactKind;
  readonly judge: Judge;
}

const classRules: readonly ClassRule[] = [
  {
    name: 'customers',
    kinds: new Set(['listed', 'unassigned', 'transfer-start', 'transfer-result', 'contact-event']),
    lists: 'list',
    judge: judgeCustomer,
  },
  {
    name: 'groups',
    kinds: new Set(['group', 'group-transfer', 'group-event']),
    lists: 'group-list',
    judge: judgeGroup,
  },
  { name: 'liveCodes', kinds: new Set(['live-code']), lists: 'live-code-list', judge: judgeLiveCode },
  { name: 'tasks', kinds: new Set(['task']), lists: 'task-list', judge: judgeTask },
];

/**
 * The balance sheet of what the feeds say: of each item of the leaver's where it went, and on which records that rests. `facts` are
 * all facts that name one of the leaver's items, the leaver or a taker; whatever else is among them changes nothing. The answer
 * depends on what the facts say and on nothing else: not on their order, nor on how often they were imported. docs/handovers.md has
 * the rules and their reasons.
 */
export function balanceSheet(facts: readonly Evidence[], subject: SheetSubject): Balance {
  const { leaver, lastDayEnd, now } = subject;
  const takers = takersOf(facts, subject);
  const circumstances: Circumstances = {
    leaver,
    takers,
    isTaker: new Set(takers),
    lastDay: lastDayEnd === null ? null : { from: lastDayEnd - dayLength, to: lastDayEnd - 1 },
  };
  const byKind = Map.groupBy(facts, ({ kind }) => kind);
  const judged = classRules.map((rule) => ({
    rule,
    items: judgeClass(rule, byKind, circumstances).filter(
      ({ judgement }) => lastDayEnd === null || !isLater(rule, subject) || !cameAfter(judgement, lastDayEnd),
    ),
  }));
  const openingAt =
    subject.openingAt ??
    openingOf(
      judged.flatMap(({ items }) => items),
      subject,
    );

  const rows: Record<FeedClass, readonly SheetRow[]> = {
    customers: [],
    groups: [],
    liveCodes: [],
    tasks: [],
  };
  const held: Held[] = [];
  const starts = new Map<string, readonly Evidence[]>();
  let holdsUntil = lastDayEnd === null ? Number.POSITIVE_INFINITY : laterThan(now, yearAfter(lastDayEnd));
  for (const { rule, items } of judged) {
    const counted = items.filter(({ judgement }) => openingAt === null || counts(judgement, openingAt));
    rows[rule.name] = counted.map(({ id, name, judgement }) => rowOf(id, name, judgement, now));
    for (const { id, facts: own, judgement } of counted) {
      if (judgement.lateFrom !== null) holdsUntil = Math.min(holdsUntil, laterThan(now, judgement.lateFrom));
      for (const { employee, evidence } of judgement.holders)
        held.push({ name: rule.name, id, employee, evidence });
      const accepted = own.filter(({ kind, code }) => kind === 'transfer-start' && code === '0');
      if (accepted.length > 0) starts.set(id, accepted);
    }
  }
  const inUnassignedList = (byKind.get('unassigned') ?? []).some(({ employee }) => employee === leaver);
  return {
    openingAt,
    takers,
    rows,
    findings: procedureFindings({ leaver, lastDayEnd, now, rows, starts, held, inUnassignedList }),
    beyondYear: lastDayEnd !== null && now >= yearAfter(lastDayEnd),
    holdsUntil,
  };
}

const laterThan = (now: number, then: number) => (then >= now ? then : Number.POSITIVE_INFINITY);

interface Item {
  readonly id: string;
  readonly name: string;
  readonly facts: readonly Evidence[];
  readonly judgement: Judged;
}

/** The leaver's items of a class, in order of id. */
function judgeClass(
  { kinds, lists, judge }: ClassRule,
  byKind: ReadonlyMap<FactKind, readonly Evidence[]>,
  circumstances: Circumstances,
): readonly Item[] {
  const { leaver } = circumstances;
  const byItem = new Map<string, Evidence[]>();
  for (const kind of kinds) {
    for (const fact of byKind.get(kind) ?? []) {
      if (fact.item === null || !isOfOwnership(fact)) continue;
      const known = byItem.get(fact.item);
      if (known === undefined) byItem.set(fact.item, [fact]);
      else known.push(fact);
    }
  }
  const ofLeaver = [...byItem.values()].filter((own) => own.some(({ employee }) => employee === leaver));
  const exported = new Lists(byKind.get(lists) ?? [], ofLeaver.flat());
  const items: Item[] = [];
  for (const [id, unordered] of byItem) {
    const facts = inOrder(unordered);
    const judgement = judge(facts, exported, circumstances);
    if (judgement !== null) items.push({ id, name: nameOf(facts), facts, judgement });
  }
  return items.toSorted((one, other) => compareTexts(one.id, other.id));
}

/** The last name that a record gives the item. */
function nameOf(facts: readonly Evidence[]): string {
  for (let index = facts.length - 1; index >= 0; index -= 1) {
    const data = facts[index]?.data;
    const name = data?.['name'] ?? data?.['title'];
    if (typeof name === 'string' && name !== '') return name;
  }
  return '';
}

/** Who takes over: named by people in their order, then whom the leaver's transfers or a departure list name, by userid. */
function takersOf(facts: readonly Evidence[], { leaver, takers }: SheetSubject): readonly string[] {
  const named = new Set(takers);
  const recorded = new Set<string>();
  const add = (userid: string | null) => {
    if (userid !== null && userid !== leaver && !named.has(userid)) recorded.add(userid);
  };
  for (const { kind, employee, taker, data } of facts) {
    if (employee !== leaver) continue;
    if (kind === 'transfer-start' || kind === 'transfer-result' || kind === 'group-transfer') add(taker);
    if (kind === 'departure') {
      add(taker);
      const others = data['takers'];
      if (Array.isArray(others)) for (const other of others) add(other);
    }
  }
  return [...named, ...[...recorded].toSorted(compareTexts)];
}

/**
 * Whether what came after the last day is none of this departure's: a customer's new contact never is. Who else has it follows from lists,
 * which may be of another branch, or of open tasks only, and what is pointed at the leaver after all has to pass on too: without another
 * departure whose it is, nobody would look at it.
 */
const isLater = ({ name }: ClassRule, { leavesAgain }: SheetSubject) => name === 'customers' || leavesAgain;

/** Whether the first that is known of an item is that it became the leaver's after the end: a later employment's. */
function cameAfter({ evidenced, gains }: Judged, end: number): boolean {
  return evidenced.every(({ from }) => from >= end) && gains.some(({ notBefore }) => notBefore >= end);
}

/**
 * Where nobody names the opening: the first evidence, or of whoever left before and came back what first became theirs since then. What was
 * handed over after the first departure belongs to that one.
 */
function openingOf(items: readonly Item[], { lastDayEnd, previousEnd }: SheetSubject): Milliseconds | null {
  if (previousEnd === null) return firstEvidence(items, lastDayEnd);
  let first = Number.POSITIVE_INFINITY;
  for (const { judgement } of items)
    for (const { notBefore, seen } of judgement.gains)
      if (notBefore >= previousEnd && seen < first) first = seen;
  return Number.isFinite(first) ? milliseconds(first) : previousEnd;
}

/** The first evidence within the year before the last day; where there is none then, everything counts. */
function firstEvidence(items: readonly Item[], lastDayEnd: number | null): Milliseconds | null {
  const from = lastDayEnd === null ? Number.NEGATIVE_INFINITY : yearBefore(lastDayEnd);
  const to = lastDayEnd ?? Number.POSITIVE_INFINITY;
  let first = Number.POSITIVE_INFINITY;
  for (const { judgement } of items) {
    for (const span of judgement.evidenced) {
      if (span.from >= from && span.from < to && span.from < first) first = span.from;
    }
  }
  return Number.isFinite(first) ? milliseconds(first) : null;
}

function yearBefore(lastDayEnd: number): number {
  const date = new Date(lastDayEnd);
  date.setUTCFullYear(date.getUTCFullYear() - 1);
  return date.getTime();
}

// oxlint-disable-next-line typescript/consistent-type-assertions -- the moment of a fact
const milliseconds = (value: number) => value as Milliseconds;

/** Whether an item belongs to the opening balance: unless it had certainly ended, explained, before it. */
function counts({ ended, evidenced }: Judged, openingAt: number): boolean {
  if (ended === null || ended.to >= openingAt) return true;
  return evidenced.some(({ to }) => to >= openingAt);
}

function rowOf(id: string, name: string, judgement: Judged, now: number): SheetRow {
  const { outcome, why, whyValue, taker, at, conflict, lateFrom, sources } = judgement;
  return {
    id,
    name,
    outcome,
    why,
    whyValue,
    taker,
    at,
    conflict,
    late: lateFrom !== null && now > lateFrom,
    sources,
  };
}

/** The kinds of facts that a sheet is worked out from. */
export const sheetKinds: readonly FactKind[] = classRules.flatMap(({ kinds, lists }) => [...kinds, lists]);
