import { expect, it } from 'vitest';

import { shownStateOf } from './import-state.ts';

it('an import with a file that was refused does not look done', () => {
  const files = (...states: ('done' | 'failed')[]) => states.map((state) => ({ state }));
  expect(shownStateOf({ state: 'done', files: files('done', 'done') })).toBe('done');
  expect(shownStateOf({ state: 'done', files: files('done', 'failed') })).toBe('partlyFailed');
  expect(shownStateOf({ state: 'done', files: files('failed') })).toBe('failed');
  expect(shownStateOf({ state: 'running', files: files('done', 'failed') })).toBe('running');
  expect(shownStateOf({ state: 'failed', files: files('failed') })).toBe('failed');
});
