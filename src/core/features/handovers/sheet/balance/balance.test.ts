import { describe, expect, test } from 'vitest';

import {
  added,
  deletedByCustomer,
  deletedByLeaver,
  event,
  group,
  groupEvent,
  groupList,
  groupTransfer,
  leaver,
  list,
  liveCodes,
  moment,
  recorded,
  result,
  second,
  start,
  subject,
  taker,
  tasks,
  transferFailed,
  unassigned,
} from '../../../../../../test/support/handover-facts.ts';
import { day, dayFact, fact } from '../../../../../../test/support/feeds.ts';
import type { Fact } from '../../../feeds/model.ts';
import type { SheetSubject } from '../../model.ts';
import { type FeedClass, balanceSheet } from './balance.ts';

// Cases by hand for each rule of docs/handovers.md. The opening list is of 1 March, the last day 31 March.

const opening = list('2026-03-01', ['c']);

function balance(facts: readonly (Fact | readonly Fact[])[], change: Partial<SheetSubject> = {}) {
  return balanceSheet(recorded(facts.flat()), { ...subject, ...change });
}

function row(
  facts: readonly (Fact | readonly Fact[])[],
  name: FeedClass = 'customers',
  change: Partial<SheetSubject> = {},
) {
  const { rows } = balance(facts, change);
  expect(rows[name]).toHaveLength(1);
  const [only] = rows[name];
  if (only === undefined) throw new Error('no row');
  return only;
}

const unexplained = (why: string) => ({ outcome: 'unexplained', why, conflict: false });
const conflict = (why: string) => ({ outcome: 'unexplained', why, conflict: true });

describe('a customer', () => {
  test('who was listed, and of whom nothing else is known, was never handed over', () => {
    expect(row([opening])).toMatchObject({
      ...unexplained('never-started'),
      taker: null,
      at: null,
      late: false,
    });
    expect(row([unassigned('2026-03-31 18:00', 'c')])).toMatchObject(unexplained('never-started'));
  });

  test('with errcode 0 is only started, and waits', () => {
    expect(row([opening, start('2026-04-09', 'c')])).toMatchObject({
      outcome: 'waiting',
      why: 'started',
      taker,
      at: day('2026-04-09'),
    });
  });

  test('who waits is late when a day has certainly passed', () => {
    const late = (now: string) =>
      row([opening, start('2026-04-08', 'c')], 'customers', { now: moment(now) }).late;
    // The start may have been as late as midnight.
    expect(late('2026-04-09 23:00')).toBe(false);
    expect(late('2026-04-10 00:00')).toBe(true);
    const exact = fact('transfer-start', {
      employee: leaver,
      taker,
      item: 'c',
      code: '0',
      at: moment('2026-04-08 09:00'),
    });
    expect(row([opening, exact], 'customers', { now: moment('2026-04-09 09:00') }).late).toBe(false);
    expect(row([opening, exact], 'customers', { now: moment('2026-04-09 09:01') }).late).toBe(true);
  });

  test('whom another request was made for meanwhile has waited since the first', () => {
    const twice = row([opening, start('2026-04-05', 'c'), start('2026-04-10', 'c')]);
    expect(twice).toMatchObject({ outcome: 'waiting', at: day('2026-04-05'), late: true });
  });

  test.each([
    ['1', 'takenOver', 'status-1'],
    ['2', 'waiting', 'started'],
    ['3', 'refused', 'refused'],
    ['4', 'takerAtLimit', 'taker-at-limit'],
  ])('with status %s is %s', (status, outcome, why) => {
    expect(row([opening, start('2026-04-01', 'c'), result('2026-04-03', 'c', status)])).toMatchObject({
      outcome,
      why,
      taker,
    });
  });

  test('passed at the takeover_time', () => {
    const passed = row([
      opening,
      start('2026-04-01', 'c'),
      result('2026-04-03', 'c', '1', { passedAt: '2026-04-02 10:00' }),
    ]);
    expect(passed.at).toBe(moment('2026-04-02 10:00'));
  });

  test('passed by the day of the result where the takeover_time can’t be of this transfer', () => {
    const old = { passedAt: '2020-05-01 00:00' };
    expect(row([opening, start('2026-04-01', 'c'), result('2026-04-03', 'c', '1', old)])).toMatchObject({
      outcome: 'takenOver',
      at: day('2026-04-03'),
    });
    expect(row([opening, result('2026-04-03', 'c', '1', old)])).toMatchObject({
      outcome: 'takenOver',
      at: day('2026-04-03'),
    });
    const beforeStart = { passedAt: '2026-03-20 10:00' };
    const facts = [opening, start('2026-04-01', 'c'), result('2026-04-03', 'c', '1', beforeStart)];
    expect(row(facts)).toMatchObject({ outcome: 'takenOver', at: day('2026-04-03') });
  });

  test('who waits, then passes, then stands in other states of which no record is known', () => {
    expect(row([opening, result('2026-04-02', 'c', '2'), result('2026-04-04', 'c', '1')]).outcome).toBe(
      'takenOver',
    );
    expect(row([opening, result('2026-04-02', 'c', '5')])).toMatchObject(unexplained('no-record'));
    expect(row([opening, result('2026-04-02', 'c', '9')])).toMatchObject({
      ...unexplained('status-unknown'),
      whyValue: '9',
    });
  });

  test('is invalid by 40096, and unexplained by any other errcode', () => {
    expect(row([opening, start('2026-04-01', 'c', '40096')])).toMatchObject({ outcome: 'invalid', taker });
    expect(row([opening, start('2026-04-01', 'c', '40129')])).toMatchObject({
      ...unexplained('errcode'),
      whyValue: '40129',
    });
    // Asking again for what waits is refused, and changes nothing.
    expect(row([opening, start('2026-04-01', 'c'), start('2026-04-02', 'c', '40129')]).outcome).toBe(
      'waiting',
    );
    expect(row([opening, start('2026-04-01', 'c'), start('2026-04-02', 'c', '40096')]).outcome).toBe(
      'invalid',
    );
    expect(row([opening, start('2026-04-01', 'c', '40096'), start('2026-04-02', 'c')]).outcome).toBe(
      'waiting',
    );
  });

  test('is refused or at the limit by the event as by the status', () => {
    expect(
      row([opening, start('2026-04-01', 'c'), transferFailed('2026-04-02 09:00', 'c', 'customer_refused')]),
    ).toMatchObject({ outcome: 'refused', taker, at: moment('2026-04-02 09:00') });
    expect(row([opening, transferFailed('2026-04-02 09:00', 'c', 'customer_limit_exceed')])).toMatchObject({
      outcome: 'takerAtLimit',
      taker,
    });
    expect(
      row([opening, start('2026-04-01', 'c'), transferFailed('2026-04-02 09:00', 'c', 'other')]),
    ).toMatchObject({
      ...unexplained('transfer-failed'),
      whyValue: 'other',
    });
  });

  test('may be asked again: the later step holds', () => {
    const refused = [opening, start('2026-04-01', 'c'), result('2026-04-03', 'c', '3')];
    expect(row([...refused, start('2026-04-04', 'c')])).toMatchObject({ outcome: 'waiting', taker });
    expect(row([...refused, start('2026-04-04', 'c', '0', second)])).toMatchObject({
      outcome: 'waiting',
      taker: second,
    });
    expect(
      row([
        ...refused,
        start('2026-04-04', 'c', '0', second),
        result('2026-04-06', 'c', '1', { to: second }),
      ]),
    ).toMatchObject({ outcome: 'takenOver', taker: second, conflict: false });
    expect(row([...refused, start('2026-04-04', 'c'), result('2026-04-06', 'c', '1')])).toMatchObject({
      outcome: 'takenOver',
      taker,
      conflict: false,
    });
    const limit = [opening, start('2026-04-01', 'c'), result('2026-04-03', 'c', '4')];
    expect(row([...limit, start('2026-04-04', 'c', '0', second)]).outcome).toBe('waiting');
  });

  test('whose answers name no taker is judged all the same', () => {
    const facts = [
      opening,
      start('2026-04-01', 'c', '0', null),
      result('2026-04-03', 'c', '1', { to: null }),
    ];
    expect(row(facts)).toMatchObject({ outcome: 'takenOver', taker: null });
    expect(row([...facts, list('2026-04-05', ['c'], taker)])).toMatchObject({ outcome: 'takenOver', taker });
  });
});

