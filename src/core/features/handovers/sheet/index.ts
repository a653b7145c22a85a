export { perClass } from './figures.ts';
