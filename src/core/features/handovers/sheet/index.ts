export { perClass, shownEvidence } from './figures.ts';
export { lastDayOf } from './load-facts.ts';
export { selectStamps } from './repository.ts';
