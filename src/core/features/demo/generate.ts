import { inventBody } from './bodies.ts';
import { departureFeeds, rosterOf } from './departures/feeds.ts';
import type { FeedFile } from './departures/files.ts';
import { type Departure, type DeparturePlan, planDepartures } from './departures/plan.ts';
import { departureTalk } from './departures/talk.ts';
import type { Draft } from './draft.ts';
import { type Customer, type Employee, inventCustomers, inventEmployees } from './people.ts';
import { type Choices, createChoices, expand } from './random.ts';
import { slotsFor } from './slots.ts';
import { type Scenario, type Turn, type Violation, everyday, groupTalk, violations } from './talk.ts';

export interface DemoOptions {
  readonly seed: number;
  /** The last day's end, UTC milliseconds. */
  readonly endAt: number;
  readonly days: number;
  readonly messages: number;
  readonly customers: number;
}

/** What was planted, so that tests can compare it with what is found. */
export interface PlantedViolation {
  readonly tag: Violation['tag'];
  /** The msgid of the exchange's first message. */
  readonly firstMsgid: string;
  readonly employee: string;
}

export interface DemoData {
  readonly rosterCsv: string;
  readonly customersCsv: string;
  /** Lines of a chat archive in WeCom's form, a few of them broken on purpose. */
  readonly archive: readonly string[];
  readonly employees: readonly Employee[];
  readonly customers: readonly Customer[];
  readonly planted: readonly PlantedViolation[];
  readonly plan: DeparturePlan;
  /** What WeCom and the bank's console say of the departures. */
  readonly feeds: readonly FeedFile[];
}

interface Group {
  readonly roomid: string;
  readonly owner: Employee;
  readonly members: readonly Customer[];
}

const day = 86_400_000;
/** Asia/Shanghai has had no daylight saving since 1991, so a fixed offset is right for it. */
const shanghaiOffset = 8 * 3_600_000;
/** Share of exchanges that break a rule. Violators are few, as in life: `violators` of the employees. */
const violationShare = 0.03;
const violators = 4;
/** By the fourth day after the last one whoever was to be taken over has been, and greeted. */
const takenOverAfter = 6 * day;

/** Who leaves the invented bank, and what becomes of what they had; without the chats. */
export function planDemo(options: DemoOptions): DeparturePlan {
  const choices = createChoices(options.seed);
  const employees = inventEmployees(choices);
  const customers = inventCustomers(choices, employees, options.customers);
  return planDepartures(options.seed, options.endAt, employees, customers);
}

/**
 * Invents a bank's chat archive: employees, customers, groups, and their messages over the last `days` days, in order of
 * time. The same options give the same text.
 */
export function generateDemo(options: DemoOptions): DemoData {
  const choices = createChoices(options.seed);
  const employees = inventEmployees(choices);
  const customers = inventCustomers(choices, employees, options.customers);
  const groups = inventGroups(choices, employees, customers);
  const plan = planDepartures(options.seed, options.endAt, employees, customers);
  const told = departureTalk(plan, options.seed, options.endAt);
  const drafts: Draft[] = [];
  for (const customer of customers) drafts.push(consent(customer, options));
  while (drafts.length < options.messages - told.length) {
    const startAt = workingMoment(choices, options);
    if (choices.chance(0.22)) {
      const group = choices.pick(groups);
      const owner = ownerOf(plan, group, startAt);
      if (owner !== null)
        drafts.push(...play(weighted(choices, groupTalk), { ...group, owner }, startAt, choices));
    } else if (choices.chance(violationShare)) {
      const culprit = choices.pick(employees.slice(0, violators));
      const customer = choices.pick(customers.filter((candidate) => candidate.manager === culprit));
      if (managerOf(plan, customer, startAt) !== culprit) continue;
      const scenario = weighted(choices, violations);
      const plant = { tag: scenario.tag, employee: culprit.userid };
      drafts.push(...play(scenario, { employee: culprit, customer }, startAt, choices, plant));
    } else {
      const customer = choices.pick(customers);
      const employee = managerOf(plan, customer, startAt);
      if (employee !== null)
        drafts.push(...play(weighted(choices, everyday), { employee, customer }, startAt, choices));
    }
  }
  drafts.length = options.messages - told.length;
  const ordered = [...drafts, ...told].toSorted((a, b) => a.at - b.at);
  const planted: PlantedViolation[] = [];
  const archive = writeLines(ordered, choices, planted);
  return {
    rosterCsv: rosterOf(stillThere(plan, employees)),
    customersCsv: csv(
      ['external_userid', 'name', 'branch'],
      customers.map((customer) => [customer.id, customer.name, customer.manager.branch]),
    ),
    archive,
    employees,
    customers,
    planted,
    plan,
    feeds: departureFeeds(plan, employees),
  };
}

