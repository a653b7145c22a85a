import type { HandoverFinding } from '../model.ts';
import {
  type SignCase,
  type SourcedFact,
  factEvidence,
  finding,
  grouped,
  grown,
  isInside,
  isNear,
  shown,
  stretchOf,
} from './case.ts';
import { isListFile, isStrangerCard } from './detect-messages.ts';
import type { ObservedMessage } from './observed.ts';
import { dayAt } from './window.ts';

// Signs in what the feeds say. Codes are those of docs/formats.md: events (W/96361), the file-leak log (W/98079), the screenshot log
// (W/100128) and the member log (W/100178).

/** Tables that people export have words where the API has numbers. */
const logCodes = {
  deletedContact: /^2$|删除(?:外部|企业)?(?:联系人|客户)|deleted?.*contact/iu,
  newDevice: /^4$|新设备|new device/iu,
  bindingChanged: /^7$|换绑|(?:更换|变更|修改).*微信|微信.*(?:更换|变更)|bound wechat/iu,
} as const;
const addressBook = /^2$|通讯录|address ?book/iu;

/** Whether the member log says this of somebody. */
export function isLogged({ kind, code }: SourcedFact, what: keyof typeof logCodes): boolean {
  return kind === 'member-log' && code !== null && logCodes[what].test(code);
}

/** The leaver deleted the customer; a transfer deletes them too, and is none. */
export function isDeletion({ kind, code, detail, employee }: SourcedFact, leaver: string): boolean {
  return (
    kind === 'contact-event' &&
    code === 'del_external_contact' &&
    employee === leaver &&
    detail !== 'DELETE_BY_TRANSFER'
  );
}

/** The customer deleted an employee. */
export const isUnfollow = ({ kind, code }: SourcedFact) =>
  kind === 'contact-event' && code === 'del_follow_user';

/** The customer would not have the taker. */
export function isRefusal({ kind, code, detail }: SourcedFact): boolean {
  return (
    (kind === 'contact-event' && code === 'transfer_fail' && detail === 'customer_refused') ||
    (kind === 'transfer-result' && code === '3')
  );
}

/** All signs that the feeds show, but for customers who followed the leaver out. */
export function detectInFacts(one: SignCase): HandoverFinding[] {
  const own = one.facts.filter(({ employee, at }) => employee === one.leaver && isInside(at, one));
  return [
    ...filesLeaked(own, one),
    ...screenshots(own, one),
    ...signIns(own, one),
    ...customersDeleted(own, one),
    ...groupsChanged(one),
  ];
}

function filesLeaked(own: readonly SourcedFact[], one: SignCase): HandoverFinding[] {
  const leaks = own.filter(({ kind }) => kind === 'file-leak');
  const first = leaks[0];
  if (first === undefined) return [];
  const lists = leaks.filter(({ detail }) => detail !== null && isListFile(detail)).length;
  const near = leaks.some(({ at }) => isNear(at, one));
  return [
    finding({
      kind: 'files-leaked',
      at: first.at,
      score: grown((near ? 25 : 15) + (lists > 0 ? 20 : 0), 8, leaks.length, lists > 0 ? 80 : 60),
      values: { count: leaks.length, lists, ...stretchOf(leaks, one) },
      evidence: leaks.map(factEvidence),
    }),
  ];
}

function screenshots(own: readonly SourcedFact[], one: SignCase): HandoverFinding[] {
  const all = own.filter(({ kind }) => kind === 'screenshot');
  const late = all.filter(({ at }) => isNear(at, one));
  const usual = Math.round((all.length - late.length) / 2);
  const contacts = late.filter(({ code }) => code !== null && addressBook.test(code)).length;
  const first = late[0];
  if (first === undefined || (contacts === 0 && (late.length < 5 || late.length < 2 * usual))) return [];
  return [
    finding({
      kind: 'screenshots',
      at: first.at,
      score: contacts > 0 ? grown(30, 8, contacts, 65) : grown(10, 6, late.length / 5, 40),
      values: { count: late.length, contacts, usual },
      evidence: late.map(factEvidence),
    }),
  ];
}

function signIns(own: readonly SourcedFact[], one: SignCase): HandoverFinding[] {
  return (
    [
      ['new-device', 'newDevice', 15, 30],
      ['binding-changed', 'bindingChanged', 30, 45],
    ] as const
  ).flatMap(([kind, what, base, most]) => {
    const late = own.filter((fact) => isLogged(fact, what) && isNear(fact.at, one));
    const first = late[0];
    if (first === undefined) return [];
    return [
      finding({
        kind,
        at: first.at,
        score: grown(base, 6, late.length, most),
        values: { count: late.length, day: dayAt(first.at, one.window) },
        evidence: late.map(factEvidence),
      }),
    ];
  });
}