describe('a taker’s own list', () => {
  test('shows a takeover from the start or the last day on', () => {
    expect(row([opening, start('2026-03-20', 'c'), list('2026-03-22', ['c'], taker)])).toMatchObject({
      outcome: 'takenOver',
      why: 'own-list',
      taker,
    });
    expect(row([opening, list('2026-04-02', ['c'], taker)]).outcome).toBe('takenOver');
    expect(row([opening, list('2026-03-31', ['c'], taker)]).outcome).toBe('takenOver');
    // Before, the customer was both's.
    expect(row([opening, list('2026-03-15', ['c'], taker)])).toMatchObject(unexplained('never-started'));
    expect(row([opening, list('2026-03-15', ['c'], taker), start('2026-03-20', 'c')]).outcome).toBe(
      'waiting',
    );
  });

  test('is nobody else’s, unless nobody is known to take over', () => {
    const facts = [opening, list('2026-04-02', ['c'], 'sun')];
    expect(row(facts)).toMatchObject(unexplained('never-started'));
    expect(row(facts, 'customers', { takers: [] })).toMatchObject({ outcome: 'takenOver', taker: 'sun' });
    // The records name a taker as well as people do.
    const named = [
      opening,
      list('2026-03-01', ['d']),
      start('2026-04-01', 'd', '0', 'sun'),
      list('2026-04-02', ['c'], 'sun'),
    ];
    const { rows } = balance(named, { takers: [] });
    expect(rows.customers.find(({ id }) => id === 'c')).toMatchObject({ outcome: 'takenOver', taker: 'sun' });
  });

  test('holds against an answer that there was none only where they became contacts later', () => {
    const listed = (since?: string) =>
      dayFact('listed', '2026-04-05', {
        employee: taker,
        item: 'c',
        ...(since === undefined ? {} : { otherAt: moment(since) }),
      });
    const contradiction = conflict('conflict-failed-held');
    for (const status of ['3', '4']) {
      const refused = [opening, start('2026-04-01', 'c'), result('2026-04-02', 'c', status)];
      expect(row([...refused, listed('2026-04-03 10:00')])).toMatchObject({
        outcome: 'takenOver',
        why: 'own-list',
        conflict: false,
      });
      // Nothing says when, or it was before the refusal.
      expect(row([...refused, listed()])).toMatchObject(contradiction);
      expect(row([...refused, listed('2026-04-02 10:00')])).toMatchObject(contradiction);
      expect(row([...refused, listed('2025-06-01')])).toMatchObject(contradiction);
      // Asked for again, it may have passed.
      expect(row([...refused, start('2026-04-03', 'c'), listed()]).outcome).toBe('takenOver');
      // Somebody else was not refused.
      expect(
        row([...refused, list('2026-04-05', ['c'], second)], 'customers', { takers: [taker, second] }),
      ).toMatchObject({ outcome: 'takenOver', taker: second });
    }
    const invalid = [opening, start('2026-04-01', 'c', '40096')];
    expect(row([...invalid, listed()])).toMatchObject(contradiction);
    expect(row([...invalid, listed('2026-04-03 10:00')]).outcome).toBe('takenOver');
    expect(row([...invalid, result('2026-04-03', 'c', '1', { passedAt: '2026-04-02 10:00' })])).toMatchObject(
      contradiction,
    );
    expect(
      row([
        ...invalid,
        start('2026-04-01', 'c'),
        result('2026-04-03', 'c', '1', { passedAt: '2026-04-02 10:00' }),
      ]).outcome,
    ).toBe('takenOver');
  });

  test('stands against a result that is still waiting afterwards', () => {
    const asked = [opening, start('2026-04-01', 'c')];
    const waits = result('2026-04-08', 'c', '2');
    expect(row([...asked, list('2026-04-05', ['c'], taker), waits])).toMatchObject(
      conflict('conflict-failed-held'),
    );
    expect(row([...asked, waits, list('2026-04-08', ['c'], taker)]).outcome).toBe('takenOver');
    const before = dayFact('listed', '2026-04-05', {
      employee: taker,
      item: 'c',
      otherAt: moment('2025-01-01'),
    });
    expect(row([...asked, before, waits])).toMatchObject({ outcome: 'waiting', conflict: false });
  });

  test('shows no takeover where another taker was asked and the customer was a contact before', () => {
    const before = dayFact('listed', '2026-04-05', {
      employee: second,
      item: 'c',
      otherAt: moment('2025-06-01'),
    });
    const facts = [
      opening,
      start('2026-04-01', 'c'),
      dayFact('list', '2026-04-05', { employee: second }),
      before,
    ];
    expect(row(facts, 'customers', { takers: [taker, second] }).outcome).toBe('waiting');
  });

  test('tells the moment where it has the day they became contacts', () => {
    const since = dayFact('listed', '2026-04-05', {
      employee: taker,
      item: 'c',
      otherAt: moment('2026-04-02 11:00'),
    });
    expect(row([opening, start('2026-04-01', 'c'), since]).at).toBe(moment('2026-04-02 11:00'));
  });

  test('proves nothing where nobody knows when the leaver leaves, unless it is later than the leaver’s own', () => {
    const nobodyKnows = { lastDayEnd: null };
    expect(row([opening, list('2026-03-01', ['c'], taker)], 'customers', nobodyKnows).outcome).toBe(
      'unexplained',
    );
    expect(row([opening, list('2026-03-02', ['c'], taker)], 'customers', nobodyKnows).outcome).toBe(
      'takenOver',
    );
    expect(
      row([opening, list('2026-03-02', ['c'], taker)], 'customers', { ...nobodyKnows, takers: [] }).outcome,
    ).toBe('unexplained');
  });
});

