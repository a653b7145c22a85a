import { CalendarDay } from '../../../contract/ids.ts';
import { handoverClasses } from '../../handovers/model.ts';
import type { SigningView } from '../../handovers/signing/contract.ts';
import { demoPassword } from '../../workspaces/index.ts';
import type { DemoHands, DemoPerson, OtherStep } from '../hands.ts';
import { type Departure, type DeparturePlan, dateOf, takers } from './plan.ts';

// What people do about the departures: handovers are opened in the days around them; once the feeds have been imported, the clean
// one is frozen and signed, and of the others some of the work is done. The rest waits for whoever tries the demo.

const hour = 3_600_000;

/** Which accounts are parties. The leavers of the other two have no account any more. */
const accounts: Readonly<
  Record<Departure['key'], { readonly leaver: DemoPerson | null; readonly supervisor: DemoPerson }>
> = {
  clean: { leaver: 'leaver', supervisor: 'branch' },
  messy: { leaver: null, supervisor: 'approver' },
  carrier: { leaver: null, supervisor: 'legal' },
};
const takerAccounts: Readonly<Partial<Record<string, DemoPerson>>> = {
  [takers.retail.userid]: 'editor',
  [takers.wealth.userid]: 'editor2',
};

/** When each handover was opened, and how. */
export function openings(plan: DeparturePlan): readonly OtherStep[] {
  return plan.departures.map((departure, index) => ({
    at: departure.lastDay - departure.openedBefore * 24 * hour + (10 + index) * hour,
    event: 'handovers.open',
    run: (hands: DemoHands) => open(hands, departure),
  }));
}

async function open({ call, idOf }: DemoHands, departure: Departure): Promise<void> {
  const { leaver, supervisor } = accounts[departure.key];
  await call('reviewer', 'handovers.open', {
    leaver: departure.leaver.userid,
    leaverUser: leaver === null ? null : idOf(leaver),
    takers: departure.takers.map(({ userid }) => {
      const account = takerAccounts[userid];
      return { taker: userid, userId: account === undefined ? null : idOf(account) };
    }),
    supervisorUser: idOf(supervisor),
    lastDay: lastDayOf(departure),
    openingDay: null,
    reason: departure.reason,
  });
}

function lastDayOf({ lastDay }: Departure): CalendarDay {
  return CalendarDay.parse(dateOf(lastDay));
}

/** Does what follows from the imported feeds, as far as an earlier run did not. */
export async function settleDepartures(hands: DemoHands, plan: DeparturePlan): Promise<void> {
  for (const departure of plan.departures) {
    const id = await handoverOf(hands, departure);
    switch (departure.key) {
      case 'clean':
        await assignCases(hands, id, departure);
        await settlePromises(hands, id, departure);
        await sign(hands, id);
        break;
      case 'messy':
        await explainErrcode(hands, id, departure);
        await handPromiseOn(hands, id, departure);
        break;
      case 'carrier':
        await dismissNewDevice(hands, id);
        break;
    }
  }
}

type HandoverId = SigningView['id'];

async function handoverOf({ call }: DemoHands, departure: Departure): Promise<HandoverId> {
  const { handovers } = await call('reviewer', 'handovers.list', { query: departure.leaver.userid });
  const found = handovers.find(({ lastDay }) => lastDay === lastDayOf(departure));
  if (found === undefined) throw new Error(`the handover of ${departure.leaver.userid} was not opened`);
  return found.id;
}

/** What is still open of the leaver's own cases goes to the taker. */
async function assignCases({ call }: DemoHands, handoverId: HandoverId, departure: Departure): Promise<void> {
  const { state } = await call('reviewer', 'handovers.get', { id: handoverId });
  if (state !== 'open') return;
  const items = await call('reviewer', 'handovers.rowIds', {
    target: { handoverId },
    filter: { class: 'cases', unexplainedOnly: true },
  });
  if (items.length === 0) return;
  await call('reviewer', 'handovers.assign', {
    handoverId,
    class: 'cases',
    items,
    taker: departure.takers[0].userid,
    note: '随客户一并移交，由接交人跟进处置。',
  });
}

