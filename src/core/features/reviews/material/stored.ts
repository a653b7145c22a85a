import { z } from 'zod';

import { ContentHash } from '../../../contract/ids.ts';
import { contentHash } from '../../audit/index.ts';
import * as precheck from '../precheck/contract.ts';
import type { ClaimedExemption, PrecheckFinding } from '../precheck/model.ts';
import { MaterialContent } from './contract.ts';
import { canonicalContent } from './model.ts';

/** A content in its canonical form, as it is stored, and its hash. */
export interface HashedContent {
  readonly content: MaterialContent;
  readonly json: string;
  /** SHA-256 of the canonical JSON of the canonical content: of all fields, and of attachments by their own hashes. */
  readonly hash: ContentHash;
}

export function hashContent(content: MaterialContent): HashedContent {
  const canonical = canonicalContent(content);
  return {
    content: canonical,
    json: JSON.stringify(canonical),
    hash: ContentHash.parse(contentHash(canonical)),
  };
}

export function readContent(json: string): MaterialContent {
  return MaterialContent.parse(JSON.parse(json));
}

const Exemptions = z.array(precheck.ClaimedExemption);
const Findings = z.array(precheck.PrecheckFinding);

/** One claim per finding, the last one, in the order of the findings' keys: the same claims are the same text. */
export function storedExemptions(claimed: readonly ClaimedExemption[]): string {
  const byFinding = new Map(claimed.map((claim) => [claim.findingKey, claim]));
  return JSON.stringify(
    [...byFinding.values()]
      .toSorted((a, b) => (a.findingKey < b.findingKey ? -1 : 1))
      .map(({ findingKey, code, reason }) => ({ findingKey, code, reason })),
  );
}

export function readExemptions(json: string): ClaimedExemption[] {
  return Exemptions.parse(JSON.parse(json));
}

export function readFindings(json: string): PrecheckFinding[] {
  return Findings.parse(JSON.parse(json));
}
