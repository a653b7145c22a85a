import { type Insertable, type Selectable, sql } from 'kysely';

import type { ProductId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Tables } from '../../platform/database/schema.ts';
import type { ProductType } from '../reviews/material/model.ts';
import { type ProductState, maxProducts } from './model.ts';

export type ProductRow = Selectable<Tables['products']> & { readonly updated_by_name: string | null };

function products(reader: Reader) {
  return reader
    .selectFrom('products as product')
    .leftJoin('users as user', 'user.id', 'product.updated_by')
    .selectAll('product')
    .select('user.display_name as updated_by_name');
}

export interface ProductFilter {
  readonly query: string;
  readonly types: readonly ProductType[];
  readonly state: ProductState | null;
}

/** One page by name, and how many there are in all. */
export async function selectProductPage(
  reader: Reader,
  { query, types, state }: ProductFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<{ rows: ProductRow[]; total: number }> {
  let rows = products(reader);
  let count = reader.selectFrom('products as product').select(({ fn }) => fn.countAll<number>().as('total'));
  if (query !== '') {
    const names = sql<number>`instr(lower(product.code || char(10) || product.name || char(10) || product.aliases), ${query.toLowerCase()})`;
    rows = rows.where(names, '>', 0);
    count = count.where(names, '>', 0);
  }
  if (types.length > 0) {
    rows = rows.where('product.type', 'in', types);
    count = count.where('product.type', 'in', types);
  }
  if (state !== null) {
    rows = rows.where('product.state', '=', state);
    count = count.where('product.state', '=', state);
  }
  const found = await rows
    .orderBy('product.name')
    .orderBy('product.code')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { rows: found, total: (await count.executeTakeFirst())?.total ?? 0 };
}

/** The whole register, by code. */
export function selectAllProducts(reader: Reader): Promise<ProductRow[]> {
  return products(reader).orderBy('product.code').limit(maxProducts).execute();
}

/** Another number after every change of any product: none is ever deleted, and each change counts its revision up. */
export async function selectRegisterStamp(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('products')
    .select(({ fn }) => fn.sum<number | null>('revision').as('stamp'))
    .executeTakeFirst();
  return row?.stamp ?? 0;
}

export function selectProduct(reader: Reader, id: ProductId): Promise<ProductRow | undefined> {
  return products(reader).where('product.id', '=', id).executeTakeFirst();
}

export async function countProducts(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('products')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirst();
  return row?.total ?? 0;
}

/** Whether another product than `except` has the code. */
export async function isCodeTaken(reader: Reader, code: string, except: ProductId | null): Promise<boolean> {
  let query = reader.selectFrom('products').select('id').where('code', '=', code);
  if (except !== null) query = query.where('id', '!=', except);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Rows of one statement: SQLite takes some 32,000 values, and each row has sixteen. */
const rowsAtOnce = 500;

export async function insertProducts(
  writer: Writer,
  rows: readonly Insertable<Tables['products']>[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await writer
      .insertInto('products')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
}

/** Answers false where the product is no longer at `revision`: nothing was changed then. */
export async function updateProduct(
  writer: Writer,
  id: ProductId,
  revision: number,
  change: Partial<Omit<Insertable<Tables['products']>, 'id' | 'created_at' | 'revision'>>,
): Promise<boolean> {
  const result = await writer
    .updateTable('products')
    .set({ ...change, revision: revision + 1 })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
