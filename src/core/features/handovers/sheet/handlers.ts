import type { Reader } from '../../../platform/database/connection.ts';
import { type Dismissal, selectDismissals } from '../dismissals/index.ts';
import { type HandoverClass, type HandoverFinding, type SheetRow, nameIn } from '../model.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { HandoverFindingView, RowFilter, SheetRowView, SheetView } from './contract.ts';
import { perClass, shownEvidence } from './figures.ts';
import type { SheetQuery, SheetQuestions } from './questions.ts';
import { selectNames } from './repository.ts';
import { type Sheet, type Sheets, explanationKey } from './sheets.ts';

type SheetHandlers = {
  readonly [Kind in keyof SheetQuestions]: (
    request: SheetQuestions[Kind]['request'],
  ) => Promise<SheetQuestions[Kind]['answer']>;
};

/** What sheets are answered from: themselves, and what other parts add. */
export interface SheetParts {
  readonly sheets: Sheets;
  /** 0 to 100; null while no last day is known. */
  readonly riskOf: (query: SheetQuery) => Promise<number | null>;
}

/** Answers what is asked about balance sheets. */
export function createSheetHandlers(
  { connection }: WorkerContext,
  { sheets, riskOf }: SheetParts,
): SheetHandlers {
  const reader = connection.query;

  return {
    async sheet(query) {
      const sheet = await sheets.load(query);
      const dismissals = await selectDismissals(reader, query.handoverId);
      return sheetView(reader, sheet, dismissals, shownEvidence);
    },
    async wholeSheet(query) {
      const sheet = await sheets.load(query);
      const dismissals = await selectDismissals(reader, query.handoverId);
      const view = await sheetView(reader, sheet, dismissals, Number.POSITIVE_INFINITY, everyRow(sheet));
      return { view, rows: perClass((name) => sheet.rows[name].map((row) => rowView(sheet, name, row))) };
    },
    async rows({ query, filter, offset, limit }) {
      const sheet = await sheets.load(query);
      const found = await matching(reader, sheet, filter);
      const page = found.slice(offset, offset + limit);
      return {
        rows: page.map((row) => rowView(sheet, filter.class, row)),
        total: found.length,
        names: await namesOf(reader, employeesIn(page)),
      };
    },
    async rowIds({ query, filter }) {
      return (await matching(reader, await sheets.load(query), filter)).map(({ id }) => id);
    },
    async figures(queries) {
      const answers = [];
      for (const query of queries) {
        const figures = await sheets.figures(query);
        const sum = (of: 'opening' | 'waiting' | 'late' | 'unexplained' | 'explained' | 'conflicts') =>
          Object.values(figures).reduce((all, one) => all + one[of], 0);
        answers.push({
          opening: sum('opening'),
          waiting: sum('waiting'),
          late: sum('late'),
          unexplained: sum('unexplained'),
          explained: sum('explained'),
          conflicts: sum('conflicts'),
          risk: await riskOf(query),
        });
      }
      return answers;
    },
  };
}

function* everyRow({ rows }: Sheet): Generator<SheetRow> {
  for (const own of Object.values(rows)) yield* own;
}

/** Everybody whom rows and their sources name. */
function employeesIn(rows: Iterable<SheetRow>): Set<string> {
  const ids = new Set<string>();
  for (const { taker, sources } of rows) {
    if (taker !== null) ids.add(taker);
    for (const { employee } of sources) if (employee !== null) ids.add(employee);
  }
  return ids;
}

async function namesOf(reader: Reader, ids: ReadonlySet<string>): Promise<Record<string, string>> {
  return Object.fromEntries(await selectNames(reader, [...ids]));
}

async function sheetView(
  reader: Reader,
  sheet: Sheet,
  dismissals: ReadonlyMap<string, Dismissal>,
  evidenceLimit: number,
  rows: Iterable<SheetRow> = [],
): Promise<SheetView> {
  const { employee, lastDay, openingAt, openingNamed, takers, beyondYear, figures, findings, evidence } =
    sheet;
  const ids = employeesIn(rows);
  for (const id of [employee.userid, ...takers]) ids.add(id);
  for (const { values } of findings)
    for (const id of [values['employee'], values['customer']]) if (typeof id === 'string') ids.add(id);
  for (const { evidence: pieces } of findings)
    for (const piece of pieces.slice(0, evidenceLimit))
      if (piece.type === 'fact' && piece.item !== null) ids.add(piece.item);
  const names = await namesOf(reader, ids);
  return {
    leaver: employee,
    lastDay,
    openingAt,
    openingNamed,
    takers: [...takers],
    beyondYear,
    classes: figures,
    findings: findings.map((finding) =>
      findingView(finding, dismissals.get(finding.key) ?? null, evidenceLimit),
    ),
    evidence,
    names,
  };
}

function findingView(
  finding: HandoverFinding,
  dismissed: Dismissal | null,
  limit: number,
): HandoverFindingView {
  return {
    ...finding,
    values: { ...finding.values },
    evidence: finding.evidence.slice(0, limit).map((piece) => ({ ...piece })),
    evidenceCount: finding.evidence.length,
    dismissed,
  };
}

function rowView(sheet: Sheet, name: HandoverClass, row: SheetRow): SheetRowView {
  const word = sheet.explanations.get(explanationKey(name, row.id));
  return {
    ...row,
    sources: [...row.sources],
    explanation: word === undefined ? null : { text: word.text, by: word.by, at: word.at },
  };
}

/** The rows that a filter lets through, in order of id. */
async function matching(reader: Reader, sheet: Sheet, filter: RowFilter): Promise<readonly SheetRow[]> {
  const { class: name, outcomes, conflictsOnly, lateOnly, unexplainedOnly } = filter;
  const wanted = new Set(outcomes);
  const chosen = sheet.rows[name].filter(
    (row) =>
      (wanted.size === 0 || wanted.has(row.outcome)) &&
      (!conflictsOnly || row.conflict) &&
      (!lateOnly || row.late) &&
      (!unexplainedOnly ||
        (row.outcome === 'unexplained' && !sheet.explanations.has(explanationKey(name, row.id)))),
  );
  const words = filter.query.trim().toLowerCase();
  if (words === '') return chosen;
  const takers = new Set(chosen.flatMap(({ taker }) => taker ?? []));
  const names = await namesOf(reader, takers);
  return chosen.filter(({ id, name: title, taker }) =>
    [id, title, taker ?? '', taker === null ? '' : nameIn(names, taker)].some((text) =>
      text.toLowerCase().includes(words),
    ),
  );
}
