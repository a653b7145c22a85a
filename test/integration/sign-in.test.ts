import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createApp } from '../../src/core/app.ts';
import { sessionKeyOf } from '../../src/core/features/users/index.ts';
import { reserveAttempt } from '../../src/core/features/users/throttle.ts';
import { systemRandom } from '../../src/core/platform/ids.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import {
  type TestClock,
  type TestWorld,
  cheapPasswords,
  createClient,
  resources,
  startTestWorld,
  testClock,
  testPassword,
  until,
} from '../support/workspace.ts';

const minute = 60_000;
const hour = 60 * minute;

let clock: TestClock;
let world: TestWorld;

beforeEach(async () => {
  clock = testClock();
  world = await startTestWorld({ clock });
});

afterEach(() => world.close());

async function lastAction(): Promise<string | undefined> {
  const auditor = await world.signIn('auditor');
  const { events } = await auditor.call('audit.list', { limit: 2 });
  // The newest is this very sign-in.
  return events[1]?.action;
}

describe('signing in', () => {
  test('gives what the roles grant, once, and is audited with the name', async () => {
    const client = world.anonymous();
    expect(await client.code('settings.get')).toBe('not-signed-in');
    const user = await client.call('users.signIn', { userName: 'Reviewer', password: testPassword });
    expect(user).toMatchObject({ userName: 'reviewer', roles: ['reviewer'] });
    expect(user.permissions).toContain('hits:decide');
    expect(await client.code('settings.get')).toBe('ok');
    expect(await client.code('users.list')).toBe('forbidden');
    expect(await lastAction()).toBe('users.signIn');
  });

  test('keeps no token in the database, only its hash', async () => {
    const client = await world.signIn('reviewer');
    const token = client.caller().sessionToken ?? '';
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const connection = openDatabase(`${world.workspace}/workspace.sqlite`);
    const rows = connection.handle
      .prepare<[], { token_hash: string }>('SELECT token_hash FROM sessions')
      .all();
    await connection.close();
    expect(rows).toEqual([{ token_hash: sessionKeyOf(token) }]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('stores the hash of a host that says nothing of its cost: the full one, renewed at sign-in', async () => {
    await world.app.close();
    const app = await createApp({
      home: world.folder,
      workspace: world.workspace,
      resources,
      version: '',
      log: createLog('silent'),
    });
    const connection = openDatabase(`${world.workspace}/workspace.sqlite`, { readonly: true });
    const hash = () =>
      connection.handle
        .prepare<[], { hash: string }>("SELECT password_hash AS hash FROM users WHERE user_name = 'reviewer'")
        .get()?.hash;
    try {
      const right = { userName: 'reviewer', password: testPassword };
      expect(hash()).toMatch(/^\$scrypt\$ln=9,r=8,p=1\$/);
      expect(await createClient(app).code('users.signIn', right)).toBe('ok');
      expect(hash()).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
      expect(await createClient(app).code('users.signIn', right)).toBe('ok');
    } finally {
      await connection.close();
      await app.close();
    }
  });

  test('a made-up token is nobody', async () => {
    for (const sessionToken of ['', 'x', 'A'.repeat(43), "' OR 1=1 --"]) {
      const result = await world.app.dispatch('settings.get', {}, { host: 'http', sessionToken });
      expect(result).toMatchObject({ ok: false, error: { code: 'not-signed-in' } });
    }
  });

  test('a wrong password and an unknown name get the same answer, and are audited without the name typed', async () => {
    const client = world.anonymous();
    const wrong = await client.try('users.signIn', { userName: 'reviewer', password: 'no' });
    const unknown = await client.try('users.signIn', { userName: 'hunter2-secret', password: 'no' });
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject({ ok: false, error: { code: 'wrong-credentials' } });
    const auditor = await world.signIn('auditor');
    const { events } = await auditor.call('audit.list', { filter: { action: 'users.signInFailed' } });
    expect(events.map((event) => event.details.userName)).toEqual([null, 'reviewer']);
    expect(JSON.stringify(events)).not.toContain('hunter2');
  });

  test('signing out ends the session for good', async () => {
    const client = await world.signIn('reviewer');
    const caller = client.caller();
    await client.call('users.signOut');
    expect(client.caller().sessionToken).toBeNull();
    expect(await world.app.dispatch('settings.get', {}, caller)).toMatchObject({
      error: { code: 'not-signed-in' },
    });
    expect(await client.code('users.signOut')).toBe('ok');
  });

  test('a session ends after twelve hours, however busy', async () => {
    const client = await world.signIn('reviewer');
    for (let passed = 0; passed < 11 * hour + 50 * minute; passed += 10 * minute) {
      clock.advance(10 * minute);
      expect(await client.code('users.touch')).toBe('ok');
    }
    clock.advance(10 * minute);
    expect((await client.call('users.me')).state).toBe('signed-out');
  });
});

describe('too many attempts', () => {
  const fail = (userName: string) => world.anonymous().try('users.signIn', { userName, password: 'wrong' });

  test('make a name wait, longer each time, also after a restart; the right password does not help', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await fail('reviewer')).toMatchObject({ error: { code: 'wrong-credentials' } });
    }
    expect(await fail('reviewer')).toMatchObject({ error: { code: 'throttled', details: { seconds: 30 } } });
    await world.app.close();
    const app = await createApp({
      home: world.folder,
      workspace: world.workspace,
      resources,
      version: '',
      clock,
      log: createLog('silent'),
      passwordCost: cheapPasswords,
    });
    try {
      const client = createClient(app);
      const right = { userName: 'reviewer', password: testPassword };
      expect(await client.code('users.signIn', right)).toBe('throttled');
      // Nobody else has to wait.
      expect(await createClient(app).code('users.signIn', { ...right, userName: 'approver' })).toBe('ok');
      clock.advance(30_000);
      expect(await client.code('users.signIn', { ...right, password: 'wrong' })).toBe('wrong-credentials');
      expect(await client.try('users.signIn', right)).toMatchObject({ error: { details: { seconds: 60 } } });
      clock.advance(60_000);
      expect(await client.code('users.signIn', right)).toBe('ok');
      // A success clears the count.
      expect(await client.code('users.signIn', { ...right, password: 'wrong' })).toBe('wrong-credentials');
    } finally {
      await app.close();
    }
  });

  test('count each other when they come at once', async () => {
    const results = await Promise.all(Array.from({ length: 12 }, () => fail('reviewer')));
    const codes = results.map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
    expect(codes.filter((code) => code === 'throttled')).toHaveLength(7);
  });

  test('over many names make the names wait that failed themselves, and nobody else', async () => {
    // As fifty sign-ins would count them, without fifty times a third of a second of scrypt.
    const connection = openDatabase(`${world.workspace}/workspace.sqlite`);
    for (let name = 0; name < 50; name += 1) {
      await connection.query
        .transaction()
        .execute((writer) => reserveAttempt(writer, { userName: `guess-${name}` }, clock.now()));
    }
    await connection.close();
    const approver = { userName: 'approver', password: testPassword };
    expect(await world.anonymous().code('users.signIn', approver)).toBe('ok');
    expect(await fail('reviewer')).toMatchObject({ error: { code: 'wrong-credentials' } });
    expect(await fail('reviewer')).toMatchObject({ error: { code: 'throttled', details: { seconds: 300 } } });
    clock.advance(5 * minute);
    expect(await fail('reviewer')).toMatchObject({ error: { code: 'wrong-credentials' } });
  });

  test('by a stranger keep nobody from the session they have, and a reset lets the account in again', async () => {
    const client = await world.signIn('reviewer');
    const admin = await world.signIn('admin');
    for (let attempt = 0; attempt < 6; attempt += 1) await fail('reviewer');
    await client.call('users.lock');
    expect(await client.code('users.unlock', { password: testPassword })).toBe('ok');
    const right = { userName: 'reviewer', password: testPassword };
    expect(await world.anonymous().code('users.signIn', right)).toBe('throttled');
    const id = (await client.call('users.me')).user?.id ?? '';
    await admin.call('users.resetPassword', { id, password: 'Meihua-shan-xia-3' });
    expect(await world.anonymous().code('users.signIn', { ...right, password: 'Meihua-shan-xia-3' })).toBe(
      'ok',
    );
  });

  test('at the lock screen count too', async () => {
    const client = await world.signIn('reviewer');
    await client.call('users.lock');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(await client.code('users.unlock', { password: 'wrong' })).toBe('wrong-credentials');
    }
    expect(await client.code('users.unlock', { password: testPassword })).toBe('throttled');
  });
});

