import { expect, test } from 'vitest';

import { startTestWorld } from '../support/workspace.ts';

test('a user signs in, reads, and signs out', async () => {
  const world = await startTestWorld();
  try {
    const client = await world.signIn('reviewer');
    expect((await client.call('users.me')).user?.userName).toBe('reviewer');
    expect((await client.call('settings.get')).timeZone).toBe('Asia/Shanghai');
    await client.call('users.signOut');
    expect((await client.call('users.me')).state).toBe('signed-out');
  } finally {
    await world.close();
  }
});
