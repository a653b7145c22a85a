import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { freeKey, moved, newStage } from './edit-template.ts';

describe('moving an entry', () => {
  it('keeps every entry, and moving back undoes it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.nat(), (list, place) => {
        const index = place % list.length;
        const down = moved(list, index, 1);
        expect(new Set(down)).toEqual(new Set(list));
        expect(down).toHaveLength(list.length);
        if (index < list.length - 1) expect(moved(down, index + 1, -1)).toEqual(list);
        else expect(down).toEqual(list);
      }),
    );
  });
});

describe('a new stage', () => {
  it('never takes a key that is there', () => {
    const stages = [newStage([])];
    for (let count = 0; count < 12; count += 1) {
      stages.splice(count % stages.length, 0, newStage(stages));
      if (count % 3 === 0) stages.shift();
      stages.push(newStage(stages));
    }
    const keys = stages.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(freeKey('stage', ['stage-2'])).toBe('stage-3');
  });
});
