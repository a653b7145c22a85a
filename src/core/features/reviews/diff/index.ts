export { changeKindOf } from './change-kind.ts';
export { compareTexts } from './compare-texts.ts';
export { type DiffPool, createDiffPool } from './diff-pool.ts';
export { kindOfTextChange, normaliseForComparison } from './normalise.ts';
