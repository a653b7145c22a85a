export { recordExport } from './record-export.ts';
export { refuse } from './refuse.ts';
