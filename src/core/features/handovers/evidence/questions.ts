import type { EvidenceFileView } from './contract.ts';

export interface EvidenceQuestions {
  evidence: { readonly request: { readonly leaver: string }; readonly answer: EvidenceFileView[] };
}
