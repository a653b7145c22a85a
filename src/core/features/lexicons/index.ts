export {
  type BacktestRecord,
  type BacktestSampleRow,
  type BacktestTermRow,
  findBacktest,
  storeResult,
} from './backtest-repository.ts';
export { contentHashOf } from './backtests.ts';
export { decodeText } from './decode-text.ts';
export { type LexiconFile, type TermDefaults, readLexiconFile } from './lexicon-file.ts';
export { optionsOf, settingsOf } from './options.ts';
export {
  type PublishedLexicon,
  type PublishedTerm,
  loadPublishedTerms,
  loadVersionSettings,
  loadVersionTerms,
  publishedVersionIds,
} from './published-terms.ts';
export { withNamedEntries } from './named-entries.ts';
export { newSettings } from './options.ts';
export { createLexiconsFeature } from './service.ts';
export { type PackFile, readStarterPacks } from './starter-packs.ts';
export { installStarterLexicons } from './starter.ts';
export { loadActiveSuppressions } from './suppressions.ts';
export { type FailedExample, type TestedLexicon, testLexicon } from './test-lexicon.ts';
