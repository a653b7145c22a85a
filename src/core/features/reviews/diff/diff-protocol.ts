import type { MaterialContent } from '../material/contract.ts';
import type { ContentDiff, TextDiff, VariantDrift } from './contract.ts';

/** What the diff's thread is asked, by kind, and what it answers. */
export interface DiffQuestions {
  readonly contents: {
    readonly request: { readonly older: MaterialContent; readonly newer: MaterialContent };
    readonly answer: ContentDiff;
  };
  readonly texts: {
    readonly request: { readonly older: string; readonly newer: string };
    readonly answer: TextDiff;
  };
  readonly drifts: { readonly request: MaterialContent; readonly answer: VariantDrift[] };
}
