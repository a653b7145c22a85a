import { pino } from 'pino';

/** Structured, without personal data: ids, counts, codes and durations only, never message text, names or secrets. */
export interface Log {
  info(facts: Readonly<Record<string, unknown>>, event: string): void;
  warn(facts: Readonly<Record<string, unknown>>, event: string): void;
  error(facts: Readonly<Record<string, unknown>>, event: string): void;
}

/** Writes JSON lines to stderr (stdout belongs to the CLI's results). */
export function createLog(level: 'info' | 'warn' | 'error' | 'silent' = 'warn'): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
