import { findingSentence, findingTitle, promiseTitle } from '../../timeline/model.ts';
import { handoverClasses, outcomes } from '../../model.ts';
import { type FrozenHandover, type FrozenRow, frozenSeats } from '../document.ts';
import {
  type Cell,
  type PdfDocument,
  breakable,
  commonStyles,
  fieldTable,
  footerOf,
  header,
  lines,
} from './pdf.ts';
import type { RegisterRequest } from './register-protocol.ts';
import {
  type RegisterFormat,
  basisOf,
  filledClasses,
  inRegisterOrder,
  marksOf,
  registerFormat,
} from './register-rows.ts';
import { registerTexts } from './register-texts.ts';

/**
 * So many rows are listed one by one in a PDF, in some five seconds and a hundred pages; nobody reads more on paper. What needs a
 * person comes first, the XLSX has all of them, and the PDF says how many it left out.
 */
export const mostRowsInPdf = 2_000;

/** The handover register as a PDF, and a draft of it where nothing is frozen. */
export function registerDocument(handover: FrozenHandover, request: RegisterRequest): PdfDocument {
  const { snapshot, language, printedAt } = request;
  const texts = registerTexts[language];
  const format = registerFormat(handover, texts, language);
  const { parties } = handover;
  const leaver = format.person(parties.leaver.userid);
  return {
    info: { title: `${texts.register} ${leaver}`, creator: 'Countersign' },
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [36, 40, 36, 48],
    defaultStyle: { font: 'NotoSansSC', fontSize: 9, lineHeight: 1.25 },
    styles: commonStyles,
    ...(snapshot === null
      ? { watermark: { text: texts.draft, font: 'NotoSansSC', color: '#8c8c8c', opacity: 0.14, bold: true } }
      : {}),
    footer: footerOf(
      `${texts.printed(format.time(printedAt))}${snapshot === null ? '' : ` · SHA-256 ${snapshot.hash}`}`,
      texts.page,
      36,
    ),
    content: [
      { text: handover.workspaceTitle, style: 'small' },
      { text: texts.register, style: 'title', margin: [0, 4, 0, 8] },
      ...(snapshot === null ? [{ text: texts.draftNote, bold: true, margin: [0, 0, 0, 8] }] : []),
      ...(snapshot?.reopened == null
        ? []
        : [
            {
              text: texts.reopened(
                snapshot.reopened.by.name,
                format.time(snapshot.reopened.at),
                snapshot.reopened.reason,
              ),
              bold: true,
              margin: [0, 0, 0, 8],
            },
          ]),
      fieldTable([
        [texts.leaver, leaver],
        [texts.branch, parties.branch || texts.none],
        [texts.takers, parties.takers.map(({ userid }) => format.person(userid)).join('、') || texts.none],
        [texts.supervisor, parties.supervisor || texts.none],
        [texts.lastDay, parties.lastDay ?? texts.none],
        [texts.openingDay, parties.openingDay ?? texts.none],
        [texts.reason, parties.reason || texts.none],
        [texts.asOf, format.time(handover.at)],
        ...(snapshot === null
          ? []
          : ([
              [
                texts.snapshot,
                texts.snapshotValue(snapshot.number, format.time(snapshot.frozenAt), snapshot.frozenBy.name),
              ],
              [texts.hash, snapshot.hash],
            ] as const)),
      ]),
      { text: texts.summary, style: 'heading' },
      summaryTable(handover, format),
      { text: texts.balance, style: 'small', margin: [0, 4, 0, 0] },
      ...(snapshot === null ? [] : signatureSection(handover, request, format)),
      ...rowSections(handover, format),
      ...findingSection(handover, format, language),
      ...promiseSection(handover, format, language),
    ],
  };
}

