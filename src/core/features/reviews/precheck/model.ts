import type { ExplainedStep } from '../../lexicons/contract.ts';

/**
 * - `block`: may not be published as it is; needs a statutory exemption with a reason, which the reviewer accepts separately.
 * - `warn`: a reviewer has to look at it.
 * - `note`: worth knowing.
 */
export const findingLevels = ['block', 'warn', 'note'] as const;
export type FindingLevel = (typeof findingLevels)[number];

/**
 * The statutory exemptions for absolute terms, after the enforcement guide on absolute terms in advertising (市场监管总局,
 * 2023, 广告绝对化用语执法指南 §§5–6). None of them is open for claims about return or safety in finance.
 */
export const exemptionCodes = [
  'self-comparison',
  'consumer-advice',
  'national-grading',
  'trademark',
  'award',
  'provable-scope',
] as const;
export type ExemptionCode = (typeof exemptionCodes)[number];

/** Which check found it; also the key of its sentence below `precheck.rule.` in the i18n files. */
export const findingRules = [
  'lexicon',
  'disclosure-missing',
  /** As `disclosure-missing`, where something that could not be read may have it: a picture. */
  'disclosure-unseen',
  'fact-differs',
  /** One end of the sheet's range, or a value inside it, alone. */
  'fact-partial',
  'fact-not-on-sheet',
  /** Nearly a registered name. */
  'product-name-differs',
  'product-unknown',
  'product-not-yet',
  'product-expired',
  /** The material would be shown before the product is sold, or longer. */
  'validity-outside-sale',
  'link-not-allowed',
  /** As `link-not-allowed`, where the workspace has no list yet. */
  'link-unchecked',
  /** Passes for an address that is allowed. */
  'link-look-alike',
  /** `javascript:`, `data:` and whatever else opens no page. */
  'link-refused',
  'link-unreadable',
  'qr-link-not-allowed',
  'validity-expired',
  'validity-missing',
  'validity-reversed',
  'field-missing',
  /** Of a file, which has no fields: what its type asks for on submitting. */
  'field-to-fill',
  'attachment-unread',
  'text-cut',
  'findings-cut',
] as const;
export type FindingRule = (typeof findingRules)[number];

export interface PrecheckFinding {
  /**
   * The same for the same words found by the same rule in the same part, whatever stands around them, so that an exemption
   * stays with its finding while the editor goes on: SHA-256 over rule, entry, part, text and its number among equals.
   */
  readonly key: string;
  readonly level: FindingLevel;
  readonly rule: FindingRule;
  /** The rule's own name: the lexicon's entry, the disclosure's code, the fact's label, the address. */
  readonly subject: string;
  /** Law and clause, or the bank's policy. */
  readonly basis: string;
  /** As in `ContentText.part`; of what stands inside an attachment `attachments.<n>.text`, of a code in it `attachments.<n>.code`. */
  readonly part: string;
  /** UTF-16 offsets in that part's text; both 0 where it is about no place in it. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Values for the rule's sentence: what was expected, what stands there. */
  readonly params: Readonly<Record<string, string>>;
  /** What to write instead; empty where no rule has one. */
  readonly suggestion: string;
  /** How a disguised text was read; empty where it is written plainly. */
  readonly steps: readonly ExplainedStep[];
  /** Whether a statutory exemption may be claimed for it. */
  readonly exemptible: boolean;
}

/** An exemption that an editor claims for one finding. Kept beside the content, not in it: it changes no hash. */
export interface ClaimedExemption {
  readonly findingKey: string;
  readonly code: ExemptionCode;
  readonly reason: string;
}
