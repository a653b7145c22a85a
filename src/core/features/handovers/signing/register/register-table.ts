import type { CellValue, WriteOptions, WriteSheet } from 'hucre';

import { promiseTitle, standingTitle } from '../../timeline/model.ts';
import { handoverClasses, outcomes } from '../../model.ts';
import type { FrozenHandover } from '../document.ts';
import { frozenSeats } from '../document.ts';
import type { RegisterRequest } from './register-protocol.ts';
import {
  type RegisterFormat,
  basisOf,
  filledClasses,
  dismissalWords,
  findingWords,
  inRegisterOrder,
  reasonOf,
  registerFormat,
} from './register-rows.ts';

/** All records that a row rests on, within what a cell holds. */
const mostSources = 50;
/** Excel's limit for the text of one cell is 32,767. */
const longestCell = 32_000;

/** The handover register as a workbook: summary, one sheet per class with every row, findings, promises, signatures. */
export function registerSheets(handover: FrozenHandover, request: RegisterRequest): WriteOptions {
  const { snapshot, language } = request;
  const format = registerFormat(handover, language);
  const { texts, words } = format;
  return {
    properties: { title: texts.register, creator: 'Countersign' },
    stringMode: 'inline',
    sheets: [
      summarySheet(handover, request, format),
      ...filledClasses(handover).map((key) =>
        table(
          words.class[key],
          [
            [texts.number, 6],
            [texts.id, 36],
            [texts.name, 24],
            [texts.state, 14],
            [words.mark.conflict, 10],
            [words.mark.late, 12],
            [words.role.taker, 22],
            [texts.time, 20],
            [texts.why, 44],
            [texts.basis, 60],
            [texts.explanation, 50],
          ],
          inRegisterOrder(handover.classes[key].rows).map((row, index) => [
            index + 1,
            row.id,
            row.name,
            words.figure[row.outcome],
            row.conflict ? texts.yes : '',
            row.late ? texts.yes : '',
            row.taker === null ? '' : format.person(row.taker),
            row.at === null ? '' : format.moment(row.at),
            reasonOf(row, format),
            basisOf(row, format, mostSources),
            row.explanation === null
              ? ''
              : `${row.explanation.text}（${texts.explainedBy(row.explanation.by, format.day(row.explanation.at))}）`,
          ]),
        ),
      ),
      ...(handover.findings.length === 0 ? [] : [findingSheet(handover, format)]),
      ...(handover.promises.length === 0 ? [] : [promiseSheet(handover, format)]),
      ...(snapshot === null ? [] : [signatureSheet(handover, snapshot, format)]),
    ],
  };
}

function summarySheet(
  handover: FrozenHandover,
  { snapshot, printedAt }: RegisterRequest,
  format: RegisterFormat,
): WriteSheet {
  const { texts, words } = format;
  const { parties } = handover;
  const rows: CellValue[][] = [
    [texts.register, handover.workspaceTitle],
    ...(snapshot === null ? [[texts.draftNote]] : []),
    [words.role.leaver, format.person(parties.leaver.userid)],
    [texts.branch, parties.branch],
    [texts.takers, parties.takers.map(({ userid }) => format.person(userid)).join('、')],
    [words.role.supervisor, parties.supervisor],
    [texts.lastDay, parties.lastDay ?? ''],
    [texts.openingDay, parties.openingDay ?? ''],
    [texts.reason, parties.reason],
    [texts.asOf, format.time(handover.at)],
    ...(snapshot === null
      ? []
      : [
          [
            texts.snapshot,
            texts.snapshotValue(snapshot.number, format.time(snapshot.frozenAt), snapshot.frozenBy.name),
          ],
          [texts.hash, snapshot.hash],
        ]),
    [texts.printed(format.time(printedAt))],
    [],
    [
      texts.kind,
      words.figure.opening,
      ...outcomes.map((outcome) => words.figure[outcome]),
      words.figure.explained,
      words.figure.conflicts,
      words.figure.late,
    ],
    ...handoverClasses.map((key) => {
      const { figures } = handover.classes[key];
      return [
        words.class[key],
        figures.opening,
        ...outcomes.map((outcome) => figures[outcome]),
        figures.explained,
        figures.conflicts,
        figures.late,
      ];
    }),
    [texts.balance],
  ];
  return { name: texts.summary, columns: [{ width: 22 }, { width: 24 }], rows: rows.map(safeRow) };
}