/** Opening and outcomes of each class. */
export function summaryTable(handover: FrozenHandover, { texts }: RegisterFormat): Cell {
  const figures = handoverClasses.map((key) => ({ key, ...handover.classes[key].figures }));
  const number = (value: number, bold = false): Cell => ({ text: String(value), alignment: 'right', bold });
  return {
    table: {
      headerRows: 1,
      widths: ['*', ...Array.from({ length: outcomes.length + 4 }, () => 'auto')],
      body: [
        header([
          texts.kind,
          texts.opening,
          ...outcomes.map((outcome) => texts.outcome[outcome]),
          texts.explained,
          texts.conflicts,
          texts.late,
        ]),
        ...figures.map((row) => [
          { text: texts.className[row.key] },
          number(row.opening, true),
          ...outcomes.map((outcome) => number(row[outcome], outcome === 'unexplained' && row[outcome] > 0)),
          number(row.explained),
          number(row.conflicts),
          number(row.late),
        ]),
      ],
    },
    fontSize: 8,
    layout: lines,
  };
}

function rowSections(handover: FrozenHandover, format: RegisterFormat): Cell[] {
  const { texts } = format;
  const classes = filledClasses(handover);
  if (classes.length === 0) return [];
  const ordered = classes.map((key) => ({ key, rows: inRegisterOrder(handover.classes[key].rows) }));
  // Every class gets its urgent rows before any gets its settled ones.
  let left = mostRowsInPdf;
  const urgent = ordered.map(({ key, rows }) => {
    const count = Math.min(left, rows.filter((row) => row.outcome === 'unexplained' || row.conflict).length);
    left -= count;
    return { key, rows, count };
  });
  const listed = urgent.map(({ key, rows, count }) => {
    const more = Math.min(left, rows.length - count);
    left -= more;
    return { key, rows: rows.slice(0, count + more), total: rows.length };
  });
  const omitted = listed.reduce((sum, { rows, total }) => sum + total - rows.length, 0);
  return [
    ...(omitted === 0 ? [] : [{ text: texts.notListed(omitted), bold: true, margin: [0, 12, 0, 0] }]),
    ...listed.flatMap(({ key, rows, total }, index) => [
      {
        stack: [
          { text: texts.items(texts.className[key], rows.length, total), style: 'heading' },
          ...(index === 0 ? [{ text: texts.order, style: 'small', margin: [0, 0, 0, 4] }] : []),
        ],
        headlineLevel: 1,
      },
      ...(rows.length === 0 ? [] : [rowTable(rows, format)]),
    ]),
  ];
}

function rowTable(rows: readonly FrozenRow[], format: RegisterFormat): Cell {
  const { texts } = format;
  return {
    table: {
      headerRows: 1,
      widths: [26, 116, 76, 66, 92, 70, '*', 130],
      dontBreakRows: true,
      body: [
        header([
          texts.number,
          texts.id,
          texts.name,
          texts.state,
          texts.taker,
          texts.time,
          texts.basis,
          texts.explanation,
        ]),
        ...rows.map((row, index) => [
          { text: String(index + 1) },
          breakable(row.id, 22),
          breakable(row.name, 14),
          {
            text: [texts.outcome[row.outcome], ...marksOf(row, format)].join('\n'),
            bold: row.outcome === 'unexplained' || row.conflict,
          },
          breakable(row.taker === null ? '' : format.person(row.taker), 16),
          { text: row.at === null ? '' : format.time(row.at) },
          breakable(basisOf(row, format, row.conflict ? 4 : 1), 34),
          {
            text:
              row.explanation === null
                ? ''
                : `${row.explanation.text}\n${texts.explainedBy(row.explanation.by, format.day(row.explanation.at))}`,
          },
        ]),
      ],
    },
    fontSize: 7.5,
    layout: lines,
  };
}

function signatureSection(
  handover: FrozenHandover,
  { snapshot }: RegisterRequest,
  format: RegisterFormat,
): Cell[] {
  if (snapshot === null) return [];
  return [
    { text: format.texts.signatures, style: 'heading', headlineLevel: 1 },
    signatureTable(handover, snapshot, format),
  ];
}

