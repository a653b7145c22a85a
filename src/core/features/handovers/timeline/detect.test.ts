import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ConversationId, MessageId, Milliseconds } from '../../../contract/ids.ts';
import { fact } from '../../../../../test/support/feeds.ts';
import type { Fact, FactKind } from '../../feeds/model.ts';
import { type SignCase, type SourcedFact, stretchOf } from './case.ts';
import { detectSigns } from './detect.ts';
import { eventsByDay } from './events.ts';
import { mostEventsListed, signKinds } from './kinds.ts';
import { findingSentence, findingTitle } from './model.ts';
import { type Observed, type SaidWords, nothingObserved } from './observed.ts';
import { dayIndexOf, windowAround } from './window.ts';

const leaver = 'linyue';
const window = windowAround('2026-03-31', 'Asia/Shanghai');
const at = (when: string) => Date.parse(`${when}:00+08:00`);

/** Conversation 1 is with wmA, 2 with wmB, 9 the group wrG of both. */
const conversations: Observed['conversations'] = new Map([
  [ConversationId.parse(1), { kind: 'single', group: null, customers: [{ id: 'wmA', name: '赵一' }] }],
  [ConversationId.parse(2), { kind: 'single', group: null, customers: [{ id: 'wmB', name: '' }] }],
  [
    ConversationId.parse(9),
    {
      kind: 'group',
      group: { id: 'wrG', name: '沙龙' },
      customers: [
        { id: 'wmA', name: '赵一' },
        { id: 'wmB', name: '' },
      ],
    },
  ],
]);

let messageId = 0;
const message = (conversation: number, when: string) => ({
  messageId: MessageId.parse((messageId += 1)),
  conversationId: ConversationId.parse(conversation),
  at: at(when),
});

const said = (conversation: number, when: string, more: Partial<SaidWords> = {}): SaidWords => ({
  ...message(conversation, when),
  kind: 'diversion',
  strength: 60,
  words: '加我私人微信',
  excerpt: '您加我私人微信',
  ...more,
});

const sourced = (facts: readonly Fact[]): SourcedFact[] =>
  facts
    .map((one, index) => ({ ...one, feed: 'events' as const, file: 'events.xml', line: index + 1 }))
    .toSorted((a, b) => a.at - b.at);

function caseOf(observed: Partial<Observed>, facts: readonly Fact[] = []): SignCase {
  return {
    leaver,
    takers: ['wuhao'],
    window,
    observed: { ...nothingObserved, conversations, ...observed },
    facts: sourced(facts),
    nameOf: (id) => (id === 'wmA' ? '赵一' : ''),
    msgidOf: (id) => `msg-${id}`,
  };
}

const signsOf = (observed: Partial<Observed>, facts: readonly Fact[] = []) =>
  detectSigns(caseOf(observed, facts)).map(({ key, score }) => `${key} ${score}`);

const event = (code: string, item: string, when: string, more: Parameters<typeof fact>[1] = {}) =>
  fact('contact-event', { employee: leaver, code, item, at: at(when), ...more });
const repeated = (count: number, of: (index: number) => Fact) =>
  Array.from({ length: count }, (_unused, index) => of(index));

test('nothing is no sign', () => {
  expect(signsOf({})).toEqual([]);
});

describe('words', () => {
  test('are a finding for each customer, stronger near the last day and in groups', () => {
    expect(signsOf({ words: [said(1, '2026-01-10T10:00')] })).toEqual(['diversion:wmA 60']);
    expect(signsOf({ words: [said(1, '2026-03-10T10:00')] })).toEqual(['diversion:wmA 70']);
    expect(signsOf({ words: [said(9, '2026-03-10T10:00')] })).toEqual(['diversion:wrG 75']);
    expect(
      signsOf({
        words: [said(1, '2026-03-10T10:00'), said(1, '2026-03-11T10:00'), said(2, '2026-03-12T10:00')],
      }),
    ).toEqual(['diversion:wmA 73', 'diversion:wmB 70']);
  });

  test('keep products outside the bank apart', () => {
    const words = [said(1, '2026-03-10T10:00', { kind: 'off-book', words: '不是行里的' })];
    expect(signsOf({ words })).toEqual(['off-book:wmA 70']);
  });

  test('that were revoked weigh by themselves', () => {
    const words = [said(1, '2026-03-10T10:00')];
    const revocations = [{ ...message(1, '2026-03-10T10:02'), revokes: words[0]?.messageId ?? null }];
    expect(signsOf({ words, revocations })).toEqual(['diversion:wmA 70', 'diversion-revoked:wmA 65']);
  });

  test('name the customer, and mask personal data', () => {
    const [finding] = detectSigns(
      caseOf({
        words: [said(1, '2026-03-10T10:00', { words: '加我13912345678', excerpt: '加我13912345678' })],
      }),
    );
    expect(finding).toMatchObject({
      values: { who: '赵一', words: '加我***********', day: '2026-03-10', count: 1 },
      evidence: [{ type: 'message', excerpt: '加我***********' }],
    });
  });
});

