import type { FileCounts } from '../../platform/database/sqlite/import-store.ts';
import type { FileKind } from './model.ts';

/** What has come of a file so far. Those who write its parts share it: a zip may hold an archive, feeds and rosters. */
export class FileTally {
  readonly counts: FileCounts;
  #kind: FileKind;

  constructor(file: FileCounts & { readonly kind: FileKind }) {
    const { read, imported, duplicates, quarantined } = file;
    this.counts = { read, imported, duplicates, quarantined };
    this.#kind = file.kind;
  }

  get kind(): FileKind {
    return this.#kind;
  }

  /** Counts a part of this kind; null: nobody can tell what it was. */
  add(kind: Exclude<FileKind, 'unknown' | 'mixed'> | null, counts: Partial<FileCounts>): void {
    if (kind !== null && kind !== this.#kind) this.#kind = this.#kind === 'unknown' ? kind : 'mixed';
    for (const key of ['read', 'imported', 'duplicates', 'quarantined'] as const) {
      this.counts[key] += counts[key] ?? 0;
    }
  }
}
