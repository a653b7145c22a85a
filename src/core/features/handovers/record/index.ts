export { sheetQueryOf } from './query.ts';
export { selectLatestHandoverOf } from './repository.ts';
export { type LoadedHandover, partiesOf, requireHandover, requireOpenHandover } from './require.ts';