function customersDeleted(own: readonly SourcedFact[], one: SignCase): HandoverFinding[] {
  const events = own.filter((fact) => isDeletion(fact, one.leaver));
  // The member log says the same without naming whom: it counts where no events were imported.
  const deletions = events.length > 0 ? events : own.filter((fact) => isLogged(fact, 'deletedContact'));
  const first = deletions[0];
  if (first === undefined) return [];
  const customers = (facts: readonly SourcedFact[]) =>
    new Set(facts.map(({ item, line, file }) => item ?? `${file} ${line}`)).size;
  const near = customers(deletions.filter(({ at }) => isNear(at, one)));
  const led = divertedCustomers(one);
  const diverted = new Set(deletions.flatMap(({ item }) => (item !== null && led.has(item) ? [item] : [])))
    .size;
  return [
    finding({
      kind: 'customers-deleted',
      at: first.at,
      score:
        (near > 0 ? grown(12, 10, near, 75) : grown(5, 6, customers(deletions), 30)) +
        (diverted > 0 ? 15 : 0),
      values: { count: customers(deletions), near, diverted, ...stretchOf(deletions, one) },
      evidence: deletions.map(factEvidence),
    }),
  ];
}

/** Customers who were led elsewhere or got a stranger's card, each with the first of it. */
export function divertedCustomers({ observed }: SignCase): ReadonlyMap<string, Diverted> {
  const diverted = new Map<string, Diverted>();
  const said = [
    ...observed.words
      .filter(({ kind }) => kind === 'diversion')
      .map((words) => ({ ...words, text: words.words, excerpt: words.excerpt })),
    ...observed.cards
      .filter(isStrangerCard)
      .map((card) => ({ ...card, text: card.corp || card.userid, excerpt: card.corp || card.userid })),
  ].toSorted((a, b) => a.at - b.at || a.messageId - b.messageId);
  for (const { conversationId, messageId, at, text, excerpt } of said) {
    const conversation = observed.conversations.get(conversationId);
    for (const { id } of conversation?.customers ?? []) {
      const inGroup = conversation?.kind === 'group';
      const known = diverted.get(id);
      // What was said to one person alone weighs more than what a whole group was told before.
      if (known !== undefined && !(known.inGroup && !inGroup)) continue;
      diverted.set(id, { message: { messageId, conversationId, at }, words: text, excerpt, inGroup });
    }
  }
  return diverted;
}

/** How a customer was led elsewhere. */
export interface Diverted {
  readonly message: ObservedMessage;
  readonly words: string;
  readonly excerpt: string;
  /** Only by what was said to a whole group. */
  readonly inGroup: boolean;
}

/** Events of the leaver's groups, while they were the leaver's. */
export function groupEvents(one: SignCase): readonly SourcedFact[] {
  const lost = new Map<string, number>();
  const own = new Set<string>();
  for (const fact of one.facts) {
    if (fact.kind !== 'group' || fact.item === null) continue;
    if (fact.employee === one.leaver) own.add(fact.item);
    else if (fact.employee !== null && own.has(fact.item) && !lost.has(fact.item))
      lost.set(fact.item, fact.at);
  }
  return one.facts.filter(
    ({ kind, item, at }) =>
      kind === 'group-event' &&
      item !== null &&
      own.has(item) &&
      at < (lost.get(item) ?? Infinity) &&
      isInside(at, one),
  );
}

const ways = [
  {
    kind: 'groups-dismissed',
    of: ({ code }: SourcedFact) => code === 'dismiss',
    base: 30,
    per: 10,
    most: 75,
    from: 1,
  },
  { kind: 'groups-renamed', of: isChange('change_name'), base: 8, per: 8, most: 40, from: 1 },
  { kind: 'members-removed', of: isRemoval, base: 8, per: 6, most: 35, from: 5 },
] as const;

function isChange(detail: string): (fact: SourcedFact) => boolean {
  return (fact) => fact.code === 'update' && fact.detail === detail;
}

/** QuitScene 0: the member left without anybody's doing (W/96361). */
export function isRemoval(fact: SourcedFact): boolean {
  return isChange('del_member')(fact) && String(fact.data['QuitScene'] ?? '') !== '0';
}

function groupsChanged(one: SignCase): HandoverFinding[] {
  const events = groupEvents(one);
  return ways.flatMap(({ kind, of, base, per, most, from }) => {
    const found = events.filter(of);
    const first = found[0];
    const groups = grouped(found, ({ item }) => item ?? '');
    const count = kind === 'members-removed' ? found.length : groups.size;
    if (first === undefined || count < from) return [];
    const near = found.some(({ at }) => isNear(at, one));
    const group = first.item ?? '';
    return [
      finding({
        kind,
        at: first.at,
        score: grown(near ? base : base / 2, per, count / from, most),
        values: { count, group: shown(one.nameOf(group) || group), day: dayAt(first.at, one.window) },
        evidence: found.map(factEvidence),
      }),
    ];
  });
}
