import type { DatabaseConnection } from '../connection.ts';

/**
 * Runs what only reads over the database as it is when it first reads, whatever others write meanwhile
 * (https://sqlite.org/isolation.html, WAL mode). Nothing else may use the connection until it has ended.
 */
export async function atOneMoment<Answer>(
  { handle }: Pick<DatabaseConnection, 'handle'>,
  read: () => Promise<Answer>,
): Promise<Answer> {
  handle.exec('BEGIN');
  try {
    return await read();
  } finally {
    // An error that ended the transaction already must not be hidden by another.
    if (handle.inTransaction) handle.exec('COMMIT');
  }
}
