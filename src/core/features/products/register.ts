import type { Reader } from '../../platform/database/connection.ts';
import type { ProductView } from './contract.ts';
import { selectAllProducts, selectRegisterStamp } from './product-repository.ts';
import { inputOf } from './views.ts';

/** A product as checks of texts need it. */
export type RegisteredProduct = Pick<
  ProductView,
  'id' | 'code' | 'name' | 'type' | 'aliases' | 'facts' | 'onSaleFrom' | 'onSaleUntil' | 'state'
>;

/** The whole register, by code; retired products too, since texts still name them. */
export async function loadRegister(reader: Reader): Promise<RegisteredProduct[]> {
  return (await selectAllProducts(reader)).map((row) => {
    const { code, name, type, aliases, facts, onSaleFrom, onSaleUntil } = inputOf(row);
    return { id: row.id, code, name, type, aliases, facts, onSaleFrom, onSaleUntil, state: row.state };
  });
}

/** Another number after every change of the register. */
export function registerStamp(reader: Reader): Promise<number> {
  return selectRegisterStamp(reader);
}
