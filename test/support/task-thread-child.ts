import { threadId } from 'node:worker_threads';

import { AppError } from '../../src/core/contract/errors.ts';
import { carryOutTask } from '../../src/core/platform/threads/serve.ts';

// A thread that does on request what threads do only by mistake.

export type ChildTask =
  | { readonly kind: 'who' }
  /** Says in the first number that it was reached, and waits until the second isn't 0. */
  | { readonly kind: 'hold'; readonly shared: SharedArrayBuffer }
  | { readonly kind: 'loop' }
  | { readonly kind: 'grow' }
  | { readonly kind: 'refuse' }
  | { readonly kind: 'stumble' }
  | { readonly kind: 'exit' }
  /** Waits for what never comes. */
  | { readonly kind: 'wait' }
  | { readonly kind: 'throwOutside' };

carryOutTask<ChildTask, number>((task) => {
  switch (task.kind) {
    case 'who':
      return threadId;
    case 'hold': {
      const flags = new Int32Array(task.shared);
      Atomics.add(flags, 0, 1);
      Atomics.notify(flags, 0);
      Atomics.wait(flags, 1, 0);
      return threadId;
    }
    case 'loop':
      for (;;);
    case 'grow': {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5));
    }
    case 'refuse':
      throw new AppError('file-empty', 'There is nothing in it.', { file: 'a.csv' });
    case 'stumble':
      throw new RangeError('a mistake');
    case 'exit':
      return process.exit(0);
    case 'throwOutside':
      setImmediate(() => {
        throw new TypeError('a mistake elsewhere');
      });
      return new Promise(() => {});
    case 'wait':
      return new Promise(() => {});
    default:
      return task satisfies never;
  }
});
