export {
  type FactFile,
  FactInserter,
  type StoredFact,
  selectFactsOfEmployees,
  selectFactsOfItems,
  selectFactsOfKinds,
  selectFactsOfLeaver,
} from './facts-repository.ts';
