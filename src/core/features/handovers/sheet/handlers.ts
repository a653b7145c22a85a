import { Milliseconds } from '../../../contract/ids.ts';
import { emptyFigures, perClass } from './figures.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { SheetQuery, SheetQuestions, WholeSheet } from './questions.ts';

type SheetHandlers = {
  readonly [Kind in keyof SheetQuestions]: (
    request: SheetQuestions[Kind]['request'],
  ) => Promise<SheetQuestions[Kind]['answer']>;
};

/** Answers what is asked about balance sheets. */
export function createSheetHandlers(_context: WorkerContext): SheetHandlers {
  function load(query: SheetQuery): Promise<WholeSheet> {
    return Promise.resolve({
      view: {
        leaver: { userid: query.leaver, name: '', branch: '' },
        lastDay: query.lastDay,
        openingAt: query.openingDay === null ? null : Milliseconds.parse(Date.parse(query.openingDay)),
        openingNamed: query.openingDay !== null,
        takers: [...query.takers],
        beyondYear: false,
        classes: perClass(emptyFigures),
        findings: [],
        evidence: [],
        names: {},
      },
      rows: perClass(() => []),
    });
  }

  return {
    sheet: async (query) => (await load(query)).view,
    wholeSheet: load,
    rows: async ({ query }) => {
      await load(query);
      return { rows: [], total: 0, names: {} };
    },
    rowIds: async ({ query }) => {
      await load(query);
      return [];
    },
    figures: (queries) =>
      Promise.all(
        queries.map(async (query) => {
          await load(query);
          return { opening: 0, waiting: 0, late: 0, unexplained: 0, explained: 0, conflicts: 0, risk: null };
        }),
      ),
  };
}
