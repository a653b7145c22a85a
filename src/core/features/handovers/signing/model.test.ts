import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { HandoverId } from '../../../contract/ids.ts';
import type { HandoverParties } from '../model.ts';
import {
  type Seat,
  type SeatSignature,
  type Signer,
  type SigningFacts,
  isComplete,
  refusalOfAbsence,
  refusalOfFreeze,
  refusalOfParties,
  refusalOfReopening,
  refusalOfSignature,
  seatsOf,
} from './model.ts';

const id = HandoverId.parse('0197a3f0-0000-7000-8000-000000000001');
const hash = 'a'.repeat(64);
const other = 'b'.repeat(64);

const parties: HandoverParties = {
  id,
  leaver: 'chenlin',
  leaverUser: 'u-leaver',
  leaverNamed: null,
  supervisorUser: 'u-supervisor',
  takers: [
    { taker: 'sumei', userId: 'u-taker' },
    { taker: 'hanyu', userId: 'u-second' },
  ],
};

const leaverSeat: Seat = { role: 'leaver', party: 'chenlin' };
const takerSeat: Seat = { role: 'taker', party: 'sumei' };
const supervisorSeat: Seat = { role: 'supervisor', party: '' };

const signing = (
  signatures: readonly SeatSignature[] = [],
  changed: Partial<HandoverParties> = {},
): SigningFacts => ({
  parties: { ...parties, ...changed },
  state: 'signing',
  snapshot: { hash, reopened: false, signatures },
  unable: new Set(),
});
const open: SigningFacts = { parties, state: 'open', snapshot: null, unable: new Set() };
const as = (user: string, manages = false): Signer => ({ user, manages });

describe('freezing', () => {
  test('is for a manager who is neither the leaver nor a taker', () => {
    expect(refusalOfFreeze(open, as('u-manager', true), 0)).toBeNull();
    expect(refusalOfFreeze(open, as('u-supervisor', true), 0)).toBeNull();
    expect(refusalOfFreeze(open, as('u-supervisor'), 0)).toBe('own-handover');
    expect(refusalOfFreeze(open, as('u-leaver', true), 0)).toBe('own-handover');
    expect(refusalOfFreeze(open, as('u-taker', true), 0)).toBe('own-handover');
  });

  test('waits until every unexplained row is explained, and until the three parties are named', () => {
    const manager = as('u-manager', true);
    expect(refusalOfFreeze(open, manager, 1)).toBe('unexplained-left');
    const without = (changed: Partial<HandoverParties>) =>
      refusalOfFreeze({ ...open, parties: { ...parties, ...changed } }, manager, 0);
    expect(without({ takers: [] })).toBe('no-taker');
    expect(without({ supervisorUser: null })).toBe('no-supervisor');
    expect(without({ takers: [{ taker: 'sumei', userId: null }] })).toBe('taker-without-account');
    expect(without({ takers: [{ taker: 'sumei', userId: 'u-supervisor' }] })).toBe('supervisor-is-party');
    expect(without({ takers: [{ taker: 'sumei', userId: 'u-leaver' }] })).toBe('account-twice');
    const unable = (user: string) => refusalOfFreeze({ ...open, unable: new Set([user]) }, manager, 0);
    expect(unable('u-taker')).toBe('account-cannot-sign');
    expect(unable('u-supervisor')).toBe('account-cannot-sign');
    expect(unable('u-leaver')).toBeNull();
    // Who has left may have no account.
    expect(without({ leaverUser: null })).toBeNull();
    expect(refusalOfFreeze(signing(), manager, 0)).toBe('not-open');
  });
});

describe('signing', () => {
  test('is over the hash that stands', () => {
    expect(refusalOfSignature(signing(), as('u-taker'), takerSeat, hash)).toBeNull();
    expect(refusalOfSignature(signing(), as('u-taker'), takerSeat, other)).toBe('stale');
    expect(refusalOfSignature(open, as('u-taker'), takerSeat, hash)).toBe('not-frozen');
    const reopened: SigningFacts = {
      parties,
      state: 'open',
      snapshot: { hash, reopened: true, signatures: [] },
      unable: new Set(),
    };
    expect(refusalOfSignature(reopened, as('u-taker'), takerSeat, hash)).toBe('reopened');
  });

  test('is refused in the place of somebody else, and twice in one’s own', () => {
    const signed = { ...takerSeat, user: 'u-taker', absence: null };
    expect(refusalOfSignature(signing(), as('u-second'), takerSeat, hash)).toBe('not-party');
    // Only in the seats that there are: elsewhere their signature would stand for nobody.
    expect(refusalOfSignature(signing(), as('u-leaver'), { role: 'leaver', party: '' }, hash)).toBe(
      'not-party',
    );
    expect(
      refusalOfSignature(signing(), as('u-supervisor'), { role: 'supervisor', party: 'sumei' }, hash),
    ).toBe('not-party');
    expect(refusalOfSignature(signing([signed]), as('u-taker'), takerSeat, hash)).toBe('signed-already');
    expect(refusalOfSignature(signing(), as('u-manager', true), supervisorSeat, hash)).toBe('not-party');
  });

  test('of the leaver ends with the record of their absence', () => {
    const absent = { ...leaverSeat, user: 'u-supervisor', absence: '已离职' };
    expect(refusalOfSignature(signing([absent]), as('u-leaver'), leaverSeat, hash)).toBe('absence-recorded');
    // What was recorded in the leaver's place is not the supervisor's signature.
    expect(refusalOfSignature(signing([absent]), as('u-supervisor'), supervisorSeat, hash)).toBeNull();
  });
});

