import type { SheetQuery } from '../protocol.ts';
import type { SignLanguage } from '../timeline/model.ts';

export interface ReportQuestions {
  /** JSON text. Null: nothing in the workspace names the leaver. */
  report: {
    readonly request: { readonly query: SheetQuery; readonly language: SignLanguage };
    readonly answer: string | null;
  };
}
