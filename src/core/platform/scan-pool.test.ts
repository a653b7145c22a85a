import { afterEach, describe, expect, it } from 'vitest';

import {
  compileMatcher,
  foldNamesOf,
  foldOrder,
  forEachHit,
  packTexts,
} from '../features/screening/index.ts';
import { type ScanPool, createScanPool } from './scan-pool.ts';

const terms = [{ text: '保本' }, { text: 'vip' }, { text: '本' }];
let pool: ScanPool | null = null;

afterEach(() => pool?.close());

describe('createScanPool', () => {
  it('finds in worker threads what the engine finds in this one, batch by batch', async () => {
    pool = createScanPool(2, terms, foldOrder);
    expect(pool.workers).toBe(2);
    const batches = Array.from({ length: 8 }, (_, batch) =>
      Array.from({ length: 400 }, (__, index) =>
        index % 3 === batch % 3 ? `保\u200b本 ＶＩＰ${index}` : '好的',
      ),
    );
    const matcher = compileMatcher(terms);
    const scans = batches.map((texts) => pool?.scan(packTexts(texts)));
    for (const [index, scan] of scans.entries()) {
      const found: unknown[] = [];
      const hits = await scan;
      if (hits === undefined) throw new Error('no pool');
      forEachHit(hits, (text, term, start, end, folds) => {
        found.push({ text, term, start, end, folds: foldNamesOf(folds) });
      });
      expect(found).toEqual(
        (batches[index] ?? []).flatMap((text, at) =>
          matcher.scan(text).map((match) => ({ text: at, ...match })),
        ),
      );
    }
  });

  it('takes the batch over instead of copying it', async () => {
    pool = createScanPool(1, terms, foldOrder);
    const batch = packTexts(['保本']);
    const scan = pool.scan(batch);
    expect(batch.units.length).toBe(0);
    expect(Array.from(await scan)).toEqual([0, 0, 0, 2, 0, 0, 2, 1, 2, 0]);
  });

  it('rejects what was under way when it is closed, and what comes after', async () => {
    pool = createScanPool(1, terms, foldOrder);
    const outcome = pool.scan(packTexts(['保本'])).catch((error: unknown) => error);
    await pool.close();
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    await expect(pool.scan(packTexts(['保本']))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