describe('the lock', () => {
  test('locks at once, tells the session so, and opens with the password', async () => {
    const client = await world.signIn('reviewer');
    const events = world.listen(client);
    const others = world.listen(await world.signIn('approver'));
    await client.call('users.lock');
    await until(() => events.some((event) => event.type === 'session' && event.state === 'locked'));
    expect(await client.code('settings.get')).toBe('locked');
    expect(await client.call('users.me')).toMatchObject({ state: 'locked', user: { userName: 'reviewer' } });
    expect(await client.code('users.unlock', { password: 'wrong' })).toBe('wrong-credentials');
    expect(await client.code('users.unlock', { password: testPassword })).toBe('ok');
    expect(await client.code('settings.get')).toBe('ok');
    expect(others.filter((event) => event.type === 'session')).toEqual([]);
  });

  test('comes by itself after the time that the settings say; queries do not put it off, work does', async () => {
    const admin = await world.signIn('admin');
    const settings = await admin.call('settings.get');
    await admin.call('settings.update', { ...settings, idleLockMinutes: 10 });
    const client = await world.signIn('reviewer');
    clock.advance(6 * minute);
    await client.call('settings.get');
    clock.advance(3 * minute);
    await client.call('users.touch');
    clock.advance(9 * minute);
    expect(await client.code('settings.get')).toBe('ok');
    clock.advance(1 * minute);
    expect(await client.code('settings.get')).toBe('locked');
    expect(await client.code('users.touch')).toBe('locked');
    expect((await client.call('users.me')).idleLockAfter).toBe(10 * minute);
    expect(await client.code('users.unlock', { password: testPassword })).toBe('ok');
  });

  test('does not come over a command that takes long: its session ends with its process', async () => {
    const command = await world.signIn('reviewer', 'cli');
    clock.advance(2 * hour);
    expect(await command.code('settings.get')).toBe('ok');
  });

  test('a session that has ended can not be unlocked', async () => {
    expect(await world.anonymous().code('users.unlock', { password: testPassword })).toBe('not-signed-in');
  });
});

