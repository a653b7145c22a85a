import type { ClaimedExemption } from '../../../../core/features/reviews/precheck/model.ts';
import type { MaterialContent } from '../../../../core/features/reviews/material/contract.ts';

// Keeps what somebody types: in this computer's own storage at once, in the workspace a moment later. It knows no React and no
// clock, so that its promise (nothing typed is lost) is tested as it is.

/** What is edited: the content, and the exemptions claimed for its findings. */
export interface DraftText {
  readonly content: MaterialContent;
  readonly exemptions: readonly ClaimedExemption[];
}

/** A draft as the workspace has it. */
export interface StoredDraft extends DraftText {
  readonly revision: number;
  readonly savedBy: string;
  readonly savedAt: number;
}

export type SaveState =
  | { readonly kind: 'saved' }
  /** Typed and not yet sent, or on its way. */
  | { readonly kind: 'saving' }
  /** The workspace could not be reached, or refused: it is tried again, or waits for a change. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly willRetry: boolean }
  /** Somebody else saved first: nothing is sent until it was decided what becomes of both. */
  | { readonly kind: 'conflict'; readonly theirs: StoredDraft };

export interface DraftState extends DraftText {
  readonly save: SaveState;
  /** What both sides had last in common. */
  readonly base: StoredDraft;
  /** It was found in this computer's storage: typed before, and never saved. */
  readonly restored: boolean;
  /** Counts up when the text was replaced by anything but typing: editors begin anew with it. */
  readonly generation: number;
}

export interface DraftKeeperParts {
  /** Rejects with an error whose `code` is `draft-conflict` where the base is no longer the newest. */
  readonly save: (
    text: DraftText,
    baseRevision: number,
  ) => Promise<Pick<StoredDraft, 'revision' | 'savedBy' | 'savedAt'>>;
  readonly load: () => Promise<StoredDraft>;
  readonly backup: DraftBackup;
  /** Runs the work after so many milliseconds; answers how to call it off. */
  readonly schedule: (work: () => void, milliseconds: number) => () => void;
}

/** The computer's own storage of one draft. */
export interface DraftBackup {
  read(): { readonly text: DraftText; readonly baseRevision: number } | null;
  write(text: DraftText, baseRevision: number): void;
  clear(): void;
}

export interface DraftKeeper {
  getState(): DraftState;
  subscribe(listener: () => void): () => void;
  change(change: Partial<DraftText>): void;
  /** Replaces the text, as an accepted suggestion or a merge does. */
  replace(text: DraftText): void;
  /** Takes over what the workspace has now, where nothing of one's own would be lost; asked after news of a save. */
  refresh(): Promise<void>;
  /** Resolves when everything typed is in the workspace; answers the revision, or null where it can't be saved now. */
  flush(): Promise<number | null>;
  /** Ends a conflict with the text that shall stand, over what the other one saved. */
  resolve(text: DraftText): void;
  /** Its screen goes: what is left is sent. */
  close(): void;
}

/** A pause of a typist; short, so that a crash of the computer takes half a sentence at most. */
const typingPause = 600;
/** After a save that failed for a reason that may pass. */
const retryPause = 3_000;

