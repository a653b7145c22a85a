import type { DraftBackup, DraftText } from './draft-keeper.ts';

const prefix = 'countersign.draft';

/**
 * A draft in this computer's own storage, for the time between a key and the save that follows it. Each user has their own; what
 * another account typed is neither shown nor overwritten. Once saved it is removed.
 */
export function createLocalBackup(userId: string, materialId: string, storage: Storage): DraftBackup {
  const key = `${prefix}.${userId}.${materialId}`;
  return {
    read() {
      try {
        const stored: unknown = JSON.parse(storage.getItem(key) ?? 'null');
        return isBackup(stored) ? stored : null;
      } catch {
        return null;
      }
    },
    write(text, baseRevision) {
      try {
        storage.setItem(key, JSON.stringify({ text, baseRevision }));
      } catch {
        // A full or forbidden storage: the workspace's save, a moment later, is then the only copy.
      }
    },
    clear() {
      storage.removeItem(key);
    },
  };
}

/** Whether it has the shape that `write` gives it. The contract's parser checks the content itself when it is saved. */
function isBackup(value: unknown): value is { readonly text: DraftText; readonly baseRevision: number } {
  if (typeof value !== 'object' || value === null) return false;
  const text: unknown = Reflect.get(value, 'text');
  if (typeof text !== 'object' || text === null || typeof Reflect.get(value, 'baseRevision') !== 'number')
    return false;
  const content: unknown = Reflect.get(text, 'content');
  return (
    typeof content === 'object' &&
    content !== null &&
    Array.isArray(Reflect.get(content, 'body')) &&
    typeof Reflect.get(content, 'fields') === 'object' &&
    Array.isArray(Reflect.get(text, 'exemptions'))
  );
}
