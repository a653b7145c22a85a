import { describe, expect, it } from 'vitest';

import {
  confidenceOf,
  foldBit,
  foldCodePoint,
  foldNamesOf,
  foldTable,
  foldText,
  tableBits,
} from './folds.ts';

describe('the fold tables', () => {
  it.each([
    ['all table folds', tableBits],
    ['width and case', foldBit.width | foldBit.case],
    ['script and digits', foldBit.script | foldBit.digits],
    ['no fold', 0],
  ])(
    'agree with the definition for every code point of Unicode: %s',
    (_, bits) => {
      const wrong: string[] = [];
      const { single, several, leading } = foldTable(bits);
      for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
        const character = String.fromCodePoint(codePoint);
        const folded = foldCodePoint(character, bits);
        const tabled =
          several.get(codePoint) ??
          (codePoint > 0xffff ? character : String.fromCharCode(single[codePoint] ?? 0));
        const announced =
          codePoint <= 0xffff || folded === character || leading[character.charCodeAt(0)] === 1;
        if (tabled !== folded || !announced) wrong.push(codePoint.toString(16));
      }
      expect(wrong).toEqual([]);
    },
    60_000,
  );

  it('keep both cases of a letter together under look-alikes', () => {
    const wrong: string[] = [];
    const bits = foldBit.case | foldBit['look-alikes'];
    for (let codePoint = 0; codePoint <= 0xffff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      const lower = character.toLowerCase();
      if (
        lower.length === 1 &&
        lower.toUpperCase() === character &&
        foldCodePoint(lower, bits) !== foldCodePoint(character, bits)
      )
        wrong.push(character);
    }
    expect(wrong).toEqual([]);
  });

  it('read figures of other scripts by their place in their run of ten', () => {
    const digits = (text: string) => Array.from(text, (own) => foldCodePoint(own, foldBit.digits)).join('');
    expect(digits('٠٩०९๑❶➈一壹幺零〇')).toBe('090911911100');
  });
});

describe('foldText', () => {
  it('leaves out what is invisible and folds the rest', () => {
    expect(foldText('Ａ\u200bb㏄證\u{e0101}')).toBe('abcc证');
  });
});

describe('sets of folds', () => {
  it('are named in one order, and are as sure as their weakest', () => {
    expect(foldNamesOf(0b101)).toEqual(['width', 'script']);
    expect(confidenceOf(0)).toBe(1);
    expect(confidenceOf(foldBit.homophones | foldBit.width)).toBe(0.6);
  });
});
