// The data of the folds: what counts as the same as what. The large tables are generated from npm packages by
// `npm run build:fold-tables` (docs/decisions/0015-fold-tables.md); the small ones are written by hand here.
export { builtInAliases } from './aliases.ts';
export { builtInComponents } from './components.ts';
export { confusableHanzi } from './confusable-hanzi.ts';
export { confusableLetters } from './confusable-letters.ts';
export { noReading, primaryReading, readingsOf, syllables } from './pinyin.ts';
export { scriptTable } from './script.ts';
export { isSentenceEnd } from './sentence-ends.ts';
export { fillerTable, foldedCodePoints, invisibleTable } from './units.ts';
