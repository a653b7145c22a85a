/** What a sheet says of a product in figures: what a material's text is compared with. */
export const productFactKinds = ['rate', 'fee', 'date', 'term', 'amount'] as const;
export type ProductFactKind = (typeof productFactKinds)[number];

/** Risk levels of wealth-management products and funds, from cautious to aggressive. */
export const productRisks = ['R1', 'R2', 'R3', 'R4', 'R5'] as const;
export type ProductRisk = (typeof productRisks)[number];

/** `retired`: kept, since materials refer to it, but no longer to be advertised. */
export const productStates = ['active', 'retired'] as const;
export type ProductState = (typeof productStates)[number];

/** Why a row of a file was not taken; a key below `products.refused.` in the i18n files. */
export const productRefusals = [
  'no-code',
  'no-name',
  'unknown-type',
  'unknown-risk',
  'bad-currency',
  'bad-date',
  'dates-reversed',
  'too-long',
  'same-code',
  'same-name',
] as const;
export type ProductRefusal = (typeof productRefusals)[number];

/** Largest file of products in bytes: some 20,000 rows. */
export const maxProductFileBytes = 8 * 2 ** 20;
/** Most products of one register. */
export const maxProducts = 20_000;
/** Most refused rows that an answer lists. */
export const maxRefusedListed = 200;

/** Whether a product is sold on a day; `not-yet` and `ended` by its own dates, both inclusive. */
export type SaleState = 'on-sale' | 'not-yet' | 'ended' | 'retired';

/** Whether a product with these dates is sold on the day. Days compare as text. */
export function saleState(
  product: {
    readonly state: ProductState;
    readonly onSaleFrom: string | null;
    readonly onSaleUntil: string | null;
  },
  day: string,
): SaleState {
  if (product.state === 'retired') return 'retired';
  if (product.onSaleUntil !== null && day > product.onSaleUntil) return 'ended';
  if (product.onSaleFrom !== null && day < product.onSaleFrom) return 'not-yet';
  return 'on-sale';
}
