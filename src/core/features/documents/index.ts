export { readDocumentFile } from './read-file.ts';
export type { ImportedBlocks } from './extract.ts';
export { type DocumentsFeature, createDocumentsFeature, loadDocument } from './service.ts';
