import { z } from 'zod';

import { BlobId, CalendarDay, Milliseconds, ProductId } from '../../contract/ids.ts';
import { procedure } from '../../contract/procedure.ts';
import { productTypes } from '../reviews/material/model.ts';
import { productFactKinds, productRefusals, productRisks, productStates } from './model.ts';

export const ProductFact = z.strictObject({
  kind: z.enum(productFactKinds),
  /** What the sheet calls it: 业绩比较基准, 管理费, 到期日. */
  label: z.string().trim().min(1).max(100),
  /** As the sheet writes it: `3.1`, `3.0-3.5`, `2027-06-30`, `10000`. */
  value: z.string().trim().min(1).max(200),
  /** `%`, `元`, `天`…; empty where the value says it itself. */
  unit: z.string().trim().max(20).default(''),
});
export type ProductFact = z.output<typeof ProductFact>;

export const ProductInput = z.strictObject({
  /** The bank's own code; one product has it. */
  code: z.string().trim().min(1).max(64),
  name: z.string().trim().min(1).max(200),
  type: z.enum(productTypes),
  risk: z.enum(productRisks).nullable().default(null),
  /** ISO 4217. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('CNY'),
  /** Other names that texts use for it. */
  aliases: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
  facts: z.array(ProductFact).max(100).default([]),
  /** First and last day on which it is sold; null: no such day. */
  onSaleFrom: CalendarDay.nullable().default(null),
  onSaleUntil: CalendarDay.nullable().default(null),
  /** Where the facts come from: the sheet's title, version and date. */
  sheet: z.string().trim().max(1_000).default(''),
});
export type ProductInput = z.output<typeof ProductInput>;

export const ProductView = z.object({
  ...ProductInput.shape,
  id: ProductId,
  state: z.enum(productStates),
  /** Counts up with each change; say it when saving. */
  revision: z.number().int(),
  createdAt: Milliseconds,
  updatedAt: Milliseconds,
  updatedBy: z.string(),
});
export type ProductView = z.output<typeof ProductView>;

const ProductFile = z.object({ blobId: BlobId, fileName: z.string().min(1).max(255) });

/** What was understood of a file, before and after it is taken. */
export const ProductFileReport = z.object({
  /** By header, in the file's order: what each column was taken for; null: not used. */
  columns: z.array(z.object({ header: z.string(), meaning: z.string().nullable() })),
  rows: z.number().int(),
  added: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  /** The first 200 rows that were not taken, by line. */
  refused: z.array(
    z.object({
      line: z.number().int(),
      reason: z.enum(productRefusals),
      /** The cell at fault; empty where there is none. */
      detail: z.string(),
    }),
  ),
  refusedTotal: z.number().int(),
});
export type ProductFileReport = z.output<typeof ProductFileReport>;

export const productsContract = {
  'products.list': procedure({
    kind: 'query',
    permission: 'products:read',
    input: z
      .object({
        /** Part of code, name or another name. */
        query: z.string().max(200).default(''),
        types: z.array(z.enum(productTypes)).max(productTypes.length).default([]),
        state: z.enum(productStates).nullable().default(null),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(100),
      })
      .prefault({}),
    output: z.object({ products: z.array(ProductView), total: z.number().int() }),
  }),
  'products.get': procedure({
    kind: 'query',
    permission: 'products:read',
    input: z.object({ id: ProductId }),
    output: ProductView,
  }),
  /** Adds (`id` null) or changes a product. `conflict` where somebody changed it since `revision`. */
  'products.save': procedure({
    kind: 'mutation',
    permission: 'products:edit',
    input: z.object({
      id: ProductId.nullable().default(null),
      revision: z.number().int().nullable().default(null),
      product: ProductInput,
    }),
    output: ProductView,
  }),
  /** Retires a product, or (`retired` false) takes it up again. */
  'products.retire': procedure({
    kind: 'mutation',
    permission: 'products:edit',
    input: z.object({ id: ProductId, revision: z.number().int(), retired: z.boolean().default(true) }),
    output: ProductView,
  }),
  /** What `products.import` would do with an uploaded .csv or .xlsx. Changes nothing. */
  'products.previewImport': procedure({
    kind: 'query',
    permission: 'products:read',
    input: ProductFile,
    output: z.object({
      report: ProductFileReport,
      /** The first products as they were understood. */
      samples: z.array(ProductInput).max(20),
    }),
  }),
  /** Adds and changes products by their code; those that the file doesn't name stay as they are. */
  'products.import': procedure({
    kind: 'mutation',
    permission: 'products:edit',
    input: ProductFile,
    output: ProductFileReport,
  }),
};
