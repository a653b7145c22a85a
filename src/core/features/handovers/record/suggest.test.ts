import { describe, expect, test } from 'vitest';

import { day } from '../../../../../test/support/feeds.ts';
import { type OwnedGroup, type Sign, leftRoster, ownerlessGroups, suggest } from './suggest.ts';

const imported = day('2026-04-05');

const group = (of: string, employee: string | null, code: string | null, item = 'g'): OwnedGroup => ({
  item,
  employee,
  code,
  at: day(of),
  importedAt: imported,
});

describe('groups without their owner', () => {
  test('are the last known owner’s', () => {
    const signs = ownerlessGroups([
      group('2026-03-01', 'li', '0'),
      group('2026-03-01', 'li', '1', 'h'),
      group('2026-04-02', null, '1'),
    ]);
    expect(signs).toMatchObject([{ leaver: 'li', kind: 'ownerless-groups', count: 2 }]);
  });

  test('are nobody’s who took them over, and need an owner to be known', () => {
    expect(ownerlessGroups([group('2026-03-01', 'li', '1'), group('2026-04-02', 'wu', null)])).toEqual([]);
    expect(ownerlessGroups([group('2026-03-01', 'li', '1'), group('2026-04-02', 'wu', '3')])).toEqual([]);
    expect(ownerlessGroups([group('2026-03-01', null, '1')])).toEqual([]);
  });
});

describe('a roster', () => {
  /** What the rosters of those days name, as the database counts it. */
  const left = (named: Readonly<Record<string, readonly string[]>>, importedAt = imported) => {
    const rosters = Object.entries(named).map(([of, people]) => ({ at: day(of), people }));
    const last = new Map(rosters.flatMap(({ at, people }) => people.map((employee) => [employee, at])));
    const peopleAt = (at: number) => rosters.find((one) => one.at === at)?.people ?? [];
    return leftRoster(
      rosters.map(({ at, people }) => ({ at, importedAt, records: people.length })),
      [...last].map(([employee, at]) => ({ employee, at })),
      (one, other) =>
        Promise.resolve(peopleAt(one).filter((person) => peopleAt(other).includes(person)).length),
    );
  };

  test('that lacks somebody suggests them anew, also where they were put aside before it came', async () => {
    const signs = await left(
      { '2026-03-01': ['li', 'wu', 'sun'], '2026-04-01': ['wu', 'sun'] },
      day('2026-05-02'),
    );
    expect(signs).toMatchObject([{ leaver: 'li', importedAt: day('2026-05-02') }]);
    expect(suggest(signs, new Map(), new Map([['li', day('2026-05-01')]]))).toHaveLength(1);
  });

  test('that names somebody no more suggests it', async () => {
    expect(await left({ '2026-03-01': ['li', 'wu', 'sun'], '2026-04-01': ['wu', 'sun'] })).toMatchObject([
      { leaver: 'li', kind: 'left-roster', at: day('2026-04-01') },
    ]);
  });

  test('of other people says nothing, and is passed over for a later one of the same', async () => {
    const both = { '2026-03-01': ['li', 'wu', 'sun'], '2026-03-05': ['zhou', 'wu'] };
    expect(await left(both)).toEqual([]);
    expect(await left({ ...both, '2026-04-01': ['wu', 'sun', 'zhou'] })).toMatchObject([
      { leaver: 'li', at: day('2026-04-01') },
    ]);
  });

  test('that names somebody again takes it back', async () => {
    expect(
      await left({ '2026-03-01': ['li', 'wu'], '2026-04-01': ['wu'], '2026-05-01': ['li', 'wu'] }),
    ).toEqual([]);
  });
});

describe('a suggestion', () => {
  const sign = (kind: Sign['kind'], at: string, more: Partial<Sign> = {}): Sign => ({
    leaver: 'li',
    kind,
    count: 1,
    at: day(at),
    importedAt: imported,
    takers: [],
    supervisor: '',
    reason: '',
    ...more,
  });
  const nothing = new Map<string, never>();

  test('names its signs, the strongest first, each kind once', () => {
    const signs = [
      sign('left-roster', '2026-04-01'),
      sign('departure', '2026-03-30'),
      sign('departure', '2026-03-31'),
    ];
    const [only] = suggest(signs, nothing, nothing);
    expect(only?.signs.map(({ kind, at }) => [kind, at])).toEqual([
      ['departure', day('2026-03-31')],
      ['left-roster', day('2026-04-01')],
    ]);
  });

  test('is not made of whose handover is opened, but of whoever leaves again', () => {
    const signs = [sign('unassigned', '2026-04-01')];
    expect(suggest(signs, new Map([['li', [day('2026-03-31')]]]), nothing)).toEqual([]);
    expect(suggest(signs, new Map([['li', [day('2025-03-31')]]]), nothing)).toHaveLength(1);
  });

  test('that was put aside comes back with newer signs only', () => {
    const signs = [sign('unassigned', '2026-04-01')];
    const aside = new Map([['li', day('2026-04-06')]]);
    expect(suggest(signs, nothing, aside)).toEqual([]);
    const newer = sign('departure', '2026-06-30', { importedAt: day('2026-06-01') });
    expect(suggest([...signs, newer], nothing, aside)).toHaveLength(1);
  });
});
