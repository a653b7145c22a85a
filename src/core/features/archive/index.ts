export type { ArchiveEntry, ArchivedMessage } from './model.ts';
export { type ArchiveFeature, createArchiveFeature } from './service.ts';
export { requireOpenFile } from './file-access.ts';
export { settleImports } from './import-end.ts';
export { importJob, runImport } from './import-job.ts';
export { type ImportRequest, createImport } from './start-import.ts';
export { readMessages } from './read-messages.ts';
export { loadContext, loadPeople } from './views.ts';
