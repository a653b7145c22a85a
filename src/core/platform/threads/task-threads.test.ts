import type { Worker } from 'node:worker_threads';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { ChildTask } from '../../../../test/support/task-thread-child.ts';
import { AppError } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import { type TaskThreads, type TaskThreadsOptions, createTaskThreads } from './task-threads.ts';

const entry = {
  name: 'test-task',
  url: new URL('../../../../test/support/task-thread-child.ts', import.meta.url),
};
const cancelled = { code: 'cancelled' };

let all: TaskThreads<ChildTask, number>[];
let logged: { event: string; facts: Readonly<Record<string, unknown>> }[];
let started: Worker[];

const log: Pick<Log, 'error'> = { error: (facts, event) => void logged.push({ event, facts }) };
const remember = (worker: Worker) => void started.push(worker);
const alive = () => started.filter(({ threadId }) => threadId !== -1).length;

beforeEach(() => {
  all = [];
  logged = [];
  started = [];
  process.on('worker', remember);
});

afterEach(async () => {
  process.off('worker', remember);
  await Promise.all(all.map((threads) => threads.close()));
});

function create(
  limits: Partial<TaskThreadsOptions<ChildTask, number>['limits']> = {},
  url: URL = entry.url,
): TaskThreads<ChildTask, number> {
  const threads = createTaskThreads<ChildTask, number>({
    entry: { ...entry, url },
    log,
    limits: { time: 60_000, atOnce: 1, waiting: 10, ...limits },
    tooMany: 'Too many.',
    whenFailed(failure, { kind }) {
      throw new AppError('file-not-recognised', 'It could not be read.', { failure, kind });
    },
  });
  all.push(threads);
  return threads;
}

/** Tasks that wait until they are released. */
function createHold() {
  const shared = new SharedArrayBuffer(8);
  const flags = new Int32Array(shared);
  return {
    task: { kind: 'hold', shared } satisfies ChildTask,
    async begun(count: number) {
      for (let seen = Atomics.load(flags, 0); seen < count; seen = Atomics.load(flags, 0)) {
        const waiting = Atomics.waitAsync(flags, 0, seen);
        if (waiting.async) await waiting.value;
      }
    },
    release() {
      Atomics.store(flags, 1, 1);
      Atomics.notify(flags, 1);
    },
  };
}

describe('threads of one task each', () => {
  test('carry out each task in a thread of its own, which ends', async () => {
    const threads = create();
    const [first, second] = await Promise.all([threads.run({ kind: 'who' }), threads.run({ kind: 'who' })]);
    expect(second).not.toBe(first);
    await threads.close();
    expect(started).toHaveLength(2);
    expect(alive()).toBe(0);
    expect(logged).toEqual([]);
  });

  test('are never more than so many at once', async () => {
    const threads = create({ atOnce: 2 });
    const hold = createHold();
    const results = [1, 2, 3, 4].map(() => threads.run(hold.task));
    await hold.begun(2);
    expect(started).toHaveLength(2);
    let most = 0;
    const count = () => void (most = Math.max(most, alive()));
    process.on('worker', count);
    hold.release();
    expect(new Set(await Promise.all(results)).size).toBe(4);
    process.off('worker', count);
    expect(started).toHaveLength(4);
    expect(most).toBe(2);
  });

  test('pass on what the task refuses', async () => {
    await expect(create().run({ kind: 'refuse' })).rejects.toMatchObject({
      code: 'file-empty',
      message: 'There is nothing in it.',
      details: { file: 'a.csv' },
    });
    expect(logged).toEqual([]);
  });

  test.each([
    ['grow', 'out-of-memory'],
    ['stumble', 'mistake'],
    ['exit', 'ended'],
    ['wait', 'ended'],
    ['throwOutside', 'crashed'],
  ] as const)('say that a task to %s failed (%s), and carry out the next one', async (kind, failure) => {
    const threads = create({ heapMegabytes: 32 });
    const failed = threads.run({ kind });
    const next = threads.run({ kind: 'who' });
    await expect(failed).rejects.toMatchObject({ code: 'file-not-recognised', details: { failure, kind } });
    expect(await next).toEqual(expect.any(Number));
    expect(logged).toEqual([{ event: 'test-task-failed', facts: expect.objectContaining({ failure }) }]);
  });

  test('end a task that takes too long', async () => {
    const threads = create({ time: 300 });
    await expect(threads.run({ kind: 'loop' })).rejects.toMatchObject({ details: { failure: 'overrun' } });
    await threads.close();
    expect(alive()).toBe(0);
    expect(logged).toEqual([{ event: 'test-task-failed', facts: { failure: 'overrun', milliseconds: 300 } }]);
  });

  test('say so where a thread cannot start', async () => {
    const threads = create({}, new URL('./there-is-no-such-thread.ts', import.meta.url));
    await expect(threads.run({ kind: 'who' })).rejects.toMatchObject({ details: { failure: 'crashed' } });
  });

  test('may answer in place of a thread that failed', async () => {
    const threads = createTaskThreads<ChildTask, number>({
      entry,
      log,
      limits: { time: 60_000, atOnce: 1, waiting: 0 },
      tooMany: 'Too many.',
      whenFailed: () => -1,
    });
    all.push(threads);
    expect(await threads.run({ kind: 'stumble' })).toBe(-1);
  });

  test('let only so many wait', async () => {
    const threads = create({ waiting: 1 });
    const hold = createHold();
    const results = [threads.run(hold.task), threads.run(hold.task)];
    await expect(threads.run(hold.task)).rejects.toMatchObject({ code: 'throttled', message: 'Too many.' });
    hold.release();
    await Promise.all(results);
  });

  test('stop a task that runs or waits when its signal is aborted', async () => {
    const threads = create();
    const hold = createHold();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const first = threads.run(hold.task, running.signal);
    const second = threads.run({ kind: 'who' }, waiting.signal);
    const third = threads.run({ kind: 'who' });
    await hold.begun(1);
    waiting.abort();
    await expect(second).rejects.toMatchObject(cancelled);
    running.abort();
    await expect(first).rejects.toMatchObject(cancelled);
    expect(await third).toEqual(expect.any(Number));
    expect(started).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  test('end with what runs, and begin nothing that waits or comes, when they are closed', async () => {
    const threads = create();
    const hold = createHold();
    const results = Promise.allSettled([threads.run(hold.task), threads.run({ kind: 'who' })]);
    await hold.begun(1);
    await threads.close();
    expect(alive()).toBe(0);
    expect(await results).toEqual([
      { status: 'rejected', reason: expect.objectContaining(cancelled) },
      { status: 'rejected', reason: expect.objectContaining(cancelled) },
    ]);
    await expect(threads.run({ kind: 'who' })).rejects.toMatchObject(cancelled);
    expect(started).toHaveLength(1);
    expect(logged).toEqual([]);
  });
});
