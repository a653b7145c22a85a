// The statements stand with the dialect, since they run on the synchronous handle.
export {
  type FactFile,
  FactInserter,
  PeopleNamer,
  type StoredFact,
  selectFactsOfEmployees,
  selectFactsOfItems,
  selectFactsOfKinds,
  selectFactsOfLeaver,
} from '../../platform/database/sqlite/fact-store.ts';
