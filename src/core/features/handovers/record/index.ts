export { sheetQueryOf, targetOf, unopenedQuery } from './query.ts';
export { updateHandover } from './repository.ts';
export { type LoadedHandover, ownHandover, partiesOf, requireHandover, requireManaged } from './require.ts';
export { touchHandover } from './touch.ts';
export { handoverViews } from './views.ts';
