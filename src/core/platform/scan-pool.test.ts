import { afterEach, describe, expect, it } from 'vitest';

import {
  type ScanStart,
  compileScreener,
  forEachHit,
  packTexts,
  screenBatch,
} from '../features/screening/index.ts';
import { EntryOptions, LexiconSettings } from '../features/screening/rules/model.ts';
import { type ScanPool, createScanPool } from './scan-pool.ts';

const settings = LexiconSettings.parse({});
const start: ScanStart = {
  entries: ['保本', 'vip', '本'].map((text) => ({ text, options: EntryOptions.parse({}), settings })),
  suppressions: [],
  force: null,
};
let pool: ScanPool | null = null;

afterEach(() => pool?.close());

describe('createScanPool', () => {
  it('finds in worker threads what the engine finds in this one, batch by batch', async () => {
    pool = createScanPool(2, start);
    expect(pool.workers).toBe(2);
    const batches = Array.from({ length: 8 }, (_, batch) =>
      Array.from({ length: 400 }, (__, index) =>
        index % 3 === batch % 3 ? `保\u200b本 ＶＩＰ${index}` : '好的',
      ),
    );
    const screener = compileScreener(start.entries, []);
    const scans = batches.map((texts) => pool?.scan(packTexts(texts)));
    for (const [index, scan] of scans.entries()) {
      expect(await scan).toEqual(screenBatch(screener, packTexts(batches[index] ?? [])));
    }
  });

  it('takes the batch over instead of copying it', async () => {
    pool = createScanPool(1, start);
    const batch = packTexts(['保本']);
    const scan = pool.scan(batch);
    expect(batch.units.length).toBe(0);
    const found: unknown[] = [];
    forEachHit((await scan).hits, (...hit) => found.push(hit));
    expect(found).toEqual([
      [0, 0, 0, 2, 0, 1],
      [0, 2, 1, 2, 0, 1],
    ]);
  });

  it('rejects what was under way when it is closed, and what comes after', async () => {
    pool = createScanPool(1, start);
    const outcome = pool.scan(packTexts(['保本'])).catch((error: unknown) => error);
    await pool.close();
    expect(await outcome).toMatchObject({ code: 'cancelled' });
    await expect(pool.scan(packTexts(['保本']))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
