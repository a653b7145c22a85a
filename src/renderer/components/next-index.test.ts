import { describe, expect, it } from 'vitest';

import { nextIndex } from './next-index.ts';

describe('nextIndex', () => {
  it('starts at either end when no row is current', () => {
    expect(nextIndex('ArrowDown', null, 10, 100)).toBe(0);
    expect(nextIndex('ArrowUp', null, 10, 100)).toBe(99);
  });

  it('moves by one, by a page, and to the ends', () => {
    expect(nextIndex('ArrowDown', 4, 10, 100)).toBe(5);
    expect(nextIndex('ArrowUp', 4, 10, 100)).toBe(3);
    expect(nextIndex('PageDown', 4, 10, 100)).toBe(14);
    expect(nextIndex('PageUp', 44, 10, 100)).toBe(34);
    expect(nextIndex('Home', 44, 10, 100)).toBe(0);
    expect(nextIndex('End', 44, 10, 100)).toBe(99);
  });

  it('never leaves the list', () => {
    expect(nextIndex('ArrowDown', 99, 10, 100)).toBe(99);
    expect(nextIndex('PageDown', 95, 10, 100)).toBe(99);
    expect(nextIndex('PageUp', 3, 10, 100)).toBe(0);
  });

  it('leaves other keys to others', () => {
    expect(nextIndex('j', 4, 10, 100)).toBeNull();
    expect(nextIndex('Tab', 4, 10, 100)).toBeNull();
  });
});
