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
export { isWorkbook, maximumTableBytes, tooLarge } from './tables/parse-table.ts';
export { type TableReading, readTable, tableKindOf } from './tables/read-table.ts';
export { dayInName } from './times.ts';
export { loadMapping } from './load-mapping.ts';
