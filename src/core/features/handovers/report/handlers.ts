import { readSettings } from '../../settings/index.ts';
import type { SheetQuery, WholeSheet } from '../protocol.ts';
import type { TimelineView } from '../timeline/contract.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { ReportQuestions } from './questions.ts';
import { reportOf } from './report.ts';

type ReportHandlers = {
  readonly [Kind in keyof ReportQuestions]: (
    request: ReportQuestions[Kind]['request'],
  ) => Promise<ReportQuestions[Kind]['answer']>;
};

/** What a report is put together from: the other parts' own answers, so that it can't differ from what screens show. */
export interface ReportParts {
  readonly wholeSheet: (query: SheetQuery) => Promise<WholeSheet>;
  readonly timeline: (query: SheetQuery) => Promise<Pick<TimelineView, 'findings'>>;
}

/** Answers with whole sheets as text, written here so that only the text crosses threads. */
export function createReportHandlers({ connection }: WorkerContext, parts: ReportParts): ReportHandlers {
  return {
    async report({ query, language }) {
      const sheet = await parts.wholeSheet(query);
      const { view } = sheet;
      const isKnown =
        query.handoverId !== null ||
        view.leaver.name !== '' ||
        view.evidence.length > 0 ||
        Object.values(sheet.rows).some((rows) => rows.length > 0);
      if (!isKnown) return null;
      const { findings: signs } = await parts.timeline(query);
      const { timeZone } = await readSettings(connection.query);
      return JSON.stringify(reportOf(sheet, signs, { language, timeZone }));
    },
  };
}
