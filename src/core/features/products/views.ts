import { z } from 'zod';

import { canonicalJson } from '../audit/index.ts';
import { ProductFact, type ProductInput, type ProductView } from './contract.ts';
import type { ProductRow } from './product-repository.ts';

const Facts = z.array(ProductFact);
const Names = z.array(z.string());

export function productView(row: ProductRow): ProductView {
  return {
    ...inputOf(row),
    id: row.id,
    state: row.state,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by_name ?? '',
  };
}

/** A product as it was typed or read: what two states of it are compared by. */
export function inputOf(row: ProductRow): ProductInput {
  return {
    code: row.code,
    name: row.name,
    type: row.type,
    risk: row.risk,
    currency: row.currency,
    aliases: Names.parse(JSON.parse(row.aliases)),
    facts: Facts.parse(JSON.parse(row.facts)),
    onSaleFrom: row.on_sale_from,
    onSaleUntil: row.on_sale_until,
    sheet: row.sheet,
  };
}

/** The columns that an input fills. */
export function columnsOf(product: ProductInput) {
  return {
    code: product.code,
    name: product.name,
    type: product.type,
    risk: product.risk,
    currency: product.currency,
    aliases: canonicalJson(product.aliases),
    facts: canonicalJson(product.facts),
    on_sale_from: product.onSaleFrom,
    on_sale_until: product.onSaleUntil,
    sheet: product.sheet,
  };
}
