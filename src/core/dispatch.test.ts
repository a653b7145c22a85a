import SqliteHandle from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { AppError } from './contract/errors.ts';
import type { Caller, SignedIn } from './contract/handlers.ts';
import { UserId } from './contract/ids.ts';
import { type ContractShape, procedure } from './contract/procedure.ts';
import { type Authenticate, type HandlerTable, createDispatch } from './dispatch.ts';
import type { Log } from './platform/log.ts';

const caller: Caller = { host: 'desktop', sessionToken: null };
const someone: SignedIn = {
  userId: UserId.parse('00000000-0000-7000-8000-000000000001'),
  userName: 'someone',
  displayName: 'Someone',
  host: 'desktop',
  permissions: new Set(['hits:read']),
  sessionKey: 'key',
  mustChangePassword: false,
};

const signedIn: Authenticate = () => Promise.resolve({ state: 'signed-in', user: someone });
const signedOut: Authenticate = () => Promise.resolve({ state: 'signed-out', user: null });
const locked: Authenticate = () => Promise.resolve({ state: 'locked', user: null });

const Text = z.object({ text: z.string().max(5) });
const contract: ContractShape = {
  'test.echo': procedure({ kind: 'query', permission: 'hits:read', input: Text, output: Text }),
  'test.open': procedure({ kind: 'query', permission: 'public', input: z.object({}), output: Text }),
  'test.change': procedure({
    kind: 'mutation',
    permission: 'signed-in',
    input: z.object({}),
    output: z.object({}),
  }),
  'test.decide': procedure({
    kind: 'mutation',
    permission: 'hits:decide',
    input: z.object({}),
    output: z.object({}),
  }),
  'users.changeOwnPassword': procedure({
    kind: 'session',
    permission: 'signed-in',
    input: z.object({}),
    output: z.object({}),
  }),
  'test.missing': procedure({
    kind: 'query',
    permission: 'public',
    input: z.object({}),
    output: z.object({}),
  }),
};

const handlers: HandlerTable = {
  'test.echo': (input: { text: string }) => Promise.resolve({ ...input, secret: 'never declared' }),
  'test.open': () => Promise.resolve({ text: 'open' }),
  'test.change': () => Promise.resolve({}),
  'test.decide': () => Promise.resolve({}),
  'users.changeOwnPassword': () => Promise.resolve({}),
};

interface Logged {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly event: string;
}

function setUp(authenticate: Authenticate, table: HandlerTable = handlers) {
  const logged: Logged[] = [];
  const log: Log = {
    info: () => {},
    warn: () => {},
    error: (facts, event) => logged.push({ facts, event }),
  };
  const activity: string[] = [];
  const dispatch = createDispatch(contract, table, authenticate, log, (user) => {
    activity.push(user.userName);
    return Promise.resolve();
  });
  return { dispatch, logged, activity };
}

async function codeOf(authenticate: Authenticate, name: string, input: unknown = {}): Promise<string> {
  const result = await setUp(authenticate).dispatch(name, input, caller);
  return result.ok ? 'ok' : result.error.code;
}

