import { describe, expect, it } from 'vitest';

import { generateDemo } from './generate.ts';

const options = { seed: 7, endAt: Date.UTC(2026, 0, 31, 16), days: 90, messages: 3_000, customers: 60 };

describe('generateDemo', () => {
  it('gives the same archive for the same seed, and another for another', () => {
    expect(generateDemo(options).archive).toEqual(generateDemo(options).archive);
    expect(generateDemo({ ...options, seed: 8 }).archive).not.toEqual(generateDemo(options).archive);
  });

  it('fills every slot and alternative of its templates', () => {
    const { archive } = generateDemo(options);
    const contents = archive.flatMap((line) => {
      const match = /"text":\{"content":("(?:[^"\\]|\\.)*")\}/.exec(line);
      return match?.[1] === undefined ? [] : [match[1]];
    });
    expect(contents.length).toBeGreaterThan(2_000);
    expect(contents.filter((content) => /[{}<>|]/.test(content))).toEqual([]);
  });

  it('keeps time in order and inside the period', () => {
    const { archive } = generateDemo(options);
    const times = archive.flatMap((line) => {
      const match = /"msgtime":(\d+)/.exec(line);
      return match === null ? [] : [Number(match[1])];
    });
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThan(options.endAt);
  });

  it('plants violations of every kind, by few employees', () => {
    const { planted, employees } = generateDemo({ ...options, messages: 20_000, customers: 300 });
    expect(new Set(planted.map((plant) => plant.tag)).size).toBe(7);
    const culprits = new Set(planted.map((plant) => plant.employee));
    expect(culprits.size).toBeLessThan(employees.length / 2);
    expect(planted.length).toBeGreaterThan(50);
  });

  it('names every person once in its rosters', () => {
    const { employees, customers } = generateDemo(options);
    expect(new Set(employees.map((employee) => employee.userid)).size).toBe(employees.length);
    expect(new Set(customers.map((customer) => customer.id)).size).toBe(customers.length);
  });
});
