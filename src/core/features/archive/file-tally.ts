import type { FileCounts } from '../../platform/database/sqlite/import-store.ts';
import type { FileKind } from './model.ts';

/** What has come of a file so far. Those who write its parts share it: a zip may hold an archive, feeds and rosters. */
export class FileTally {
  readonly counts: FileCounts;
  #kind: FileKind;
  /** True once something was taken: before, the kind is only what the file was said or seems to be. */
  #isSettled: boolean;

  constructor(file: FileCounts & { readonly kind: FileKind }) {
    const { read, imported, duplicates, quarantined } = file;
    this.counts = { read, imported, duplicates, quarantined };
    this.#kind = file.kind;
    this.#isSettled = read > quarantined;
  }

  get kind(): FileKind {
    return this.#kind;
  }

  /**
   * Counts a part of this kind; null: nobody can tell what it was. A part of which nothing could be taken names the file's kind only
   * while nothing else does.
   */
  add(kind: Exclude<FileKind, 'unknown' | 'mixed'> | null, counts: Partial<FileCounts>): void {
    if (kind !== null) {
      if ((counts.read ?? 0) > (counts.quarantined ?? 0)) this.settle(kind);
      else if (this.#kind === 'unknown') this.#kind = kind;
    }
    for (const key of ['read', 'imported', 'duplicates', 'quarantined'] as const) {
      this.counts[key] += counts[key] ?? 0;
    }
  }

  /** Something of this kind was taken. */
  settle(kind: Exclude<FileKind, 'unknown' | 'mixed'>): void {
    this.#kind = this.#isSettled && kind !== this.#kind ? 'mixed' : kind;
    this.#isSettled = true;
  }
}