describe('what is sent', () => {
  test('cards of known employees are none', () => {
    const card = { userid: 'wuhao', corp: '本行', known: true };
    expect(signsOf({ cards: [{ ...message(1, '2026-03-20T10:00'), ...card }] })).toEqual([]);
    const stranger = { userid: 'wmOwn', corp: '微信', known: false };
    expect(signsOf({ cards: [{ ...message(1, '2026-03-20T10:00'), ...stranger }] })).toEqual([
      'cards-sent 40',
    ]);
  });

  test.each([
    ['客户名单3月.xlsx', true],
    ['通讯录.vcf', true],
    ['Customer List.csv', true],
    ['产品说明书.pdf', false],
    ['客户权益须知.pdf', false],
  ])('%s is a list of customers: %s', (name, isList) => {
    const files = [{ ...message(1, '2026-03-20T10:00'), name }];
    expect(signsOf({ files })).toEqual(isList ? ['lists-sent 45'] : []);
  });
});

describe('deletions', () => {
  test('count by customers, and grow with their number', () => {
    const deletions = (count: number, when = '2026-03-20T10:00') =>
      repeated(count, (index) => event('del_external_contact', `wm${index}`, when));
    expect(signsOf({}, deletions(1))).toEqual(['customers-deleted 12']);
    expect(signsOf({}, deletions(16))).toEqual(['customers-deleted 52']);
    expect(signsOf({}, deletions(500))).toEqual(['customers-deleted 75']);
    expect(signsOf({}, deletions(4, '2026-01-10T10:00'))).toEqual(['customers-deleted 17']);
    expect(signsOf({}, deletions(4, '2025-06-10T10:00'))).toEqual([]);
  });

  test('by a transfer, or by others, are none', () => {
    expect(
      signsOf({}, [
        event('del_external_contact', 'wmA', '2026-03-20T10:00', { detail: 'DELETE_BY_TRANSFER' }),
        event('del_external_contact', 'wmA', '2026-03-20T10:00', { employee: 'wuhao' }),
      ]),
    ).toEqual([]);
  });

  test('of whom was led elsewhere before weigh more', () => {
    const facts = [event('del_external_contact', 'wmA', '2026-03-20T10:00')];
    expect(signsOf({ words: [said(1, '2026-03-10T10:00')] }, facts)).toContain('customers-deleted 27');
  });
});