describe('an absence', () => {
  test('is recorded by the supervisor or an uninvolved manager, with a reason, once', () => {
    expect(refusalOfAbsence(signing(), as('u-supervisor'), hash, '已离职')).toBeNull();
    expect(refusalOfAbsence(signing(), as('u-manager', true), hash, '已离职')).toBeNull();
    expect(refusalOfAbsence(signing(), as('u-taker', true), hash, '已离职')).toBe('not-supervisor');
    expect(refusalOfAbsence(signing(), as('u-leaver', true), hash, '已离职')).toBe('not-supervisor');
    expect(refusalOfAbsence(signing(), as('u-stranger'), hash, '已离职')).toBe('not-supervisor');
    expect(refusalOfAbsence(signing(), as('u-supervisor'), hash, ' ')).toBe('reason-missing');
    const signed = { ...leaverSeat, user: 'u-leaver', absence: null };
    expect(refusalOfAbsence(signing([signed]), as('u-supervisor'), hash, '已离职')).toBe('leaver-signed');
  });
});

test('reopening takes a manager who judges nothing of their own, and a reason', () => {
  expect(refusalOfReopening(signing(), as('u-manager', true), '数据有误')).toBeNull();
  expect(refusalOfReopening({ ...signing(), state: 'signed' }, as('u-manager', true), '数据有误')).toBeNull();
  expect(refusalOfReopening(signing(), as('u-manager', true), '')).toBe('reason-missing');
  expect(refusalOfReopening(signing(), as('u-taker', true), '数据有误')).toBe('own-handover');
  expect(refusalOfReopening(open, as('u-manager', true), '数据有误')).toBe('not-frozen');
});

describe('whoever is bound to which party', () => {
  const account = fc.constantFrom('u1', 'u2', 'u3', 'u4', 'u5');
  const anyParties: fc.Arbitrary<HandoverParties> = fc.record({
    id: fc.constant(id),
    leaver: fc.constant('chenlin'),
    leaverUser: fc.option(account),
    leaverNamed: fc.option(account),
    supervisorUser: fc.option(account),
    takers: fc.uniqueArray(
      fc.record({ taker: fc.constantFrom('sumei', 'hanyu', 'chenlin'), userId: fc.option(account) }),
      { selector: ({ taker }) => taker, maxLength: 3 },
    ),
  });
  const attempt = fc.record({
    user: account,
    manages: fc.boolean(),
    seat: fc.nat({ max: 4 }),
    absence: fc.boolean(),
  });

  test('no order of attempts lets one person stand for two parties', () => {
    fc.assert(
      fc.property(anyParties, fc.array(attempt, { maxLength: 30 }), (bound, attempts) => {
        const signatures: SeatSignature[] = [];
        const seats = seatsOf(bound);
        for (const { user, manages, seat: index, absence } of attempts) {
          const facts = signing(signatures, bound);
          const seat = absence ? seats[0] : seats[index % seats.length];
          if (seat === undefined) continue;
          const refusal = absence
            ? refusalOfAbsence(facts, { user, manages }, hash, '已离职')
            : refusalOfSignature(facts, { user, manages }, seat, hash);
          if (refusal === null) signatures.push({ ...seat, user, absence: absence ? '已离职' : null });
        }
        const own = signatures.filter(({ absence }) => absence === null);
        // A person signs once, a seat is filled once.
        expect(new Set(own.map(({ user }) => user)).size).toBe(own.length);
        expect(new Set(signatures.map(({ role, party }) => `${role} ${party}`)).size).toBe(signatures.length);
        for (const { role, party, user } of own) {
          if (user === bound.leaverUser) expect(role).toBe('leaver');
          if (role === 'supervisor') {
            expect(user).toBe(bound.supervisorUser);
            expect(bound.takers.map(({ userId }) => userId)).not.toContain(user);
          }
          if (role === 'taker') expect(bound.takers).toContainEqual({ taker: party, userId: user });
        }
        for (const { user, absence } of signatures) {
          if (absence === null) continue;
          expect(user).not.toBe(bound.leaverUser);
          expect(bound.takers.map(({ userId }) => userId)).not.toContain(user);
        }
      }),
    );
  });

  test('what may be frozen can be signed to the end by its own parties', () => {
    fc.assert(
      fc.property(anyParties, (bound) => {
        fc.pre(refusalOfParties(bound) === null);
        const signatures: SeatSignature[] = [];
        for (const seat of seatsOf(bound)) {
          const facts = signing(signatures, bound);
          if (seat.role === 'leaver' && bound.leaverUser === null) {
            const by = bound.supervisorUser ?? '';
            expect(refusalOfAbsence(facts, as(by), hash, '已离职')).toBeNull();
            signatures.push({ ...seat, user: by, absence: '已离职' });
            continue;
          }
          const user =
            seat.role === 'leaver'
              ? bound.leaverUser
              : seat.role === 'supervisor'
                ? bound.supervisorUser
                : bound.takers.find(({ taker }) => taker === seat.party)?.userId;
          expect(refusalOfSignature(facts, as(user ?? ''), seat, hash)).toBeNull();
          signatures.push({ ...seat, user: user ?? '', absence: null });
        }
        expect(isComplete(bound, signatures)).toBe(true);
        expect(isComplete(bound, signatures.slice(1))).toBe(false);
      }),
    );
  });
});
