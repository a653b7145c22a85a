import { describe, expect, it } from 'vitest';

import { countForms, formGroups, groupsWith, withForm } from './built-in-forms.ts';

const table = [
  { target: '微信', written: ['vx', 'V信', '徽信'] },
  { target: '红包', written: ['🧧', '虹包'] },
];

describe('the built-in table on the screen', () => {
  it('says what is off, and what is off without being in the table', () => {
    const groups = formGroups(table, [
      { target: '微信', written: ['vx', '围信'] },
      { target: '老词', written: ['旧'] },
    ]);
    const said = groups.map(({ target, forms }) => [
      target,
      ...forms.map(
        ({ form, isOff, isUnknown }) => `${form}${isOff ? ' off' : ''}${isUnknown ? ' unknown' : ''}`,
      ),
    ]);
    expect(said).toEqual([
      ['微信', 'vx off', 'V信', '徽信', '围信 off unknown'],
      ['红包', '🧧', '虹包'],
      ['老词', '旧 off unknown'],
    ]);
  });

  it('is searched by words, which show all their forms, and by forms', () => {
    const found = (typed: string) =>
      groupsWith(formGroups(table, []), typed).map(({ target, forms }) => [
        target,
        ...forms.map(({ form }) => form),
      ]);
    expect(found(' 微信 ')).toEqual([['微信', 'vx', 'V信', '徽信']]);
    expect(found('v')).toEqual([['微信', 'vx', 'V信']]);
    expect(found('包')).toEqual([['红包', '🧧', '虹包']]);
    expect(found('没有')).toEqual([]);
  });

  it('is as it was once a form is switched off and on again', () => {
    const before = withForm([], '红包', '🧧', true);
    const off = withForm(withForm(before, '微信', 'vx', true), '微信', '徽信', true);
    expect(off).toEqual([
      { target: '微信', written: ['vx', '徽信'] },
      { target: '红包', written: ['🧧'] },
    ]);
    expect(countForms(off)).toBe(3);
    expect(withForm(withForm(off, '微信', '徽信', false), '微信', 'vx', false)).toEqual(before);
    expect(withForm(before, '红包', '🧧', false)).toEqual([]);
  });
});
