export { contentHash, recordAudit } from './record.ts';
export { type Actor, type AuditEvent, canonicalJson, systemActor } from './model.ts';
