import { Worker } from 'node:worker_threads';

import { SearchId } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { errorFacts } from '../../platform/error-facts.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { ArchiveFilter } from './contract.ts';
import type { SearchProgress, SearchStart } from './search-protocol.ts';

export interface Searches {
  /** Starts a search; the session's last one ends. */
  start(
    sessionKey: string,
    request: { readonly text: string; readonly filter: ArchiveFilter; readonly limit: number },
  ): SearchId;
  /** Ends the session's search, if it is this one. */
  cancel(sessionKey: string, searchId: SearchId): void;
  close(): void;
}

interface Running {
  readonly searchId: SearchId;
  readonly worker: Worker;
  readonly cancelFlag: Int32Array;
}

/** Searches in workers, one per session; results go to that session only. */
export function createSearches(services: Pick<Services, 'connection' | 'ids' | 'emit' | 'log'>): Searches {
  const running = new Map<string, Running>();

  function end(sessionKey: string): void {
    const search = running.get(sessionKey);
    if (search === undefined) return;
    running.delete(sessionKey);
    Atomics.store(search.cancelFlag, 0, 1);
  }

  return {
    start(sessionKey, request) {
      end(sessionKey);
      const searchId = services.ids.next(SearchId);
      const cancelFlag = new SharedArrayBuffer(4);
      const start: SearchStart = { ...request, database: services.connection.handle.name, cancelFlag };
      const worker = new Worker(workerUrl('search-worker'), { workerData: start });
      const search: Running = { searchId, worker, cancelFlag: new Int32Array(cancelFlag) };
      running.set(sessionKey, search);
      const isCurrent = () => running.get(sessionKey) === search;
      const emit = (progress: SearchProgress) => {
        if (!isCurrent()) return;
        if (progress.done) running.delete(sessionKey);
        services.emit({ type: 'search', batch: { searchId, ...progress } }, { sessionKey });
      };
      worker.on('message', emit);
      worker.on('error', (error) => {
        services.log.error({ ...errorFacts(error) }, 'search-worker-failed');
        emit({ results: [], scanned: 0, total: 0, done: true, limited: false });
      });
      return searchId;
    },
    cancel(sessionKey, searchId) {
      if (running.get(sessionKey)?.searchId === searchId) end(sessionKey);
    },
    close() {
      for (const sessionKey of running.keys()) end(sessionKey);
    },
  };
}
