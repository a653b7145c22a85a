import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { browserForTests } from '../support/browser.ts';
import { flows } from './flows/index.ts';
import { type World, startWorld } from './support/world.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

// The same flows drive the real window in test/electron.
describe.skipIf(browserForTests().executable === null)('in the browser', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    expect(world.takeProblems()).toEqual([]);
    await world.stop();
  });

  it.each(Object.entries(flows))('%s', { timeout: 240_000 }, async (_name, flow) => {
    const page = await world.newPage();
    await flow(page, { home: world.home, fixtures });
  });
});
