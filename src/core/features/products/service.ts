import { AppError } from '../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../contract/handlers.ts';
import { ProductId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { requireOpenFile } from '../archive/index.ts';
import { canonicalJson, recordAudit } from '../audit/index.ts';
import type { ProductFileReport, ProductInput, ProductView, productsContract } from './contract.ts';
import { maxProducts } from './model.ts';
import type { ProductFile } from './product-file.ts';
import {
  type ProductRow,
  countProducts,
  insertProducts,
  isCodeTaken,
  selectAllProducts,
  selectProduct,
  selectProductPage,
  updateProduct,
} from './product-repository.ts';
import { createProductFileReader } from './read-product-blob.ts';
import { columnsOf, inputOf, productView } from './views.ts';

export interface ProductsFeature {
  readonly handlers: Handlers<typeof productsContract>;
  close(): Promise<void>;
}

/** Most samples that a preview shows. */
const mostSamples = 20;

/** The register of products: what materials may say of them. */
export function createProductsFeature(services: Services): ProductsFeature {
  const reader = services.connection.query;
  const files = createProductFileReader(services);

  async function change<Result>(run: (writer: Writer) => Promise<Result>): Promise<Result> {
    const result = await reader.transaction().execute(run);
    services.emit({ type: 'changed', topics: ['products', 'audit'] });
    return result;
  }

  return {
    close: () => files.close(),
    handlers: {
      async 'products.list'({ query, types, state, offset, limit }) {
        const filter = { query: query.trim(), types, state };
        const { rows, total } = await selectProductPage(reader, filter, { offset, limit });
        return { products: rows.map(productView), total };
      },

      'products.get': async ({ id }) => productView(await requireProduct(reader, id)),

      'products.save': async ({ id, revision, product }, context) => {
        const user = requireUser(context);
        checkDays(product);
        return change((writer) =>
          id === null
            ? addProduct(writer, services, user, product)
            : saveProduct(writer, services, user, { id, revision, product }),
        );
      },

      'products.retire': async ({ id, revision, retired }, context) => {
        const user = requireUser(context);
        return change(async (writer) => {
          const before = await requireProduct(writer, id);
          const state = retired ? ('retired' as const) : ('active' as const);
          if (before.state === state) return productView(before);
          await requireUpdated(writer, before, revision, { state }, services, user);
          await recordAudit(writer, services.clock, user, {
            action: retired ? 'products.retire' : 'products.restore',
            recordKind: 'product',
            recordId: id,
            before: { ...inputOf(before), state: before.state },
            after: { ...inputOf(before), state },
            details: { code: before.code },
          });
          return productView(await requireProduct(writer, id));
        });
      },

      async 'products.previewImport'({ blobId, fileName }, context) {
        await requireOpenFile(reader, requireUser(context), blobId);
        const file = await files.read(blobId, fileName);
        const plan = planImport(await selectAllProducts(reader), file);
        return { report: reportOf(file, plan), samples: file.products.slice(0, mostSamples) };
      },

      async 'products.import'({ blobId, fileName }, context) {
        const user = requireUser(context);
        await requireOpenFile(reader, user, blobId);
        const file = await files.read(blobId, fileName);
        return change((writer) => importProducts(writer, services, user, file));
      },
    },
  };
}

async function requireProduct(reader: Reader, id: ProductId): Promise<ProductRow> {
  const row = await selectProduct(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such product in the register.', { id });
  return row;
}

function checkDays({ onSaleFrom, onSaleUntil }: ProductInput): void {
  if (onSaleFrom !== null && onSaleUntil !== null && onSaleFrom > onSaleUntil) {
    throw new AppError('bad-input', 'The last day of sale is before the first. Choose a later day.', {
      path: 'product.onSaleUntil',
      problem: 'dates-reversed',
    });
  }
}

async function requireFreeCode(reader: Reader, code: string, except: ProductId | null): Promise<void> {
  if (await isCodeTaken(reader, code, except)) {
    throw new AppError('name-taken', `There is a product with the code "${code}" already.`, { name: code });
  }
}

async function addProduct(
  writer: Writer,
  services: Pick<Services, 'ids' | 'clock'>,
  user: SignedIn,
  product: ProductInput,
): Promise<ProductView> {
  await requireFreeCode(writer, product.code, null);
  if ((await countProducts(writer)) >= maxProducts) throw tooMany();
  const [id] = await insertNew(writer, services, user, [product]);
  if (id === undefined) throw new Error('the product was not stored');
  await recordAudit(writer, services.clock, user, {
    action: 'products.save',
    recordKind: 'product',
    recordId: id,
    after: product,
    details: { code: product.code, facts: product.facts.length },
  });
  return productView(await requireProduct(writer, id));
}

/** Answers the ids, in the products' order. */
async function insertNew(
  writer: Writer,
  { ids, clock }: Pick<Services, 'ids' | 'clock'>,
  user: SignedIn,
  products: readonly ProductInput[],
): Promise<readonly ProductId[]> {
  const now = clock.now();
  const rows = products.map((product) => ({
    id: ids.next(ProductId),
    ...columnsOf(product),
    state: 'active' as const,
    revision: 1,
    created_at: now,
    updated_at: now,
    updated_by: user.userId,
  }));
  await insertProducts(writer, rows);
  return rows.map(({ id }) => id);
}

async function saveProduct(
  writer: Writer,
  services: Pick<Services, 'clock'>,
  user: SignedIn,
  request: { readonly id: ProductId; readonly revision: number | null; readonly product: ProductInput },
): Promise<ProductView> {
  const { id, revision, product } = request;
  const before = await requireProduct(writer, id);
  if (canonicalJson(inputOf(before)) === canonicalJson(product)) return productView(before);
  await requireFreeCode(writer, product.code, id);
  await requireUpdated(writer, before, revision, columnsOf(product), services, user);
  await recordAudit(writer, services.clock, user, {
    action: 'products.save',
    recordKind: 'product',
    recordId: id,
    before: inputOf(before),
    after: product,
    details: { code: product.code, facts: product.facts.length },
  });
  return productView(await requireProduct(writer, id));
}

/** Throws `conflict`, naming who changed it, where the product is no longer at the revision that the caller saw. */
async function requireUpdated(
  writer: Writer,
  before: ProductRow,
  revision: number | null,
  columns: Parameters<typeof updateProduct>[3],
  services: Pick<Services, 'clock'>,
  user: SignedIn,
): Promise<void> {
  const change = { ...columns, updated_at: services.clock.now(), updated_by: user.userId };
  if (revision !== null && (await updateProduct(writer, before.id, revision, change))) return;
  throw new AppError(
    'conflict',
    `${before.updated_by_name ?? 'Somebody'} changed this product meanwhile. Look at it again, then repeat the change.`,
    { id: before.id, revision: before.revision, by: before.updated_by_name ?? '', at: before.updated_at },
  );
}

interface ImportPlan {
  readonly added: readonly ProductInput[];
  readonly updated: readonly { readonly row: ProductRow; readonly product: ProductInput }[];
}

function planImport(rows: readonly ProductRow[], file: ProductFile): ImportPlan {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  const added: ProductInput[] = [];
  const updated: { row: ProductRow; product: ProductInput }[] = [];
  for (const product of file.products) {
    const row = byCode.get(product.code);
    if (row === undefined) added.push(product);
    else if (canonicalJson(inputOf(row)) !== canonicalJson(product)) updated.push({ row, product });
  }
  if (rows.length + added.length > maxProducts) throw tooMany();
  return { added, updated };
}

function reportOf(file: ProductFile, plan: ImportPlan): ProductFileReport {
  return {
    columns: file.columns.map((column) => ({ ...column })),
    rows: file.rows,
    added: plan.added.length,
    updated: plan.updated.length,
    unchanged: file.products.length - plan.added.length - plan.updated.length,
    refused: file.refused.map((row) => ({ ...row })),
    refusedTotal: file.refusedTotal,
  };
}

async function importProducts(
  writer: Writer,
  services: Pick<Services, 'ids' | 'clock'>,
  user: SignedIn,
  file: ProductFile,
): Promise<ProductFileReport> {
  const plan = planImport(await selectAllProducts(writer), file);
  await insertNew(writer, services, user, plan.added);
  const stamp = { updated_at: services.clock.now(), updated_by: user.userId };
  // Read and written in one transaction: nobody can have changed a row in between.
  for (const { row, product } of plan.updated)
    await updateProduct(writer, row.id, row.revision, { ...columnsOf(product), ...stamp });
  const report = reportOf(file, plan);
  await recordAudit(writer, services.clock, user, {
    action: 'products.import',
    recordKind: 'products',
    recordId: 'register',
    before: plan.updated.map(({ row }) => inputOf(row)),
    after: [...plan.added, ...plan.updated.map(({ product }) => product)],
    details: {
      rows: report.rows,
      added: report.added,
      updated: report.updated,
      unchanged: report.unchanged,
      refused: report.refusedTotal,
    },
  });
  return report;
}

const tooMany = () =>
  new AppError(
    'bad-input',
    `The register holds at most ${maxProducts} products. Retired ones count; import fewer.`,
    { path: 'product', problem: 'too-many', limit: maxProducts },
  );
