import { type Customer, type Employee, inventNames } from '../people.ts';
import { type Choices, createChoices } from '../random.ts';

// Three employees leave the invented bank: one whose handover is clean, one whose handover is a mess, and one who carries customers
// away. What becomes of each customer, group, live code and task is planned here; feeds.ts writes it as WeCom and the bank's console
// would, talk.ts lets it be heard in the chats.

const day = 86_400_000;
/** Asia/Shanghai has had no daylight saving since 1991, so a fixed offset is right for it. */
const shanghaiOffset = 8 * 3_600_000;

/** What becomes of a customer. */
export type Fate =
  | 'taken'
  /** Asked for, and no answer since. */
  | 'late'
  /** The answer says: waiting. */
  | 'waiting'
  | 'refused'
  /** Refused the first taker, accepted the second. */
  | 'second-taker'
  | 'at-limit'
  /** errcode 40096. */
  | 'invalid'
  /** Another errcode: nobody knows yet what it means. */
  | 'errcode'
  | 'deleted-by-customer'
  | 'deleted-by-leaver'
  /** Not in the list before the last day, and no event says why. */
  | 'vanished'
  /** In the list to the end, and nobody asked for a transfer. */
  | 'forgotten'
  /** The answer says taken over, the taker's own list doesn't have them. */
  | 'contradiction'
  /** Taken over, and the customer deletes the taker some days later. */
  | 'taken-then-gone';

export interface DepartingCustomer {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly fate: Fate;
  /** Who is to take over. */
  readonly taker: Employee;
  /** Whether the chats have this customer. */
  readonly talks: boolean;
  /** Whether the leaver leads this customer out of the bank. */
  readonly diverted: boolean;
}

export interface DepartingGroup {
  readonly id: string;
  readonly name: string;
  /** `unseen`: no list names it before a late one says that its owner has left. */
  readonly fate: 'taken' | 'failed' | 'unseen' | 'dismissed';
  readonly members: readonly string[];
}

export interface Departure {
  readonly key: 'clean' | 'messy' | 'carrier';
  readonly leaver: Employee;
  readonly takers: readonly [Employee, ...Employee[]];
  /** Midnight of the last day, UTC milliseconds. */
  readonly lastDay: number;
  /** So many days before the last day it was opened. */
  readonly openedBefore: number;
  readonly reason: string;
  readonly customers: readonly DepartingCustomer[];
  readonly groups: readonly DepartingGroup[];
}

export interface DeparturePlan {
  readonly departures: readonly Departure[];
  /** Somebody who left without anybody noticing: owns a group, has no customers. */
  readonly unnoticed: Employee;
  /** Further colleagues that rosters name: those who take over. */
  readonly colleagues: readonly Employee[];
  /** Midnight of a day so many days before the demo's last. */
  daysAgo(count: number): number;
}

export const takers = {
  retail: { userid: 'xuqinghe', name: '许青禾', branch: '零售金融部', position: '客户经理' },
  wealth: { userid: 'suwanqing', name: '苏晚晴', branch: '财富管理部', position: '理财经理' },
} as const satisfies Readonly<Record<string, Employee>>;

const unnoticed: Employee = { userid: 'heyunfan', name: '何云帆', branch: '江北支行', position: '大堂经理' };

/** Midnight in Shanghai, so many days before the day of `endAt`. */
function midnight(endAt: number, daysBefore: number): number {
  return Math.floor((endAt + shanghaiOffset) / day) * day - shanghaiOffset - daysBefore * day;
}

/** `2026-03-31` of a moment in Shanghai. */
export function dateOf(at: number): string {
  return new Date(at + shanghaiOffset).toISOString().slice(0, 10);
}

/** How many customers share each fate; the others are taken over. */
interface Story {
  readonly key: Departure['key'];
  /** Which of the invented employees. */
  readonly leaver: number;
  readonly daysAgo: number;
  readonly openedBefore: number;
  readonly reason: string;
  readonly takers: readonly [Employee, ...Employee[]];
  readonly customers: number;
  readonly fates: readonly (readonly [fate: Fate, count: number])[];
  readonly diverted: number;
  readonly groups: readonly (readonly [name: string, fate: DepartingGroup['fate']])[];
}

