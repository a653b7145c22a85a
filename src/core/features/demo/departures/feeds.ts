import type { Employee } from '../people.ts';
import {
  type DemoEvent,
  contactEvent,
  csv,
  customerList,
  eventsXml,
  groupDetail,
  groupEvent,
  groupList,
  transferCustomer,
  transferGroup,
  transferResult,
  unassignedList,
} from './answers.ts';
import { type FeedFile, after, file, json } from './files.ts';
import {
  type DepartingCustomer,
  type DepartingGroup,
  type Departure,
  type DeparturePlan,
  type Fate,
  dateOf,
  takers,
} from './plan.ts';
import { logs, tables } from './tables-and-logs.ts';

const hour = 3_600_000;

/** What happens when, in days from the last day. */
const steps = {
  firstList: -20,
  lastList: -1,
  unassigned: 1,
  transfer: 1,
  takeover: 2,
  result: 4,
  again: 6,
  againResult: 9,
} as const;

/** Not in the leaver's list any more on the day before the last one. */
const goneBefore: ReadonlySet<Fate> = new Set(['deleted-by-customer', 'deleted-by-leaver', 'vanished']);
/** Held by the taker in the end, as WeCom says. */
const held: ReadonlySet<Fate> = new Set(['taken', 'taken-then-gone', 'second-taker', 'contradiction']);

/** All feeds of the departures, beside the chats and the rosters of the day. */
export function departureFeeds(plan: DeparturePlan, staff: readonly Employee[]): readonly FeedFile[] {
  const { departures } = plan;
  return [
    earlierRoster(plan, staff),
    departureList(plan),
    ...departures.flatMap((departure) => [
      ...customerLists(departure),
      ...transfers(departure),
      ...groupFiles(departure),
    ]),
    ...takerLists(plan),
    json('客户群', plan.daysAgo(3), [
      groupList([
        { id: unnoticedGroup.id, status: 1 },
        ...departures.flatMap(({ groups }) => statusesOf(groups)),
      ]),
      groupDetail(unnoticedGroup, plan.unnoticed.userid, plan.daysAgo(200)),
    ]),
    file('客户与群变更事件', plan.daysAgo(1), 'xml', eventsXml(departures.flatMap(eventsOf))),
    ...tables(plan),
    ...logs(plan),
  ];
}

const unnoticedGroup = { id: `wrDEMOUNNOTICED${'0'.repeat(17)}`, name: '江北支行广场舞活动群', members: [] };

/** On one of the two days after the transfer was asked for, each customer at a time of their own. */
function takenAt(departure: Departure, { id, fate }: DepartingCustomer): number {
  const index = departure.customers.findIndex((customer) => customer.id === id);
  const start = after(departure, fate === 'second-taker' ? steps.again + 1 : steps.takeover);
  return start + 9.5 * hour + index * 7 * 60_000;
}

function earlierRoster(plan: DeparturePlan, staff: readonly Employee[]): FeedFile {
  return file('员工花名册', plan.daysAgo(60), 'csv', rosterOf([...staff, ...plan.colleagues]));
}

/** A roster of employees as the console exports it. */
export function rosterOf(employees: readonly Employee[]): string {
  return csv(
    ['userid', 'name', 'branch', 'position'],
    employees.map(({ userid, name, branch, position }) => [userid, name, branch, position]),
  );
}

function departureList({ departures, daysAgo }: DeparturePlan): FeedFile {
  return file(
    '离职名单',
    daysAgo(2),
    'csv',
    csv(
      ['userid', '姓名', '部门', '离职日期', '移交原因', '接交人'],
      departures.map(({ leaver, lastDay, reason, takers: to }) => [
        leaver.userid,
        leaver.name,
        leaver.branch,
        dateOf(lastDay),
        reason,
        to.map(({ userid }) => userid).join('、'),
      ]),
    ),
  );
}

