export { perClass } from './figures.ts';
export { lastDayOf } from './load-facts.ts';
