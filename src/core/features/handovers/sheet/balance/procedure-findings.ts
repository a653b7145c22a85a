import type { Milliseconds } from '../../../../contract/ids.ts';
import type { FindingEvidence, HandoverClass, HandoverFinding, SheetRow } from '../../model.ts';
import { type Evidence, compareTexts } from './evidence.ts';
import { dayLength, isBefore, spanOf } from './spans.ts';

/** On the job a customer is transferred at most twice in 90 days (W/96325). */
const transferLimit = 2;
const transferWindow = 90 * dayLength;

export type RowsByClass = Readonly<Partial<Record<HandoverClass, readonly SheetRow[]>>>;

/** What items are with somebody who is neither the leaver nor a taker. */
export interface Held {
  readonly name: HandoverClass;
  readonly id: string;
  readonly employee: string;
  readonly evidence: Evidence;
}

export interface Procedure {
  readonly leaver: string;
  readonly lastDayEnd: number | null;
  readonly now: number;
  readonly rows: RowsByClass;
  /** Accepted requests to hand over the sheet's customers, by whomever, by customer. */
  readonly starts: ReadonlyMap<string, readonly Evidence[]>;
  readonly held: readonly Held[];
  /** Whether get_unassigned_list names the leaver. */
  readonly inUnassignedList: boolean;
}

/** Rules of procedure that were broken, in the order of their keys. */
export function procedureFindings(procedure: Procedure): readonly HandoverFinding[] {
  return [
    ...lateFinding(procedure),
    ...limitFindings(procedure),
    ...beyondYear(procedure),
    ...groupOwner(procedure),
    ...heldByOthers(procedure.held),
  ].toSorted((one, other) => compareTexts(one.key, other.key));
}

/** When a year has passed since the last day: until then a leaver's customers can be handed over (W/96331). */
export function yearAfter(lastDayEnd: number): number {
  const date = new Date(lastDayEnd);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.getTime();
}

function evidenceOf({ feed, file, line, at, item }: Evidence): FindingEvidence {
  return { type: 'fact', feed, file, line, at, item };
}

/** The last record that a row rests on. */
function evidenceOfRow({ id, sources }: SheetRow): readonly FindingEvidence[] {
  const last = sources.findLast((source) => source.type === 'fact');
  if (last === undefined) return [];
  const { feed, file, line, at } = last;
  return [{ type: 'fact', feed, file, line, at, item: id }];
}

function lateFinding({ rows }: Procedure): readonly HandoverFinding[] {
  const late = [...(rows.customers ?? []), ...(rows.groups ?? [])].filter((row) => row.late);
  if (late.length === 0) return [];
  const times = late.flatMap(({ at }) => at ?? []);
  return [
    {
      key: 'transfer-late',
      kind: 'transfer-late',
      at: times.length === 0 ? null : earliest(times),
      score: 0,
      values: { count: late.length },
      evidence: late.flatMap((row) => evidenceOfRow(row)),
    },
  ];
}

const earliest = (times: readonly Milliseconds[]) =>
  times.reduce((one, other) => (other < one ? other : one));

function limitFindings({ starts, leaver, lastDayEnd }: Procedure): readonly HandoverFinding[] {
  const findings: HandoverFinding[] = [];
  for (const [item, all] of starts) {
    // After the last day it is no transfer on the job.
    const onTheJob = all.filter(
      (start) => start.employee !== leaver || lastDayEnd === null || spanOf(start).from < lastDayEnd,
    );
    const crowd = crowdOf(onTheJob);
    const last = crowd.at(-1);
    if (last === undefined) continue;
    findings.push({
      key: `transfer-limit:${item}`,
      kind: 'transfer-limit',
      at: last.at,
      score: 0,
      values: { customer: item, count: crowd.length },
      evidence: crowd.map((start) => evidenceOf(start)),
    });
  }
  return findings;
}

/** The largest number of transfers that certainly lie within one window, where they are more than allowed; else none. */
function crowdOf(starts: readonly Evidence[]): readonly Evidence[] {
  let crowd: readonly Evidence[] = [];
  starts.forEach((first, index) => {
    const within = starts
      .slice(index)
      .filter((start) => spanOf(start).to - spanOf(first).from < transferWindow);
    if (within.length > transferLimit && within.length > crowd.length) crowd = within;
  });
  return crowd;
}

function beyondYear({ rows, starts, leaver, lastDayEnd, now }: Procedure): readonly HandoverFinding[] {
  if (lastDayEnd === null) return [];
  const end = yearAfter(lastDayEnd);
  const after = [...starts.values()]
    .flat()
    .filter((start) => start.employee === leaver && isBefore({ from: end, to: end - 1 }, spanOf(start)));
  const unsettled =
    now < end
      ? []
      : [...(rows.customers ?? []), ...(rows.groups ?? [])].filter(
          ({ outcome }) =>
            outcome === 'waiting' ||
            outcome === 'refused' ||
            outcome === 'takerAtLimit' ||
            outcome === 'unexplained',
        );
  if (after.length + unsettled.length === 0) return [];
  return [
    {
      key: 'beyond-one-year',
      kind: 'beyond-one-year',
      at: milliseconds(end),
      score: 0,
      values: { open: unsettled.length, started: after.length },
      evidence:
        after.length > 0
          ? after.map((start) => evidenceOf(start))
          : unsettled.flatMap((row) => evidenceOfRow(row)),
    },
  ];
}

// oxlint-disable-next-line typescript/consistent-type-assertions -- a year after a moment in milliseconds is one
const milliseconds = (value: number) => value as Milliseconds;

/** get_unassigned_list leaves out who owns groups but has no customers: nobody would see those groups. */
function groupOwner({ rows, inUnassignedList }: Procedure): readonly HandoverFinding[] {
  const groups = rows.groups ?? [];
  if (groups.length === 0 || (rows.customers ?? []).length > 0 || inUnassignedList) return [];
  return [
    {
      key: 'group-owner-without-customers',
      kind: 'group-owner-without-customers',
      at: null,
      score: 0,
      values: { groups: groups.length },
      evidence: groups.flatMap((row) => evidenceOfRow(row)),
    },
  ];
}

function heldByOthers(held: readonly Held[]): readonly HandoverFinding[] {
  return [...Map.groupBy(held, ({ employee }) => employee)].map(([employee, items]) => ({
    key: `held-by-other:${employee}`,
    kind: 'held-by-other',
    at: earliest(items.map(({ evidence }) => evidence.at)),
    score: 0,
    values: { employee, count: items.length },
    evidence: items.map(({ evidence }) => evidenceOf(evidence)),
  }));
}