describe('a deletion', () => {
  test('is the customer’s or the leaver’s', () => {
    expect(row([opening, deletedByCustomer('2026-03-05 10:00', 'c')])).toMatchObject({
      outcome: 'deletedByCustomer',
      at: moment('2026-03-05 10:00'),
    });
    expect(row([opening, deletedByLeaver('2026-03-05 10:00', 'c')]).outcome).toBe('deletedByLeaver');
  });

  test('of several, the first ended it', () => {
    const facts = [
      opening,
      deletedByCustomer('2026-03-05 10:00', 'c'),
      deletedByLeaver('2026-03-06 10:00', 'c'),
    ];
    expect(row(facts)).toMatchObject({ outcome: 'deletedByCustomer', at: moment('2026-03-05 10:00') });
  });

  test('is cancelled by adding again, by event or by the list’s day of becoming contacts', () => {
    const gone = [opening, deletedByLeaver('2026-03-05 10:00', 'c')];
    expect(row([...gone, added('2026-03-07 10:00', 'c')])).toMatchObject(unexplained('never-started'));
    const again = dayFact('listed', '2026-03-10', {
      employee: leaver,
      item: 'c',
      otherAt: moment('2026-03-07 10:00'),
    });
    expect(row([...gone, again])).toMatchObject(unexplained('never-started'));
    expect(
      row([
        ...gone,
        added('2026-03-07 10:00', 'c'),
        start('2026-04-01', 'c'),
        result('2026-04-03', 'c', '1'),
      ]),
    ).toMatchObject({ outcome: 'takenOver', conflict: false });
  });

  test('by a transfer is none, and no proof of one', () => {
    const moved = event('2026-03-05 10:00', 'c', 'del_external_contact', { detail: 'DELETE_BY_TRANSFER' });
    expect(row([opening, moved])).toMatchObject(unexplained('moved-without-record'));
    expect(row([opening, start('2026-03-04', 'c'), moved]).outcome).toBe('waiting');
    expect(row([opening, start('2026-03-04', 'c'), moved, result('2026-03-06', 'c', '1')]).outcome).toBe(
      'takenOver',
    );
  });

  test('explains a refused transfer, and holds while one waits', () => {
    const gone = [opening, deletedByCustomer('2026-03-05 10:00', 'c')];
    expect(row([...gone, start('2026-04-01', 'c', '40096')]).outcome).toBe('deletedByCustomer');
    expect(row([opening, start('2026-04-01', 'c'), deletedByCustomer('2026-04-02 10:00', 'c')]).outcome).toBe(
      'deletedByCustomer',
    );
    expect(
      row([
        opening,
        start('2026-04-01', 'c'),
        result('2026-04-02', 'c', '3'),
        deletedByCustomer('2026-04-04 10:00', 'c'),
      ]).outcome,
    ).toBe('deletedByCustomer');
  });

  test('after the takeover is the taker’s matter', () => {
    const passed = [
      opening,
      start('2026-04-01', 'c'),
      result('2026-04-03', 'c', '1', { passedAt: '2026-04-02 10:00' }),
    ];
    expect(row([...passed, deletedByCustomer('2026-04-05 10:00', 'c')])).toMatchObject({
      outcome: 'takenOver',
      conflict: false,
    });
    const lost = event('2026-04-05 10:00', 'c', 'del_follow_user', { employee: taker });
    expect(row([...passed, lost, list('2026-04-08', [], taker)])).toMatchObject({
      outcome: 'takenOver',
      conflict: false,
    });
  });

  test('of a contact that a taker had anyway leaves no takeover', () => {
    const facts = [opening, deletedByCustomer('2026-03-05 10:00', 'c'), list('2026-04-02', ['c'], taker)];
    expect(row(facts)).toMatchObject({ outcome: 'deletedByCustomer', conflict: false });
    const later = dayFact('listed', '2026-04-05', {
      employee: taker,
      item: 'c',
      otherAt: moment('2026-04-03 10:00'),
    });
    expect(row([...facts, later])).toMatchObject({ outcome: 'takenOver', why: 'own-list', conflict: false });
  });
});

