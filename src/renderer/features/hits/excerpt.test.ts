import { describe, expect, it } from 'vitest';

import { cropToHit } from './excerpt.ts';

describe('cropToHit', () => {
  it('keeps the hit in sight, at its exact place', () => {
    const excerpt = '朋友公司的私募，一年百分之十八，打给我个人账户，我帮您操作。';
    const start = excerpt.indexOf('打给我');
    const cropped = cropToHit(excerpt, start, 7, 6);
    expect(cropped.text.slice(cropped.start, cropped.end)).toBe('打给我个人账户');
    expect(cropped.text).toBe('…百分之十八，打给我个人账户，我帮您操作。');
  });

  it('leaves alone what stands at the beginning', () => {
    expect(cropToHit('这款保本', 2, 2, 6)).toEqual({ text: '这款保本', start: 2, end: 4 });
  });

  it('never cuts a character in two', () => {
    const excerpt = '😀😀😀😀😀保本';
    for (let before = 0; before < 10; before++) {
      const cropped = cropToHit(excerpt, 10, 2, before);
      expect(cropped.text.isWellFormed()).toBe(true);
      expect(cropped.text.slice(cropped.start, cropped.end)).toBe('保本');
    }
  });
});