export function createDraftKeeper(stored: StoredDraft, parts: DraftKeeperParts): DraftKeeper {
  const listeners = new Set<() => void>();
  const found = parts.backup.read();
  const unsaved = found !== null && !isSame(found.text, stored) ? found : null;
  if (found !== null && unsaved === null) parts.backup.clear();
  let state: DraftState = {
    content: unsaved?.text.content ?? stored.content,
    exemptions: unsaved?.text.exemptions ?? stored.exemptions,
    save: { kind: 'saved' },
    base: stored,
    restored: unsaved !== null,
    generation: 0,
  };
  let cancelTimer: (() => void) | null = null;
  let running: Promise<void> | null = null;

  function set(change: Partial<DraftState>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }
  const text = (): DraftText => ({ content: state.content, exemptions: state.exemptions });
  const isDirty = () => !isSame(text(), state.base);

  function later(milliseconds: number): void {
    cancelTimer?.();
    cancelTimer = parts.schedule(() => {
      cancelTimer = null;
      void send();
    }, milliseconds);
  }

  function send(): Promise<void> {
    running ??= sendAll().finally(() => {
      running = null;
    });
    return running;
  }

  /** Saves until nothing is left that was typed meanwhile. */
  async function sendAll(): Promise<void> {
    while (isDirty() && state.save.kind !== 'conflict') {
      const sent = text();
      set({ save: { kind: 'saving' } });
      try {
        // One after another: each save builds on the one before it.
        // oxlint-disable-next-line no-await-in-loop
        const saved = await parts.save(sent, state.base.revision);
        set({ base: { ...sent, ...saved } });
        if (!isDirty()) parts.backup.clear();
      } catch (error) {
        // oxlint-disable-next-line no-await-in-loop
        if (!(await afterFailure(error))) return;
      }
    }
    if (state.save.kind !== 'conflict') set({ save: { kind: 'saved' } });
  }

  /** Whether to go on saving. */
  async function afterFailure(error: unknown): Promise<boolean> {
    if (codeOf(error) === 'draft-conflict') {
      try {
        const theirs = await parts.load();
        if (isSame(theirs, text())) {
          set({ base: theirs });
          parts.backup.clear();
          return true;
        }
        set({ save: { kind: 'conflict', theirs } });
        return false;
      } catch (loadError) {
        return waitAfter(loadError);
      }
    }
    return waitAfter(error);
  }

  function waitAfter(error: unknown): boolean {
    const willRetry = mayPass(error);
    set({ save: { kind: 'failed', error, willRetry } });
    if (willRetry) later(retryPause);
    return false;
  }

  function changed(change: Partial<DraftText>, generation: number): void {
    // The note that it was restored stays until somebody goes on: the save comes too soon to be read before.
    set({
      ...change,
      restored: false,
      generation,
      save: state.save.kind === 'conflict' ? state.save : { kind: 'saving' },
    });
    parts.backup.write(text(), state.base.revision);
    if (state.save.kind !== 'conflict') later(typingPause);
  }

  if (unsaved !== null) {
    // Based on an older revision, the save finds out, and asks.
    state = { ...state, base: { ...stored, revision: unsaved.baseRevision }, save: { kind: 'saving' } };
    later(0);
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    change: (change) => changed(change, state.generation),
    replace: (next) => changed(next, state.generation + 1),
    async refresh() {
      if (running !== null || isDirty() || state.save.kind === 'conflict') return;
      const theirs = await parts.load();
      if (isDirty() || theirs.revision <= state.base.revision) return;
      const same = isSame(theirs, text());
      set({
        base: theirs,
        ...(same
          ? {}
          : { content: theirs.content, exemptions: theirs.exemptions, generation: state.generation + 1 }),
      });
    },
    async flush() {
      // One that is under way may have met what has passed since: the answer is that of a save of one's own.
      if (running !== null) await running;
      do {
        cancelTimer?.();
        cancelTimer = null;
        // A save that is all but done has not seen what was typed since: another goes round after it.
        // oxlint-disable-next-line no-await-in-loop
        await send();
      } while (isDirty() && state.save.kind !== 'failed' && state.save.kind !== 'conflict');
      return isDirty() || state.save.kind === 'conflict' ? null : state.base.revision;
    },
    resolve(next) {
      if (state.save.kind !== 'conflict') return;
      const { theirs } = state.save;
      set({ ...next, base: theirs, save: { kind: 'saving' }, generation: state.generation + 1 });
      parts.backup.write(text(), theirs.revision);
      later(0);
    },
    close() {
      cancelTimer?.();
      cancelTimer = null;
      void send();
    },
  };
}

function isSame(left: DraftText, right: DraftText): boolean {
  return (
    left === right ||
    ((left.content === right.content || JSON.stringify(left.content) === JSON.stringify(right.content)) &&
      JSON.stringify(left.exemptions) === JSON.stringify(right.exemptions))
  );
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
}

/** Whether the same save may succeed later: the session can be unlocked, the network come back; a text that is too long stays so. */
function mayPass(error: unknown): boolean {
  const code = codeOf(error);
  return (
    typeof code !== 'string' ||
    ['unreachable', 'locked', 'not-signed-in', 'throttled', 'internal', 'disk-full'].includes(code)
  );
}
