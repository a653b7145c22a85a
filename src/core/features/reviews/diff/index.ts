export { changeKindOf, changeKindOfBodies } from './change-kind.ts';
export { compareBodies } from './compare-bodies.ts';
export { compareContents } from './compare-contents.ts';
export { compareTexts } from './compare-texts.ts';
export { type DiffLimits, type DiffPool, createDiffPool } from './diff-pool.ts';
export { driftOf, driftsOf } from './drift.ts';
export { kindOfTextChange, normaliseForComparison } from './normalise.ts';
