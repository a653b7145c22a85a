import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

let world: TestWorld;
let admin: TestClient;

beforeAll(async () => {
  world = await startTestWorld({ clock: testClock(Date.UTC(2026, 10, 27, 2)) });
  admin = await world.signIn('admin');
});

afterAll(() => world.close());

const at = (day: string, time: string) => Date.parse(`${day}T${time}:00+08:00`);
const deadline = (day: string, time: string, hours: number) =>
  admin.call('calendar.addHours', { at: at(day, time), hours });

describe('the working calendar', () => {
  test('knows this year from the start, and says of the next that it does not', async () => {
    const { years, officeHours, timeZone } = await admin.call('calendar.get');
    expect(timeZone).toBe('Asia/Shanghai');
    expect(officeHours).toEqual([
      { from: 540, to: 720 },
      { from: 780, to: 1080 },
    ]);
    const thisYear = years.find(({ year }) => year === 2026);
    expect(thisYear).toMatchObject({ source: 'built-in', importable: true });
    expect(thisYear?.days).toContainEqual({ day: '2026-02-14', kind: 'workday', name: '春节' });
    expect(years.find(({ year }) => year === 2027)).toEqual({
      year: 2027,
      source: 'unknown',
      importable: false,
      days: [],
    });
    expect(await deadline('2026-12-31', '17:00', 2)).toEqual({
      at: at('2027-01-01', '10:00'),
      assumedYears: [2027],
    });
  });

  test('is counted by as it was saved, until the year is brought in again', async () => {
    expect((await deadline('2026-02-13', '17:00', 2)).at).toBe(at('2026-02-14', '10:00'));
    const before = await admin.call('calendar.get');
    const days = (before.years.find(({ year }) => year === 2026)?.days ?? []).filter(
      ({ day }) => day !== '2026-02-14',
    );
    const saved = await admin.call('calendar.save', {
      officeHours: [{ from: 600, to: 1020 }],
      years: [
        { year: 2026, days },
        { year: 2027, days: [{ day: '2027-01-01', kind: 'holiday', name: '元旦' }] },
      ],
      expectedUpdatedAt: before.updatedAt,
    });
    expect(saved.years.filter(({ source }) => source === 'stored').map(({ year }) => year)).toEqual([
      2026, 2027,
    ]);
    expect((await deadline('2026-02-13', '16:00', 2)).at).toBe(at('2026-02-24', '11:00'));
    expect(await deadline('2026-12-31', '16:00', 2)).toEqual({
      at: at('2027-01-04', '11:00'),
      assumedYears: [],
    });
    await admin.call('calendar.importYear', { year: 2026 });
    expect((await deadline('2026-02-13', '16:00', 2)).at).toBe(at('2026-02-14', '11:00'));
  });

  test('refuses a save over what somebody else saved, a year that it does not know, and hours that overlap', async () => {
    const { officeHours, updatedAt } = await admin.call('calendar.get');
    await admin.call('calendar.save', { officeHours, expectedUpdatedAt: updatedAt });
    expect(await admin.code('calendar.save', { officeHours, expectedUpdatedAt: updatedAt })).toBe('conflict');
    expect(await admin.try('calendar.importYear', { year: 2031 })).toMatchObject({
      error: { code: 'year-unknown', details: { year: 2031 } },
    });
    const newest = (await admin.call('calendar.get')).updatedAt;
    for (const input of [
      { officeHours: [] },
      { officeHours: [{ from: 700, to: 600 }] },
      { officeHours: [...officeHours, ...officeHours] },
      { officeHours, years: [{ year: 2026, days: [{ day: '2027-01-01', kind: 'holiday' }] }] },
    ]) {
      expect(await admin.code('calendar.save', { ...input, expectedUpdatedAt: newest })).toBe('bad-input');
    }
  });
});

test('a person has a branch, which stays when an older screen leaves it out', async () => {
  const created = await admin.call('users.create', {
    userName: 'chen.jing',
    displayName: '陈静',
    password: 'Yunduan-shang-9',
    roles: ['reviewer'],
    branch: '杭州分行',
  });
  expect(created.branch).toBe('杭州分行');
  const { id, displayName, roles, state, updatedAt } = created;
  const updated = await admin.call('users.update', {
    id,
    displayName,
    roles,
    state,
    expectedUpdatedAt: updatedAt,
  });
  expect(updated.branch).toBe('杭州分行');
});
