import type { RowSource } from '../../model.ts';
import { type Circumstances, type Evidence, sourceOf, takeoverTime } from './evidence.ts';
import { type Span, momentSpan, spanOf } from './spans.ts';

/** How a contact ended, not by a transfer. */
export interface Deletion {
  readonly by: 'customer' | 'leaver';
  readonly evidence: Evidence;
  readonly span: Span;
}

/** What is recorded of one customer, sorted by what it means; each list in order of time. */
export interface CustomerRecords {
  /** In the leaver's list. */
  readonly listed: readonly Evidence[];
  /** In somebody else's. */
  readonly listedByOthers: readonly Evidence[];
  readonly unassigned: readonly Evidence[];
  /** Accepted requests to hand the customer over from the leaver. */
  readonly starts: readonly Evidence[];
  /** Refused ones. */
  readonly failures: readonly Evidence[];
  /** What became of them. */
  readonly results: readonly Evidence[];
  readonly deletions: readonly Deletion[];
  /** Moments from which on they were contacts (again). */
  readonly added: readonly Span[];
  /** Removed from the leaver by an on-the-job transfer. */
  readonly moved: readonly Evidence[];
  /** Contacts of others with the customer that ended. */
  readonly endedForOthers: readonly Evidence[];
  /** Transfers by others: the customer passed on. */
  readonly passedOn: readonly Evidence[];
  /** When the customer was the leaver's, as the records say. */
  readonly evidenced: readonly Span[];
  readonly sources: readonly RowSource[];
}

interface Collected {
  /** Asked to be added, and nothing has shown since that they were. */
  asked: boolean;
  listed: Evidence[];
  listedByOthers: Evidence[];
  unassigned: Evidence[];
  starts: Evidence[];
  failures: Evidence[];
  results: Evidence[];
  failEvents: Evidence[];
  deletions: Deletion[];
  added: Span[];
  moved: Evidence[];
  endedForOthers: Evidence[];
  passedOn: Evidence[];
  evidenced: Span[];
  sources: RowSource[];
}

/** Sorts what is recorded of one customer. `facts` are in order of time and without repeats. */
export function customerRecords(
  facts: readonly Evidence[],
  { leaver, isTaker }: Circumstances,
): CustomerRecords {
  const collected: Collected = {
    asked: false,
    listed: [],
    listedByOthers: [],
    unassigned: [],
    starts: [],
    failures: [],
    results: [],
    failEvents: [],
    deletions: [],
    added: [],
    moved: [],
    endedForOthers: [],
    passedOn: [],
    evidenced: [],
    sources: [],
  };
  for (const fact of facts) {
    const source =
      fact.employee === leaver ? ofLeaver(fact, collected) : ofOthers(fact, leaver, isTaker, collected);
    if (source !== null) collected.sources.push(source);
  }
  const { asked: _asked, failEvents, ...records } = collected;
  // The event names only the taker: it is about this leaver unless somebody else handed the customer to that taker.
  const results = failEvents.filter(
    (event) => !collected.passedOn.some((passed) => passed.taker === event.taker),
  );
  return { ...records, results: [...records.results, ...results].toSorted(byTime) };
}

const byTime = (one: Evidence, other: Evidence) =>
  spanOf(one).from - spanOf(other).from || spanOf(one).to - spanOf(other).to;

function ofLeaver(fact: Evidence, into: Collected): RowSource | null {
  const span = spanOf(fact);
  switch (fact.kind) {
    case 'listed':
      into.listed.push(fact);
      into.evidenced.push(span);
      if (fact.otherAt !== null) into.added.push(momentSpan(fact.otherAt));
      return sourceOf(fact, 'listed');
    case 'unassigned':
      into.unassigned.push(fact);
      into.evidenced.push(span);
      return sourceOf(fact, 'unassigned');
    case 'transfer-start':
      into.evidenced.push(span);
      if (fact.code === '0') {
        into.starts.push(fact);
        return sourceOf(fact, 'started', fact.taker);
      }
      into.failures.push(fact);
      return sourceOf(fact, fact.code === invalidCustomer ? 'invalid-customer' : 'start-failed', fact.taker);
    case 'transfer-result':
      into.results.push(fact);
      into.evidenced.push(passedSpan(fact));
      return sourceOf(fact, resultSays(fact.code), fact.taker);
    case 'contact-event':
      return ofLeaversEvent(fact, span, into);
    case 'list':
    case 'group-list':
    case 'group':
    case 'group-transfer':
    case 'group-event':
    case 'live-code-list':
    case 'live-code':
    case 'task-list':
    case 'task':
    case 'file-leak':
    case 'screenshot':
    case 'member-log':
    case 'roster-list':
    case 'employed':
    case 'departure':
      return null;
  }
}

