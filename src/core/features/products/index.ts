export { productTypeOf } from './columns.ts';
export { type ProductFile, readProductFile } from './product-file.ts';
export { createProductsFeature } from './service.ts';