describe('records that can’t all be true', () => {
  const asked = [opening, start('2026-04-01', 'c')];

  test('two ends of one attempt', () => {
    expect(row([...asked, result('2026-04-03', 'c', '1'), result('2026-04-05', 'c', '3')])).toMatchObject(
      conflict('conflict-statuses'),
    );
    expect(row([...asked, result('2026-04-03', 'c', '3'), result('2026-04-05', 'c', '1')])).toMatchObject(
      conflict('conflict-statuses'),
    );
    expect(row([...asked, result('2026-04-03', 'c', '3'), result('2026-04-03', 'c', '4')])).toMatchObject(
      conflict('conflict-statuses'),
    );
    expect(
      row([
        ...asked,
        result('2026-04-03', 'c', '1'),
        transferFailed('2026-04-03 10:00', 'c', 'customer_refused'),
      ]),
    ).toMatchObject(conflict('conflict-statuses'));
    expect(row([...asked, result('2026-04-03', 'c', '1'), result('2026-04-05', 'c', '2')])).toMatchObject(
      conflict('conflict-statuses'),
    );
  });

  test('but not with a new start in between, nor in an order that one day allows', () => {
    expect(
      row([
        ...asked,
        result('2026-04-03', 'c', '1'),
        start('2026-04-04', 'c'),
        result('2026-04-05', 'c', '3'),
      ]),
    ).toMatchObject({ outcome: 'refused', conflict: false });
    expect(row([...asked, result('2026-04-03', 'c', '2'), result('2026-04-03', 'c', '1')])).toMatchObject({
      outcome: 'takenOver',
      conflict: false,
    });
    // Refused and asked again on one day, then passed.
    expect(
      row([
        opening,
        start('2026-04-01', 'c'),
        result('2026-04-03', 'c', '3'),
        start('2026-04-03', 'c'),
        result('2026-04-06', 'c', '1'),
      ]),
    ).toMatchObject({ outcome: 'takenOver', conflict: false });
  });

  test('two takers', () => {
    const facts = [opening, result('2026-04-03', 'c', '1'), result('2026-04-05', 'c', '1', { to: second })];
    expect(row(facts)).toMatchObject(conflict('conflict-two-takers'));
    // The first passed them on.
    const on = dayFact('transfer-result', '2026-04-05', {
      employee: taker,
      taker: second,
      item: 'c',
      code: '1',
    });
    expect(row([opening, result('2026-04-03', 'c', '1'), on])).toMatchObject({
      outcome: 'takenOver',
      taker,
      conflict: false,
    });
  });

  test('a takeover that the taker’s later list lacks, with nothing to explain it', () => {
    const passed = [...asked, result('2026-04-03', 'c', '1')];
    const lacks = row([...passed, list('2026-04-08', ['d'], taker)]);
    expect(lacks).toMatchObject(conflict('conflict-taker-lacks'));
    expect(lacks.sources.map(({ says }) => says)).toContain('absent-taker');
    // Of the same day, the list may be from before.
    expect(row([...passed, list('2026-04-03', [], taker)])).toMatchObject({ outcome: 'takenOver' });
    expect(row([...passed, list('2026-04-08', [], taker), list('2026-04-09', ['c'], taker)])).toMatchObject({
      outcome: 'takenOver',
    });
  });

  test('a takeover of somebody whose contact had ended', () => {
    const passed = result('2026-04-03', 'c', '1', { passedAt: '2026-04-02 10:00' });
    expect(
      row([opening, deletedByCustomer('2026-03-05 10:00', 'c'), start('2026-04-01', 'c'), passed]),
    ).toMatchObject(conflict('conflict-deleted-before'));
    expect(row([opening, deletedByLeaver('2026-03-05 10:00', 'c'), passed])).toMatchObject(
      conflict('conflict-deleted-before'),
    );
  });

  test('a takeover, and the leaver’s later list still has them', () => {
    const facts = [
      opening,
      start('2026-03-10', 'c'),
      result('2026-03-12', 'c', '1'),
      list('2026-03-20', ['c']),
    ];
    expect(row(facts)).toMatchObject(conflict('conflict-still-listed'));
    expect(row([...facts, added('2026-03-15 10:00', 'c')])).toMatchObject({
      outcome: 'takenOver',
      conflict: false,
    });
  });

  test('a deletion by the leaver, and later records that show the contact', () => {
    const gone = [opening, deletedByLeaver('2026-03-05 10:00', 'c')];
    expect(row([...gone, list('2026-03-20', ['c'])])).toMatchObject(conflict('conflict-deleted-still-there'));
    expect(row([...gone, unassigned('2026-03-31 18:00', 'c')])).toMatchObject(
      conflict('conflict-deleted-still-there'),
    );
    expect(row([...gone, start('2026-04-01', 'c')])).toMatchObject(conflict('conflict-deleted-still-there'));
    // The list of that very day may be from the morning.
    expect(row([...gone, list('2026-03-05', ['c'])])).toMatchObject({
      outcome: 'deletedByLeaver',
      conflict: false,
    });
    // Whoever deleted the leaver stays in the leaver's list.
    expect(
      row([opening, deletedByCustomer('2026-03-05 10:00', 'c'), list('2026-03-20', ['c'])]),
    ).toMatchObject({ outcome: 'deletedByCustomer', conflict: false });
  });

  test('keep both sources', () => {
    const { sources } = row([...asked, result('2026-04-03', 'c', '1'), result('2026-04-05', 'c', '3')]);
    expect(sources.map(({ says }) => says)).toEqual(['listed', 'started', 'status-1', 'status-3']);
  });
});

