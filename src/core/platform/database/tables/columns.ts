import type { ColumnType } from 'kysely';

export type Flag = 0 | 1;
/** Never updated: the type says what the trigger enforces. */
export type Fixed<T> = ColumnType<T, T, never>;
