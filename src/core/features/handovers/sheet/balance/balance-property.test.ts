import fc from 'fast-check';
import { expect, test } from 'vitest';

import { day, dayFact, fact } from '../../../../../../test/support/feeds.ts';
import { leaver, recorded, second, subject, taker } from '../../../../../../test/support/handover-facts.ts';
import type { Fact } from '../../../feeds/model.ts';
import type { SheetSubject } from '../../model.ts';
import { balances, figuresOf } from '../figures.ts';
import { type FeedClass, balanceSheet } from './balance.ts';
import type { Evidence } from './evidence.ts';

// Histories that nobody would write: records of any kind, of few people and items, in any order, contradicting each other.

const classes: readonly FeedClass[] = ['customers', 'groups', 'liveCodes', 'tasks'];
const runs = { numRuns: 600 };

const employee = fc.constantFrom(leaver, leaver, taker, second, 'sun');
const customer = fc.constantFrom('c1', 'c2', 'c3');
const otherItem = fc.constantFrom('x1', 'x2');
/** Few days, so that many records share one. */
const date = fc
  .integer({ min: 0, max: 40 })
  .map((days) => new Date(day('2026-03-05') + days * 86_400_000 + 28_800_000).toISOString().slice(0, 10));
const instant = fc.integer({ min: 0, max: 40 * 24 }).map((hours) => day('2026-03-05') + hours * 3_600_000);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

function timed(kind: Fact['kind'], parts: fc.Arbitrary<Parameters<typeof fact>[1]>): fc.Arbitrary<Fact> {
  return fc.oneof(
    fc.tuple(date, parts).map(([of, more]) => dayFact(kind, of, more)),
    fc.tuple(instant, parts).map(([at, more]) => fact(kind, { ...more, at })),
  );
}

const optional = <Value>(key: string, value: fc.Arbitrary<Value>) =>
  fc.option(value, { nil: undefined }).map((found) => (found === undefined ? {} : { [key]: found }));

const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc
    .tuple(date, employee, fc.uniqueArray(customer))
    .chain(([of, who]) => fc.constant(dayFact('list', of, { employee: who }))),
  timed(
    'listed',
    fc
      .tuple(employee, customer, optional('otherAt', instant))
      .map(([who, item, since]) => ({ employee: who, item, ...since })),
  ),
  timed(
    'unassigned',
    customer.map((item) => ({ employee: leaver, item })),
  ),
  timed(
    'transfer-start',
    fc
      .tuple(employee, maybe(employee), customer, fc.constantFrom('0', '0', '0', '40096', '40129'))
      .map(([who, to, item, code]) => ({ employee: who, taker: to, item, code })),
  ),
  timed(
    'transfer-result',
    fc
      .tuple(
        employee,
        maybe(employee),
        customer,
        fc.constantFrom('1', '1', '2', '3', '4', '5', '7'),
        optional('otherAt', instant),
      )
      .map(([who, to, item, code, passed]) => ({ employee: who, taker: to, item, code, ...passed })),
  ),
  timed(
    'contact-event',
    fc
      .tuple(
        employee,
        customer,
        fc.constantFrom(
          'add_external_contact',
          'del_external_contact',
          'del_follow_user',
          'edit_external_contact',
          'add_half_external_contact',
        ),
        fc.constantFrom(null, 'DELETE_BY_TRANSFER'),
      )
      .map(([who, item, code, detail]) => ({ employee: who, item, code, detail })),
  ),
  timed(
    'contact-event',
    fc
      .tuple(employee, customer, fc.constantFrom('customer_refused', 'customer_limit_exceed', 'other'))
      .map(([to, item, detail]) => ({ taker: to, item, code: 'transfer_fail', detail })),
  ),
  timed(
    'group',
    fc
      .tuple(maybe(employee), otherItem, maybe(fc.constantFrom('0', '1', '2', '3')))
      .map(([who, item, code]) => ({ employee: who, item, code })),
  ),
  timed(
    'group-list',
    maybe(employee).map((who) => ({ employee: who })),
  ),
  timed(
    'group-transfer',
    fc
      .tuple(employee, otherItem, fc.constantFrom('0', '90500'))
      .map(([who, item, code]) => ({ employee: who, taker, item, code })),
  ),
  timed(
    'group-event',
    fc
      .tuple(
        otherItem,
        fc.constantFrom('dismiss', 'update', 'create'),
        fc.constantFrom(null, 'change_owner', 'add_member'),
      )
      .map(([item, code, detail]) => ({ item, code, detail })),
  ),
  timed(
    'live-code',
    fc
      .tuple(maybe(employee), otherItem, fc.constantFrom('active', 'disabled'))
      .map(([who, item, code]) => ({ employee: who, item, code })),
  ),
  timed('live-code-list', fc.constant({})),
  timed(
    'task',
    fc
      .tuple(maybe(employee), otherItem, fc.constantFrom('open', 'done', 'cancelled'))
      .map(([who, item, code]) => ({ employee: who, item, code })),
  ),
  timed('task-list', fc.constant({})),
);

const history = fc.array(anyFact, { maxLength: 40 }).map((facts) => recorded(facts));

const someSubject: fc.Arbitrary<SheetSubject> = fc.record({
  leaver: fc.constant(leaver),
  lastDayEnd: fc.constantFrom(null, day('2026-04-01'), day('2026-03-20')),
  openingAt: fc.constantFrom(null, null, day('2026-03-01'), day('2026-03-25')),
  previousEnd: fc.constantFrom(null, null, day('2026-03-05')),
  leavesAgain: fc.boolean(),
  takers: fc.constantFrom([], [taker], [taker, second], [second, taker]),
  now: fc.constantFrom(subject.now, day('2027-05-01')),
});