describe('the opening balance', () => {
  test('keeps whom a later list leaves out', () => {
    const { rows } = balance([list('2026-03-01', ['c', 'd']), list('2026-03-20', ['d'])]);
    expect(rows.customers).toMatchObject([
      { id: 'c', ...unexplained('vanished'), at: day('2026-03-20') },
      { id: 'd', ...unexplained('never-started') },
    ]);
    expect(rows.customers[0]?.sources.map(({ says }) => says)).toEqual(['listed', 'absent']);
  });

  test('counts pages of one day as one list', () => {
    const { rows } = balance([list('2026-03-01', ['c']), list('2026-03-01', ['d'])]);
    expect(rows.customers.map(({ why }) => why)).toEqual(['never-started', 'never-started']);
  });

  test('has everybody whom any record shows as the leaver’s', () => {
    const { rows } = balance([
      list('2026-03-01', ['listed']),
      unassigned('2026-03-31 18:00', 'unassigned'),
      start('2026-04-01', 'started'),
      start('2026-04-01', 'invalid', '40096'),
      result('2026-04-01', 'resulted', '1'),
      added('2026-03-10 10:00', 'added'),
      event('2026-03-10 10:00', 'edited', 'edit_external_contact'),
      event('2026-03-10 10:00', 'approved', 'msg_audit_approved'),
      deletedByCustomer('2026-03-10 10:00', 'deleted'),
      dayFact('transfer-result', '2026-03-10', {
        employee: 'sun',
        taker: leaver,
        item: 'received',
        code: '1',
      }),
      // These were never the leaver's.
      event('2026-03-10 10:00', 'half', 'add_half_external_contact'),
      event('2026-03-10 10:00', 'half-gone', 'add_half_external_contact'),
      deletedByCustomer('2026-03-11 10:00', 'half-gone'),
      list('2026-03-10', ['of-another'], 'sun'),
    ]);
    expect(rows.customers.map(({ id }) => id)).toEqual([
      'added',
      'approved',
      'deleted',
      'edited',
      'invalid',
      'listed',
      'received',
      'resulted',
      'started',
      'unassigned',
    ]);
  });

  test('begins with the first evidence within the year before the last day, or when people say', () => {
    const facts = [
      list('2025-03-01', ['old', 'gone', 'passed']),
      deletedByCustomer('2025-03-20 10:00', 'gone'),
      dayFact('transfer-result', '2025-03-21', { employee: leaver, taker: 'sun', item: 'passed', code: '1' }),
      list('2025-06-01', ['old']),
      list('2026-03-01', ['old', 'new']),
      deletedByCustomer('2025-07-01 10:00', 'old'),
    ];
    const byEvidence = balance(facts);
    expect(byEvidence.openingAt).toBe(day('2025-06-01'));
    expect(byEvidence.rows.customers.map(({ id }) => id)).toEqual(['new', 'old']);
    const named = balance(facts, { openingAt: day('2025-03-01') });
    expect(named.rows.customers.map(({ id }) => id)).toEqual(['gone', 'new', 'old', 'passed']);
    // Ended before, but in a list after: the records contradict nothing that is settled.
    const late = balance(facts, { openingAt: day('2026-01-01') });
    expect(late.rows.customers.map(({ id }) => id)).toEqual(['new', 'old']);
  });

  test('has nothing where nothing is known', () => {
    const empty = balance([list('2026-03-01', [])]);
    expect(empty).toMatchObject({
      openingAt: null,
      rows: { customers: [], groups: [], liveCodes: [], tasks: [] },
      findings: [],
    });
  });
});