/** What is due after the last day becomes the taker's; the rest was kept, or was no promise. */
async function settlePromises({ call }: DemoHands, id: HandoverId, departure: Departure): Promise<void> {
  const { state } = await call('reviewer', 'handovers.get', { id });
  if (state !== 'open') return;
  const { promises } = await call('reviewer', 'handovers.promises', { id });
  for (const { key, standing, decision, customer, excerpt, due } of promises) {
    if (decision !== null || standing === 'followed') continue;
    const farewell = excerpt.includes('离岗') || excerpt.includes('接手');
    const passedOn = standing === 'later' && !farewell;
    await call('reviewer', 'handovers.decidePromise', {
      id,
      key,
      decision: passedOn ? 'accepted' : farewell ? 'dismissed' : 'kept',
      title: passedOn ? `跟进${customer?.name ?? '客户'}：${excerpt.slice(0, 60)}` : '',
      dueDay: passedOn ? (due?.to ?? null) : null,
      taker: passedOn ? departure.takers[0].userid : null,
      note: passedOn ? '' : farewell ? '只是告知离岗和接替安排。' : '与移交人核对，已办结。',
    });
  }
}

/** Freezes the sheet and lets all parties sign. */
async function sign(hands: DemoHands, id: HandoverId): Promise<void> {
  const { call } = hands;
  const { state, revision } = await call('reviewer', 'handovers.get', { id });
  if (state === 'open') await call('reviewer', 'handovers.freeze', { id, revision });
  const { current, seats } = await call('reviewer', 'handovers.signing', { id });
  if (current === null) throw new Error('nothing was frozen');
  for (const { role, party, signature } of seats) {
    if (signature !== null) continue;
    const account =
      role === 'taker' ? takerAccounts[party] : accounts.clean[role === 'leaver' ? 'leaver' : 'supervisor'];
    if (account === undefined || account === null) throw new Error(`nobody signs as ${role}`);
    await call(account, 'handovers.sign', {
      snapshotId: current.id,
      hash: current.hash,
      role,
      party,
      reservations: role === 'taker' ? '有两位客户约在下周见面，届时补做风险测评。' : '',
      password: demoPassword,
    });
  }
}

/** Of the messy one a single row has been looked into; the others wait. */
async function explainErrcode(
  { call }: DemoHands,
  handoverId: HandoverId,
  departure: Departure,
): Promise<void> {
  const target = { handoverId };
  const wanted = new Set(departure.customers.filter(({ fate }) => fate === 'errcode').map(({ id }) => id));
  const { rows } = await call('reviewer', 'handovers.rows', {
    target,
    filter: { class: handoverClasses[0], unexplainedOnly: true },
    limit: 500,
  });
  const items = rows.map(({ id }) => id).filter((id) => wanted.has(id));
  if (items.length === 0) return;
  await call('reviewer', 'handovers.explain', {
    ...target,
    class: 'customers',
    items,
    text: '客户微信已注销，柜面核对开户资料后改由电话联系，已告知接交人。',
  });
}

/** One promise has become the taker's task. */
async function handPromiseOn({ call }: DemoHands, id: HandoverId, departure: Departure): Promise<void> {
  const { promises } = await call('reviewer', 'handovers.promises', { id });
  const open = promises.find(({ excerpt, due }) => excerpt.includes('结清') && due !== null);
  const promise = open ?? promises.find(({ kind, due }) => kind === 'dated' && due !== null);
  if (promise === undefined || promise.decision !== null) return;
  await call('reviewer', 'handovers.decidePromise', {
    id,
    key: promise.key,
    decision: 'accepted',
    title: `兑现对${promise.customer?.name ?? '客户'}的承诺：${promise.excerpt.slice(0, 60)}`,
    dueDay: promise.due?.to ?? null,
    taker: departure.takers[0].userid,
    note: '已电话告知接交人。',
  });
}

/** A false alarm among the signs: the bank gave out new phones. */
async function dismissNewDevice({ call }: DemoHands, id: HandoverId): Promise<void> {
  const { findings } = await call('reviewer', 'handovers.timeline', { id });
  const finding = findings.find(({ kind }) => kind === 'new-device');
  if (finding === undefined || finding.dismissed !== null) return;
  await call('reviewer', 'handovers.dismissFinding', {
    id,
    key: finding.key,
    dismissed: true,
    reason: '支行当周统一更换办公手机，有领用登记。',
  });
}