describe('customers who follow the leaver out', () => {
  const words = [said(1, '2026-03-10T10:00')];

  test('were led elsewhere first, and left then', () => {
    const left = event('del_follow_user', 'wmA', '2026-04-05T10:00', { employee: 'wuhao' });
    expect(signsOf({ words }, [left])[0]).toBe('followed-out:wmA 75');
    const before = event('del_follow_user', 'wmA', '2026-03-05T10:00');
    expect(signsOf({ words }, [before])).toEqual(['diversion:wmA 70']);
    const other = event('del_follow_user', 'wmB', '2026-04-05T10:00', { employee: 'wuhao' });
    expect(signsOf({ words }, [other])).toEqual(['diversion:wmA 70']);
  });

  test('or refused the taker', () => {
    const refused = fact('transfer-result', {
      employee: leaver,
      taker: 'wuhao',
      item: 'wmA',
      code: '3',
      at: at('2026-04-02T10:00'),
    });
    expect(signsOf({ words }, [refused])).toContain('followed-out:wmA 65');
    const failed = event('transfer_fail', 'wmA', '2026-04-02T10:00', {
      employee: null,
      taker: 'wuhao',
      detail: 'customer_refused',
    });
    expect(signsOf({ words }, [failed])).toContain('followed-out:wmA 65');
    const full = event('transfer_fail', 'wmA', '2026-04-02T10:00', {
      employee: null,
      taker: 'wuhao',
      detail: 'customer_limit_exceed',
    });
    expect(signsOf({ words }, [full])).toEqual(['diversion:wmA 70']);
  });

  test('weigh less where a whole group was told', () => {
    const left = event('del_follow_user', 'wmB', '2026-04-05T10:00', { employee: 'wuhao' });
    expect(signsOf({ words: [said(9, '2026-03-10T10:00')] }, [left])).toContain('followed-out:wmB 55');
  });

  test('by a card as well, and a day without an hour is later than what was said on it', () => {
    const cards = [{ ...message(1, '2026-03-20T10:00'), userid: 'wmOwn', corp: '微信', known: false }];
    const left = event('del_follow_user', 'wmA', '2026-03-20T00:00', { wholeDay: true });
    expect(signsOf({ cards }, [left])).toContain('followed-out:wmA 75');
  });

  test('many who left without such words are one finding', () => {
    const left = (count: number) =>
      repeated(count, (index) =>
        event('del_follow_user', `wm${index}`, '2026-04-05T10:00', { employee: 'wuhao' }),
      );
    expect(signsOf({}, left(4))).toEqual([]);
    expect(signsOf({}, left(10))).toEqual(['customers-left 16']);
  });
});

describe('logs', () => {
  test('of screenshots, devices, bound accounts and files', () => {
    const log = (kind: FactKind, code: string, when: string, detail: string | null = null) =>
      fact(kind, { employee: leaver, code, detail, at: at(when) });
    expect(signsOf({}, [log('screenshot', '2', '2026-03-20T10:00')])).toEqual(['screenshots 30']);
    expect(signsOf({}, [log('screenshot', '1', '2026-03-20T10:00')])).toEqual([]);
    expect(signsOf({}, [log('member-log', '4', '2026-03-20T10:00')])).toEqual(['new-device 15']);
    expect(signsOf({}, [log('member-log', '4', '2026-01-20T10:00')])).toEqual([]);
    expect(signsOf({}, [log('member-log', '7', '2026-03-20T10:00')])).toEqual(['binding-changed 30']);
    expect(signsOf({}, [log('member-log', '2', '2026-03-20T10:00')])).toEqual(['customers-deleted 12']);
    expect(signsOf({}, [log('member-log', '新设备登录', '2026-03-20T10:00')])).toEqual(['new-device 15']);
    expect(signsOf({}, [log('member-log', '更换绑定微信', '2026-03-20T10:00')])).toEqual([
      'binding-changed 30',
    ]);
    expect(signsOf({}, [log('screenshot', '通讯录截屏', '2026-03-20T10:00')])).toEqual(['screenshots 30']);
    expect(signsOf({}, [log('file-leak', '1', '2026-03-20T10:00', '客户名单.xlsx')])).toEqual([
      'files-leaked 45',
    ]);
    expect(signsOf({}, [log('file-leak', '1', '2026-03-20T10:00', '合同.pdf')])).toEqual(['files-leaked 25']);
  });
});

