import type { SuggestionView } from './contract.ts';

export interface RecordQuestions {
  suggestions: { readonly request: null; readonly answer: SuggestionView[] };
}
