// What `countersign scan` needs of the archive, which has no database: the rest would take it half a second to load.
export {
  type ArchiveHit,
  type HitPart,
  type ScannedPiece,
  listedQuarantine,
  mostHitsPerMessage,
} from './protocol.ts';
export { type ArchiveScan, createArchiveScan } from './scan-archive.ts';