describe('a group', () => {
  const owned = group('2026-03-01', 'g', leaver, '0');

  test('stays the leaver’s until a record shows another owner', () => {
    expect(row([owned], 'groups')).toMatchObject(unexplained('never-started'));
    expect(row([owned, group('2026-04-02', 'g', null, '1')], 'groups')).toMatchObject(
      unexplained('owner-left'),
    );
    expect(row([owned, group('2026-04-02', 'g', taker)], 'groups')).toMatchObject({
      outcome: 'takenOver',
      taker,
    });
    expect(row([owned, group('2026-04-02', 'g', 'sun')], 'groups')).toMatchObject({
      outcome: 'takenOver',
      taker: 'sun',
    });
  });

  test('is being inherited, then inherited', () => {
    const asked = [owned, groupTransfer('2026-04-01', 'g')];
    expect(row(asked, 'groups')).toMatchObject({
      outcome: 'waiting',
      why: 'group-started',
      taker,
      late: true,
    });
    expect(row([...asked, group('2026-04-02', 'g', null, '2')], 'groups')).toMatchObject({
      outcome: 'waiting',
      why: 'group-being-inherited',
    });
    expect(row([...asked, group('2026-04-02', 'g', null, '3')], 'groups')).toMatchObject({
      outcome: 'takenOver',
      why: 'group-inherited',
      taker,
    });
    expect(row([owned, groupTransfer('2026-04-01', 'g', '90500')], 'groups')).toMatchObject({
      ...unexplained('group-errcode'),
      whyValue: '90500',
    });
  });

  test('that passed at an event has its time', () => {
    const changed = groupEvent('2026-03-15 10:00', 'g', 'update', 'change_owner');
    expect(row([owned, changed, group('2026-04-02', 'g', taker)], 'groups').at).toBe(
      moment('2026-03-15 10:00'),
    );
  });

  test('that was dissolved, was so by the leaver until the last day', () => {
    expect(row([owned, groupEvent('2026-03-31 20:00', 'g', 'dismiss')], 'groups')).toMatchObject({
      outcome: 'deletedByLeaver',
    });
    expect(row([owned, groupEvent('2026-04-01 08:00', 'g', 'dismiss')], 'groups')).toMatchObject({
      outcome: 'invalid',
    });
    expect(
      row([owned, group('2026-04-02', 'g', taker), groupEvent('2026-04-05 08:00', 'g', 'dismiss')], 'groups'),
    ).toMatchObject({ outcome: 'takenOver' });
  });

  test('that vanished from a later list is unexplained', () => {
    const gone = row([owned, groupList('2026-03-01'), groupList('2026-03-20')], 'groups');
    expect(gone).toMatchObject(unexplained('vanished-group'));
    expect(row([owned, groupList('2026-03-20', null)], 'groups')).toMatchObject(
      unexplained('vanished-group'),
    );
    expect(row([owned, groupList('2026-03-20', 'sun')], 'groups')).toMatchObject(
      unexplained('never-started'),
    );
  });

  test('shows contradictions', () => {
    expect(
      row(
        [owned, groupEvent('2026-03-15 10:00', 'g', 'dismiss'), group('2026-03-20', 'g', leaver)],
        'groups',
      ),
    ).toMatchObject(conflict('conflict-dismissed-still-there'));
    expect(
      row([owned, group('2026-03-15', 'g', taker), group('2026-03-20', 'g', leaver)], 'groups'),
    ).toMatchObject(conflict('conflict-owner-back'));
    const back = groupEvent('2026-03-18 10:00', 'g', 'update', 'change_owner');
    expect(
      row([owned, group('2026-03-15', 'g', taker), back, group('2026-03-20', 'g', leaver)], 'groups'),
    ).toMatchObject(unexplained('never-started'));
    expect(
      row([owned, group('2026-04-02', 'g', null, '3'), group('2026-04-05', 'g', null, '1')], 'groups'),
    ).toMatchObject(conflict('conflict-group-status'));
  });
});

describe('a live code', () => {
  test('has passed when it leads to others only', () => {
    const first = liveCodes('2026-03-01', [['q', leaver]]);
    expect(row([first], 'liveCodes')).toMatchObject(unexplained('still-routes'));
    expect(row([first, liveCodes('2026-04-02', [['q', taker]])], 'liveCodes')).toMatchObject({
      outcome: 'takenOver',
      taker,
      at: day('2026-04-02'),
    });
    expect(
      row(
        [
          first,
          liveCodes('2026-04-02', [
            ['q', leaver],
            ['q', taker],
          ]),
        ],
        'liveCodes',
      ),
    ).toMatchObject({ ...unexplained('still-routes'), whyValue: taker });
    expect(row([first, liveCodes('2026-04-02', [['q', leaver, 'disabled']])], 'liveCodes').outcome).toBe(
      'invalid',
    );
    expect(row([first, liveCodes('2026-04-02', [['q', null]])], 'liveCodes')).toMatchObject(
      unexplained('routes-nowhere'),
    );
    expect(row([first, liveCodes('2026-04-02', [])], 'liveCodes')).toMatchObject(
      unexplained('missing-later'),
    );
  });

  test('that passed or ended stays so in a later table that leaves it out, such as another branch’s', () => {
    const first = liveCodes('2026-03-01', [['q', leaver]]);
    const later = liveCodes('2026-05-02', [['other', second]]);
    expect(row([first, liveCodes('2026-04-02', [['q', taker]]), later], 'liveCodes')).toMatchObject({
      outcome: 'takenOver',
      taker,
    });
    expect(
      row([first, liveCodes('2026-04-02', [['q', leaver, 'disabled']]), later], 'liveCodes').outcome,
    ).toBe('invalid');
  });
});

