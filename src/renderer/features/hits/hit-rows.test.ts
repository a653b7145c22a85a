import { describe, expect, it } from 'vitest';

import { type HitRow, createRows } from './hit-rows.ts';

function row(id: number, term: string): HitRow {
  return {
    id: idOf(id),
    term,
    category: '',
    severity: 'low',
    text: term,
    excerpt: term,
    excerptStart: 0,
    state: 'open',
  } as HitRow;
}

/** A host whose answers a test gives when it wants to. */
function createHost() {
  const asked: { ids: readonly HitRow['id'][]; answer: (term: string) => void }[] = [];
  const rows = createRows<HitRow>(
    (ids) =>
      new Promise((resolve) =>
        asked.push({ ids, answer: (term) => resolve(ids.map((id) => row(id, term))) }),
      ),
    (error) => {
      throw error;
    },
  );
  const told = () =>
    new Promise<void>((resolve) => {
      const end = rows.subscribe(() => {
        end();
        resolve();
      });
    });
  return { rows, asked, told };
}

const idOf = (number: number) => number as HitRow['id'];
const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => idOf(from + index));

describe('rows of hits', () => {
  it('asks again for what was on its way while it changed', async () => {
    const { rows, asked, told } = createHost();
    rows.want(ids(1, 1));
    rows.markStale();
    let next = told();
    asked[0]?.answer('before');
    await next;
    expect(rows.get(idOf(1))?.term).toBe('before');
    await expect.poll(() => asked.length).toBe(2);
    next = told();
    asked[1]?.answer('after');
    await next;
    expect(rows.get(idOf(1))?.term).toBe('after');
  });

  it('lets the oldest go, and never what is on screen', async () => {
    const { rows, asked, told } = createHost();
    for (let page = 0; page < 30; page++) {
      rows.want(ids(page * 400, 400));
      const next = told();
      asked[page]?.answer('a');
      await next;
      // The loop behind an answer looks once more for what is missing.
      await Promise.resolve();
    }
    const kept = ids(0, 12_000).filter((id) => rows.get(id) !== undefined);
    expect(kept.length).toBe(5_000);
    expect(rows.get(idOf(11_999))).toBeDefined();
    expect(rows.get(idOf(0))).toBeUndefined();
  });
});
