// What the other parts of the feature use of materials.
export { type MaterialChecks, createMaterialChecks } from './checks.ts';
export { selectDraft } from './draft-repository.ts';
export { requireEditable, saveDraft } from './drafts.ts';
export { isMaterialFile } from './files.ts';
export { setMaterialState } from './repository.ts';
export { createMaterialHandlers } from './service.ts';
export { hashContent, readContent, readExemptions, readFindings } from './stored.ts';
export { selectVersion, selectVersionEditors, storeFindings } from './version-repository.ts';
export { type VersionHands, handsOf } from './versions.ts';
export { loadDraft, loadVersion, requireMaterial } from './views.ts';
