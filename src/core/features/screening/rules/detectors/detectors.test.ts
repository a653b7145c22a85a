import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { unitsOf } from '../../../../../../test/support/detecting.ts';
import { detectorNames } from '../model.ts';
import { sourceText } from '../source-text.ts';
import { createDetector } from './index.ts';
import { isPossible } from './unit-counts.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

describe('all detectors', () => {
  it(`find only stretches of the text, and never throw, in 3,000 random texts (seed ${seed})`, () => {
    const piece = fc.constantFrom(
      '1',
      '3',
      '8',
      '00138000',
      '138',
      '一',
      '三',
      'o',
      'x',
      'a',
      'com',
      '.',
      '。',
      '点',
      '@',
      '微信',
      'vx',
      ':',
      '万',
      '元',
      '%',
      '年化',
      '百分之',
      '月息',
      '同号',
      '13800138000',
      '分',
      '-',
      ' ',
      '*',
      '\ud83d',
      '\ude00',
      '😀',
      '\u200b',
      '\u001e',
      '㏄',
      '⑩',
      'http://',
      '[',
      ']',
      ':',
      'www.',
      '/',
      '例子',
      '中国',
      'а',
      '(',
      '+86',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const units = unitsOf(text);
        for (const name of detectorNames) {
          const source = sourceText(units, 0, units.length);
          const found = createDetector(name, { allow: [], deny: [] })(source);
          if (found.length > 0) expect(isPossible(name, source.counts())).toBe(true);
          for (const { start, end } of found) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(text.slice(start, end)).not.toContain('\u001e');
          }
        }
      }),
      { numRuns: 3_000, seed },
    );
  });

  it.each([
    '1',
    '1 ',
    '1😀',
    'a.',
    '13800138000 ',
    'a@',
    '一',
    '一万',
    '*-',
    '微信abcd12 ',
    '微信同号13800138000',
    '1<a ',
    '1[',
    '我的v ',
    '日息万',
    '张三@公司.',
    '年化',
    '\ud800',
    'http://a.cn/x ',
    'http://',
    'http://1 ',
    'http://a',
    'http://[::1]',
    'a[.]',
    'http://商.',
    '111,',
    '3.5-',
    '五点',
    '1 . ',
    '利一分',
  ])(
    'are done with 200,000 units of %j',
    (piece) => {
      const units = unitsOf(piece.repeat(200_000 / piece.length));
      const started = performance.now();
      for (const name of detectorNames)
        createDetector(name, { allow: ['example.com'], deny: [] })(sourceText(units, 0, units.length));
      // Some seconds at most; what is quadratic takes an hour.
      expect(performance.now() - started).toBeLessThan(30_000);
    },
    60_000,
  );
});
