import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';

import SqliteHandle from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { ChildQuestions, ChildStart } from '../../../../test/support/question-thread-child.ts';
import type { Log } from '../log.ts';
import { type QuestionThread, type QuestionThreadOptions, createQuestionThread } from './question-thread.ts';

const entry = {
  name: 'test-thread',
  url: new URL('../../../../test/support/question-thread-child.ts', import.meta.url),
};
const stopped = { code: 'internal', message: 'It stopped.' };
const cancelled = { code: 'cancelled' };

let threads: QuestionThread<ChildQuestions>[];
let logged: { event: string; facts: Readonly<Record<string, unknown>> }[];
let started: Worker[];
let release: () => void;

const log: Pick<Log, 'error'> = { error: (facts, event) => void logged.push({ event, facts }) };
const remember = (worker: Worker) => void started.push(worker);

beforeEach(() => {
  threads = [];
  logged = [];
  started = [];
  release = () => {};
  process.on('worker', remember);
});

afterEach(async () => {
  process.off('worker', remember);
  release();
  await Promise.all(threads.map((thread) => thread.close()));
});

function create(
  limits: Partial<QuestionThreadOptions['limits']> = {},
  start: ChildStart = { broken: false },
): QuestionThread<ChildQuestions> {
  const thread = createQuestionThread<ChildQuestions>({
    entry,
    start,
    log,
    limits: { answer: 60_000, idle: 60_000, waiting: 10, ...limits },
    messages: { tooMany: 'Too many.', unanswered: 'No answer.', stopped: 'It stopped.' },
  });
  threads.push(thread);
  return thread;
}

/** Keeps a thread at a question; `begun` once it is at it. */
function holding(thread: QuestionThread<ChildQuestions>, signal?: AbortSignal) {
  const shared = new SharedArrayBuffer(8);
  const flags = new Int32Array(shared);
  const answer = thread.ask('hold', shared, { signal });
  const begun = async () => {
    const waiting = Atomics.waitAsync(flags, 0, 0);
    if (waiting.async) await waiting.value;
  };
  const release = () => {
    Atomics.store(flags, 1, 1);
    Atomics.notify(flags, 1);
  };
  return { answer, begun, release };
}

/** Keeps a thread where nothing can interrupt it, until it is let go. */
async function sticking(thread: QuestionThread<ChildQuestions>, signal: AbortSignal) {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-threads-'));
  const database = join(folder, 'lock.sqlite');
  const lock = new SqliteHandle(database);
  lock.exec('BEGIN IMMEDIATE');
  release = () => {
    lock.close();
    rmSync(folder, { recursive: true, force: true });
  };
  const shared = new SharedArrayBuffer(4);
  const answer = thread.ask('stick', { shared, database }, { signal });
  answer.catch(() => {});
  const waiting = Atomics.waitAsync(new Int32Array(shared), 0, 0);
  if (waiting.async) await waiting.value;
  return { answer, letGo: () => lock.exec('ROLLBACK') };
}

const alive = () => started.filter(({ threadId }) => threadId !== -1).length;