describe('a task', () => {
  test('is closed by passing, doing or cancelling it', () => {
    const first = tasks('2026-03-01', [['t', leaver]]);
    expect(row([first], 'tasks')).toMatchObject(unexplained('task-still-open'));
    expect(row([first, tasks('2026-04-02', [['t', taker]])], 'tasks')).toMatchObject({
      outcome: 'takenOver',
      taker,
    });
    expect(row([first, tasks('2026-03-20', [['t', leaver, 'done']])], 'tasks')).toMatchObject({
      outcome: 'invalid',
      why: 'task-done',
    });
    expect(row([first, tasks('2026-03-20', [['t', leaver, 'cancelled']])], 'tasks')).toMatchObject({
      outcome: 'invalid',
      why: 'task-cancelled',
    });
    expect(row([first, tasks('2026-04-02', [])], 'tasks')).toMatchObject(unexplained('missing-later'));
    // Tables may name open tasks only: what was passed on is done one day.
    expect(row([first, tasks('2026-04-02', [['t', taker]]), tasks('2026-05-02', [])], 'tasks')).toMatchObject(
      { outcome: 'takenOver', taker },
    );
    expect(balance([tasks('2026-03-01', [['t', leaver, 'done']])]).rows.tasks).toEqual([]);
  });
});

describe('findings of procedure', () => {
  const kinds = (facts: readonly (Fact | readonly Fact[])[], change: Partial<SheetSubject> = {}) =>
    balance(facts, change).findings.map(({ kind }) => kind);

  test('name what is late, in one', () => {
    const { findings } = balance([
      list('2026-03-01', ['c', 'd']),
      start('2026-04-01', 'c'),
      start('2026-04-02', 'd'),
    ]);
    expect(findings).toMatchObject([{ kind: 'transfer-late', at: day('2026-04-01'), values: { count: 2 } }]);
    expect(findings[0]?.evidence).toHaveLength(2);
  });

  test('name a customer who was transferred more than twice in 90 days on the job', () => {
    const done = (of: string, to: string) => [start(of, 'c', '0', to), result(of, 'c', '1', { to })];
    const received = (of: string) =>
      dayFact('transfer-start', of, { employee: 'sun', taker: leaver, item: 'c', code: '0' });
    expect(
      kinds([opening, received('2026-01-05'), received('2026-02-05'), done('2026-03-05', taker)]),
    ).toContain('transfer-limit');
    expect(
      kinds([opening, received('2025-12-01'), received('2026-02-05'), done('2026-03-05', taker)]),
    ).not.toContain('transfer-limit');
    // After the last day it is no transfer on the job.
    expect(
      kinds([opening, received('2026-02-05'), received('2026-03-05'), done('2026-04-05', taker)]),
    ).not.toContain('transfer-limit');
  });

  test('say when a year has passed and something is open', () => {
    expect(kinds([opening], { now: moment('2027-03-31 12:00') })).toEqual([]);
    expect(kinds([opening], { now: moment('2027-04-01 00:00') })).toEqual(['beyond-one-year']);
    expect(kinds([opening, result('2026-04-03', 'c', '1')], { now: moment('2027-05-01') })).toEqual([]);
    // The year ends at midnight of the workspace's zone.
    expect(balance([opening], { now: moment('2027-03-31 23:59') }).beyondYear).toBe(false);
    expect(balance([opening], { now: moment('2027-04-01 00:00') }).beyondYear).toBe(true);
    expect(balance([opening], { lastDayEnd: null, now: moment('2028-01-01') }).beyondYear).toBe(false);
    expect(kinds([opening, start('2027-04-02', 'c')], { now: moment('2027-04-02 12:00') })).toEqual([
      'beyond-one-year',
    ]);
  });

  test('find the owner of groups whom the unassigned list leaves out', () => {
    const owned = group('2026-03-01', 'g', leaver, '1');
    expect(kinds([owned])).toEqual(['group-owner-without-customers']);
    expect(kinds([owned, opening])).toEqual([]);
  });

  test('name who has customers and is no taker', () => {
    const { findings } = balance([opening, list('2026-04-02', ['c'], 'sun')]);
    expect(findings).toMatchObject([
      { kind: 'held-by-other', key: 'held-by-other:sun', values: { employee: 'sun', count: 1 } },
    ]);
  });
});

test('time alone changes a sheet at the moment it says', () => {
  const facts = [opening, start('2026-04-10', 'c')];
  const { holdsUntil } = balance(facts);
  expect(holdsUntil).toBe(day('2026-04-12') - 1);
  const at = (now: number) => row(facts, 'customers', { now: now as typeof subject.now }).late;
  expect([at(holdsUntil), at(holdsUntil + 1)]).toEqual([false, true]);
});

