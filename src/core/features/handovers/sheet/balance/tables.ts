import type { RowSource } from '../../model.ts';
import { type Circumstances, type Evidence, type Judged, compareTexts, sourceOf } from './evidence.ts';
import { gainsOf } from './gains.ts';
import type { Lists } from './lists.ts';
import { type Span, isBefore, spanOf } from './spans.ts';

// Live codes and tasks come as tables of a day: what the last table that names one says of it holds. A later one that leaves out what
// was the leaver's to the last is asked about. It undoes nothing that has passed or ended: banks export by branch, and open tasks only.

type Verdict = Pick<Judged, 'outcome' | 'why'> & Partial<Pick<Judged, 'whyValue' | 'taker' | 'at' | 'ended'>>;

/** What became of a live code that led to the leaver; null where none did. */
export function judgeLiveCode(
  facts: readonly Evidence[],
  lists: Lists,
  circumstances: Circumstances,
): Judged | null {
  const { leaver } = circumstances;
  const own = facts.filter((fact) => fact.kind === 'live-code');
  const isOwn = ({ employee }: Evidence) => employee === leaver;
  const last = lastTable(own);
  if (last === null || !own.some(isOwn)) return null;
  return judged(
    own,
    whenOwn(own, isOwn, lists, leaver),
    liveCodeSays,
    unlessMissing(codeOf(last, own, circumstances), own, last.span, lists, leaver),
    circumstances,
  );
}

/** What became of a task that was the leaver's and open; null where none was. */
export function judgeTask(
  facts: readonly Evidence[],
  lists: Lists,
  circumstances: Circumstances,
): Judged | null {
  const { leaver } = circumstances;
  const own = facts.filter((fact) => fact.kind === 'task');
  const isOwn = ({ employee, code }: Evidence) => employee === leaver && isOpen(code);
  const last = lastTable(own);
  if (last === null || !own.some(isOwn)) return null;
  return judged(
    own,
    whenOwn(own, isOwn, lists, leaver),
    taskSays,
    unlessMissing(taskOf(last, own, circumstances), own, last.span, lists, leaver),
    circumstances,
  );
}

function whenOwn(
  facts: readonly Evidence[],
  isOwn: (fact: Evidence) => boolean,
  lists: Lists,
  leaver: string,
): Pick<Judged, 'evidenced' | 'gains'> {
  return {
    evidenced: facts.filter(isOwn).map((fact) => spanOf(fact)),
    gains: gainsOf(facts, isOwn, lists.withoutCovering(leaver, facts)),
  };
}

interface Table {
  readonly rows: readonly Evidence[];
  readonly span: Span;
}

/** The rows of the last table; of a day on which there were several, of all of them. */
function lastTable(facts: readonly Evidence[]): Table | null {
  const last = facts.reduce<Evidence | null>(
    (one, other) => (one === null || spanOf(other).from >= spanOf(one).from ? other : one),
    null,
  );
  if (last === null) return null;
  const rows = facts.filter((fact) => !isBefore(spanOf(fact), spanOf(last)));
  return { rows, span: spanOf(last) };
}

interface Decided {
  readonly verdict: Verdict;
  /** The later table that lacks it. */
  readonly list?: Evidence;
}

function unlessMissing(
  decided: Decided,
  facts: readonly Evidence[],
  last: Span,
  lists: Lists,
  leaver: string,
): Decided {
  if (decided.verdict.outcome !== 'unexplained') return decided;
  const [list] = lists.withoutAfter(leaver, facts, last);
  if (list === undefined) return decided;
  return { verdict: { outcome: 'unexplained', why: 'missing-later', at: list.at }, list };
}

function judged(
  facts: readonly Evidence[],
  whenOwned: Pick<Judged, 'evidenced' | 'gains'>,
  says: (fact: Evidence) => string,
  decided: Decided,
  { takers, isTaker }: Circumstances,
): Judged {
  const { verdict, list } = decided;
  const sources: RowSource[] = facts.map((fact) => sourceOf(fact, says(fact)));
  if (list !== undefined) sources.push(sourceOf(list, 'absent-table'));
  const taker = verdict.taker ?? null;
  const strange =
    verdict.outcome === 'takenOver' && takers.length > 0 && taker !== null && !isTaker.has(taker);
  const evidence = facts.findLast(({ employee }) => employee === taker);
  return {
    outcome: verdict.outcome,
    why: verdict.why,
    whyValue: verdict.whyValue ?? '',
    taker,
    at: verdict.at ?? null,
    conflict: false,
    lateFrom: null,
    ended: verdict.ended ?? null,
    sources: sources.toSorted((one, other) => one.at - other.at),
    holders: strange && evidence !== undefined ? [{ employee: taker, evidence }] : [],
    ...whenOwned,
  };
}