function findingSheet({ findings }: FrozenHandover, format: RegisterFormat): WriteSheet {
  const { texts } = format;
  return table(
    texts.findings,
    [
      [texts.time, 20],
      [texts.finding, 26],
      [texts.because, 90],
      [texts.score, 8],
      [texts.explanation, 50],
    ],
    findings.map((finding) => [
      finding.at === null ? '' : format.time(finding.at),
      findingWords(finding, format).title,
      findingWords(finding, format).sentence,
      finding.score,
      dismissalWords(finding, format),
    ]),
  );
}

function promiseSheet({ promises }: FrozenHandover, format: RegisterFormat): WriteSheet {
  const { texts, words } = format;
  return table(
    texts.promises,
    [
      [texts.time, 20],
      [texts.customer, 24],
      [texts.kind, 16],
      [texts.said, 70],
      [texts.due, 14],
      [texts.standing, 18],
      [texts.task, 16],
      [words.role.taker, 22],
      [texts.explanation, 50],
    ],
    promises.map(({ at, customer, kind, excerpt, dueDay, standing, decision }) => [
      format.time(at),
      customer,
      promiseTitle(kind, format.language),
      excerpt,
      decision?.dueDay ?? dueDay ?? '',
      standingTitle(standing, format.language),
      decision === null ? texts.undecided : texts.decision[decision.decision],
      decision?.taker == null ? '' : format.person(decision.taker),
      decision === null ? '' : [decision.title, decision.note].filter((text) => text !== '').join('：'),
    ]),
  );
}

function signatureSheet(
  handover: FrozenHandover,
  snapshot: NonNullable<RegisterRequest['snapshot']>,
  format: RegisterFormat,
): WriteSheet {
  const { texts, words } = format;
  return table(
    texts.signatures,
    [
      [texts.party, 10],
      [texts.name, 24],
      [texts.signer, 16],
      [texts.time, 20],
      [texts.meaning, 44],
      [texts.reservations, 50],
    ],
    frozenSeats(handover).map(({ role, party }) => {
      const signature = snapshot.signatures.find((one) => one.role === role && one.party === party);
      const who = party === '' ? handover.parties.supervisor : format.person(party);
      if (signature === undefined) return [words.role[role], who, texts.unsigned, '', '', ''];
      const { by, signedAt, absence, reservations } = signature;
      return absence === null
        ? [
            words.role[role],
            who,
            by.name,
            format.time(signedAt),
            texts.meaningOf[role],
            reservations || texts.noReservations,
          ]
        : [words.role[role], who, '', format.time(signedAt), texts.absent(by.name, absence), ''];
    }),
  );
}

function table(
  name: string,
  columns: readonly (readonly [header: string, width: number])[],
  rows: readonly CellValue[][],
): WriteSheet {
  return {
    name,
    columns: columns.map(([, width]) => ({ width })),
    rows: [columns.map(([header]) => header), ...rows.map(safeRow)],
    cells: new Map(
      columns.map((_, column) => [
        `0,${column}`,
        { style: { font: { name: 'Calibri', size: 11, bold: true } } },
      ]),
    ),
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${String.fromCodePoint(64 + columns.length)}${rows.length + 1}` },
  };
}

function safeRow(row: readonly CellValue[]): CellValue[] {
  return row.map((value) => (typeof value === 'string' ? safeText(value) : value));
}

/**
 * Text that a spreadsheet may take for a formula, once it is copied or saved as CSV, gets an apostrophe before it: a customer's
 * name is whatever the customer typed (CWE-1236).
 */
export function safeText(text: string): string {
  const short = text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
  return /^[=+\-@\t\r\n|%]/.test(short) ? `'${short}` : short;
}
