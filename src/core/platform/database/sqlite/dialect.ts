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
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
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

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }

  override createDriver(): SqliteDriver {
    return new ImmediateDriver(this.#config);
  }
}