const stories: readonly Story[] = [
  {
    key: 'clean',
    leaver: 8,
    daysAgo: 8,
    openedBefore: 6,
    reason: '个人原因辞职',
    takers: [takers.wealth],
    customers: 36,
    fates: [],
    diverted: 0,
    groups: [
      ['城东支行业主服务群', 'taken'],
      ['城东早市商户群', 'taken'],
    ],
  },
  {
    key: 'messy',
    leaver: 6,
    daysAgo: 24,
    openedBefore: 3,
    reason: '合同到期不再续签',
    takers: [takers.retail, takers.wealth],
    customers: 60,
    fates: [
      ['deleted-by-customer', 2],
      ['deleted-by-leaver', 1],
      ['vanished', 1],
      ['forgotten', 2],
      ['invalid', 1],
      ['errcode', 1],
      ['refused', 3],
      ['second-taker', 1],
      ['at-limit', 2],
      ['waiting', 2],
      ['late', 6],
      ['contradiction', 1],
    ],
    diverted: 0,
    groups: [
      ['高新园区企业财务群', 'taken'],
      ['高新支行理财交流群', 'failed'],
      ['科创路早餐群', 'unseen'],
    ],
  },
  {
    key: 'carrier',
    leaver: 1,
    daysAgo: 12,
    openedBefore: 2,
    reason: '个人原因辞职',
    takers: [takers.retail],
    customers: 40,
    fates: [
      ['taken-then-gone', 4],
      ['refused', 4],
      ['deleted-by-customer', 2],
      ['deleted-by-leaver', 5],
    ],
    diverted: 12,
    groups: [
      ['湖滨支行贵宾客户群', 'taken'],
      ['湖滨亲子财商群', 'dismissed'],
    ],
  },
];

/** Plans the departures around `endAt`, the same for the same seed, employees and customers. */
export function planDepartures(
  seed: number,
  endAt: number,
  employees: readonly Employee[],
  customers: readonly Customer[],
): DeparturePlan {
  // A source of its own: what the chats of the others say doesn't depend on these.
  const choices = createChoices(seed ^ 0x5eed);
  return {
    departures: stories.flatMap((story) => {
      const leaver = employees[story.leaver];
      return leaver === undefined ? [] : [plan(story, leaver, endAt, customers, choices)];
    }),
    unnoticed,
    colleagues: [takers.retail, takers.wealth, unnoticed],
    daysAgo: (count) => midnight(endAt, count),
  };
}

function plan(
  story: Story,
  leaver: Employee,
  endAt: number,
  customers: readonly Customer[],
  choices: Choices,
): Departure {
  const own = customers.filter(({ manager }) => manager === leaver).slice(0, story.customers);
  const others = inventNames(choices, story.customers - own.length, `wm${story.key.toUpperCase()}`);
  const fates = story.fates.flatMap(([fate, count]) => Array.from({ length: count }, () => fate));
  const people = [...own, ...others];
  // Fates fall on those who talk first: what happens to them can be heard.
  const planned = people.map((person, index): DepartingCustomer => {
    const fate = fates[index] ?? 'taken';
    return {
      id: person.id,
      name: person.name,
      address: person.address,
      fate,
      taker: takerFor(story, fate, index),
      talks: index < own.length,
      diverted: index < story.diverted,
    };
  });
  return {
    key: story.key,
    leaver,
    takers: story.takers,
    lastDay: midnight(endAt, story.daysAgo),
    openedBefore: story.openedBefore,
    reason: story.reason,
    customers: planned,
    groups: story.groups.map(([name, fate], index) => ({
      // The first one is the leaver's group of the chats (generate.ts).
      id:
        index === 0
          ? `wrDEMO${String(story.leaver).padStart(26, '0')}`
          : `wrDEMO${story.key.toUpperCase()}${String(index).padStart(20, '0')}`,
      name,
      fate,
      members: planned.slice(index * 5, index * 5 + 12).map(({ id }) => id),
    })),
  };
}

/** Late ones wait for the last taker; what was refused or failed was asked of the first. */
function takerFor(story: Story, fate: Fate, index: number): Employee {
  const [first] = story.takers;
  const last = story.takers.at(-1) ?? first;
  if (fate === 'late') return last;
  return fate === 'taken' && index % 3 === 0 ? last : first;
}
