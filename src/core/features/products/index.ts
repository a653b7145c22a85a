export { productTypeOf } from './columns.ts';
export { type Mention, type MentionFinder, compileMentions } from './mentions.ts';
export { type ProductFile, readProductFile } from './product-file.ts';
export { type RegisteredProduct, loadRegister, registerStamp } from './register.ts';
export { createProductsFeature } from './service.ts';
