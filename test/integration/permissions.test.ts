import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type ProcedureName, contract } from '../../src/core/contract/index.ts';
import { permissionsOf, roles } from '../../src/core/features/users/model.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

// Walks every procedure of the contract with every role. No input that a schema takes is ever sent: access is checked
// before the input, so `bad-input` says that the caller would have been let in.

const nonsense = 'no input that any procedure takes';
const letIn = 'bad-input';

let world: TestWorld;
let nobody: TestClient;
const clients = new Map<string, TestClient>();

beforeAll(async () => {
  world = await startTestWorld();
  nobody = world.anonymous();
  for (const role of roles) clients.set(role, await world.signIn(role));
});

afterAll(() => world.close());

const names = Object.keys(contract).toSorted() as ProcedureName[];

describe.each(names)('%s', (name) => {
  const { kind, permission } = contract[name];

  test('lets in exactly those whose roles grant it', async () => {
    for (const role of roles) {
      const granted =
        permission === 'public' || permission === 'signed-in' || permissionsOf([role]).includes(permission);
      expect(await clients.get(role)?.code(name, nonsense), role).toBe(granted ? letIn : 'forbidden');
    }
  });

  test('asks for a session unless it is public', async () => {
    expect(await nobody.code(name, nonsense)).toBe(permission === 'public' ? letIn : 'not-signed-in');
  });

  test('is open to an auditor when it reads, and closed when it changes', async () => {
    const code = await clients.get('auditor')?.code(name, nonsense);
    switch (kind) {
      case 'query':
      case 'session':
        expect(code).toBe(letIn);
        break;
      case 'mutation':
        expect(code).toBe('forbidden');
        // A change is never for everybody.
        expect(['public', 'signed-in']).not.toContain(permission);
        break;
    }
  });
});

test('a locked session is let in nowhere but where it gets out of it', async () => {
  const client = await world.signIn('everything');
  await client.call('users.lock');
  for (const name of names) {
    const expected = contract[name].permission === 'public' ? letIn : 'locked';
    expect(await client.code(name, nonsense), name).toBe(expected);
  }
});
