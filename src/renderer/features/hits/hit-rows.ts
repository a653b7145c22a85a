import type { ProcedureOutput } from '../../../core/contract/index.ts';

export type HitRow = ProcedureOutput<'supervision.hitRows'>[number];

export type HitRows = Rows<HitRow>;

/** Rows by id, loaded for what is on screen and kept: 100,000 hits are 100,000 ids, and rows only where somebody looks. */
export interface Rows<Row extends { readonly id: unknown }> {
  readonly get: (id: Row['id']) => Row | undefined;
  /** Loads those of the ids that aren't here. Only the newest request counts: a dragged scroll bar asks for a lot. */
  readonly want: (ids: readonly Row['id'][]) => void;
  readonly put: (rows: readonly Row[]) => void;
  /** Keeps showing the rows, and loads them anew when they are wanted again. */
  readonly markStale: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes with every change of the rows. */
  readonly version: () => number;
}

/** The contract's bound on one request. */
const mostAtOnce = 500;
/** Kept at most, some 1 kB each: whoever scrolls through 100,000 hits would else hold them all. */
const mostKept = 5_000;

export function createRows<Row extends { readonly id: unknown }>(
  load: (ids: Row['id'][]) => Promise<readonly Row[]>,
  onError: (error: unknown) => void,
): Rows<Row> {
  const rows = new Map<Row['id'], Row>();
  let stale = new Set<Row['id']>();
  let wanted: readonly Row['id'][] = [];
  let loading = false;
  let version = 0;
  /** Counts what made rows stale: an answer asked for before it is old when it comes. */
  let age = 0;
  const listeners = new Set<() => void>();

  function put(news: readonly Row[]): void {
    for (const row of news) {
      // Set anew at the end: what was loaded longest ago stands first.
      rows.delete(row.id);
      rows.set(row.id, row);
      stale.delete(row.id);
    }
    dropOldest();
    version += 1;
    for (const listener of listeners) listener();
  }

  function dropOldest(): void {
    if (rows.size <= mostKept) return;
    const shown = new Set(wanted);
    for (const id of rows.keys()) {
      if (rows.size <= mostKept) return;
      if (!shown.has(id)) rows.delete(id);
    }
  }

  async function loadWanted(): Promise<void> {
    if (loading) return;
    loading = true;
    try {
      for (;;) {
        const missing = wanted.filter((id) => !rows.has(id) || stale.has(id)).slice(0, mostAtOnce);
        if (missing.length === 0) return;
        const asked = age;
        const found = await load(missing);
        // A hit that the server no longer knows would be asked for for ever.
        const known = new Set(found.map((row) => row.id));
        const gone = new Set(missing.filter((id) => !known.has(id)));
        if (gone.size > 0) wanted = wanted.filter((id) => !gone.has(id));
        put(found);
        if (asked !== age) for (const row of found) stale.add(row.id);
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
      age += 1;
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
