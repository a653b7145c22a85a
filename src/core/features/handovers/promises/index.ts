export { addDays } from './days.ts';
export { type FoundPromise, findPromises } from './find.ts';
export { type PromiseItem, listPromises, mostPromises } from './list.ts';
export { plainText } from './numerals.ts';
export { type StandingDecision, selectPromiseDecisions } from './repository.ts';
export { findTimes } from './times.ts';
