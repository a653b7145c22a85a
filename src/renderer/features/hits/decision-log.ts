import type { HitState, ReasonCode } from '../../../core/features/supervision/model.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { HitRow } from './hit-rows.ts';
import type { StateChanges } from './triage-queue.ts';

type HitId = HitRow['id'];
type DispositionId = ProcedureOutput<'supervision.decide'>['dispositionIds'][number];
export type Verdict = Exclude<HitState, 'open'>;

/** One press of a key: the hits it decided, and what they were before. */
export interface LoggedDecision {
  readonly hitIds: readonly HitId[];
  readonly verdict: Verdict;
  readonly before: ReadonlyMap<HitId, HitState>;
}

interface Entry extends LoggedDecision {
  /** Set once the server has saved it; stays null when it refused. */
  dispositionIds: readonly DispositionId[] | null;
}

interface Backend {
  save(decision: {
    readonly hitIds: HitId[];
    readonly verdict: Verdict;
    readonly reasonCode: ReasonCode | null;
    readonly note: string;
  }): Promise<{ readonly hits: readonly HitRow[]; readonly dispositionIds: readonly DispositionId[] }>;
  takeBack(dispositionIds: DispositionId[]): Promise<{ readonly hits: readonly HitRow[] }>;
}

/** What became of a decision: called once for each save and each taking back. */
export interface DecisionOutcome {
  saved(hits: readonly HitRow[], decision: LoggedDecision, step: 'decide' | 'undo'): void;
  /** The server refused: the hits are what they were before. */
  failed(decision: LoggedDecision, error: unknown, step: 'decide' | 'undo'): void;
}

export interface DecisionLog {
  readonly changes: () => StateChanges;
  readonly pending: () => number;
  readonly canUndo: () => boolean;
  decide(
    hitIds: readonly HitId[],
    verdict: Verdict,
    stateOf: (id: HitId) => HitState,
    extra?: { readonly reasonCode: ReasonCode | null; readonly note: string },
  ): void;
  /** Takes the last decision back; answers it, or null when there is none. */
  undo(): LoggedDecision | null;
  /** Forgets states that are saved, and keeps what can be taken back: another screen starts from the server's. */
  readonly settle: () => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/**
 * Decisions that show at once and are saved behind the reviewer's back, one after another in the order of the keys.
 * What the server refuses is put back, and said.
 */
export function createDecisionLog(backend: Backend, outcome: DecisionOutcome): DecisionLog {
  let changes: StateChanges = new Map();
  let pending = 0;
  const done: Entry[] = [];
  let tail = Promise.resolve();
  const listeners = new Set<() => void>();

  function change(ids: readonly HitId[], stateOf: (id: HitId) => HitState): void {
    const next = new Map(changes);
    for (const id of ids) next.set(id, stateOf(id));
    changes = next;
    tell();
  }
  function tell(): void {
    for (const listener of listeners) listener();
  }
  function later(task: () => Promise<void>): void {
    pending += 1;
    tail = tail.then(task).finally(() => {
      pending -= 1;
      tell();
    });
  }
  const before = (entry: Entry) => (id: HitId) => entry.before.get(id) ?? 'open';

  return {
    changes: () => changes,
    pending: () => pending,
    canUndo: () => done.length > 0,
    decide(hitIds, verdict, stateOf, extra = { reasonCode: null, note: '' }) {
      const entry: Entry = {
        hitIds,
        verdict,
        before: new Map(hitIds.map((id) => [id, changes.get(id) ?? stateOf(id)])),
        dispositionIds: null,
      };
      done.push(entry);
      later(async () => {
        try {
          const answer = await backend.save({ hitIds: [...hitIds], verdict, ...extra });
          entry.dispositionIds = answer.dispositionIds;
          outcome.saved(answer.hits, entry, 'decide');
        } catch (error) {
          const place = done.indexOf(entry);
          if (place >= 0) done.splice(place, 1);
          change(hitIds, before(entry));
          outcome.failed(entry, error, 'decide');
        }
      });
      change(hitIds, () => verdict);
    },
    undo() {
      const entry = done.pop();
      if (!entry) return null;
      later(async () => {
        // Null where the save before it failed: there is nothing to take back.
        if (entry.dispositionIds === null) return;
        try {
          const answer = await backend.takeBack([...entry.dispositionIds]);
          outcome.saved(answer.hits, entry, 'undo');
        } catch (error) {
          done.push(entry);
          change(entry.hitIds, () => entry.verdict);
          outcome.failed(entry, error, 'undo');
        }
      });
      change(entry.hitIds, before(entry));
      return entry;
    },
    settle() {
      if (pending > 0 || changes.size === 0) return;
      changes = new Map();
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
