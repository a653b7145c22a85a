import type { ProcedureOutput } from '../../../core/contract/index.ts';

export type HitRow = ProcedureOutput<'supervision.hitRows'>[number];
type HitId = HitRow['id'];

/** Rows by id, loaded for what is on screen and kept: 100,000 hits are 100,000 ids, and rows only where somebody looks. */
export interface HitRows {
  readonly get: (id: HitId) => HitRow | undefined;
  /** Loads those of the ids that aren't here. Only the newest request counts: a dragged scroll bar asks for a lot. */
  readonly want: (ids: readonly HitId[]) => void;
  readonly put: (rows: readonly HitRow[]) => void;
  /** Keeps showing the rows, and loads them anew when they are wanted again. */
  readonly markStale: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes with every change of the rows. */
  readonly version: () => number;
}

/** The contract's bound on one request. */
const mostAtOnce = 500;

export function createHitRows(
  load: (ids: HitId[]) => Promise<readonly HitRow[]>,
  onError: (error: unknown) => void,
): HitRows {
  const rows = new Map<HitId, HitRow>();
  let stale = new Set<HitId>();
  let wanted: readonly HitId[] = [];
  let loading = false;
  let version = 0;
  const listeners = new Set<() => void>();

  function put(news: readonly HitRow[]): void {
    for (const row of news) {
      rows.set(row.id, row);
      stale.delete(row.id);
    }
    version += 1;
    for (const listener of listeners) listener();
  }

  async function loadWanted(): Promise<void> {
    if (loading) return;
    loading = true;
    try {
      for (;;) {
        const missing = wanted.filter((id) => !rows.has(id) || stale.has(id)).slice(0, mostAtOnce);
        if (missing.length === 0) return;
        const found = await load(missing);
        // A hit that the server no longer knows would be asked for for ever.
        const known = new Set(found.map((row) => row.id));
        const gone = new Set(missing.filter((id) => !known.has(id)));
        if (gone.size > 0) wanted = wanted.filter((id) => !gone.has(id));
        put(found);
      }
    } catch (error) {
      wanted = [];
      onError(error);
    } finally {
      loading = false;
    }
  }

  return {
    get: (id) => rows.get(id),
    want(ids) {
      wanted = ids;
      void loadWanted();
    },
    put,
    markStale() {
      stale = new Set(rows.keys());
      void loadWanted();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
  };
}