function passedSpan(fact: Evidence): Span {
  const passed = takeoverTime(fact);
  return passed === null ? spanOf(fact) : momentSpan(passed);
}

/** "Invalid customer" (W/96331). */
export const invalidCustomer = '40096';

const knownStatuses: ReadonlySet<string> = new Set(['1', '2', '3', '4', '5']);

function resultSays(code: string | null): string {
  return code !== null && knownStatuses.has(code) ? `status-${code}` : 'status-other';
}

function ofLeaversEvent(fact: Evidence, span: Span, into: Collected): RowSource {
  // Who added the leaver and was never accepted has been no customer: neither that alone makes one, nor that they went away again.
  if (fact.code === 'add_half_external_contact') into.asked = into.evidenced.length === 0;
  else if (fact.code !== 'del_follow_user' || !into.asked || into.evidenced.length > 0)
    into.evidenced.push(span);
  switch (fact.code ?? '') {
    case 'add_external_contact':
      into.added.push(span);
      return sourceOf(fact, 'added');
    case 'add_half_external_contact':
      return sourceOf(fact, 'added-half');
    case 'edit_external_contact':
      return sourceOf(fact, 'edited');
    case 'del_external_contact':
      if (fact.detail === 'DELETE_BY_TRANSFER') {
        into.moved.push(fact);
        return sourceOf(fact, 'deleted-by-transfer');
      }
      into.deletions.push({ by: 'leaver', evidence: fact, span });
      return sourceOf(fact, 'deleted-by-employee');
    case 'del_follow_user':
      into.deletions.push({ by: 'customer', evidence: fact, span });
      return sourceOf(fact, 'deleted-by-customer');
    case 'msg_audit_approved':
      return sourceOf(fact, 'audit-approved');
    default:
      return sourceOf(fact, 'event');
  }
}

function ofOthers(
  fact: Evidence,
  leaver: string,
  isTaker: ReadonlySet<string>,
  into: Collected,
): RowSource | null {
  switch (fact.kind) {
    case 'listed':
      into.listedByOthers.push(fact);
      return sourceOf(
        fact,
        fact.employee !== null && isTaker.has(fact.employee) ? 'listed-taker' : 'listed-other',
      );
    case 'transfer-start':
    case 'transfer-result':
      return ofOthersTransfer(fact, leaver, into);
    case 'contact-event':
      if (fact.code === 'transfer_fail') {
        into.failEvents.push(fact);
        return sourceOf(fact, failSays(fact.detail), fact.taker);
      }
      return ofOthersEvent(fact, into);
    case 'unassigned':
      return sourceOf(fact, 'unassigned');
    case 'list':
    case 'group-list':
    case 'group':
    case 'group-transfer':
    case 'group-event':
    case 'live-code-list':
    case 'live-code':
    case 'task-list':
    case 'task':
    case 'file-leak':
    case 'screenshot':
    case 'member-log':
    case 'roster-list':
    case 'employed':
    case 'departure':
      return null;
  }
}

function failSays(reason: string | null): string {
  if (reason === 'customer_refused') return 'transfer-fail-refused';
  return reason === 'customer_limit_exceed' ? 'transfer-fail-limit' : 'transfer-fail';
}

/** Somebody else's transfer: to the leaver, who then had the customer; or on from whoever took over. */
function ofOthersTransfer(fact: Evidence, leaver: string, into: Collected): RowSource {
  const isResult = fact.kind === 'transfer-result';
  if (fact.taker === leaver) {
    if (isResult && fact.code === '1') {
      const span = passedSpan(fact);
      into.evidenced.push(span);
      into.added.push(span);
      return sourceOf(fact, 'received');
    }
    return sourceOf(fact, 'other-transfer');
  }
  if (isResult ? fact.code === '1' : fact.code === '0') into.passedOn.push(fact);
  return sourceOf(fact, 'other-transfer');
}

function ofOthersEvent(fact: Evidence, into: Collected): RowSource {
  switch (fact.code ?? '') {
    case 'del_external_contact':
      into.endedForOthers.push(fact);
      return sourceOf(fact, 'deleted-by-other');
    case 'del_follow_user':
      into.endedForOthers.push(fact);
      return sourceOf(fact, 'deleted-other');
    case 'add_external_contact':
    case 'add_half_external_contact':
      return sourceOf(fact, 'added-other');
    default:
      return sourceOf(fact, 'event-other');
  }
}
