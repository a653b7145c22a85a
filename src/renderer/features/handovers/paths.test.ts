import { expect, test } from 'vitest';

import { recordOf } from './paths.ts';

test('what lies in this app is dealt with where it lies', () => {
  expect(recordOf('cases', 'hit:170')).toEqual({ path: '/hits/triage?hit=170', permission: 'hits:read' });
  expect(recordOf('cases', 'review:r1')).toEqual({ path: '/reviews/r1', permission: 'materials:read' });
  expect(recordOf('cases', 'finding:f1')).toEqual({ path: '/findings', permission: 'hits:read' });
  expect(recordOf('materials', 'm1')).toEqual({ path: '/materials/m1', permission: 'materials:read' });
  expect(recordOf('customers', 'hit:170')).toBeNull();
});