describe('a thread that answers questions', () => {
  test('starts with the first question and keeps for the next one', async () => {
    const thread = create();
    expect(started).toHaveLength(0);
    const [first, second, third] = await Promise.all([
      thread.ask('whoAreYou', null),
      thread.ask('double', 21),
      thread.ask('whoAreYou', null),
    ]);
    expect(second).toBe(42);
    expect(third).toBe(first);
    expect(started).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  test('answers in the order of asking', async () => {
    const thread = create();
    const order: string[] = [];
    const first = holding(thread);
    const all = [
      first.answer.then(() => order.push('held')),
      thread.ask('double', 1).then(() => order.push('second')),
      thread.ask('double', 2).then(() => order.push('third')),
    ];
    await first.begun();
    expect(order).toEqual([]);
    first.release();
    await Promise.all(all);
    expect(order).toEqual(['held', 'second', 'third']);
  });

  test('passes on what the thread refuses, and goes on', async () => {
    const thread = create();
    const before = await thread.ask('whoAreYou', null);
    await expect(thread.ask('refuse', null)).rejects.toMatchObject({
      code: 'not-found',
      message: 'There is no such thing.',
      details: { id: 7 },
    });
    expect(await thread.ask('whoAreYou', null)).toBe(before);
    expect(logged).toEqual([]);
  });

  test('goes on after an unexpected error, of which the log has all but the message', async () => {
    const thread = create();
    const before = await thread.ask('whoAreYou', null);
    await expect(thread.ask('stumble', '王小明说\n    at 银行')).rejects.toMatchObject({
      code: 'internal',
      message: 'No answer.',
    });
    await expect(thread.ask('uncopyable', null)).rejects.toMatchObject({ message: 'No answer.' });
    expect(await thread.ask('whoAreYou', null)).toBe(before);
    expect(logged).toEqual([
      {
        event: 'test-thread-failed',
        facts: { failure: 'mistake', name: 'RangeError', code: null, at: expect.any(Array) },
      },
      { event: 'test-thread-failed', facts: expect.objectContaining({ name: 'DataCloneError' }) },
    ]);
    expect(logged[0]?.facts['at']).toContainEqual(
      expect.stringMatching(/^.*stumble \(question-thread-child\.ts:\d+:\d+\)$/),
    );
    expect(JSON.stringify(logged)).not.toMatch(/王小明|银行/);
  });

  test('fails a question that overruns; the next one is answered by a new thread', async () => {
    const thread = create();
    const before = await thread.ask('whoAreYou', null);
    const overrun = thread.ask('loop', null, { timeLimit: 20 });
    const next = thread.ask('whoAreYou', null);
    await expect(overrun).rejects.toMatchObject(stopped);
    expect(await next).not.toBe(before);
    expect(logged).toEqual([
      { event: 'test-thread-failed', facts: { failure: 'overrun', milliseconds: 20 } },
    ]);
  });

  test('counts the limit from when the thread is given the question, not from when it was asked', async () => {
    const thread = create();
    const first = holding(thread);
    let failed = false;
    const overrun = thread.ask('loop', null, { timeLimit: 20 });
    overrun.catch(() => (failed = true));
    const late = thread.ask('double', 4);
    await first.begun();
    // A limit of the same length that began later has passed: so would that of the question that waits, if it had begun.
    await expect(create().ask('loop', null, { timeLimit: 20 })).rejects.toMatchObject(stopped);
    expect(failed).toBe(false);
    first.release();
    expect(await first.answer).toBeNull();
    await expect(overrun).rejects.toMatchObject(stopped);
    expect(await late).toBe(8);
  });

  test.each([
    ['throwOutside', 'crashed'],
    ['exit', 'ended'],
  ] as const)('answers by a new thread after %s (%s)', async (kind, failure) => {
    const thread = create();
    const before = await thread.ask('whoAreYou', null);
    const dying = kind === 'exit' ? thread.ask(kind, null) : thread.ask(kind, '王小明');
    const next = thread.ask('whoAreYou', null);
    await expect(dying).rejects.toMatchObject(stopped);
    expect(await next).not.toBe(before);
    expect(logged).toEqual([{ event: 'test-thread-failed', facts: expect.objectContaining({ failure }) }]);
    expect(JSON.stringify(logged)).not.toContain('王小明');
  });

  test('fails each question of a thread that cannot start, and tries anew with the next', async () => {
    const thread = create({}, { broken: true });
    const answers = await Promise.allSettled([thread.ask('double', 1), thread.ask('double', 2)]);
    expect(answers).toEqual([
      { status: 'rejected', reason: expect.objectContaining(stopped) },
      { status: 'rejected', reason: expect.objectContaining(stopped) },
    ]);
    expect(started).toHaveLength(2);
    expect(logged.map(({ facts }) => facts['name'])).toEqual(['TypeError', 'TypeError']);
  });

  test('lets only so many wait', async () => {
    const thread = create({ waiting: 1 });
    const first = holding(thread);
    const second = thread.ask('double', 5);
    await expect(thread.ask('double', 6)).rejects.toMatchObject({
      code: 'throttled',
      message: 'Too many.',
      details: { seconds: 5 },
    });
    await first.begun();
    first.release();
    expect(await second).toBe(10);
    expect(await thread.ask('double', 6)).toBe(12);
  });

  test('ends when nobody asks, and starts again', async () => {
    const thread = create({ idle: 1 });
    const before = await thread.ask('whoAreYou', null);
    const [worker] = started;
    if (worker !== undefined && worker.threadId !== -1) await once(worker, 'exit');
    expect(await thread.ask('whoAreYou', null)).not.toBe(before);
    expect(logged).toEqual([]);
  });

  test('gives up a question that waits or is being answered', async () => {
    const thread = create();
    const before = await thread.ask('whoAreYou', null);
    const [held, waiting] = [new AbortController(), new AbortController()];
    const first = holding(thread, held.signal);
    const second = thread.ask('double', 1, { signal: waiting.signal });
    const third = thread.ask('whoAreYou', null);
    waiting.abort();
    await expect(second).rejects.toMatchObject(cancelled);
    await first.begun();
    held.abort();
    await expect(first.answer).rejects.toMatchObject(cancelled);
    expect(await third).not.toBe(before);
    await expect(thread.ask('double', 1, { signal: held.signal })).rejects.toMatchObject(cancelled);
    expect(logged).toEqual([]);
  });

  test('is never two: one that is stuck in native code ends before the next one starts', async () => {
    const thread = create();
    const giveUp = new AbortController();
    const stuck = await sticking(thread, giveUp.signal);
    const next = thread.ask('double', 3);
    giveUp.abort();
    await expect(stuck.answer).rejects.toMatchObject(cancelled);
    let most = 0;
    const count = () => void (most = Math.max(most, alive()));
    process.on('worker', count);
    stuck.letGo();
    expect(await next).toBe(6);
    process.off('worker', count);
    expect(started).toHaveLength(2);
    expect(most).toBe(1);
  });

  test('starts none for a question that is given up, or closed, while the last one ends', async () => {
    const thread = create();
    const [first, second] = [new AbortController(), new AbortController()];
    const stuck = await sticking(thread, first.signal);
    const next = Promise.allSettled([
      thread.ask('double', 1, { signal: second.signal }),
      thread.ask('double', 2),
    ]);
    first.abort();
    await expect(stuck.answer).rejects.toMatchObject(cancelled);
    second.abort();
    const closed = thread.close();
    stuck.letGo();
    await closed;
    expect(alive()).toBe(0);
    expect(await next).toEqual([
      { status: 'rejected', reason: expect.objectContaining(cancelled) },
      { status: 'rejected', reason: expect.objectContaining(cancelled) },
    ]);
    expect(started).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  test('says so in the log where it ends while nobody asks', async () => {
    const thread = create();
    const before = await thread.ask('whoAreYou', null);
    const ended = started.map((worker) => once(worker, 'exit'));
    expect(await thread.ask('exitLater', null)).toBeNull();
    await Promise.all(ended);
    expect(logged).toEqual([{ event: 'test-thread-failed', facts: { failure: 'ended', exitCode: 3 } }]);
    expect(await thread.ask('whoAreYou', null)).not.toBe(before);
  });

  test('cancels what it is at, what waits and what comes later when it is closed', async () => {
    const thread = create();
    const first = holding(thread);
    const answers = Promise.allSettled([first.answer, thread.ask('double', 1)]);
    await first.begun();
    await thread.close();
    expect(started.map((worker) => worker.threadId)).toEqual([-1]);
    expect(await answers).toEqual([
      { status: 'rejected', reason: expect.objectContaining(cancelled) },
      { status: 'rejected', reason: expect.objectContaining(cancelled) },
    ]);
    await expect(thread.ask('double', 1)).rejects.toMatchObject(cancelled);
    expect(started).toHaveLength(1);
    expect(logged).toEqual([]);
  });

  test('rejects a question that cannot be copied, and answers the next', async () => {
    const questions = createQuestionThread<{
      double: { request: unknown; answer: number };
    }>({
      entry,
      start: { broken: false } satisfies ChildStart,
      log,
      limits: { answer: 60_000, idle: 60_000, waiting: 1 },
      messages: { tooMany: '', unanswered: '', stopped: '' },
    });
    await expect(questions.ask('double', () => null)).rejects.toThrow('could not be cloned');
    expect(await questions.ask('double', 2)).toBe(4);
    await questions.close();
  });
});
