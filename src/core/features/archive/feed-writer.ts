import type { DatabaseConnection } from '../../platform/database/connection.ts';
import { ImportStore } from '../../platform/database/sqlite/import-store.ts';
import { type FactFile, FactInserter, PeopleNamer } from '../feeds/index.ts';
import type { FeedBatch } from './feed-parser.ts';
import type { FileTally } from './file-tally.ts';
import type { Checkpoint } from './read-archive.ts';

/** Writes the records of one file. Everything of a transaction is stored together, its checkpoint and counts included. */
export class FeedWriter {
  readonly #store: ImportStore;
  readonly #inserter: FactInserter;
  readonly #namer: PeopleNamer;
  readonly #file: FactFile;
  readonly #tally: FileTally;

  constructor(connection: DatabaseConnection, file: FactFile, tally: FileTally, now: number) {
    this.#store = new ImportStore(connection);
    this.#inserter = new FactInserter(connection);
    this.#namer = new PeopleNamer(connection, now);
    this.#file = file;
    this.#tally = tally;
  }

  /** Stores the batches in one transaction. After an error the writer must not be used again. */
  write(batches: readonly FeedBatch[], checkpoint: Checkpoint): void {
    this.#store.transaction(() => {
      for (const batch of batches) this.#batch(batch);
      this.#store.updateFile(this.#file.id, this.#tally.kind, this.#tally.counts, JSON.stringify(checkpoint));
    });
  }

  #batch({ kind, records, quarantined }: FeedBatch): void {
    for (const { feed, line, facts, names } of records) {
      let isNew = false;
      for (const fact of facts) if (this.#inserter.insert(this.#file, feed, line, fact)) isNew = true;
      // What is known already named them when it came.
      if (isNew) for (const name of names) this.#namer.name(name);
      this.#tally.add(feed, { read: 1, imported: isNew ? 1 : 0, duplicates: isNew ? 0 : 1 });
    }
    for (const entry of quarantined) this.#store.insertQuarantine(this.#file.id, entry);
    this.#tally.add(kind, { read: quarantined.length, quarantined: quarantined.length });
  }
}