/** Who is on the roster of the last day. */
function stillThere({ departures, unnoticed, colleagues }: DeparturePlan, employees: readonly Employee[]) {
  const gone = new Set([unnoticed, ...departures.map(({ leaver }) => leaver)]);
  return [...employees, ...colleagues].filter((employee) => !gone.has(employee));
}

function departureOf({ departures }: DeparturePlan, employee: Employee, at: number): Departure | undefined {
  return departures.find(({ leaver, lastDay }) => leaver === employee && at >= lastDay + day);
}

/** Who looks after a customer at that moment; null: nobody, the manager has left and nobody has taken over yet. */
function managerOf(plan: DeparturePlan, { id, manager }: Customer, at: number): Employee | null {
  const departure = departureOf(plan, manager, at);
  if (departure === undefined) return manager;
  const customer = departure.customers.find((candidate) => candidate.id === id);
  return customer?.fate === 'taken' && at >= departure.lastDay + takenOverAfter ? customer.taker : null;
}

/** Who owns a group at that moment; null: nobody who would write. */
function ownerOf(plan: DeparturePlan, { roomid, owner }: Group, at: number): Employee | null {
  const departure = departureOf(plan, owner, at);
  if (departure === undefined) return owner;
  const taken = departure.groups.some(({ id, fate }) => id === roomid && fate === 'taken');
  return taken && at >= departure.lastDay + takenOverAfter ? departure.takers[0] : null;
}

function inventGroups(
  choices: Choices,
  employees: readonly Employee[],
  customers: readonly Customer[],
): readonly Group[] {
  return Array.from({ length: 24 }, (_, index) => {
    const owner = employees[index % employees.length] ?? choices.pick(employees);
    const own = customers.filter((customer) => customer.manager.branch === owner.branch);
    return {
      roomid: `wrDEMO${String(index).padStart(26, '0')}`,
      owner,
      members: own.filter(() => choices.chance(0.35)).slice(0, 40),
    };
  });
}

function consent(customer: Customer, options: DemoOptions): Draft {
  const at = options.endAt - options.days * day - 60_000;
  return {
    at,
    from: customer.id,
    tolist: [customer.manager.userid],
    roomid: '',
    members: { msgtype: 'agree', agree: { userid: customer.id, agree_time: at } },
  };
}

/** A moment on one of the days: mostly in working hours of a working day, now and then in the evening. */
function workingMoment(choices: Choices, options: DemoOptions): number {
  for (;;) {
    const midnight =
      Math.floor((options.endAt + shanghaiOffset) / day) * day -
      shanghaiOffset -
      choices.between(0, options.days - 1) * day;
    const weekday = new Date(midnight + shanghaiOffset).getUTCDay();
    if ((weekday === 0 || weekday === 6) && !choices.chance(0.15)) continue;
    const hour = choices.chance(0.9) ? choices.between(9, 17) : choices.between(18, 22);
    const at = midnight + hour * 3_600_000 + choices.between(0, 3_599) * 1_000;
    // Room for the exchange to end before the archive does.
    if (at < options.endAt - 3_600_000) return at;
  }
}

function weighted<S extends Scenario>(choices: Choices, scenarios: readonly S[]): S {
  const total = scenarios.reduce((sum, scenario) => sum + scenario.weight, 0);
  let rest = choices.next() * total;
  for (const scenario of scenarios) {
    rest -= scenario.weight;
    if (rest < 0) return scenario;
  }
  return choices.pick(scenarios);
}

function play(
  scenario: Scenario,
  where: Group | { readonly employee: Employee; readonly customer: Customer },
  startAt: number,
  choices: Choices,
  plant?: Draft['plant'],
): Draft[] {
  const inGroup = 'roomid' in where;
  const employee = inGroup ? where.owner : where.employee;
  const someone = () =>
    inGroup ? (where.members.length > 0 ? choices.pick(where.members) : null) : where.customer;
  const first = someone();
  const slots = slotsFor(employee, first, choices, startAt);
  let at = startAt;
  return scenario.turns.flatMap((turn, index) => {
    at += index === 0 ? 0 : choices.between(8, 240) * 1_000;
    const speaker = turn.by === 'e' ? employee.userid : (turn.by === 'c' ? first : someone())?.id;
    if (speaker === undefined) return [];
    const everyone = inGroup
      ? [employee.userid, ...where.members.map((member) => member.id)]
      : [employee.userid, where.customer.id];
    return [
      {
        at,
        from: speaker,
        tolist: everyone.filter((id) => id !== speaker),
        roomid: inGroup ? where.roomid : '',
        members: membersOf(turn, choices, at, employee, slots),
        ...(index === 0 && plant !== undefined ? { plant } : {}),
      },
    ];
  });
}

