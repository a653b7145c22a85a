import type { Milliseconds } from '../../../../contract/ids.ts';
import type { RowSource } from '../../model.ts';
import { type Circumstances, type Evidence, type Judged, sourceOf } from './evidence.ts';
import { type Gain, gainAt, gainsOf } from './gains.ts';
import type { Lists } from './lists.ts';
import { type Span, dayLength, isBefore, momentSpan, spanOf } from './spans.ts';

/** What a group's status says: 0 normal, 1 the owner has left, 2 being inherited, 3 inherited (W/92120). */
const ownerLeft = '1';
const beingInherited = '2';
const inherited = '3';

/** As of customers: what has not passed a day after it was asked for is late. */
const takesEffectAfter = dayLength;

interface GroupRecords {
  /** Of lists and details, each with owner or status. */
  readonly seen: readonly Evidence[];
  readonly transfers: readonly Evidence[];
  readonly dismissals: readonly Evidence[];
  readonly ownerChanges: readonly Evidence[];
  readonly creations: readonly Evidence[];
  readonly evidenced: readonly Span[];
  readonly sources: readonly RowSource[];
}

type Verdict = Pick<Judged, 'outcome' | 'why'> &
  Partial<Pick<Judged, 'whyValue' | 'taker' | 'at' | 'conflict' | 'lateFrom' | 'ended' | 'holders'>> & {
    readonly missingFrom?: Evidence;
  };

/**
 * What became of one group that the leaver owned. A group has one owner at a time: once a record shows another one, it has passed.
 * null where nothing shows that the leaver owned it.
 */
export function judgeGroup(
  facts: readonly Evidence[],
  lists: Lists,
  circumstances: Circumstances,
): Judged | null {
  const records = groupRecords(facts, circumstances.leaver);
  if (records.evidenced.length === 0) return null;
  const { missingFrom, ...verdict } = decide(records, lists, circumstances);
  return {
    whyValue: '',
    taker: null,
    at: null,
    conflict: false,
    lateFrom: null,
    ended: null,
    holders: [],
    ...verdict,
    sources:
      missingFrom === undefined
        ? records.sources
        : [...records.sources, sourceOf(missingFrom, 'absent-group')].toSorted(
            (one, other) => one.at - other.at,
          ),
    evidenced: records.evidenced,
    gains: groupGains(records, lists, circumstances.leaver),
  };
}

function groupRecords(facts: readonly Evidence[], leaver: string): GroupRecords {
  const records: { readonly [Name in keyof GroupRecords]: GroupRecords[Name][number][] } = {
    seen: [],
    transfers: [],
    dismissals: [],
    ownerChanges: [],
    creations: [],
    evidenced: [],
    sources: [],
  };
  for (const fact of facts) {
    if (fact.kind === 'group') {
      records.seen.push(fact);
      if (fact.employee === leaver) records.evidenced.push(spanOf(fact));
      records.sources.push(sourceOf(fact, groupSays(fact)));
    } else if (fact.kind === 'group-transfer') {
      // One that names no leaver is about whoever owned the group.
      const isOwn = fact.employee === null || fact.employee === leaver;
      if (isOwn) records.transfers.push(fact);
      if (fact.employee === leaver) records.evidenced.push(spanOf(fact));
      const says = isOwn ? (fact.code === '0' ? 'group-started' : 'group-failed') : 'group-other-transfer';
      records.sources.push(sourceOf(fact, says, fact.taker));
    } else if (fact.kind === 'group-event') {
      if (fact.code === 'create') records.creations.push(fact);
      if (fact.code === 'dismiss') records.dismissals.push(fact);
      if (fact.code === 'update' && fact.detail === 'change_owner') records.ownerChanges.push(fact);
      records.sources.push(sourceOf(fact, eventSays(fact)));
    }
  }
  return records;
}

