export { contentHash, recordAudit } from './record.ts';
export { type Actor, type AuditEvent, canonicalJson, systemActor } from './model.ts';
export { type AuditFeature, createAuditFeature } from './service.ts';
export { type AuditVerification, verifyAudit } from './verify.ts';
