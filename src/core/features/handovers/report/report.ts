import type { Language } from '../../../contract/language.ts';
import { localTime } from '../../calendar/model.ts';
import { type ClassFigures, type HandoverClass, type Outcome, handoverClasses, nameIn } from '../model.ts';
import type { WholeSheet } from '../protocol.ts';
import type { SheetRowView } from '../sheet/contract.ts';
import { procedureSentence } from '../sheet/model.ts';
import { findingSentence } from '../timeline/model.ts';

/** What a finding needs to have to be reported: one of the sheet, or one of the timeline. */
interface ReportedFinding {
  readonly kind: string;
  readonly at: number | null;
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: readonly Evidence[];
  readonly dismissed: unknown;
}

/** What somebody has dismissed is none of the report's findings. */
const stands = ({ dismissed }: Pick<ReportedFinding, 'dismissed'>) => dismissed === null;

type Evidence =
  | {
      readonly type: 'fact';
      readonly feed: string;
      readonly file: string;
      readonly line: number;
      readonly at: number;
      readonly item: string | null;
    }
  | { readonly type: 'message'; readonly msgid: string; readonly at: number; readonly excerpt: string };

type ClassReport = Record<'opening' | Outcome | 'conflicts', number> & {
  readonly rows: readonly RowReport[];
};
interface RowReport {
  readonly id: string;
  readonly outcome: Outcome;
  readonly taker: string | null;
  readonly at: string | null;
  readonly sources: readonly Readonly<Record<string, string | number | null>>[];
}

/**
 * The sheet and its findings, but for those that somebody has dismissed, as other programs read them. Times are ISO 8601 with the workspace's offset; where a record names only a
 * day, it is that day's midnight.
 */
export function reportOf(
  { view, rows }: WholeSheet,
  signs: readonly ReportedFinding[],
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
) {
  // Lists and answers are of one moment for thousands of rows.
  const written = new Map<number, string>();
  const time = (at: number) => {
    let text = written.get(at);
    if (text === undefined) written.set(at, (text = isoTime(at, timeZone)));
    return text;
  };
  const classes = Object.fromEntries(
    handoverClasses.map((name): [HandoverClass, ClassReport] => [
      name,
      { ...figuresOf(view.classes[name]), rows: rows[name].map((row) => rowOf(row, time)) },
    ]),
  );
  return {
    leaver: view.leaver.userid,
    lastDay: view.lastDay,
    classes,
    findings: [
      ...view.findings
        .filter(stands)
        .map((finding) =>
          findingOf(
            finding,
            procedureSentence({ ...finding, values: named(finding.values, view.names) }, language),
            time,
          ),
        ),
      ...signs.filter(stands).map((finding) => findingOf(finding, findingSentence(finding, language), time)),
    ],
  };
}

function findingOf({ kind, at, evidence }: ReportedFinding, message: string, time: (at: number) => string) {
  return {
    kind,
    at: at === null ? null : time(at),
    message,
    evidence: evidence.map((piece) => evidenceOf(piece, time)),
  };
}

type Values = ReportedFinding['values'];

/** Userids and external_userids as the names that they have, where they have one. */
function named(values: Values, names: Readonly<Record<string, string>>): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const name = typeof value === 'string' ? nameIn(names, value) : '';
      return [key, name === '' ? value : `${name} (${value})`];
    }),
  );
}

/** In the order of a balance: the opening, the outcomes that it is the sum of, and how many rows contradict themselves. */
function figuresOf({
  late: _late,
  explained: _explained,
  ...figures
}: ClassFigures): Omit<ClassReport, 'rows'> {
  return figures;
}

function rowOf({ id, outcome, taker, at, sources }: SheetRowView, time: (at: number) => string): RowReport {
  return {
    id,
    outcome,
    taker,
    at: at === null ? null : time(at),
    sources: sources.map((source): RowReport['sources'][number] =>
      source.type === 'fact'
        ? {
            feed: source.feed,
            file: source.file,
            line: source.line,
            says: source.says,
            employee: source.employee,
            code: source.code,
            at: time(source.at),
          }
        : {
            feed: null,
            says: source.says,
            by: source.by,
            employee: source.employee,
            at: time(source.at),
          },
    ),
  };
}

function evidenceOf(piece: Evidence, time: (at: number) => string) {
  if (piece.type === 'message') {
    return { msgid: piece.msgid, at: time(piece.at), excerpt: piece.excerpt };
  }
  const { feed, file, line, at, item } = piece;
  return { feed, file, line, item, at: time(at) };
}

/** `2026-03-31T18:00:00+08:00`. */
export function isoTime(at: number, timeZone: string): string {
  const { day, since } = localTime(at, timeZone);
  const wall = Date.parse(`${day}T00:00:00Z`) + since;
  const minutes = Math.round((wall - at) / 60_000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const sign = minutes < 0 ? '-' : '+';
  const offset = `${sign}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return `${new Date(wall).toISOString().replace(/(?:\.000)?Z$/, '')}${offset}`;
}
