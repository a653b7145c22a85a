import type { CalendarDay, Milliseconds, ProductId, UserId } from '../../../contract/ids.ts';
import type { ProductRisk, ProductState } from '../../../features/products/model.ts';
import type { ProductType } from '../../../features/reviews/material/model.ts';
import type { Fixed } from './columns.ts';

/** As 0005-products makes them. */
export interface ProductTables {
  products: {
    id: Fixed<ProductId>;
    code: string;
    name: string;
    type: ProductType;
    risk: ProductRisk | null;
    currency: string;
    /** JSON array of names. */
    aliases: string;
    /** JSON array of facts. */
    facts: string;
    on_sale_from: CalendarDay | null;
    on_sale_until: CalendarDay | null;
    sheet: string;
    state: ProductState;
    revision: number;
    created_at: Fixed<Milliseconds>;
    updated_at: Milliseconds;
    updated_by: UserId;
  };
}
