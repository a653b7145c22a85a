export {
  type FactFile,
  FactInserter,
  PeopleNamer,
  type StoredFact,
  selectFactsOfEmployees,
  selectFactsOfItems,
  selectFactsOfKinds,
  selectFactsOfLeaver,
} from './facts-repository.ts';
export { type EntryKind, entryKindOf } from './answers/recognise.ts';
export { readAnswer } from './answers/read-answer.ts';
export type { Circumstances, FeedRecord, Reading } from './records.ts';
export { dayInName } from './times.ts';
