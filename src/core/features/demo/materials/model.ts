import type { Channel, MaterialType, Risk } from '../../reviews/material/model.ts';

/** How far a demo material has come, and what happened on the way. */
export const demoFates = [
  'draft',
  'draft-blocked',
  /** Submitted, and taken back. */
  'cancelled',
  'in-branch',
  'in-compliance',
  'in-legal',
  'overdue',
  'returned',
  'rejected',
  'stale',
  'approved',
  'approved-with-conditions',
  'approved-with-exemption',
  'expired',
  'recalled',
  /** Approved, expired, taken out of use. */
  'retired',
] as const;
export type DemoFate = (typeof demoFates)[number];

export interface DemoText {
  readonly type: MaterialType;
  readonly title: string;
  /** One line a block: `# ` a heading, `- ` an entry of a list, else a paragraph; `**…**` is bold. */
  readonly body: readonly string[];
  readonly channels: readonly Channel[];
  readonly audience: string;
  /** A product's code. */
  readonly product: string | null;
  readonly facts: readonly (readonly [
    kind: 'rate' | 'fee' | 'term' | 'amount' | 'date',
    label: string,
    value: string,
  ])[];
  readonly sources: readonly string[];
  readonly landingUrl: string;
  readonly campaign: string;
  readonly risk: Risk;
  /** The same text for these branches, one material each; empty: head office. */
  readonly branches: readonly string[];
  /** One fate for each branch, or each day of a series. */
  readonly fates: readonly DemoFate[];
  /** How the text is changed in a second version, where its fate has one: replaced words. */
  readonly revision: readonly (readonly [from: string, to: string])[];
}
