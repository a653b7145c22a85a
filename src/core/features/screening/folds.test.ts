import { describe, expect, it } from 'vitest';

import { foldCodePoint, foldNamesOf, foldOrder, foldTable, foldText, unitKind } from './folds.ts';

describe('the fold tables', () => {
  it('agree with the definition for every code point of Unicode', () => {
    const wrong: string[] = [];
    const all = (1 << foldOrder.length) - 1;
    const table = foldTable(all);
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const character = String.fromCodePoint(codePoint);
      const folded = foldCodePoint(character, all);
      let tabled: string;
      if (codePoint > 0xffff) tabled = table.several.get(codePoint) ?? character;
      else if (table.kind[codePoint] === unitKind.skipped) tabled = '';
      else if (table.kind[codePoint] === unitKind.several) tabled = table.several.get(codePoint) ?? '?';
      else tabled = String.fromCharCode(table.single[codePoint] ?? 0);
      if (tabled !== folded) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  }, 30_000);

  it('leave text unchanged where no fold is asked for', () => {
    expect(foldText('Ａ\u200bb㏄', [])).toBe('Ａ\u200bb㏄');
    expect(foldText('Ａ\u200bb㏄', ['invisible'])).toBe('Ａb㏄');
    expect(foldText('Ａ\u200bb㏄')).toBe('abcc');
  });

  it('list the names of folds in one order', () => {
    expect(foldNamesOf(0b101)).toEqual(['width', 'invisible']);
  });
});