describe('groups', () => {
  const own = fact('group', { employee: leaver, item: 'wrG', at: at('2026-01-01T00:00') });
  const happens = (code: string, detail: string | null, when: string, data: Fact['data'] = {}) =>
    fact('group-event', { item: 'wrG', code, detail, at: at(when), data });

  test('of the leaver that are dismissed or renamed', () => {
    expect(signsOf({}, [own, happens('dismiss', null, '2026-03-30T10:00')])).toEqual(['groups-dismissed 30']);
    expect(signsOf({}, [own, happens('update', 'change_name', '2026-03-30T10:00')])).toEqual([
      'groups-renamed 8',
    ]);
    expect(signsOf({}, [happens('dismiss', null, '2026-03-30T10:00')])).toEqual([]);
  });

  test('are none once they have another owner', () => {
    const passed = fact('group', { employee: 'wuhao', item: 'wrG', at: at('2026-03-29T00:00') });
    expect(signsOf({}, [own, passed, happens('dismiss', null, '2026-03-30T10:00')])).toEqual([]);
  });

  test('count members who were removed, not those who left', () => {
    const removed = (scene: string) =>
      repeated(6, (index) =>
        happens('update', 'del_member', `2026-03-2${index}T10:00`, { QuitScene: scene }),
      );
    expect(signsOf({}, [own, ...removed('1')])).toEqual(['members-removed 10']);
    expect(signsOf({}, [own, ...removed('0')])).toEqual([]);
  });
});

describe('what is more than usual', () => {
  const revoked = (count: number, when: string) =>
    Array.from({ length: count }, () => ({ ...message(1, when), revokes: null }));

  test('revoked messages', () => {
    expect(signsOf({ revocations: revoked(12, '2026-03-20T10:00') })).toEqual(['messages-revoked 14']);
    expect(
      signsOf({ revocations: [...revoked(12, '2026-03-20T10:00'), ...revoked(20, '2026-01-20T10:00')] }),
    ).toEqual([]);
    expect(signsOf({ revocations: revoked(5, '2026-03-20T10:00') })).toEqual([]);
  });

  test('customers written to on a day', () => {
    const day = (when: string, people: number, same = 0) => ({
      day: dayIndexOf(at(when), window),
      people,
      same,
      words: same > 0 ? '我换单位了，以后联系我' : '',
      messageId: same > 0 ? MessageId.parse(7) : null,
    });
    const usual = ['2026-02-02', '2026-02-03', '2026-02-04', '2026-02-05'].map((date) =>
      day(`${date}T10:00`, 10),
    );
    expect(signsOf({ contactDays: [...usual, day('2026-03-30T10:00', 25)] })).toEqual([]);
    expect(signsOf({ contactDays: [...usual, day('2026-03-30T10:00', 80, 75)] })).toEqual([
      'mass-contact:2026-03-30 22',
    ]);
    expect(signsOf({ contactDays: [day('2026-01-15T10:00', 80), ...usual] })).toEqual([]);
  });

  test('an account that is used after the last day', () => {
    const first = [message(1, '2026-04-02T10:00')];
    expect(signsOf({ afterLeaving: { count: 4, first } })).toEqual(['active-after-leaving 35']);
  });
});

test('every kind has a title and a sentence in both languages', () => {
  for (const kind of signKinds) {
    for (const language of ['zh-CN', 'en-US'] as const) {
      expect(findingTitle(kind, language), kind).not.toBe(kind);
      expect(findingSentence({ kind, values: { count: 2 } }, language), kind).not.toMatch(/^$|undefined|NaN/);
    }
  }
});

test('does not depend on the order of facts, and neither do the days', () => {
  const facts = fc.array(
    fc
      .record({
        kind: fc.constantFrom<FactKind>(
          'contact-event',
          'transfer-result',
          'group-event',
          'member-log',
          'screenshot',
          'group',
        ),
        employee: fc.constantFrom(leaver, 'wuhao'),
        item: fc.constantFrom('wmA', 'wmB', 'wrG'),
        code: fc.constantFrom('del_external_contact', 'del_follow_user', 'dismiss', 'update', '2', '3', '4'),
        detail: fc.constantFrom(null, 'change_name', 'del_member'),
        hour: fc.integer({ min: 0, max: 119 * 24 }),
      })
      .map(({ hour, ...more }) => fact(more.kind, { ...more, at: window.from + hour * 3_600_000 })),
    { maxLength: 40 },
  );
  const words = [said(1, '2026-03-10T10:00'), said(9, '2026-03-12T10:00')];
  // As the database gives them: by time, then by content.
  const inOrder = (list: readonly Fact[]) =>
    list
      .map((one) => ({ ...one, feed: 'events' as const, file: JSON.stringify(one), line: 1 }))
      .toSorted((a, b) => a.at - b.at || (a.file < b.file ? -1 : 1));
  fc.assert(
    fc.property(facts, (list) => {
      const one = { ...caseOf({ words }), facts: inOrder(list) };
      const other = { ...one, facts: inOrder(list.toReversed()) };
      const findings = detectSigns(one);
      expect(detectSigns(other)).toEqual(findings);
      expect(eventsByDay(other, true)).toEqual(eventsByDay(one, true));
      for (const { score, evidence, key, at: when } of findings) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(evidence.length, key).toBeGreaterThan(0);
        expect(when).toBeGreaterThanOrEqual(window.from);
      }
      expect(new Set(findings.map(({ key }) => key)).size).toBe(findings.length);
      const days = eventsByDay(one, true);
      expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).toSorted());
    }),
  );
});

