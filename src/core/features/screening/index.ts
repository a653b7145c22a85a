export { confidenceOf, fieldSeparator, foldBits, foldNamesOf, foldText } from './folds.ts';
export { type CompileOptions, type OnMatch, type UnitMatcher, compileMatcher } from './matcher.ts';
export {
  type Alias,
  type Component,
  type FoldName,
  type Match,
  type MatchStep,
  type Matcher,
  type TermSpec,
  foldNames,
  foldSets,
} from './model.ts';
export { scanBatch } from './scan-batch.ts';
export { type ScanBatch, type ScanHits, forEachHit, packTexts } from './scan-protocol.ts';
export { type JoinedText, createSplitJoiner } from './split.ts';
