import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';

/**
 * SQLite transactions that write from the start. A deferred transaction that reads first and writes later fails with
 * SQLITE_BUSY when a worker has committed in between, and waiting does not help (https://sqlite.org/lang_transaction.html,
 * "read transactions versus write transactions"). All our transactions write, so all begin IMMEDIATE.
 */
class ImmediateDriver extends SqliteDriver {
  readonly #turns: Int32Array;

  constructor(config: SqliteDialectConfig, turns: SharedArrayBuffer) {
    super(config);
    this.#turns = new Int32Array(turns);
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    Atomics.add(this.#turns, 0, 1);
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    } finally {
      Atomics.sub(this.#turns, 0, 1);
      Atomics.notify(this.#turns, 0);
    }
  }
}

/** How long a job stands aside at most: whoever waits polls at least every 100 ms (sqlite3.c, sqliteDefaultBusyCallback). */
const longestWait = 1_000;

/**
 * Stands aside while others want to write. SQLite has no queue: a job that commits and begins again at once leaves gaps that
 * whoever waits, polling, may miss until the job ends, and a decision would take as long as an import.
 */
export function giveWay(turns: SharedArrayBuffer): void {
  const waiting = new Int32Array(turns);
  const until = performance.now() + longestWait;
  for (let count = Atomics.load(waiting, 0); count > 0; count = Atomics.load(waiting, 0)) {
    const left = until - performance.now();
    if (left <= 0) return;
    Atomics.wait(waiting, 0, count, left);
  }
}

/**
 * SQLite changes its schema in transactions like anything else (https://sqlite.org/lang_transaction.html); Kysely's adapter
 * says no, and its migrator would then run without one and leave a half-changed schema when it is killed.
 */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

export class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  readonly #turns: SharedArrayBuffer;

  /** `turns`: one Int32, how many of this connection's transactions wait for the writer's lock. */
  constructor(config: SqliteDialectConfig, turns: SharedArrayBuffer) {
    super(config);
    this.#config = config;
    this.#turns = turns;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config, this.#turns);
  }
}