function membersOf(
  turn: Turn,
  choices: Choices,
  at: number,
  employee: Employee,
  slots: Readonly<Record<string, () => string>>,
): Draft['members'] {
  if ('text' in turn) return { msgtype: 'text', text: { content: expand(turn.text, choices, slots) } };
  const body = inventBody(turn.kind, choices, at, employee.userid);
  return { msgtype: body.msgtype, ...body.members };
}

/**
 * One JSON object per line with the envelope's `seq`. Now and then a message is revoked; a handful of lines is what goes
 * wrong in the field: a gap in seq, a revoke of something that is not there, an entry that can't be decrypted, broken JSON.
 */
function writeLines(
  drafts: readonly Draft[],
  choices: Choices,
  planted: PlantedViolation[],
): readonly string[] {
  const lines: string[] = [];
  let seq = 100_000;
  const msgids = new Map<Draft, string>();
  let lastOfEmployee: { msgid: string; draft: Draft } | null = null;
  for (const [index, draft] of drafts.entries()) {
    seq += 1;
    // Two stretches that were never delivered.
    if (index === 6_200 || index === 14_900) seq += index === 6_200 ? 37 : 12;
    const msgid = `${1_000_000_000 + index}${String(choices.between(0, 999_999)).padStart(6, '0')}_${
      draft.from.startsWith('wm') || draft.tolist.some((id) => id.startsWith('wm')) ? 'external' : 'internal'
    }`;
    if (draft.plant !== undefined) planted.push({ ...draft.plant, firstMsgid: msgid });
    const revoke = draft.revokes === undefined && lastOfEmployee !== null && choices.chance(0.004);
    msgids.set(draft, msgid);
    lines.push(
      line({
        seq,
        msgid,
        action: revoke || draft.revokes !== undefined ? 'recall' : 'send',
        from: revoke ? (lastOfEmployee?.draft.from ?? draft.from) : draft.from,
        tolist: revoke ? (lastOfEmployee?.draft.tolist ?? draft.tolist) : draft.tolist,
        roomid: revoke ? (lastOfEmployee?.draft.roomid ?? draft.roomid) : draft.roomid,
        msgtime: draft.at,
        ...(revoke
          ? { msgtype: 'revoke', revoke: { pre_msgid: lastOfEmployee?.msgid ?? '' } }
          : draft.revokes === undefined
            ? draft.members
            : { msgtype: 'revoke', revoke: { pre_msgid: msgids.get(draft.revokes) ?? '' } }),
      }),
    );
    if (!revoke && draft.revokes === undefined && !draft.from.startsWith('wm'))
      lastOfEmployee = { msgid, draft };
    if (index === 9_000) {
      seq += 1;
      lines.push(
        `{"seq":${seq},"msgid":"2000000000_external","publickey_ver":2,"encrypt_random_key":"bm90LXJlYWw=","encrypt_chat_msg":"bm90LXJlYWw="}`,
        '{"seq":1,"msgid":"2000000001_external","action":"send","from":"',
        line({
          seq: seq + 1,
          msgid: '2000000002_external',
          action: 'recall',
          from: draft.from,
          tolist: draft.tolist,
          roomid: draft.roomid,
          msgtime: draft.at,
          msgtype: 'revoke',
          revoke: { pre_msgid: '1999999999_external' },
        }),
        line({
          seq: seq + 2,
          msgid: '2000000003',
          action: 'switch',
          time: draft.at,
          user: employeeOf(draft),
        }),
      );
      seq += 2;
    }
  }
  return lines;
}

function employeeOf(draft: Draft): string {
  return [draft.from, ...draft.tolist].find((id) => !id.startsWith('wm')) ?? draft.from;
}

/** JSON of one entry. A string `@@123@@` becomes the bare number 123: 64-bit ids that JavaScript can't hold. */
function line(entry: unknown): string {
  return JSON.stringify(entry).replaceAll(/"@@(\d+)@@"/g, '$1');
}

function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
}
