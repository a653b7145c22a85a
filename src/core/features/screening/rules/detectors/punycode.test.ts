import { domainToASCII } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { decodePunycode } from './punycode.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

describe('decodePunycode', () => {
  it(`decodes what the platform encodes (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,5}[а-яä-öα-ω一-龥]{1,8}[a-z]{0,5}$/u), (label) => {
        const encoded = domainToASCII(label);
        fc.pre(encoded.startsWith('xn--') && !encoded.includes('.'));
        expect(decodePunycode(encoded.slice(4))).toBe(label.normalize('NFC'));
      }),
      { numRuns: 1_000, seed },
    );
  });

  it('refuses what is no punycode', () => {
    for (const encoded of ['%', '99999999999', 'a-é', '-'])
      expect(() => decodePunycode(encoded)).not.toThrow();
    expect(decodePunycode('99999999999')).toBeNull();
  });
});
