export { builtInForms } from './alias-table.ts';
export type { TextBlock } from './candidates.ts';
export { fieldSeparator, foldNamesOf, foldText } from './folds.ts';
export { type OnMatch, type OnTextMatch, type UnitMatcher, compileMatcher } from './matcher.ts';
export {
  type Alias,
  type Component,
  type FoldName,
  type Match,
  type MatchStep,
  type Matcher,
  type SplitWindow,
  type TermSpec,
  foldNames,
  foldSets,
  messagesOf,
  splitReach,
  splitWindow,
} from './model.ts';
export type { CompileOptions } from './program.ts';
export { screenBatch } from './scan-batch.ts';
export {
  type CircumstanceColumns,
  type ScanBatch,
  type ScanHits,
  type ScanResult,
  type ScanStart,
  channelCodes,
  forEachHit,
  needsOf,
  packJoined,
  packTexts,
  speakerCodes,
} from './scan-protocol.ts';
export { type JoinedText, createSplitJoiner, joinTexts } from './split.ts';
export { createHostJudge, hasPublicSuffix, isDomainName, plainHost } from './rules/detectors/hosts.ts';
export { type Reading, readPlain } from './rules/reading.ts';
export { exampleProblems } from './rules/examples.ts';
export { type MessageHit, type MessagePlace, screenMessages } from './screen-messages.ts';
export { keepGravest } from './hit-keeper.ts';
export {
  type CutReason,
  type Found,
  type Screener,
  type ScreenerEntry,
  checkEntries,
  compileScreener,
  runExamples,
} from './screener.ts';
export { operandsOf } from './rules/references.ts';
