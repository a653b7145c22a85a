import type { Violation } from './talk.ts';

/** A message of the demo's archive before it has a msgid. */
export interface Draft {
  readonly at: number;
  readonly from: string;
  readonly tolist: readonly string[];
  readonly roomid: string;
  readonly members: Readonly<Record<string, unknown>>;
  readonly plant?: { readonly tag: Violation['tag']; readonly employee: string };
  /** It takes that one back. */
  readonly revokes?: Draft;
}
