import SqliteHandle from 'better-sqlite3';

/**
 * Holds `file` locked until the returned function is called or the process ends, however it ends: the lock is the
 * operating system's, so none stays behind after a crash. Answers null where another process, or another place in this
 * one, holds it.
 *
 * Nothing else may open `file`: on POSIX systems closing any handle on a file drops the process's locks on it
 * (https://sqlite.org/howtocorrupt.html §2.2). That is why the holder's name stands in a file of its own.
 */
export function takeFileLock(file: string): (() => void) | null {
  const handle = new SqliteHandle(file, { timeout: 0 });
  try {
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    if (error instanceof SqliteHandle.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  return () => handle.close();
}