/** When the group became the leaver's: as other records have it, by being created, or by the last change of its owner before theirs. */
function groupGains(
  { seen, ownerChanges, creations }: GroupRecords,
  lists: Lists,
  leaver: string,
): readonly Gain[] {
  const isOwn = ({ employee }: Evidence) => employee === leaver;
  const owned = seen.filter(({ employee }) => employee !== null);
  const gains = [...gainsOf(owned, isOwn, lists.withoutCovering(leaver, seen))];
  const [first] = owned;
  if (first === undefined) return gains;
  const created = [...creations.map(({ at }) => at), ...seen.map(({ data }) => data['created'])].filter(
    (at) => typeof at === 'number',
  );
  if (isOwn(first) && created.length > 0) gains.push(gainAt(Math.min(...created)));
  for (const own of owned.filter((fact) => isOwn(fact))) {
    const change = ownerChanges.findLast((event) => isBefore(spanOf(event), spanOf(own)));
    if (change === undefined) continue;
    const since = owned.filter(
      (fact) => !isBefore(spanOf(fact), spanOf(change)) && isBefore(spanOf(fact), spanOf(own)),
    );
    if (since.every((fact) => isOwn(fact))) gains.push(gainAt(change.at));
  }
  return gains;
}

function groupSays({ code, employee }: Evidence): string {
  switch (code ?? '') {
    case ownerLeft:
      return 'group-owner-left';
    case beingInherited:
      return 'group-being-inherited';
    case inherited:
      return 'group-inherited';
    default:
      return employee === null ? 'group-listed' : 'group-owner';
  }
}

function eventSays({ code, detail }: Evidence): string {
  if (code === 'create') return 'group-created';
  if (code === 'dismiss') return 'group-dismissed';
  switch (detail ?? '') {
    case 'change_owner':
      return 'group-owner-changed';
    case 'change_name':
      return 'group-renamed';
    case 'add_member':
      return 'group-member-added';
    case 'del_member':
      return 'group-member-left';
    default:
      return 'group-changed';
  }
}

/** Members come and go by the thousand; they say nothing of who owns the group. */
export const isOfOwnership = ({ kind, code, detail }: Evidence): boolean =>
  kind !== 'group-event' || code !== 'update' || detail === 'change_owner' || detail === 'change_name';

function decide(records: GroupRecords, lists: Lists, circumstances: Circumstances): Verdict {
  const { leaver, lastDay } = circumstances;
  const dismissal = records.dismissals[0];
  const passed = passedTo(records, leaver);
  const contradiction = contradictionOf(records, leaver, passed, dismissal);
  if (contradiction !== null) return contradiction;
  if (dismissal !== undefined && (passed === null || isBefore(spanOf(dismissal), passed.span))) {
    const span = spanOf(dismissal);
    // Until the last day the leaver owned it; nobody else can dissolve a group.
    const byLeaver = lastDay === null || dismissal.at < lastDay.to;
    return {
      outcome: byLeaver ? 'deletedByLeaver' : 'invalid',
      why: byLeaver ? 'group-dismissed' : 'group-dismissed-later',
      at: dismissal.at,
      ended: span,
    };
  }
  if (passed !== null) return takenOver(passed, circumstances);
  return decideOpen(records, lists, circumstances);
}

interface Passed {
  readonly owner: string | null;
  readonly evidence: Evidence;
  readonly at: Milliseconds;
  /** When it passed, somewhere in it. */
  readonly span: Span;
}

/** The first record, of those after which the leaver was not seen as the owner again, that shows another owner or the end of inheriting. */
function passedTo({ seen, transfers, ownerChanges }: GroupRecords, leaver: string): Passed | null {
  const shows = (fact: Evidence) =>
    (fact.employee !== null && fact.employee !== leaver) || fact.code === inherited;
  const lastOwn = seen.findLast((fact) => fact.employee === leaver && fact.code !== inherited);
  const after = seen.filter(
    (fact) => shows(fact) && (lastOwn === undefined || !isBefore(spanOf(fact), spanOf(lastOwn))),
  );
  const first = after[0];
  if (first === undefined) return null;
  const owner =
    after.findLast((fact) => fact.employee !== null && fact.employee !== leaver)?.employee ??
    transfers.findLast(({ code }) => code === '0')?.taker ??
    null;
  const from = lastOwn === undefined ? Number.NEGATIVE_INFINITY : spanOf(lastOwn).from;
  const event = ownerChanges.find((change) => change.at >= from && change.at <= spanOf(first).to);
  return event === undefined
    ? { owner, evidence: first, at: first.at, span: { from, to: spanOf(first).to } }
    : { owner, evidence: first, at: event.at, span: momentSpan(event.at) };
}

