import { describe, expect, it } from 'vitest';

import { DispositionId, HitId } from '../../../core/contract/ids.ts';
import { createDecisionLog } from './decision-log.ts';

const [one, two] = [HitId.parse(1), HitId.parse(2)];
const open = () => 'open' as const;

/** A server that answers when it is told to. */
function harness() {
  const calls: { what: string; finish: (ok: boolean) => void }[] = [];
  const events: string[] = [];
  const answer = (what: string) =>
    new Promise<{ hits: []; dispositionIds: DispositionId[] }>((resolve, reject) => {
      calls.push({
        what,
        finish: (ok) =>
          ok
            ? resolve({ hits: [], dispositionIds: [DispositionId.parse(calls.length)] })
            : reject(new Error('refused')),
      });
    });
  const log = createDecisionLog(
    {
      save: (decision) => answer(`save ${decision.hitIds.join()} ${decision.verdict}`),
      takeBack: (ids) => answer(`undo ${ids.join()}`),
    },
    {
      saved: () => events.push('saved'),
      failed: (decision, _error, step) => events.push(`${step} failed ${decision.hitIds.join()}`),
    },
  );
  const settled = () =>
    new Promise<void>((resolve) => {
      const end = log.subscribe(() => {
        end();
        resolve();
      });
    });
  const called = async (count: number) => {
    while (calls.length < count) await Promise.resolve();
  };
  return { log, calls, events, settled, called };
}

describe('the decision log', () => {
  it('shows a decision at once and saves one after another', async () => {
    const { log, calls, called, settled, events } = harness();
    log.decide([one], 'confirmed', open);
    log.decide([two], 'dismissed', open);
    expect([...log.changes()]).toEqual([
      [1, 'confirmed'],
      [2, 'dismissed'],
    ]);
    expect(log.pending()).toBe(2);
    await called(1);
    expect(calls.map((call) => call.what)).toEqual(['save 1 confirmed']);
    calls[0]?.finish(true);
    await called(2);
    calls[1]?.finish(true);
    await settled();
    expect(events).toContain('saved');
  });

  it('puts a hit back that the server refused, and leaves nothing to undo', async () => {
    const { log, calls, called, events, settled } = harness();
    log.decide([one], 'confirmed', open);
    await called(1);
    const changed = settled();
    calls[0]?.finish(false);
    await changed;
    await Promise.resolve();
    expect(log.changes().get(one)).toBe('open');
    expect(events).toEqual(['decide failed 1']);
    expect(log.canUndo()).toBe(false);
  });

  it('forgets what is saved when another screen begins, and can still take it back', async () => {
    const { log, calls, called, settled } = harness();
    log.decide([one], 'confirmed', open);
    log.settle();
    expect(log.changes().get(one)).toBe('confirmed');
    await called(1);
    const saved = settled();
    calls[0]?.finish(true);
    await saved;
    log.settle();
    expect(log.changes().size).toBe(0);
    expect(log.undo()?.hitIds).toEqual([one]);
  });

  it('takes back a decision that is still being saved, after it was saved', async () => {
    const { log, calls, called } = harness();
    log.decide([one], 'escalated', open);
    expect(log.undo()?.hitIds).toEqual([one]);
    expect(log.changes().get(one)).toBe('open');
    await called(1);
    calls[0]?.finish(true);
    await called(2);
    expect(calls[1]?.what).toBe('undo 1');
  });

  it('gives the state before the decision back, not just "open"', () => {
    const { log } = harness();
    log.decide([one], 'confirmed', () => 'escalated');
    log.undo();
    expect(log.changes().get(one)).toBe('escalated');
    expect(log.undo()).toBeNull();
  });
});
