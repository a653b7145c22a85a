import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { HitRow } from './hit-rows.ts';

export type HitDetail = ProcedureOutput<'supervision.hit'>;
type HitId = HitRow['id'];

/** Details of the hits around the current one, fetched before they are asked for: a key then waits for nothing. */
export interface HitDetails {
  readonly get: (id: HitId) => HitDetail | undefined;
  readonly error: (id: HitId) => unknown;
  /** Fetches these, the first ones first. */
  readonly want: (ids: readonly HitId[]) => void;
  /** What is known of it is old: a decision was added. */
  readonly drop: (id: HitId) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly version: () => number;
}

/** Kept at most; a detail with its context is some 20 kB. */
const mostKept = 200;
/** Requests under way at a time: enough to stay ahead of a quick reviewer, few enough for the current one to be quick. */
const mostLoading = 3;

export function createHitDetails(load: (id: HitId) => Promise<HitDetail>): HitDetails {
  const details = new Map<HitId, HitDetail>();
  const errors = new Map<HitId, unknown>();
  const loading = new Map<HitId, object>();
  let wanted: readonly HitId[] = [];
  let version = 0;
  const listeners = new Set<() => void>();

  function tell(): void {
    version += 1;
    for (const listener of listeners) listener();
  }

  function next(): void {
    for (const id of wanted) {
      if (loading.size >= mostLoading) return;
      if (details.has(id) || errors.has(id) || loading.has(id)) continue;
      const attempt = {};
      loading.set(id, attempt);
      void loadOne(id, attempt);
    }
  }

  async function loadOne(id: HitId, attempt: object): Promise<void> {
    try {
      const detail = await load(id);
      // `drop` while it was under way: what came is old already.
      if (loading.get(id) === attempt) {
        details.set(id, detail);
        const oldest = [...details.keys()].find((kept) => !wanted.includes(kept));
        if (details.size > mostKept && oldest !== undefined) details.delete(oldest);
      }
    } catch (error) {
      if (loading.get(id) === attempt) errors.set(id, error);
    }
    if (loading.get(id) === attempt) loading.delete(id);
    tell();
    next();
  }

  return {
    get: (id) => details.get(id),
    error: (id) => errors.get(id),
    want(ids) {
      wanted = ids;
      // A hit that could not be had is tried again when the reviewer comes back to it.
      errors.clear();
      next();
    },
    drop(id) {
      details.delete(id);
      loading.delete(id);
      next();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
  };
}
