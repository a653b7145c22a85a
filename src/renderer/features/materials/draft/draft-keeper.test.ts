import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { MaterialContent } from '../../../../core/features/reviews/material/contract.ts';
import { type DraftText, type StoredDraft, createDraftKeeper } from './draft-keeper.ts';

const content = (title: string): MaterialContent => ({
  type: 'moments-post',
  title,
  body: [],
  fields: {
    channels: [],
    audience: '',
    productId: null,
    productName: '',
    productType: null,
    facts: [],
    validFrom: null,
    validUntil: null,
    landingUrl: '',
    sources: [],
    chartSource: '',
    branch: '',
    campaign: '',
  },
  attachments: [],
  variants: [],
});
const text = (title: string): DraftText => ({ content: content(title), exemptions: [] });

/** A workspace that refuses stale saves, as the real one does; and the computer's storage, which outlives a window. */
function createWorld(title: string) {
  let stored: StoredDraft = { ...text(title), revision: 1, savedBy: '许青禾', savedAt: 0 };
  let backup: { text: DraftText; baseRevision: number } | null = null;
  let failure: { code: string } | null = null;
  const timers: (() => void)[] = [];
  const store = (next: DraftText, by: string) => {
    stored = { ...next, revision: stored.revision + 1, savedBy: by, savedAt: stored.savedAt + 1 };
    return { revision: stored.revision, savedBy: by, savedAt: stored.savedAt };
  };
  const parts = {
    save: async (next: DraftText, baseRevision: number) => {
      if (failure !== null) throw failure;
      if (baseRevision !== stored.revision) throw { code: 'draft-conflict' };
      return store(next, 'me');
    },
    load: async () => stored,
    backup: {
      read: () => backup,
      write: (next: DraftText, baseRevision: number) => {
        backup = { text: next, baseRevision };
      },
      clear: () => {
        backup = null;
      },
    },
    schedule: (work: () => void) => {
      timers.push(work);
      return () => {
        const at = timers.indexOf(work);
        if (at !== -1) timers.splice(at, 1);
      };
    },
  };
  return {
    open: () => createDraftKeeper(stored, parts),
    stored: () => stored,
    backup: () => backup,
    otherSaves: (next: string) => store(text(next), 'other'),
    fail: (code: string | null) => {
      failure = code === null ? null : { code };
    },
    tick: () => timers.shift()?.(),
    timers: () => timers.length,
    crash: () => timers.splice(0),
  };
}

describe('a draft that is being edited', () => {
  test('what is typed is in the computer at once, and in the workspace after a pause', async () => {
    const world = createWorld('');
    const keeper = world.open();
    keeper.change(text('保'));
    keeper.change(text('保本'));
    expect(world.backup()?.text.content.title).toBe('保本');
    expect(keeper.getState().save.kind).toBe('saving');
    expect(await keeper.flush()).toBe(2);
    expect(world.stored().content.title).toBe('保本');
    expect(world.backup()).toBeNull();
    expect(keeper.getState().save.kind).toBe('saved');
  });

  test('after a crash before the save it is there again, and is saved', async () => {
    const world = createWorld('一');
    world.open().change(text('一二三'));
    world.crash();
    const again = world.open();
    expect(again.getState()).toMatchObject({ restored: true, content: { title: '一二三' } });
    expect(await again.flush()).toBe(2);
    expect(world.stored().content.title).toBe('一二三');
  });

  test('a session that ended keeps the text, and the next try saves it', async () => {
    const world = createWorld('');
    const keeper = world.open();
    world.fail('not-signed-in');
    keeper.change(text('长文'));
    expect(await keeper.flush()).toBeNull();
    expect(keeper.getState().save).toMatchObject({ kind: 'failed', willRetry: true });
    expect(world.backup()?.text.content.title).toBe('长文');
    world.fail(null);
    expect(await keeper.flush()).toBe(2);
    expect(world.stored().content.title).toBe('长文');
  });

  test('a text that is refused waits for a change instead of knocking again', async () => {
    const world = createWorld('');
    const keeper = world.open();
    world.fail('text-too-long');
    keeper.change(text('太长'));
    await keeper.flush();
    expect(keeper.getState().save).toMatchObject({ kind: 'failed', willRetry: false });
    expect(world.timers()).toBe(0);
  });

  test('the second of two savers is told, has both texts, and decides', async () => {
    const world = createWorld('原文');
    const keeper = world.open();
    world.otherSaves('别人的');
    keeper.change(text('我的'));
    expect(await keeper.flush()).toBeNull();
    const { save } = keeper.getState();
    expect(save).toMatchObject({
      kind: 'conflict',
      theirs: { content: { title: '别人的' }, savedBy: 'other' },
    });
    // Going on typing is not lost either.
    keeper.change(text('我的，续'));
    expect(world.stored().content.title).toBe('别人的');
    expect(world.backup()?.text.content.title).toBe('我的，续');
    keeper.resolve(text('合并'));
    expect(await keeper.flush()).toBe(3);
    expect(world.stored().content.title).toBe('合并');
  });

  test('a text that was typed on an older revision is never written over a newer one', async () => {
    const world = createWorld('原文');
    world.open().change(text('崩溃前的'));
    world.crash();
    world.otherSaves('别人的');
    const again = world.open();
    await again.flush();
    expect(again.getState().save.kind).toBe('conflict');
    expect(world.stored().content.title).toBe('别人的');
  });

  test('news of another save is taken over while nothing of one’s own is unsaved', async () => {
    const world = createWorld('原文');
    const keeper = world.open();
    world.otherSaves('新的');
    await keeper.refresh();
    expect(keeper.getState()).toMatchObject({
      content: { title: '新的' },
      generation: 1,
      save: { kind: 'saved' },
    });
  });

  test('whatever happens in whatever order, the last text typed is in the workspace, in the backup, or in a conflict', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('type' as const), title: fc.string({ maxLength: 5 }) }),
      fc.record({ kind: fc.constantFrom('tick', 'crash', 'fail', 'mend', 'other', 'flush') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = createWorld('');
        let keeper = world.open();
        let typed = '';
        for (const each of steps) {
          switch (each.kind) {
            case 'type':
              typed = 'title' in each ? each.title : '';
              keeper.change(text(typed));
              break;
            case 'tick':
              world.tick();
              break;
            case 'crash':
              world.crash();
              keeper = world.open();
              // What the window now shows is what its user goes on from.
              typed = keeper.getState().content.title;
              break;
            case 'fail':
              world.fail('unreachable');
              break;
            case 'mend':
              world.fail(null);
              break;
            case 'other':
              world.otherSaves('别人');
              break;
            case 'flush':
              // oxlint-disable-next-line no-await-in-loop
              await keeper.flush();
          }
          expect(keeper.getState().content.title).toBe(typed);
        }
        world.fail(null);
        const revision = await keeper.flush();
        if (revision === null) expect(keeper.getState().save.kind).toBe('conflict');
        else if (keeper.getState().base.revision === world.stored().revision)
          expect(world.stored().content.title).toBe(typed);
      }),
      { numRuns: 300 },
    );
  });
});
