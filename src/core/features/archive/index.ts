export type { ArchiveEntry, ArchivedMessage } from './model.ts';
export { type ArchiveFeature, createArchiveFeature } from './service.ts';
export { settleImports } from './import-end.ts';
export { importJob, runImport } from './import-job.ts';
export { type ImportRequest, createImport } from './start-import.ts';
export { readMessages } from './read-messages.ts';
export {
  type ArchiveHit,
  type HitPart,
  type ScannedPiece,
  listedQuarantine,
  mostHitsPerMessage,
} from './scan/protocol.ts';
export { type ArchiveScan, createArchiveScan } from './scan/scan-archive.ts';
export { loadContext, loadPeople } from './views.ts';
