import { inventBody } from './bodies.ts';
import { type Customer, type Employee, inventCustomers, inventEmployees } from './people.ts';
import { type Choices, createChoices, expand } from './random.ts';
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
}

interface Group {
  readonly roomid: string;
  readonly owner: Employee;
  readonly members: readonly Customer[];
}

interface Draft {
  readonly at: number;
  readonly from: string;
  readonly tolist: readonly string[];
  readonly roomid: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly plant?: { readonly tag: Violation['tag']; readonly employee: string };
}

const day = 86_400_000;
/** Asia/Shanghai has had no daylight saving since 1991, so a fixed offset is right for it. */
const shanghaiOffset = 8 * 3_600_000;
/** Share of exchanges that break a rule. Violators are few, as in life: `violators` of the employees. */
const violationShare = 0.03;
const violators = 4;

/**
 * Invents a bank's chat archive: employees, customers, groups, and their messages over the last `days` days, in order of
 * time. The same options give the same text.
 */
export function generateDemo(options: DemoOptions): DemoData {
  const choices = createChoices(options.seed);
  const employees = inventEmployees(choices);
  const customers = inventCustomers(choices, employees, options.customers);
  const groups = inventGroups(choices, employees, customers);
  const drafts: Draft[] = [];
  for (const customer of customers) drafts.push(consent(customer, options));
  while (drafts.length < options.messages) {
    const startAt = workingMoment(choices, options);
    if (choices.chance(0.22)) {
      const group = choices.pick(groups);
      drafts.push(...play(weighted(choices, groupTalk), group, startAt, choices));
    } else if (choices.chance(violationShare)) {
      const culprit = choices.pick(employees.slice(0, violators));
      const customer = choices.pick(customers.filter((candidate) => candidate.manager === culprit));
      const scenario = weighted(choices, violations);
      const plant = { tag: scenario.tag, employee: culprit.userid };
      drafts.push(...play(scenario, { employee: culprit, customer }, startAt, choices, plant));
    } else {
      const customer = choices.pick(customers);
      drafts.push(
        ...play(weighted(choices, everyday), { employee: customer.manager, customer }, startAt, choices),
      );
    }
  }
  drafts.length = options.messages;
  const ordered = drafts.toSorted((a, b) => a.at - b.at);
  const planted: PlantedViolation[] = [];
  const archive = writeLines(ordered, choices, planted);
  return {
    rosterCsv: csv(
      ['userid', 'name', 'branch', 'position'],
      employees.map((employee) => [employee.userid, employee.name, employee.branch, employee.position]),
    ),
    customersCsv: csv(
      ['external_userid', 'name', 'branch'],
      customers.map((customer) => [customer.id, customer.name, customer.manager.branch]),
    ),
    archive,
    employees,
    customers,
    planted,
  };
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

function slotsFor(
  employee: Employee,
  customer: Customer | null,
  choices: Choices,
  at: number,
): Readonly<Record<string, () => string>> {
  const products = ['安盈六个月', '稳享九十天', '日添利', '添福一年定开', '双周享'];
  const later = new Date(at + shanghaiOffset + choices.between(1, 40) * day);
  return {
    me: () => employee.name,
    branch: () => employee.branch,
    position: () => employee.position,
    address: () => customer?.address ?? '各位',
    product: () => choices.pick(products),
    amount: () => String(choices.pick([5, 10, 20, 30, 50, 80, 100])),
    smallamount: () => String(choices.between(18, 960)),
    rate: () => (1 + choices.between(10, 290) / 100).toFixed(2),
    highrate: () => String(choices.pick([12, 15, 18, 20, 24])),
    hour: () => String(choices.between(9, 17)),
    time: () => `${choices.between(9, 17)}:${String(choices.between(0, 59)).padStart(2, '0')}`,
    date: () => `${later.getUTCMonth() + 1}月${later.getUTCDate()}日`,
    identity: () => inventIdentityNumber(choices),
    card: () => inventCardNumber(choices),
    // 154 is a prefix that no operator has been given.
    mobile: () => `154${String(choices.between(0, 99_999_999)).padStart(8, '0')}`,
  };
}

/** An ID card number with a right checksum (GB 11643-1999) in a region code that is not assigned (990000). */
function inventIdentityNumber(choices: Choices): string {
  const digits = `990000${choices.between(1960, 2004)}${String(choices.between(1, 12)).padStart(2, '0')}${String(
    choices.between(1, 28),
  ).padStart(2, '0')}${String(choices.between(1, 999)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return `${digits}${'10X98765432'[sum % 11] ?? ''}`;
}

/** A bank card number with a right Luhn digit under a prefix that no bank has (629999). */
function inventCardNumber(choices: Choices): string {
  const digits = `629999${String(choices.between(0, 999_999_999)).padStart(9, '0')}000`;
  const sum = Array.from(digits)
    .toReversed()
    .reduce((total, character, index) => {
      const value = Number(character) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
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
  let lastOfEmployee: { msgid: string; draft: Draft } | null = null;
  for (const [index, draft] of drafts.entries()) {
    seq += 1;
    // Two stretches that were never delivered.
    if (index === 6_200 || index === 14_900) seq += index === 6_200 ? 37 : 12;
    const msgid = `${1_000_000_000 + index}${String(choices.between(0, 999_999)).padStart(6, '0')}_${
      draft.from.startsWith('wm') || draft.tolist.some((id) => id.startsWith('wm')) ? 'external' : 'internal'
    }`;
    if (draft.plant !== undefined) planted.push({ ...draft.plant, firstMsgid: msgid });
    const revoke = lastOfEmployee !== null && choices.chance(0.004);
    lines.push(
      line({
        seq,
        msgid,
        action: revoke ? 'recall' : 'send',
        from: revoke ? (lastOfEmployee?.draft.from ?? draft.from) : draft.from,
        tolist: revoke ? (lastOfEmployee?.draft.tolist ?? draft.tolist) : draft.tolist,
        roomid: revoke ? (lastOfEmployee?.draft.roomid ?? draft.roomid) : draft.roomid,
        msgtime: draft.at,
        ...(revoke
          ? { msgtype: 'revoke', revoke: { pre_msgid: lastOfEmployee?.msgid ?? '' } }
          : draft.members),
      }),
    );
    if (!revoke && !draft.from.startsWith('wm')) lastOfEmployee = { msgid, draft };
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