test('a day lists the first fifty of a kind, and counts all', () => {
  const facts = repeated(80, (index) => event('del_external_contact', `wm${index}`, '2026-03-20T10:00'));
  const days = eventsByDay(caseOf({}, facts), false);
  expect(days).toHaveLength(1);
  expect(days[0]?.groups[0]).toMatchObject({ kind: 'customer-deleted', count: 80 });
  expect(days[0]?.groups[0]?.events).toHaveLength(mostEventsListed);
  expect(Milliseconds.safeParse(days[0]?.groups[0]?.events[0]?.at).success).toBe(true);
});

test('names the days of more happenings than a call takes arguments', () => {
  const times = Array.from({ length: 300_000 }, (_unused, index) => ({ at: at('2026-03-01T10:00') + index }));
  expect(stretchOf([...times, { at: at('2026-03-09T10:00') }], caseOf({}))).toEqual({
    first: '2026-03-01',
    last: '2026-03-09',
  });
});

describe('a refusal that several records tell of', () => {
  const refusalsOf = (facts: readonly Fact[]) =>
    eventsByDay(caseOf({}, facts), false).flatMap(({ day, groups }) =>
      groups.filter(({ kind }) => kind === 'takeover-refused').map(({ count }) => `${day} ${count}`),
    );
  const told = (item: string, when: string, taker: string | null = 'wuhao') =>
    event('transfer_fail', item, when, { employee: null, taker, detail: 'customer_refused' });
  const asked = (item: string, day: string, taker: string | null = 'wuhao') =>
    fact('transfer-result', {
      employee: leaver,
      taker,
      item,
      code: '3',
      at: at(`${day}T00:00`),
      wholeDay: true,
    });
  const started = (item: string, when: string) =>
    fact('transfer-start', { employee: leaver, taker: 'wuhao', item, code: '0', at: at(when) });

  test('is one refusal, of the day on which it happened', () => {
    const event6 = told('wmA', '2026-04-06T10:00');
    expect(refusalsOf([started('wmA', '2026-04-05T09:00'), event6, asked('wmA', '2026-04-07')])).toEqual([
      '2026-04-06 1',
    ]);
    // The answer of the same day has no time, and comes first.
    expect(refusalsOf([started('wmA', '2026-04-06T09:00'), event6, asked('wmA', '2026-04-06')])).toEqual([
      '2026-04-06 1',
    ]);
    expect(refusalsOf([asked('wmA', '2026-04-07'), asked('wmA', '2026-04-08')])).toEqual(['2026-04-07 1']);
    expect(refusalsOf([event6, asked('wmA', '2026-04-07', null)])).toEqual(['2026-04-06 1']);
  });

  test('is told apart from that of another customer, another taker and another start', () => {
    const event6 = told('wmA', '2026-04-06T10:00');
    expect(refusalsOf([event6, asked('wmB', '2026-04-07')])).toEqual(['2026-04-06 1', '2026-04-07 1']);
    expect(refusalsOf([event6, asked('wmA', '2026-04-07', 'lina')])).toEqual([
      '2026-04-06 1',
      '2026-04-07 1',
    ]);
    expect(refusalsOf([event6, started('wmA', '2026-04-07T09:00'), asked('wmA', '2026-04-08')])).toEqual([
      '2026-04-06 1',
      '2026-04-08 1',
    ]);
    expect(refusalsOf([event6, told('wmA', '2026-04-09T10:00')])).toEqual(['2026-04-06 1', '2026-04-09 1']);
  });
});
