import { describe, expect, it } from 'vitest';

import { piecesOf, withVisibleMarks } from './invisible.ts';

describe('invisible characters', () => {
  it('shows what turns a text round, and what hides in it', () => {
    expect(withVisibleMarks('\u202E赔不赚稳\u202C')).toBe('‹U+202E›赔不赚稳‹U+202C›');
    expect(withVisibleMarks('保\u200B本\uFEFF')).toBe('保‹U+200B›本‹U+FEFF›');
    expect(withVisibleMarks('a\u0000b\u2066c\u{E0041}')).toBe('a‹U+0000›b‹U+2066›c‹U+E0041›');
    expect(withVisibleMarks('保\uFE0F本')).toBe('保‹U+FE0F›本');
  });

  it('leaves line breaks and emoji as they are', () => {
    for (const text of ['第一行\r\n第二行\t完', '👨‍👩‍👧', '❤️', '1️⃣', '👩🏽‍💻'])
      expect(withVisibleMarks(text)).toBe(text);
  });

  it('keeps every character at its place', () => {
    const text = '保\u200B\u200B本\u202E理财';
    const pieces = piecesOf(text);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    for (const piece of pieces) expect(text.startsWith(piece.text, piece.start)).toBe(true);
    expect(piecesOf('')).toEqual([]);
  });
});
