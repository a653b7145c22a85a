import { describe, expect, it } from 'vitest';

import { generateDemo, planDemo } from '../generate.ts';
import { dateOf } from './plan.ts';

const day = 86_400_000;
const options = {
  seed: 20_260_301,
  endAt: Date.UTC(2026, 2, 31),
  days: 90,
  messages: 20_000,
  customers: 300,
};
const demo = generateDemo(options);

describe('the departures of the demo', () => {
  it('are the same for the same day', () => {
    const again = generateDemo(options);
    expect(again.feeds).toEqual(demo.feeds);
    expect(again.archive).toEqual(demo.archive);
    expect(planDemo(options).departures).toEqual(demo.plan.departures);
  });

  it('leave everybody one fate, and none of the customers to two leavers', () => {
    const ids = demo.plan.departures.flatMap(({ customers }) => customers.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(demo.plan.departures.map(({ customers }) => customers.length)).toEqual([36, 60, 40]);
  });

  it('are told by files of their own names, none of them of a day to come', () => {
    const names = demo.feeds.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      const [named] = /\d{4}-\d{2}-\d{2}/.exec(name) ?? [];
      expect(named, name).toBeDefined();
      expect(Date.parse(named ?? ''), name).toBeLessThan(options.endAt);
    }
    for (const { name, text } of demo.feeds.filter(({ name: file }) => file.endsWith('.json')))
      for (const line of text.trim().split('\n'))
        expect(() => JSON.parse(line) as unknown, name).not.toThrow();
  });

  it('end what the leavers say on the last day', () => {
    for (const { leaver, lastDay } of demo.plan.departures) {
      const times = demo.archive
        .filter((line) => line.includes(`"from":"${leaver.userid}"`))
        .map((line) => Number(/"msgtime":(\d+)/.exec(line)?.[1]));
      expect(times.length).toBeGreaterThan(50);
      expect(Math.max(...times), `${leaver.userid} after ${dateOf(lastDay)}`).toBeLessThan(lastDay + day);
    }
  });

  it('take them off the roster of today, and not off the earlier one', () => {
    const earlier = demo.feeds.find(({ name }) => name.startsWith('员工花名册'));
    for (const { userid } of [demo.plan.unnoticed, ...demo.plan.departures.map(({ leaver }) => leaver)]) {
      expect(demo.rosterCsv).not.toContain(userid);
      expect(earlier?.text).toContain(userid);
    }
  });
});
