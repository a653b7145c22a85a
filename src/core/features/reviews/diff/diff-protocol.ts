import type { MaterialContent } from '../material/contract.ts';
import type { ContentDiff, TextDiff, VariantDrift } from './contract.ts';

/** What the diff's thread is asked, by kind, and what it answers. */
export interface DiffQuestions {
  readonly contents: { readonly older: MaterialContent; readonly newer: MaterialContent };
  readonly texts: { readonly older: string; readonly newer: string };
  readonly drifts: { readonly content: MaterialContent };
}

export interface DiffAnswers {
  readonly contents: ContentDiff;
  readonly texts: TextDiff;
  readonly drifts: VariantDrift[];
}

export type DiffRequest = {
  [Kind in keyof DiffQuestions]: {
    readonly id: number;
    readonly kind: Kind;
    readonly question: DiffQuestions[Kind];
  };
}[keyof DiffQuestions];

export interface DiffReply {
  readonly id: number;
  readonly answer: DiffAnswers[keyof DiffAnswers];
}