/** Records of a group that can't all be true. */
function contradictionOf(
  { seen, ownerChanges }: GroupRecords,
  leaver: string,
  passed: Passed | null,
  dismissal: Evidence | undefined,
): Verdict | null {
  if (dismissal !== undefined) {
    const alive = seen.find((fact) => isBefore(spanOf(dismissal), spanOf(fact)));
    if (alive !== undefined)
      return { outcome: 'unexplained', why: 'conflict-dismissed-still-there', at: alive.at, conflict: true };
  }
  // The leaver, seen as the owner after somebody else was, although no event says that it changed back.
  const away = seen.find((fact) => fact.employee !== null && fact.employee !== leaver);
  if (away !== undefined) {
    const back = seen.find(
      (fact) =>
        fact.employee === leaver &&
        isBefore(spanOf(away), spanOf(fact)) &&
        !ownerChanges.some((change) => change.at > away.at && change.at <= spanOf(fact).to),
    );
    const before = seen.some((fact) => fact.employee === leaver && !isBefore(spanOf(away), spanOf(fact)));
    if (back !== undefined && before)
      return {
        outcome: 'unexplained',
        why: 'conflict-owner-back',
        taker: away.employee,
        at: back.at,
        conflict: true,
      };
  }
  // Inherited, and afterwards without an owner: of a new owner who left too the record would name them.
  const end = seen.find(({ code }) => code === inherited);
  if (end !== undefined) {
    const undone = seen.find(
      (fact) =>
        (fact.code === ownerLeft || fact.code === beingInherited) &&
        (fact.employee === null || fact.employee === leaver) &&
        isBefore(spanOf(end), spanOf(fact)),
    );
    if (undone !== undefined)
      return {
        outcome: 'unexplained',
        why: 'conflict-group-status',
        taker: passed?.owner ?? null,
        at: undone.at,
        conflict: true,
      };
  }
  return null;
}

function takenOver({ owner, evidence, at, span }: Passed, { takers, isTaker }: Circumstances): Verdict {
  const strange = owner !== null && takers.length > 0 && !isTaker.has(owner);
  return {
    outcome: 'takenOver',
    why: evidence.code === inherited ? 'group-inherited' : 'group-owner',
    taker: owner,
    at,
    ended: span,
    holders: strange ? [{ employee: owner, evidence }] : [],
  };
}

function decideOpen(records: GroupRecords, lists: Lists, { leaver }: Circumstances): Verdict {
  const accepted = records.transfers.findLast(({ code }) => code === '0');
  const lastState = records.seen.findLast(({ code }) => code !== null);
  const inheriting = lastState?.code === beingInherited ? lastState : null;
  const begun = accepted ?? inheriting;
  if (begun !== null)
    return {
      outcome: 'waiting',
      why: inheriting === null ? 'group-started' : 'group-being-inherited',
      taker: begun.taker,
      at: begun.at,
      lateFrom: spanOf(begun).to + takesEffectAfter,
    };
  const failed = records.transfers.at(-1);
  if (failed !== undefined)
    return {
      outcome: 'unexplained',
      why: 'group-errcode',
      whyValue: failed.code ?? '',
      taker: failed.taker,
      at: failed.at,
    };
  const lastSeen = Math.max(...records.seen.map((fact) => spanOf(fact).to), Number.NEGATIVE_INFINITY);
  const [missing] = lists.withoutAfter(leaver, records.seen, momentSpan(lastSeen));
  if (missing !== undefined)
    return { outcome: 'unexplained', why: 'vanished-group', at: missing.at, missingFrom: missing };
  if (lastState?.code === ownerLeft) return { outcome: 'unexplained', why: 'owner-left', at: lastState.at };
  return { outcome: 'unexplained', why: 'never-started' };
}
