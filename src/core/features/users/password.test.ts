import { scryptSync } from 'node:crypto';

import { expect, test } from 'vitest';

import { systemRandom } from '../../platform/ids.ts';
import { hashPassword, usualPasswordCost, verifyPassword } from './password.ts';

test('a hash verifies its own password only, and salts each time', async () => {
  const [first, second] = await Promise.all([
    hashPassword('一个密码', systemRandom, usualPasswordCost),
    hashPassword('一个密码', systemRandom, usualPasswordCost),
  ]);
  expect(first).not.toBe(second);
  expect(first).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[\w-]{22}\$[\w-]{43}$/);
  expect(await verifyPassword('一个密码', first, usualPasswordCost)).toEqual({
    matches: true,
    outdated: false,
  });
  expect(await verifyPassword('另一个密码', first, usualPasswordCost)).toMatchObject({ matches: false });
});

test('one password typed in two Unicode forms is one password', async () => {
  const hash = await hashPassword('cafe\u0301 ﬁn', systemRandom, usualPasswordCost);
  expect(await verifyPassword('café fin', hash, usualPasswordCost)).toMatchObject({ matches: true });
});

test('a hash of other parameters still verifies, and asks to be renewed', async () => {
  const salt = Buffer.alloc(16, 7);
  const key = scryptSync('old password', salt, 32, { N: 2 ** 14, r: 8, p: 1 });
  const stored = `$scrypt$ln=14,r=8,p=1$${salt.toString('base64url')}$${key.toString('base64url')}`;
  expect(await verifyPassword('old password', stored, usualPasswordCost)).toEqual({
    matches: true,
    outdated: true,
  });
  expect(await verifyPassword('new password', stored, usualPasswordCost)).toMatchObject({ matches: false });
});

test.each(['', 'plain text', '$scrypt$ln=15,r=8,p=3$$', '$argon2id$v=19$m=65536$a$b'])(
  'what is no hash (%j) matches nothing',
  async (stored) => {
    expect(await verifyPassword('', stored, usualPasswordCost)).toMatchObject({ matches: false });
  },
);