/** The leaver's customers some weeks before, and on the day before the last one. */
function customerLists(departure: Departure): readonly FeedFile[] {
  const { leaver, customers } = departure;
  const stem = `客户列表-${leaver.userid}`;
  const addedAt = after(departure, -400);
  const [first, last] = [after(departure, steps.firstList), after(departure, steps.lastList)];
  return [
    json(stem, first, [customerList(leaver.userid, customers, addedAt)]),
    json(stem, last, [
      customerList(
        leaver.userid,
        customers.filter(({ fate }) => !goneBefore.has(fate)),
        addedAt,
      ),
    ]),
  ];
}

/** What was asked of WeCom after the last day, and what it answered. */
function transfers(departure: Departure): readonly FeedFile[] {
  const { leaver, customers, takers: to } = departure;
  const left = customers.filter(({ fate }) => !goneBefore.has(fate) && fate !== 'forgotten');
  const unassigned = unassignedList(
    leaver.userid,
    left.map(({ id }) => id),
    departure.lastDay + 18 * hour,
  );
  const asked = to.flatMap((taker) => {
    const theirs = left.filter((customer) => customer.taker.userid === taker.userid);
    const answered = theirs.filter(({ fate }) => statusOf(fate) !== null);
    return [
      json(`分配客户-${leaver.userid}-${taker.userid}`, after(departure, steps.transfer), [
        transferCustomer(
          leaver.userid,
          taker.userid,
          theirs.map(({ id, fate }) => ({ id, errcode: errcodeOf(fate) })),
        ),
      ]),
      json(`接替结果-${leaver.userid}-${taker.userid}`, after(departure, steps.result), [
        transferResult(
          leaver.userid,
          taker.userid,
          answered.map((customer) => ({
            id: customer.id,
            status: statusOf(customer.fate) ?? 2,
            takenAt: takenAt(departure, customer),
          })),
        ),
      ]),
    ];
  });
  return [
    json(`待分配客户-${leaver.userid}`, after(departure, steps.unassigned), [unassigned]),
    ...asked,
    ...secondTaker(departure),
  ];
}

function errcodeOf(fate: Fate): number {
  if (fate === 'invalid') return 40_096;
  return fate === 'errcode' ? 41_054 : 0;
}

/** The status that transfer_result gives at first; null: it doesn't name the customer. */
function statusOf(fate: Fate): number | null {
  switch (fate) {
    case 'taken':
    case 'taken-then-gone':
    case 'contradiction':
      return 1;
    case 'waiting':
      return 2;
    case 'refused':
    case 'second-taker':
      return 3;
    case 'at-limit':
      return 4;
    case 'late':
    case 'invalid':
    case 'errcode':
    case 'deleted-by-customer':
    case 'deleted-by-leaver':
    case 'vanished':
    case 'forgotten':
      return null;
  }
}

function secondTaker(departure: Departure): readonly FeedFile[] {
  const { leaver, takers: to, customers } = departure;
  const again = customers.filter(({ fate }) => fate === 'second-taker');
  const taker = to.at(-1);
  if (again.length === 0 || taker === undefined) return [];
  const stem = `${leaver.userid}-${taker.userid}`;
  return [
    json(`分配客户-${stem}`, after(departure, steps.again), [
      transferCustomer(
        leaver.userid,
        taker.userid,
        again.map(({ id }) => ({ id, errcode: 0 })),
      ),
    ]),
    json(`接替结果-${stem}`, after(departure, steps.againResult), [
      transferResult(
        leaver.userid,
        taker.userid,
        again.map((customer) => ({ id: customer.id, status: 1, takenAt: takenAt(departure, customer) })),
      ),
    ]),
  ];
}

