import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { AppEvent } from '../../src/core/contract/events.ts';
import { type TestClient, type TestWorld, startTestWorld, until } from '../support/workspace.ts';

let world: TestWorld;
let admin: TestClient;

beforeEach(async () => {
  world = await startTestWorld();
  admin = await world.signIn('admin');
});

afterEach(() => world.close());

const topicsOf = (events: readonly AppEvent[]) =>
  events.flatMap((event) => (event.type === 'changed' ? event.topics : []));

/** Makes one `changed` event that every signed-in user may see, and waits until `witness` has it. */
async function change(witness: readonly AppEvent[]): Promise<void> {
  const settings = await admin.call('settings.get');
  const before = topicsOf(witness).filter((topic) => topic === 'settings').length;
  await admin.call('settings.update', { ...settings, idleLockMinutes: settings.idleLockMinutes + 1 });
  await until(() => topicsOf(witness).filter((topic) => topic === 'settings').length > before);
}

describe('events', () => {
  test('reach who is signed in, and not who is not, is locked, or has signed out', async () => {
    const witness = world.listen(admin);
    const reader = await world.signIn('reviewer');
    const away = await world.signIn('approver');
    const gone = await world.signIn('editor');
    const heard = {
      reader: world.listen(reader),
      nobody: world.listen(world.anonymous()),
      away: world.listen(away),
      gone: world.listen(gone),
    };
    await away.call('users.lock');
    await gone.call('users.signOut');
    for (const events of Object.values(heard)) events.length = 0;
    await change(witness);
    await until(() => topicsOf(heard.reader).includes('settings'));
    expect(topicsOf(heard.nobody)).toEqual([]);
    expect(topicsOf(heard.away)).toEqual([]);
    expect(topicsOf(heard.gone)).toEqual([]);
  });

  test('come in the order in which things happened', async () => {
    const witness = world.listen(admin);
    for (let index = 0; index < 5; index += 1) await change(witness);
    await admin.call('users.create', {
      userName: 'lin.yi',
      displayName: '林一',
      password: 'Yunduan-shang-9',
      roles: ['editor'],
    });
    await until(() => topicsOf(witness).includes('users'));
    const topics = topicsOf(witness).filter((topic) => topic !== 'audit');
    expect(topics).toEqual(['settings', 'settings', 'settings', 'settings', 'settings', 'users']);
  });

  test('stop when they are no longer wanted', async () => {
    const witness = world.listen(admin);
    const heard: AppEvent[] = [];
    const stop = world.app.subscribe(admin.caller(), (event) => heard.push(event));
    await change(witness);
    await until(() => heard.length > 0);
    stop();
    const count = heard.length;
    await change(witness);
    expect(heard).toHaveLength(count);
  });

  test('a listener that fails keeps no other from hearing', async () => {
    world.app.subscribe(admin.caller(), () => {
      throw new Error('this window is gone');
    });
    const witness = world.listen(admin);
    await change(witness);
    await change(witness);
  });

  test('of a session’s end go to that session only', async () => {
    const one = await world.signIn('reviewer');
    const two = await world.signIn('reviewer', 'http');
    const [first, second] = [world.listen(one), world.listen(two)];
    await one.call('users.signOut');
    await until(() => first.some((event) => event.type === 'session' && event.state === 'ended'));
    await change(second);
    expect(second.filter((event) => event.type === 'session')).toEqual([]);
  });
});
