import type { MessagePort } from 'node:worker_threads';

import type { ArchiveScanner, JoinedRow } from './archive-scanner.ts';
import type { TurnTaken } from './protocol.ts';
import type { ScanRows } from './scan-rows.ts';

/**
 * Lets several threads remember messages in the order of their file. Reading and screening go side by side; what a segment's
 * messages are joined to is settled segment by segment, by whoever has it, and the others are told. All
 * threads remember the same.
 */
export class Turns {
  readonly #scanner: ArchiveScanner;
  readonly #peers: readonly MessagePort[];
  /** The turns of others that are not remembered yet: an earlier one has not been told. */
  readonly #told = new Map<number, TurnTaken>();
  #next = 0;
  #waiting: (() => void) | null = null;

  constructor(scanner: ArchiveScanner, peers: readonly MessagePort[]) {
    this.#scanner = scanner;
    this.#peers = peers;
    for (const port of peers) {
      port.on('message', (taken: TurnTaken) => {
        this.#told.set(taken.turn, taken);
        this.#catchUp();
        this.#waiting?.();
      });
    }
  }

  /** Waits for its turn, remembers the rows, and answers those that are joined to earlier messages. */
  async take(turn: number, begins: boolean, rows: ScanRows): Promise<readonly JoinedRow[]> {
    while (this.#next < turn) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.#waiting = () => resolve(undefined);
      await promise;
    }
    this.#waiting = null;
    if (begins) this.#scanner.forget();
    const first = this.#scanner.remembered;
    const joined = this.#scanner.remember(rows);
    const remembered = this.#scanner.since(first);
    for (const port of this.#peers) port.postMessage({ turn, begins, remembered } satisfies TurnTaken);
    this.#next = turn + 1;
    this.#catchUp();
    return joined;
  }

  #catchUp(): void {
    for (let taken = this.#told.get(this.#next); taken !== undefined; taken = this.#told.get(this.#next)) {
      this.#told.delete(this.#next);
      if (taken.begins) this.#scanner.forget();
      this.#scanner.recall(taken.remembered);
      this.#next += 1;
    }
  }
}
