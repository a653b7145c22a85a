export { sheetQueryOf, targetOf, unopenedQuery } from './query.ts';
export { updateHandover } from './repository.ts';
export {
  type LoadedHandover,
  partiesOf,
  requireHandover,
  requireOpenHandover,
  requireOthersHandover,
} from './require.ts';
export { handoverViews } from './views.ts';