/** What each taker holds as of yesterday, from all departures. */
function takerLists({ departures, daysAgo }: DeparturePlan): readonly FeedFile[] {
  return Object.values(takers).map(({ userid }) =>
    json(`客户列表-${userid}`, daysAgo(1), [
      customerList(
        userid,
        departures.flatMap(({ customers, takers: to }) =>
          customers.filter(
            ({ fate, taker }) =>
              held.has(fate) &&
              fate !== 'contradiction' &&
              fate !== 'taken-then-gone' &&
              (fate === 'second-taker' ? to.at(-1) : taker)?.userid === userid,
          ),
        ),
        daysAgo(30),
      ),
    ]),
  );
}

function groupFiles(departure: Departure): readonly FeedFile[] {
  const { leaver, groups, takers: [taker] } = departure; // prettier-ignore
  const known = groups.filter(({ fate }) => fate !== 'unseen');
  const standing = known.filter(({ fate }) => fate !== 'dismissed');
  const createdAt = after(departure, -300);
  return [
    json(`客户群-${leaver.userid}`, after(departure, -10), [
      groupList(
        known.map(({ id }) => ({ id, status: 0 })),
        leaver.userid,
      ),
      ...known.map((group) => groupDetail(group, leaver.userid, createdAt)),
    ]),
    json(`分配群-${leaver.userid}-${taker.userid}`, after(departure, steps.takeover), [
      transferGroup(
        leaver.userid,
        taker.userid,
        standing.map(({ id }) => id),
        standing.flatMap(({ id, fate }) => (fate === 'failed' ? [{ id, errcode: 90_501 }] : [])),
      ),
    ]),
    json(`客户群-${leaver.userid}`, after(departure, steps.result + 1), [
      groupList(statusesOf(groups), leaver.userid),
      ...groups.flatMap((group) =>
        group.fate === 'dismissed'
          ? []
          : [groupDetail(group, group.fate === 'taken' ? taker.userid : leaver.userid, createdAt)],
      ),
    ]),
  ];
}

/** How the groups stand after the departure. */
function statusesOf(groups: readonly DepartingGroup[]) {
  return groups.flatMap(({ id, fate }) =>
    fate === 'dismissed' ? [] : [{ id, status: fate === 'taken' ? 3 : 1 }],
  );
}

function eventsOf(departure: Departure): readonly DemoEvent[] {
  const { leaver, customers, groups, takers: [taker] } = departure; // prettier-ignore
  const at = (days: number, index: number) => after(departure, days) + 10 * hour + index * 13 * 60_000;
  const contacts = customers.flatMap((customer, index): DemoEvent[] => {
    const { id, fate } = customer;
    switch (fate) {
      case 'deleted-by-customer':
        return [contactEvent(at(-6, index), 'del_follow_user', leaver.userid, id)];
      case 'deleted-by-leaver':
        return [contactEvent(at(-4, index), 'del_external_contact', leaver.userid, id)];
      case 'refused':
      case 'second-taker':
        return [
          contactEvent(at(3, index), 'transfer_fail', customer.taker.userid, id, {
            FailReason: 'customer_refused',
          }),
        ];
      case 'at-limit':
        return [
          contactEvent(at(3, index), 'transfer_fail', customer.taker.userid, id, {
            FailReason: 'customer_limit_exceed',
          }),
        ];
      case 'taken-then-gone':
        return [contactEvent(at(4 + index, index), 'del_follow_user', customer.taker.userid, id)];
      case 'taken':
      case 'late':
      case 'waiting':
      case 'invalid':
      case 'errcode':
      case 'vanished':
      case 'forgotten':
      case 'contradiction':
        return [];
    }
  });
  const chats = groups.flatMap(({ id, name, fate }): DemoEvent[] => {
    if (fate === 'taken')
      return [
        groupEvent(at(steps.takeover, 3), 'update', id, {
          UpdateDetail: 'change_owner',
          NewOwner: taker.userid,
        }),
      ];
    return fate === 'dismissed'
      ? [
          groupEvent(at(-5, 0), 'update', id, { UpdateDetail: 'change_name', GroupName: `${name}（新）` }),
          groupEvent(at(-2, 2), 'dismiss', id),
        ]
      : [];
  });
  return [...contacts, ...chats];
}