/** What shows one of these as the leaver's. */
const kindsOf = new Map<string, ReadonlySet<Fact['kind']>>([
  ['groups', new Set(['group', 'group-transfer'])],
  ['liveCodes', new Set(['live-code'])],
  ['tasks', new Set(['task'])],
]);

test('every class’s opening is the sum of its outcomes', () => {
  fc.assert(
    fc.property(history, someSubject, (facts, whose) => {
      const { rows } = balanceSheet(facts, whose);
      for (const name of classes) {
        const figures = figuresOf(rows[name], () => false);
        expect(figures.opening).toBe(rows[name].length);
        expect(balances(figures)).toBe(true);
        expect(new Set(rows[name].map(({ id }) => id)).size).toBe(rows[name].length);
      }
    }),
    runs,
  );
});

test('the sheet doesn’t depend on the order of records, nor on how often they were imported', () => {
  const imports = history.chain((facts) =>
    fc.tuple(
      fc.constant(facts),
      fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2, maxLength: facts.length * 2 }),
    ),
  );
  fc.assert(
    fc.property(imports, someSubject, ([once, again], whose) => {
      expect(balanceSheet(again, whose)).toEqual(balanceSheet(once, whose));
    }),
    runs,
  );
});

test('no record takes an item out of the opening balance, but one that says it became the leaver’s after the end, or only asked to', () => {
  fc.assert(
    fc.property(
      history,
      fc.array(anyFact, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (facts, more, leavesAgain) => {
        const all = { ...subject, openingAt: day('2026-03-01'), leavesAgain };
        const ids = (records: readonly Evidence[]) => {
          const { rows } = balanceSheet(records, all);
          return classes.flatMap((name) => rows[name].map(({ id }) => `${name} ${id}`));
        };
        const later = new Set(ids([...facts, ...recorded(more, 'later.json')]));
        const wasBefore = (kinds: ReadonlySet<Fact['kind']>, id: string) =>
          facts.some(
            ({ item, kind, employee: who, at, code }) =>
              item === id &&
              kinds.has(kind) &&
              who === leaver &&
              at < day('2026-04-01') &&
              !(kind === 'task' && code !== 'open'),
          );
        const excepted = (key: string) => {
          const [name = '', id = ''] = key.split(' ');
          const kinds = kindsOf.get(name);
          // Of groups, codes and tasks, others' records and lists tell as well that it is of a later departure, if there is one.
          if (kinds !== undefined) return leavesAgain && !wasBefore(kinds, id);
          return more.some(
            ({ item, kind, code, at, otherAt }) =>
              item === id &&
              (code === 'add_half_external_contact' ||
                ((code === 'add_external_contact' || code === '1' || kind === 'listed') &&
                  (otherAt ?? at) >= day('2026-04-01'))),
          );
        };
        expect(ids(facts).filter((id) => !later.has(id) && !excepted(id))).toEqual([]);
      },
    ),
    runs,
  );
});

/** A record of these kinds and codes about the item. */
function has(
  facts: readonly Evidence[],
  item: string,
  kind: Fact['kind'],
  ...codes: readonly string[]
): boolean {
  return facts.some(
    (one) => one.item === item && one.kind === kind && (codes.length === 0 || codes.includes(one.code ?? '')),
  );
}

test('each outcome of a customer rests on a record that says so', () => {
  fc.assert(
    fc.property(history, someSubject, (facts, whose) => {
      for (const row of balanceSheet(facts, whose).rows.customers) {
        const { id, outcome } = row;
        if (outcome === 'takenOver')
          expect(
            has(facts, id, 'transfer-result', '1') ||
              facts.some((one) => one.kind === 'listed' && one.item === id && one.employee !== leaver),
          ).toBe(true);
        if (outcome === 'waiting')
          expect(has(facts, id, 'transfer-start', '0') || has(facts, id, 'transfer-result', '2')).toBe(true);
        if (outcome === 'deletedByCustomer')
          expect(has(facts, id, 'contact-event', 'del_follow_user')).toBe(true);
        if (outcome === 'deletedByLeaver')
          expect(has(facts, id, 'contact-event', 'del_external_contact')).toBe(true);
        if (outcome === 'invalid') expect(has(facts, id, 'transfer-start', '40096')).toBe(true);
        if (outcome === 'refused' || outcome === 'takerAtLimit')
          expect(
            has(facts, id, 'transfer-result', '3', '4') || has(facts, id, 'contact-event', 'transfer_fail'),
          ).toBe(true);
        if (row.conflict) expect(outcome).toBe('unexplained');
        if (row.late) expect(outcome).toBe('waiting');
        for (const source of row.sources) {
          if (source.type !== 'fact') continue;
          expect(facts.some(({ file, line }) => file === source.file && line === source.line)).toBe(true);
        }
      }
    }),
    runs,
  );
});

test('until it says so, time changes nothing', () => {
  fc.assert(
    fc.property(history, someSubject, fc.double({ min: 0, max: 1, noNaN: true }), (facts, whose, part) => {
      const before = balanceSheet(facts, whose);
      const until = Math.min(before.holdsUntil, whose.now + 10 * 86_400_000);
      const now = Math.floor(whose.now + (until - whose.now) * part) as typeof whose.now;
      expect({ ...balanceSheet(facts, { ...whose, now }), holdsUntil: 0 }).toEqual({
        ...before,
        holdsUntil: 0,
      });
    }),
    runs,
  );
});
