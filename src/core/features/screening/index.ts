export { foldNamesOf, foldOrder, foldText } from './folds.ts';
export { type CompileOptions, type OnMatch, type UnitMatcher, compileMatcher } from './matcher.ts';
export type { FoldName, Match, Matcher } from './model.ts';
export { scanBatch } from './scan-batch.ts';
export { type ScanBatch, type ScanHits, forEachHit, packTexts } from './scan-protocol.ts';
