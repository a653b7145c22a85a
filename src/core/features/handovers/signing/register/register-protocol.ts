import type { Milliseconds } from '../../../../contract/ids.ts';
import type { Language } from '../../../../contract/language.ts';
import type { SnapshotView, exportFormats, exportKinds } from '../contract.ts';

/** What is printed; crosses to the thread by structured clone. */
export interface RegisterRequest {
  /** A stored snapshot's file, or a draft's own bytes: canonical JSON of a `FrozenHandover`. */
  readonly content: { readonly path: string } | { readonly bytes: Uint8Array };
  /** Null: a draft of the sheet as it stands, which nobody signs. */
  readonly snapshot: SnapshotView | null;
  readonly kind: (typeof exportKinds)[number];
  readonly format: (typeof exportFormats)[number];
  readonly language: Language;
  readonly printedAt: Milliseconds;
}

/** The file, and what it is named after. */
export interface RegisterFile {
  readonly bytes: Uint8Array;
  readonly leaver: string;
  readonly lastDay: string | null;
}
