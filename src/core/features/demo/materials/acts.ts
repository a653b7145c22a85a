import type { Channel, MaterialType, Risk } from '../../reviews/material/model.ts';
import type { ExemptionCode } from '../../reviews/precheck/model.ts';
import type { ReasonCode } from '../../reviews/workflow/model.ts';
import type { DemoPerson } from '../hands.ts';

/** A remark on words of the text, perhaps with what to write instead. */
export interface Remark {
  readonly quote: string;
  readonly text: string;
  readonly mustFix?: boolean;
  readonly suggestion?: string;
  /** What the editor answers. */
  readonly reply?: string;
}

/** What somebody does with a material. Each is one use case of the app, and leaves an audit event of that name. */
export type Act =
  | { readonly do: 'materials.create'; readonly by: DemoPerson }
  | {
      readonly do: 'materials.saveDraft';
      readonly by: DemoPerson;
      readonly replace: readonly (readonly [from: string, to: string])[];
    }
  | { readonly do: 'materials.attach'; readonly by: DemoPerson; readonly file: string; readonly name: string }
  | {
      readonly do: 'claim';
      readonly by: DemoPerson;
      readonly code: ExemptionCode;
      readonly reason: string;
    }
  | { readonly do: 'materials.saveVersion'; readonly by: DemoPerson; readonly note: string }
  | { readonly do: 'reviews.submit'; readonly by: DemoPerson }
  | { readonly do: 'reviews.reassign'; readonly to: DemoPerson; readonly reason: string }
  | {
      readonly do: 'reviews.decide';
      readonly by: DemoPerson;
      readonly decision: 'approve' | 'approve-with-conditions' | 'return' | 'reject' | 'comment' | 'abstain';
      readonly onBehalfOf?: DemoPerson;
      readonly reasonCodes?: readonly ReasonCode[];
      readonly conditions?: readonly string[];
      readonly note?: string;
    }
  | { readonly do: 'reviews.comment'; readonly by: DemoPerson; readonly remark: Remark }
  | { readonly do: 'reviews.reply'; readonly by: DemoPerson; readonly text: string }
  | { readonly do: 'reviews.resolveThread'; readonly by: DemoPerson }
  | { readonly do: 'reviews.acceptSuggestion'; readonly by: DemoPerson }
  | { readonly do: 'reviews.acceptExemption'; readonly by: DemoPerson; readonly note: string }
  | { readonly do: 'reviews.tickCondition'; readonly by: DemoPerson; readonly note: string }
  | { readonly do: 'reviews.cancel'; readonly by: DemoPerson; readonly reason: string }
  | {
      readonly do: 'approvals.recordUse';
      readonly by: DemoPerson;
      readonly channel: Channel;
      readonly place: string;
    }
  | { readonly do: 'approvals.withdraw'; readonly by: DemoPerson; readonly reason: string }
  | { readonly do: 'materials.retire'; readonly by: DemoPerson; readonly reason: string };

/** The audit event that says that an act was done: claiming saves the draft. */
export function eventOf(act: Act): string {
  return act.do === 'claim' ? 'materials.saveDraft' : act.do;
}

/** An act, so many working hours after the one before. */
export interface TimedAct {
  readonly after: number;
  readonly act: Act;
}

/** Which of the starter templates a review takes (resources/workflow-templates.json). */
export type TemplateKind = 'general' | 'product' | 'high-risk';

const productTypes: ReadonlySet<MaterialType> = new Set([
  'poster',
  'product-page',
  'activity-page',
  'short-video',
]);

export function templateKindOf(type: MaterialType, risk: Risk): TemplateKind {
  if (productTypes.has(type)) return 'product';
  return risk === 'high' ? 'high-risk' : 'general';
}
