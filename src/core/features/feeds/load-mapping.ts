import { AppError } from '../../contract/errors.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { ColumnMappingInput } from './contract.ts';
import { selectMapping } from './mappings-repository.ts';
import type { ColumnMapping } from './model.ts';

/** The mapping of that name. Throws `not-found`. */
export async function loadMapping(reader: Reader, name: string): Promise<ColumnMapping> {
  const row = await selectMapping(reader, name);
  if (row === undefined)
    throw new AppError('not-found', 'There is no mapping of columns of that name.', { name });
  return ColumnMappingInput.parse({ feed: row.feed, columns: JSON.parse(row.columns) });
}
