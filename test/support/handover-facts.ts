import { Milliseconds } from '../../src/core/contract/ids.ts';
import type { Fact, FactSource, FeedKind } from '../../src/core/features/feeds/model.ts';
import type { SheetSubject } from '../../src/core/features/handovers/model.ts';
import { day, dayFact, fact } from './feeds.ts';

// What feeds say around the departure of Li, whose customers go to Wu (and Zhao): short words for the facts that tests need.

export const [leaver, taker, second] = ['li', 'wu', 'zhao'];

/** `2026-03-02` or `2026-03-02 10:30`, in Shanghai. */
export function moment(text: string): Milliseconds {
  const [date = '', time = '00:00'] = text.split(' ');
  return Milliseconds.parse(day(date) + (Date.parse(`1970-01-01T${time}:00Z`) || 0));
}

/** The list of an employee's customers of that day. */
export const list = (of: string, items: readonly string[], employee = leaver): readonly Fact[] => [
  dayFact('list', of, { employee }),
  ...items.map((item) => dayFact('listed', of, { employee, item })),
];

export const start = (of: string, item: string, code = '0', to: string | null = taker): Fact =>
  dayFact('transfer-start', of, { employee: leaver, taker: to, item, code });

/** `passedAt`: the takeover_time. */
export const result = (
  of: string,
  item: string,
  status: string,
  { to = taker, passedAt }: { readonly to?: string | null; readonly passedAt?: string } = {},
): Fact =>
  dayFact('transfer-result', of, {
    employee: leaver,
    taker: to,
    item,
    code: status,
    ...(passedAt === undefined ? {} : { otherAt: moment(passedAt) }),
  });

export const event = (
  at: string,
  item: string,
  code: string,
  { employee = leaver, detail = null }: { readonly employee?: string; readonly detail?: string | null } = {},
): Fact => fact('contact-event', { at: moment(at), employee, item, code, detail });

export const deletedByCustomer = (at: string, item: string) => event(at, item, 'del_follow_user');
export const deletedByLeaver = (at: string, item: string) => event(at, item, 'del_external_contact');
export const added = (at: string, item: string, employee = leaver) =>
  event(at, item, 'add_external_contact', { employee });

export const transferFailed = (at: string, item: string, reason: string, to = taker): Fact =>
  fact('contact-event', { at: moment(at), item, taker: to, code: 'transfer_fail', detail: reason });

export const unassigned = (at: string, item: string): Fact =>
  fact('unassigned', { at: moment(at), employee: leaver, item });

/** A group of that day; `owner` null: the record names none. */
export const group = (of: string, item: string, owner: string | null, status: string | null = null): Fact =>
  dayFact('group', of, { employee: owner, item, code: status });

export const groupList = (of: string, employee: string | null = leaver): Fact =>
  dayFact('group-list', of, { employee });

export const groupEvent = (at: string, item: string, code: string, detail: string | null = null): Fact =>
  fact('group-event', { at: moment(at), item, code, detail });

export const groupTransfer = (of: string, item: string, code = '0'): Fact =>
  dayFact('group-transfer', of, { employee: leaver, taker, item, code });

/** A table of live codes: whom each leads to. */
export const liveCodes = (
  of: string,
  rows: readonly (readonly [item: string, employee: string | null, code?: string])[],
): readonly Fact[] => [
  dayFact('live-code-list', of),
  ...rows.map(([item, employee, code = 'active']) => dayFact('live-code', of, { item, employee, code })),
];

export const tasks = (
  of: string,
  rows: readonly (readonly [item: string, employee: string | null, code?: string])[],
): readonly Fact[] => [
  dayFact('task-list', of),
  ...rows.map(([item, employee, code = 'open']) => dayFact('task', of, { item, employee, code })),
];

const feedOfKind = (kind: Fact['kind']): FeedKind => {
  switch (kind) {
    case 'list':
    case 'listed':
      return 'customers';
    case 'unassigned':
      return 'unassigned';
    case 'transfer-start':
      return 'transfer-customer';
    case 'transfer-result':
      return 'transfer-result';
    case 'group-transfer':
      return 'transfer-group';
    case 'group':
    case 'group-list':
      return 'groups';
    case 'live-code':
    case 'live-code-list':
      return 'live-codes';
    case 'task':
    case 'task-list':
      return 'sop-tasks';
    case 'employed':
    case 'roster-list':
    case 'departure':
      return 'roster';
    case 'file-leak':
      return 'file-leaks';
    case 'screenshot':
      return 'screenshots';
    case 'member-log':
      return 'member-log';
    case 'contact-event':
    case 'group-event':
      return 'events';
  }
};

/** The facts as records of one file. */
export function recorded(facts: readonly Fact[], file = 'records.json'): (Fact & FactSource)[] {
  return facts.map((one, index) => ({ ...one, feed: feedOfKind(one.kind), file, line: index + 1 }));
}

/** Li leaves on 31 March 2026; it is 10 April. */
export const subject: SheetSubject = {
  leaver,
  lastDayEnd: day('2026-04-01'),
  openingAt: null,
  previousEnd: null,
  leavesAgain: false,
  takers: [taker],
  now: moment('2026-04-10 09:00'),
};
