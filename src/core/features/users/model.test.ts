import { describe, expect, test } from 'vitest';

import { passwordProblems, permissions, permissionsOf, roles } from './model.ts';

describe('roles', () => {
  test('the auditor reads everything and changes nothing', () => {
    const held = permissionsOf(['auditor']);
    expect(held).toEqual(
      expect.arrayContaining(permissions.filter((permission) => permission.endsWith(':read'))),
    );
    expect(held.filter((permission) => !permission.endsWith(':read'))).toEqual(['archive:unmask']);
  });

  test('who administers accounts decides no hit', () => {
    expect(permissionsOf(['admin'])).not.toContain('hits:decide');
  });

  test('several roles add up, without repeats', () => {
    const both = permissionsOf(['admin', 'reviewer']);
    expect(new Set(both).size).toBe(both.length);
    for (const role of ['admin', 'reviewer'] as const) {
      expect(both).toEqual(expect.arrayContaining([...permissionsOf([role])]));
    }
    expect(permissionsOf([])).toEqual([]);
  });

  test('every permission is held by some role', () => {
    expect(permissionsOf(roles)).toEqual(permissions);
  });
});

describe('a password', () => {
  test.each([
    ['short', 'too-short'],
    ['九个字的密码不够长', 'too-short'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['abcabcabcabc', 'repeated'],
    ['1234567890', 'sequence'],
    ['qwertyuiop123', 'sequence'],
    ['0987654321', 'sequence'],
    ['Password2026!', 'common'],
    ['countersign-1', 'common'],
    ['ＰＡＳＳＷＯＲＤ２０２６', 'common'],
    ['wang.lei-1984', 'contains-name'],
    ['my-WANG.LEI-pass', 'contains-name'],
  ])('%s is too weak: %s', (password, problem) => {
    expect(passwordProblems(password, ['wang.lei', '王磊'])).toContain(problem);
  });

  test.each([
    'correct horse battery',
    '春江潮水连海平海上明月',
    'Zhaoyang-lu-88-hao',
    'xK9#mQ2$vL',
    'administration of rivers',
  ])('%s may be used', (password) => {
    expect(passwordProblems(password, ['wang.lei', '王磊'])).toEqual([]);
  });
});