/** Of those who have it now a taker, the first by name, else whoever comes first by userid. */
function holderOf(rows: readonly Evidence[], { leaver, takers }: Circumstances): string | null {
  const holders = new Set(
    rows.flatMap(({ employee }) => (employee === null || employee === leaver ? [] : [employee])),
  );
  return takers.find((taker) => holders.has(taker)) ?? [...holders].toSorted(compareTexts)[0] ?? null;
}

/** The first table from which on the leaver was in none, up to the last. */
function firstWithout(
  facts: readonly Evidence[],
  leaver: string,
  isOwn: (fact: Evidence) => boolean,
): Evidence | null {
  const lastOwn = facts.findLast((fact) => fact.employee === leaver && isOwn(fact));
  if (lastOwn === undefined) return null;
  return facts.find((fact) => isBefore(spanOf(lastOwn), spanOf(fact))) ?? null;
}

function codeOf(last: Table, facts: readonly Evidence[], circumstances: Circumstances): Decided {
  const { leaver } = circumstances;
  const active = last.rows.filter(({ code }) => code !== 'disabled');
  const at = last.rows.at(-1)?.at ?? null;
  if (active.length === 0)
    return { verdict: { outcome: 'invalid', why: 'live-code-disabled', at, ended: last.span } };
  if (active.some(({ employee }) => employee === leaver)) {
    const others = active.flatMap(({ employee }) =>
      employee === null || employee === leaver ? [] : [employee],
    );
    return {
      verdict: {
        outcome: 'unexplained',
        why: 'still-routes',
        whyValue: [...new Set(others)].toSorted(compareTexts).join(', '),
        taker: holderOf(active, circumstances),
        at,
      },
    };
  }
  const taker = holderOf(active, circumstances);
  if (taker === null) return { verdict: { outcome: 'unexplained', why: 'routes-nowhere', at } };
  const first = firstWithout(facts, leaver, () => true) ?? last.rows[0];
  const span = first === undefined ? last.span : spanOf(first);
  return { verdict: { outcome: 'takenOver', why: 'table', taker, at: first?.at ?? at, ended: span } };
}

const isOpen = (code: string | null) => code !== 'done' && code !== 'cancelled';

function taskOf(last: Table, facts: readonly Evidence[], circumstances: Circumstances): Decided {
  const { leaver } = circumstances;
  const at = last.rows.at(-1)?.at ?? null;
  const own = last.rows.filter(({ employee }) => employee === leaver);
  if (own.some(({ code }) => isOpen(code)) && own.length === last.rows.length)
    return own.every(({ code }) => isOpen(code))
      ? { verdict: { outcome: 'unexplained', why: 'task-still-open', at } }
      : // Open and done on the same day: it was done.
        { verdict: { outcome: 'invalid', why: doneOf(own), at, ended: last.span } };
  const taker = holderOf(last.rows, circumstances);
  if (taker !== null) {
    const first = firstWithout(facts, leaver, ({ code }) => isOpen(code)) ?? last.rows[0];
    const span = first === undefined ? last.span : spanOf(first);
    return { verdict: { outcome: 'takenOver', why: 'table', taker, at: first?.at ?? at, ended: span } };
  }
  if (own.length === 0) return { verdict: { outcome: 'unexplained', why: 'task-without-owner', at } };
  return { verdict: { outcome: 'invalid', why: doneOf(own), at, ended: last.span } };
}

const doneOf = (rows: readonly Evidence[]) =>
  rows.some(({ code }) => code === 'done') ? 'task-done' : 'task-cancelled';

function liveCodeSays({ code, employee }: Evidence): string {
  if (code === 'disabled') return 'live-code-disabled';
  return employee === null ? 'live-code-nowhere' : 'live-code-active';
}

function taskSays({ code }: Evidence): string {
  if (code === 'done') return 'task-done';
  return code === 'cancelled' ? 'task-cancelled' : 'task-open';
}