describe('dispatch', () => {
  test.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'test.echo ',
    'TEST.ECHO',
    'no.such',
  ])('knows no procedure %j', async (name) => {
    expect(await codeOf(signedIn, name, { text: 'x' })).toBe('unknown-procedure');
  });

  test('knows no procedure that has no handler', async () => {
    expect(await codeOf(signedIn, 'test.missing')).toBe('unknown-procedure');
  });

  test('asks for a session unless the procedure is public', async () => {
    expect(await codeOf(signedOut, 'test.open')).toBe('ok');
    expect(await codeOf(signedOut, 'test.echo', { text: 'x' })).toBe('not-signed-in');
    expect(await codeOf(locked, 'test.echo', { text: 'x' })).toBe('locked');
    expect(await codeOf(locked, 'test.open')).toBe('ok');
  });

  test('asks for the permission', async () => {
    expect(await codeOf(signedIn, 'test.echo', { text: 'x' })).toBe('ok');
    expect(await codeOf(signedIn, 'test.decide')).toBe('forbidden');
    expect(await codeOf(signedIn, 'test.change')).toBe('ok');
  });

  test('checks the permission before the input: who may not ask learns nothing of it', async () => {
    expect(await codeOf(signedOut, 'test.echo', 'nonsense')).toBe('not-signed-in');
  });

  test('lets a user with a password of somebody else’s choice change it, and nothing more', async () => {
    const forced: Authenticate = () =>
      Promise.resolve({ state: 'signed-in', user: { ...someone, mustChangePassword: true } });
    expect(await codeOf(forced, 'test.echo', { text: 'x' })).toBe('password-change-required');
    expect(await codeOf(forced, 'test.change')).toBe('password-change-required');
    expect(await codeOf(forced, 'users.changeOwnPassword')).toBe('ok');
    expect(await codeOf(forced, 'test.open')).toBe('ok');
  });

  test.each([[undefined], [null], [42], ['text'], [{ text: 'too long' }], [{ text: 1 }], [[]]])(
    'refuses the input %j and says where',
    async (input) => {
      const result = await setUp(signedIn).dispatch('test.echo', input, caller);
      expect(result).toMatchObject({
        ok: false,
        error: { code: 'bad-input', details: { problem: expect.any(String) } },
      });
    },
  );

  test('lets out only what the contract declares', async () => {
    const result = await setUp(signedIn).dispatch('test.echo', { text: 'x' }, caller);
    expect(result).toEqual({ ok: true, output: { text: 'x' } });
  });

  test('an output that breaks the contract is internal, and the log has paths, not values', async () => {
    const { dispatch, logged } = setUp(signedIn, {
      ...handlers,
      'test.open': () => Promise.resolve({ text: '客户的话'.repeat(9) }),
    });
    expect(await dispatch('test.open', {}, caller)).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(logged)).toContain('text');
    expect(JSON.stringify(logged)).not.toContain('客户的话');
  });

  test('a database that turns out to be broken is said to be, so that a check can tell', async () => {
    const { dispatch } = setUp(signedIn, {
      'test.open': () =>
        Promise.reject(new SqliteHandle.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT')),
    });
    expect(await dispatch('test.open', {}, caller)).toMatchObject({ error: { code: 'workspace-damaged' } });
  });

  test('errors keep their code; anything else becomes internal, without its message', async () => {
    const failing = (problem: Error) => ({ ...handlers, 'test.open': () => Promise.reject(problem) });
    const known = setUp(signedIn, failing(new AppError('conflict', 'Somebody was faster.', { by: 'x' })));
    expect(await known.dispatch('test.open', {}, caller)).toEqual({
      ok: false,
      error: { code: 'conflict', message: 'Somebody was faster.', details: { by: 'x' } },
    });
    const unknown = setUp(signedIn, failing(new Error('/home/somebody/secret')));
    const result = await unknown.dispatch('test.open', {}, caller);
    expect(result).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(unknown.logged).toHaveLength(1);
    expect(JSON.stringify(unknown.logged)).not.toContain('secret');
    expect(JSON.stringify(unknown.logged)).toContain('dispatch.test.ts');
    const full = setUp(signedIn, failing(Object.assign(new Error('no space left'), { code: 'SQLITE_FULL' })));
    expect(await full.dispatch('test.open', {}, caller)).toMatchObject({ error: { code: 'disk-full' } });
  });

  test('tells the host which token to keep, also when the call fails', async () => {
    const { dispatch } = setUp(signedIn, {
      ...handlers,
      'test.open': (_input: never, context) => {
        context.setSession('new token');
        return Promise.resolve({ text: 'x' });
      },
      'test.change': (_input: never, context) => {
        context.setSession(null);
        return Promise.reject(new Error('after that'));
      },
    });
    expect(await dispatch('test.open', {}, caller)).toMatchObject({
      ok: true,
      session: { token: 'new token' },
    });
    expect(await dispatch('test.change', {}, caller)).toMatchObject({ ok: false, session: { token: null } });
    expect(await dispatch('test.echo', { text: 'x' }, caller)).not.toHaveProperty('session');
  });

  test('counts changes as activity, and queries not', async () => {
    const { dispatch, activity } = setUp(signedIn);
    await dispatch('test.echo', { text: 'x' }, caller);
    expect(activity).toEqual([]);
    await dispatch('test.change', {}, caller);
    expect(activity).toEqual(['someone']);
    await dispatch('test.decide', {}, caller);
    expect(activity).toEqual(['someone']);
  });
});