describe('the own password', () => {
  test('changes with the old one, obeys the rules, and ends the other sessions', async () => {
    const here = await world.signIn('reviewer');
    const there = await world.signIn('reviewer', 'http');
    const next = 'Meihua-shan-xia-3';
    expect(await here.code('users.changeOwnPassword', { current: 'wrong', next })).toBe('wrong-credentials');
    const weak = await here.try('users.changeOwnPassword', { current: testPassword, next: 'reviewer-1' });
    expect(weak).toMatchObject({
      error: { code: 'password-too-weak', details: { missing: 'contains-name' } },
    });
    expect(
      await here.try('users.changeOwnPassword', { current: testPassword, next: testPassword }),
    ).toMatchObject({
      error: {
        code: 'password-too-weak',
        message: expect.stringContaining('same as the current one'),
        details: { reason: 'same-as-current' },
      },
    });
    await here.call('users.changeOwnPassword', { current: testPassword, next });
    expect(await here.code('settings.get')).toBe('ok');
    expect(await there.code('settings.get')).toBe('not-signed-in');
    expect(await there.code('users.signIn', { userName: 'reviewer', password: next })).toBe('ok');
  });

  test('a new one that is refused is no failed attempt', async () => {
    const client = await world.signIn('reviewer');
    for (let attempt = 0; attempt < 8; attempt += 1) {
      expect(await client.code('users.changeOwnPassword', { current: testPassword, next: 'short' })).toBe(
        'password-too-weak',
      );
    }
    const next = 'Meihua-shan-xia-3';
    expect(await client.code('users.changeOwnPassword', { current: testPassword, next })).toBe('ok');
  });

  test('does not undo what an administrator did while it was verified', async () => {
    // Salt for the new hash is drawn between verifying the old password and the transaction: there the reset comes in.
    let meanwhile: (() => void) | null = null;
    const racing = await startTestWorld({
      random(size) {
        meanwhile?.();
        meanwhile = null;
        return systemRandom(size);
      },
    });
    const connection = openDatabase(`${racing.workspace}/workspace.sqlite`);
    try {
      const client = await racing.signIn('reviewer');
      meanwhile = () =>
        connection.handle.exec("UPDATE users SET password_hash = 'reset' WHERE user_name = 'reviewer'");
      const change = { current: testPassword, next: 'Meihua-shan-xia-3' };
      expect(await client.code('users.changeOwnPassword', change)).toBe('conflict');
      const row = connection.handle
        .prepare("SELECT password_hash FROM users WHERE user_name = 'reviewer'")
        .get();
      expect(row).toEqual({ password_hash: 'reset' });
    } finally {
      await connection.close();
      await racing.close();
    }
  });
});

