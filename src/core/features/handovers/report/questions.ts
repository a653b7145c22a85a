import type { SheetQuery } from '../protocol.ts';
import type { Language } from '../../../contract/language.ts';

export interface ReportQuestions {
  /** JSON text. Null: nothing in the workspace names the leaver. */
  report: {
    readonly request: { readonly query: SheetQuery; readonly language: Language };
    readonly answer: string | null;
  };
}
