import { describe, expect, it } from 'vitest';

import { SearchId } from './contract/ids.ts';
import { JobView } from './features/jobs/contract.ts';
import { createChangeCount } from './change-count.ts';

const job = (state: JobView['state']) =>
  JobView.parse({
    id: '01890a5d-ac96-774b-bcce-b302099a8057',
    kind: 'import',
    state,
    progress: null,
    error: null,
    startedBy: '王敏',
    createdAt: 1,
    startedAt: null,
    finishedAt: null,
  });

describe('the count of changes', () => {
  it('grows with what a screen would load again, and with nothing else', () => {
    const changes = createChangeCount(0);
    changes.note({
      type: 'search',
      batch: {
        searchId: SearchId.parse('01890a5d-ac96-774b-bcce-b302099a8057'),
        results: [],
        scanned: 0,
        total: 0,
        done: true,
        limited: false,
      },
    });
    changes.note({ type: 'job', job: job('queued') });
    changes.note({ type: 'job', job: job('running') });
    expect(changes.now()).toBe(0);
    changes.note({ type: 'changed', topics: ['users'] });
    expect(changes.now()).toBe(1);
    for (const state of ['succeeded', 'failed', 'cancelled', 'interrupted'] as const)
      changes.note({ type: 'job', job: job(state) });
    expect(changes.now()).toBe(5);
    changes.note({ type: 'session', state: 'locked' });
    expect(changes.now()).toBe(6);
  });

  it('goes on above where the process before it ended', () => {
    const before = createChangeCount(1_000);
    for (let change = 0; change < 999; change += 1) before.note({ type: 'changed', topics: ['hits'] });
    expect(createChangeCount(1_001).now()).toBeGreaterThan(before.now());
  });
});
