export { type Dismissal, insertDismissal, selectDismissals } from './repository.ts';
