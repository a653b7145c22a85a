// What the other parts of the feature use of materials.
export { setMaterialState } from './repository.ts';
export { createMaterialHandlers } from './service.ts';
export { hashContent } from './stored.ts';
export { storeFindings } from './version-repository.ts';
export { type VersionHands, handsOf } from './versions.ts';
export { loadDraft, loadVersion, requireMaterial } from './views.ts';