describe('accounts', () => {
  const account = {
    userName: 'lin.yi',
    displayName: '林一',
    password: 'Yunduan-shang-9',
    roles: ['reviewer' as const],
  };

  test('are made by an administrator, and start by choosing a password of their own', async () => {
    const admin = await world.signIn('admin');
    const made = await admin.call('users.create', account);
    expect(made).toMatchObject({ userName: 'lin.yi', state: 'active', mustChangePassword: true });
    expect(await admin.code('users.create', account)).toBe('name-taken');
    expect(await admin.code('users.create', { ...account, userName: 'lin.er', password: '1234567890' })).toBe(
      'password-too-weak',
    );
    const client = world.anonymous();
    expect(await client.call('users.signIn', account)).toMatchObject({ mustChangePassword: true });
    expect(await client.code('settings.get')).toBe('password-change-required');
    expect((await client.call('users.me')).state).toBe('signed-in');
    await client.call('users.changeOwnPassword', { current: account.password, next: 'Meihua-shan-xia-3' });
    expect(await client.code('settings.get')).toBe('ok');
  });

  test('a reset ends the sessions and asks for a new password', async () => {
    const admin = await world.signIn('admin');
    const client = await world.signIn('reviewer');
    const events = world.listen(client);
    const id = (await client.call('users.me')).user?.id ?? '';
    await admin.call('users.resetPassword', { id, password: 'Meihua-shan-xia-3' });
    await until(() => events.some((event) => event.type === 'session' && event.state === 'ended'));
    expect(await client.code('settings.get')).toBe('not-signed-in');
    await client.call('users.signIn', { userName: 'reviewer', password: 'Meihua-shan-xia-3' });
    expect(await client.code('settings.get')).toBe('password-change-required');
  });

  test('a disabled one is out at once and can’t come back', async () => {
    const admin = await world.signIn('admin');
    const client = await world.signIn('reviewer');
    const user = (await admin.call('users.list')).find((entry) => entry.userName === 'reviewer');
    if (user === undefined) throw new Error('no reviewer');
    const change = { ...user, state: 'disabled' as const, expectedUpdatedAt: user.updatedAt };
    const changed = await admin.call('users.update', change);
    expect(await client.code('settings.get')).toBe('not-signed-in');
    const right = { userName: 'reviewer', password: testPassword };
    expect(await client.code('users.signIn', right)).toBe('account-disabled');
    expect(await client.code('users.signIn', { ...right, password: 'wrong' })).toBe('wrong-credentials');
    await admin.call('users.update', { ...change, state: 'active', expectedUpdatedAt: changed.updatedAt });
    expect(await client.code('users.signIn', right)).toBe('ok');
  });

  test('a change over somebody else’s change is a conflict', async () => {
    const admin = await world.signIn('admin');
    const user = (await admin.call('users.list')).find((entry) => entry.userName === 'reviewer');
    if (user === undefined) throw new Error('no reviewer');
    const change = { ...user, displayName: 'A', expectedUpdatedAt: user.updatedAt };
    await admin.call('users.update', change);
    expect(await admin.code('users.update', { ...change, displayName: 'B' })).toBe('conflict');
    const after = (await admin.call('users.list')).find((entry) => entry.userName === 'reviewer');
    expect(after?.displayName).toBe('A');
  });

  test('the last active administrator stays one', async () => {
    const admin = await world.signIn('admin');
    const find = async (name: string) => {
      const user = (await admin.call('users.list')).find((entry) => entry.userName === name);
      if (user === undefined) throw new Error(`no ${name}`);
      return { ...user, expectedUpdatedAt: user.updatedAt };
    };
    await admin.call('users.update', { ...(await find('everything')), state: 'disabled' });
    expect(await admin.code('users.update', { ...(await find('admin')), state: 'disabled' })).toBe(
      'last-admin',
    );
    expect(await admin.code('users.update', { ...(await find('admin')), roles: ['auditor'] })).toBe(
      'last-admin',
    );
    expect((await find('admin')).roles).toEqual(['admin']);
    // With a second one it may go.
    await admin.call('users.update', { ...(await find('everything')), state: 'active' });
    expect(await admin.code('users.update', { ...(await find('admin')), roles: ['auditor'] })).toBe('ok');
  });

  test('an unknown account is not found', async () => {
    const admin = await world.signIn('admin');
    const id = '00000000-0000-7000-8000-000000000000';
    expect(await admin.code('users.resetPassword', { id, password: 'Meihua-shan-xia-3' })).toBe('not-found');
  });
});
