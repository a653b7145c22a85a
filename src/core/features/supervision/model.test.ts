import { array, assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { DispositionId, Milliseconds, UserId } from '../../contract/ids.ts';
import {
  type Decision,
  type Disposition,
  excerptAround,
  planUndo,
  standingOf,
  startOfDay,
  stateAfter,
} from './model.ts';

const first = UserId.parse('01900000-0000-7000-8000-000000000001');
const second = UserId.parse('01900000-0000-7000-8000-000000000002');

function entry(id: number, decision: Decision, undoes: number | null = null, by = first): Disposition {
  return {
    id: DispositionId.parse(id),
    decision,
    reasonCode: decision === 'confirmed' ? 'violation' : null,
    by,
    at: Milliseconds.parse(1000 * id),
    undoes: undoes === null ? null : DispositionId.parse(undoes),
  };
}

const id = (value: number) => DispositionId.parse(value);

describe('where a hit stands', () => {
  it('is open before any decision, and where the last one was taken back', () => {
    expect(standingOf([])).toEqual({ state: 'open', by: null, at: null, reasonCode: null });
    expect(standingOf([entry(1, 'confirmed'), entry(2, 'reopened', 1)]).state).toBe('open');
    expect(stateAfter('reopened')).toBe('open');
  });

  it('is what the last decision says, whoever decided before', () => {
    expect(standingOf([entry(1, 'confirmed'), entry(2, 'dismissed', null, second)])).toEqual({
      state: 'dismissed',
      by: second,
      at: 2000,
      reasonCode: null,
    });
  });

  it('goes back to the decision before the one taken back, with its author, time and reason', () => {
    const history = [entry(1, 'confirmed'), entry(2, 'dismissed', null, second), entry(3, 'reopened', 2)];
    expect(standingOf(history)).toEqual({ state: 'confirmed', by: first, at: 1000, reasonCode: 'violation' });
  });
});

describe('taking a decision back', () => {
  it('leads to the state before it', () => {
    expect(planUndo([entry(1, 'confirmed'), entry(2, 'escalated')], id(2))).toEqual({
      kind: 'undo',
      standing: { state: 'confirmed', by: first, at: 1000, reasonCode: 'violation' },
    });
  });

  it('is refused for an earlier one, until the later one is taken back', () => {
    const history = [entry(1, 'confirmed'), entry(2, 'dismissed')];
    expect(planUndo(history, id(1))).toEqual({ kind: 'conflict' });
    expect(planUndo([...history, entry(3, 'reopened', 2)], id(1)).kind).toBe('undo');
  });

  it('happens once, and never to a taking back', () => {
    const history = [entry(1, 'confirmed'), entry(2, 'reopened', 1)];
    expect(planUndo(history, id(1))).toEqual({ kind: 'nothing-to-undo' });
    expect(planUndo(history, id(2))).toEqual({ kind: 'nothing-to-undo' });
  });

  it('one after another ends where it began, after any decisions', () => {
    assert(
      property(
        array(constantFrom<Decision>('confirmed', 'dismissed', 'escalated'), { maxLength: 8 }),
        (made) => {
          const history = made.map((decision, index) => entry(index + 1, decision));
          for (let at = made.length; at > 0; at -= 1) {
            expect(planUndo(history, id(at)).kind).toBe('undo');
            history.push(entry(history.length + 1, 'reopened', at));
            const before = made[at - 2];
            expect(standingOf(history).state).toBe(before === undefined ? 'open' : before);
          }
        },
      ),
    );
  });
});

describe('the text around a hit', () => {
  const plain = (text: string) => text;

  it('reaches 40 characters to each side and says where the hit is in it', () => {
    const text = `${'前'.repeat(100)}保本${'后'.repeat(100)}`;
    const { excerpt, excerptStart } = excerptAround(text, 100, 102, plain);
    expect(excerpt).toBe(`${'前'.repeat(40)}保本${'后'.repeat(40)}`);
    expect(excerptStart).toBe(40);
    expect(excerptAround('保本', 0, 2, plain)).toEqual({ excerpt: '保本', excerptStart: 0 });
  });

  it('masks a number that begins outside it', () => {
    const mask = (text: string) => text.replaceAll(/\d{18}/g, (digits) => '*'.repeat(digits.length));
    const text = `身份证110101199003071234${'好'.repeat(30)}保本`;
    const { excerpt, excerptStart } = excerptAround(text, 51, 53, mask);
    expect(excerpt.slice(excerptStart)).toBe('保本');
    expect(excerpt).toBe(`${'*'.repeat(10)}${'好'.repeat(30)}保本`);
  });

  it('never cuts a character in two, and always holds the hit where it says', () => {
    assert(
      property(
        string({ unit: 'grapheme', maxLength: 120 }),
        string({ unit: 'grapheme', maxLength: 120 }),
        (before, after) => {
          const text = `${before}保本${after}`;
          const { excerpt, excerptStart } = excerptAround(text, before.length, before.length + 2, plain);
          expect(excerpt.slice(excerptStart, excerptStart + 2)).toBe('保本');
          expect(excerpt.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});

describe('the start of the day', () => {
  it('is midnight in the time zone of the workspace', () => {
    const now = Date.UTC(2026, 2, 31, 17, 30, 5, 7);
    expect(startOfDay(now, 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 31, 16));
    expect(startOfDay(now, 'UTC')).toBe(Date.UTC(2026, 2, 31));
    expect(startOfDay(Date.UTC(2026, 2, 31, 16), 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 31, 16));
  });
});