/** Printed name, date and time, and meaning of each signature (21 CFR 11.50), or that it is missing. */
export function signatureTable(
  handover: FrozenHandover,
  snapshot: NonNullable<RegisterRequest['snapshot']>,
  format: RegisterFormat,
): Cell {
  const { texts } = format;
  return {
    table: {
      headerRows: 1,
      widths: ['auto', 'auto', 'auto', '*', '*'],
      dontBreakRows: true,
      body: [
        header([texts.party, texts.signer, texts.time, texts.meaning, texts.reservations]),
        ...frozenSeats(handover).map(({ role, party }) => {
          const signature = snapshot.signatures.find((one) => one.role === role && one.party === party);
          const who = party === '' ? '' : format.person(party);
          const label = role === 'taker' && who !== '' ? `${texts.role[role]} ${who}` : texts.role[role];
          if (signature === undefined)
            return [{ text: label }, { text: texts.unsigned, colSpan: 4 }, {}, {}, {}];
          if (signature.absence !== null)
            return [
              { text: label },
              { text: '' },
              { text: format.time(signature.signedAt) },
              { text: texts.absent(signature.by.name, signature.absence), colSpan: 2 },
              {},
            ];
          return [
            { text: label },
            { text: signature.by.name, bold: true },
            { text: format.time(signature.signedAt) },
            { text: texts.meaningOf[role] },
            { text: signature.reservations || texts.noReservations },
          ];
        }),
      ],
    },
    layout: lines,
  };
}

function findingSection(
  { findings }: FrozenHandover,
  format: RegisterFormat,
  language: RegisterRequest['language'],
): Cell[] {
  const { texts } = format;
  if (findings.length === 0) return [];
  return [
    { text: texts.findings, style: 'heading', headlineLevel: 1 },
    {
      table: {
        headerRows: 1,
        widths: [70, 130, '*', 40],
        dontBreakRows: true,
        body: [
          header([texts.time, texts.finding, '', texts.score]),
          ...findings.map((finding) => [
            { text: finding.at === null ? '' : format.day(finding.at) },
            { text: findingTitle(finding.kind, language), bold: finding.dismissed === null },
            {
              text: [
                findingSentence(finding, language),
                finding.dismissed === null
                  ? ''
                  : texts.dismissed(finding.dismissed.by, finding.dismissed.reason),
              ]
                .filter((line) => line !== '')
                .join('\n'),
            },
            { text: finding.score === 0 ? '' : String(finding.score), alignment: 'right' },
          ]),
        ],
      },
      fontSize: 8,
      layout: lines,
    },
  ];
}

function promiseSection(
  { promises }: FrozenHandover,
  format: RegisterFormat,
  language: RegisterRequest['language'],
): Cell[] {
  const { texts } = format;
  if (promises.length === 0) return [];
  return [
    { text: texts.promises, style: 'heading', headlineLevel: 1 },
    {
      table: {
        headerRows: 1,
        widths: [70, 100, '*', 66, 180],
        dontBreakRows: true,
        body: [
          header([texts.time, texts.customer, texts.said, texts.due, texts.task]),
          ...promises.map(({ at, customer, kind, excerpt, dueDay, decision }) => [
            { text: format.day(at) },
            breakable(customer, 20),
            { text: `${promiseTitle(kind, language)}：${excerpt}` },
            { text: decision?.dueDay ?? dueDay ?? '' },
            {
              text:
                decision === null
                  ? texts.undecided
                  : [
                      `${texts.decision[decision.decision]}${decision.taker === null ? '' : ` · ${format.person(decision.taker)}`}`,
                      decision.title,
                      decision.note,
                    ]
                      .filter((line) => line !== '')
                      .join('\n'),
            },
          ]),
        ],
      },
      fontSize: 8,
      layout: lines,
    },
  ];
}