describe('whoever leaves, comes back and leaves again', () => {
  // Away from 31 March 2025 on; back on 10 January 2026.
  const facts = [
    list('2025-03-01', ['first', 'kept']),
    start('2025-04-01', 'first'),
    result('2025-04-03', 'first', '1', { passedAt: '2025-04-02 10:00' }),
    added('2026-01-10 09:00', 'second'),
    list('2026-03-01', ['second']),
  ];
  const ids = (change: Partial<SheetSubject>) => balance(facts, change).rows.customers.map(({ id }) => id);

  test('had the later customers in no sheet of the first departure', () => {
    expect(ids({ lastDayEnd: day('2025-04-01') })).toEqual(['first', 'kept']);
  });

  test('hands over for the second time what was not handed over the first time, and what came since', () => {
    const change = { previousEnd: day('2025-04-01') };
    expect(ids(change)).toEqual(['kept', 'second']);
    expect(balance(facts, change).openingAt).toBe(moment('2026-01-10 09:00'));
    expect(balance(facts.slice(0, 3), change).openingAt).toBe(day('2025-04-01'));
  });

  const idsOf = (
    name: FeedClass,
    those: readonly (Fact | readonly Fact[])[],
    change: Partial<SheetSubject>,
  ) => balance(those, change).rows[name].map(({ id }) => id);
  const [firstTime, secondTime] = [
    { lastDayEnd: day('2025-04-01'), leavesAgain: true },
    { previousEnd: day('2025-04-01') },
  ];

  test.each([
    ['liveCodes', liveCodes],
    ['tasks', tasks],
  ] as const)(
    'has %s of the second time in the second sheet only, and those that passed in the first',
    (name, table) => {
      const those = [
        table('2025-03-01', [
          ['first', leaver],
          ['kept', leaver],
        ]),
        // It names what was the leaver's: what it lacks they didn't have.
        table('2025-05-01', [
          ['first', taker],
          ['kept', leaver],
        ]),
        table('2026-01-10', [
          ['first', taker],
          ['kept', leaver],
          ['second', leaver],
        ]),
      ];
      expect(idsOf(name, those, firstTime)).toEqual(['first', 'kept']);
      expect(idsOf(name, those, secondTime)).toEqual(['kept', 'second']);
      expect(balance(those, secondTime).openingAt).toBe(day('2026-01-10'));
    },
  );

  test('has in the only sheet there is what was pointed at the leaver after the last day', () => {
    const those = [
      liveCodes('2025-03-01', [['kept', leaver]]),
      liveCodes('2025-05-01', [['kept', leaver]]),
      liveCodes('2025-06-01', [['later', leaver]]),
      [groupEvent('2025-05-02 10:00', 'salon', 'create'), group('2025-06-01', 'salon', leaver)].flat(),
    ];
    expect(idsOf('liveCodes', those, { ...firstTime, leavesAgain: false })).toEqual(['kept', 'later']);
    expect(idsOf('groups', those, { ...firstTime, leavesAgain: false })).toEqual(['salon']);
    expect(idsOf('liveCodes', those, firstTime)).toEqual(['kept']);
    expect(idsOf('groups', those, firstTime)).toEqual([]);
  });

  test('has what only a table of others lacks in both: it may have been the leaver’s all along', () => {
    const those = [
      liveCodes('2025-03-01', [['first', leaver]]),
      liveCodes('2025-05-01', [['of another branch', second]]),
      liveCodes('2026-01-10', [['unsure', leaver]]),
    ];
    expect(idsOf('liveCodes', those, firstTime)).toEqual(['first', 'unsure']);
    // Somebody else had it after the end: then it came later.
    const passed = [...those, liveCodes('2025-06-01', [['unsure', second]])];
    expect(idsOf('liveCodes', passed, firstTime)).toEqual(['first']);
  });

  describe('with groups', () => {
    const first = [
      group('2025-03-01', 'first', leaver),
      group('2025-04-02', 'first', taker),
      group('2025-03-01', 'kept', leaver),
    ];

    test.each([
      [
        'was created then',
        [groupEvent('2026-01-12 10:00', 'second', 'create'), group('2026-03-01', 'second', leaver)],
      ],
      [
        'says when it was created',
        [
          dayFact('group', '2026-03-01', {
            item: 'second',
            employee: leaver,
            data: { created: moment('2026-01-12 10:00') },
          }),
        ],
      ],
      [
        'had another owner between',
        [group('2025-06-01', 'second', 'sun'), group('2026-01-12', 'second', leaver)],
      ],
      [
        'changed its owner then',
        [
          groupEvent('2026-01-12 10:00', 'second', 'update', 'change_owner'),
          group('2026-03-01', 'second', leaver),
        ],
      ],
      ['is not in the list of that day', [groupList('2026-01-10'), group('2026-01-12', 'second', leaver)]],
    ])('counts for the second time one that %s', (_how, later) => {
      expect(idsOf('groups', [...first, ...later], firstTime)).toEqual(['first', 'kept']);
      expect(idsOf('groups', [...first, ...later], secondTime)).toEqual(['kept', 'second']);
      const { openingAt } = balance([...first, ...later], secondTime);
      expect([day('2026-01-12'), moment('2026-01-12 10:00')]).toContain(openingAt);
    });

    test('counts for both one of which nobody knows since when it is theirs', () => {
      const those = [...first, group('2026-03-01', 'unsure', leaver)];
      expect(idsOf('groups', those, firstTime)).toEqual(['first', 'kept', 'unsure']);
      // Made by somebody else, it has passed to the leaver one day or other.
      const older = [...those, groupEvent('2025-02-01 10:00', 'unsure', 'create')];
      expect(idsOf('groups', older, firstTime)).toEqual(['first', 'kept', 'unsure']);
    });
  });
});
