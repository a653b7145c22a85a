import { promiseTitle, riskTitle } from '../../timeline/model.ts';
import { type HandoverClass, handoverClasses, outcomes } from '../../model.ts';
import { type FrozenHandover, type FrozenRow, frozenSeats } from '../document.ts';
import {
  type Cell,
  type PdfDocument,
  breakable,
  commonStyles,
  fieldTable,
  fitTogether,
  footerOf,
  header,
  keptWhole,
  lines,
  titledTable,
} from './pdf.ts';
import type { RegisterRequest } from './register-protocol.ts';
import {
  type RegisterFormat,
  basisOf,
  filledClasses,
  dismissalWords,
  findingWords,
  inRegisterOrder,
  isUrgent,
  marksOf,
  reasonOf,
  registerFormat,
} from './register-rows.ts';

/**
 * So many rows are listed one by one in a PDF, in some five seconds and a hundred pages; nobody reads more on paper. What needs a
 * person comes first, the XLSX has all of them, and the PDF says how many it left out.
 */
export const mostRowsInPdf = 2_000;

/** The handover register as a PDF, and a draft of it where nothing is frozen. */
export function registerDocument(handover: FrozenHandover, request: RegisterRequest): PdfDocument {
  const { snapshot, language, printedAt } = request;
  const format = registerFormat(handover, language);
  const { texts, words } = format;
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
      ? { watermark: { text: texts.draft, font: 'NotoSansSC', color: '#8c8c8c', opacity: 0.1, bold: true } }
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
        [words.role.leaver, leaver],
        [texts.branch, parties.branch || texts.none],
        [texts.takers, parties.takers.map(({ userid }) => format.person(userid)).join('、') || texts.none],
        [words.role.supervisor, parties.supervisor || texts.none],
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
      ...(snapshot === null
        ? []
        : [
            {
              stack: [
                { text: texts.signatures, style: 'heading' },
                signatureTable(handover, snapshot, format),
              ],
              unbreakable: fitTogether(signatureRows(handover, snapshot, format)),
            },
          ]),
      ...rowSections(handover, format),
      ...findingSection(handover, format),
      ...promiseSection(handover, format),
    ],
  };
}

/** Opening and outcomes of each class. */
export function summaryTable(handover: FrozenHandover, { texts, words }: RegisterFormat): Cell {
  const figures = handoverClasses.map((key) => ({ key, ...handover.classes[key].figures }));
  const number = (value: number, bold = false): Cell => ({ text: String(value), alignment: 'right', bold });
  return {
    table: {
      headerRows: 1,
      widths: ['*', ...Array.from({ length: outcomes.length + 4 }, () => 'auto')],
      body: [
        header(
          [
            texts.kind,
            words.figure.opening,
            ...outcomes.map((outcome) => words.figure[outcome]),
            words.figure.explained,
            words.figure.conflicts,
            words.figure.late,
          ],
          1,
        ),
        ...figures.map((row) => [
          { text: words.class[row.key] },
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
  const { texts, words } = format;
  const listed = chooseRows(handover);
  const omitted = listed.reduce((sum, { rows, total }) => sum + total - rows.length, 0);
  return [
    ...(omitted === 0 ? [] : [{ text: texts.notListed(omitted), bold: true, margin: [0, 12, 0, 0] }]),
    ...listed.map(({ key, rows, total }) =>
      titledTable(
        texts.items(words.class[key], rows.length, total),
        [22, 150, 60, 56, 74, 68, '*', 106],
        [
          texts.number,
          texts.id,
          texts.name,
          texts.state,
          words.role.taker,
          texts.time,
          texts.basis,
          texts.explanation,
        ],
        rows.map((row, index) => rowCells(row, index, format)),
        { fontSize: 7.5, note: texts.order },
      ),
    ),
  ];
}

/** Which rows are listed: every class's urgent ones, then the settled ones, of small classes first: groups are few and matter. */
function chooseRows(handover: FrozenHandover) {
  const classes = filledClasses(handover).map((key) => {
    const rows = inRegisterOrder(handover.classes[key].rows);
    return { key, rows, urgent: rows.filter(isUrgent).length };
  });
  let left = mostRowsInPdf;
  const counts = new Map<HandoverClass, number>();
  for (const { key, urgent } of classes) {
    counts.set(key, Math.min(left, urgent));
    left -= Math.min(left, urgent);
  }
  const settled = (one: (typeof classes)[number]) => one.rows.length - one.urgent;
  for (const one of classes.toSorted((a, b) => settled(a) - settled(b))) {
    const more = Math.min(left, settled(one));
    counts.set(one.key, (counts.get(one.key) ?? 0) + more);
    left -= more;
  }
  return classes.map(({ key, rows }) => ({ key, rows: rows.slice(0, counts.get(key)), total: rows.length }));
}

function rowCells(row: FrozenRow, index: number, format: RegisterFormat): Cell[] {
  const { texts, words } = format;
  return [
    { text: String(index + 1) },
    breakable(row.id, 32),
    breakable(row.name, 12),
    {
      text: [words.figure[row.outcome], ...marksOf(row, format)].join('\n'),
      bold: isUrgent(row),
    },
    breakable(row.taker === null ? '' : format.person(row.taker), 18),
    { text: row.at === null ? '' : format.moment(row.at) },
    breakable(
      [
        // What was taken over says so already.
        row.outcome === 'takenOver' ? '' : reasonOf(row, format),
        basisOf(row, format, row.conflict ? 4 : 1),
      ]
        .filter((line) => line !== '')
        .join('\n'),
      42,
    ),
    {
      text:
        row.explanation === null
          ? ''
          : `${row.explanation.text}\n${texts.explainedBy(row.explanation.by, format.day(row.explanation.at))}`,
    },
  ];
}

/** Printed name, date and time, and meaning of each signature (21 CFR 11.50), or that it is missing. */
export function signatureTable(
  handover: FrozenHandover,
  snapshot: NonNullable<RegisterRequest['snapshot']>,
  format: RegisterFormat,
): Cell {
  const { texts } = format;
  const rows = signatureRows(handover, snapshot, format);
  return {
    table: {
      headerRows: 1,
      widths: ['auto', 60, 78, '*', '*'],
      dontBreakRows: keptWhole(rows),
      body: [header([texts.party, texts.signer, texts.time, texts.meaning, texts.reservations]), ...rows],
    },
    layout: lines,
  };
}

function signatureRows(
  handover: FrozenHandover,
  snapshot: NonNullable<RegisterRequest['snapshot']>,
  format: RegisterFormat,
): Cell[][] {
  const { texts, words } = format;
  return frozenSeats(handover).map(({ role, party }) => {
    const signature = snapshot.signatures.find((one) => one.role === role && one.party === party);
    const who = party === '' ? '' : format.person(party);
    const label = role === 'taker' && who !== '' ? `${words.role[role]} ${who}` : words.role[role];
    if (signature === undefined) return [{ text: label }, { text: texts.unsigned, colSpan: 4 }, {}, {}, {}];
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
  });
}

function findingSection({ findings, risk }: FrozenHandover, format: RegisterFormat): Cell[] {
  const { texts } = format;
  if (findings.length === 0) return [];
  return [
    titledTable(
      texts.findings,
      [56, 130, '*', 40],
      [texts.time, texts.finding, texts.because, texts.score],
      findings.map((finding) => [
        { text: finding.at === null ? '' : format.day(finding.at) },
        { text: findingWords(finding, format).title, bold: finding.dismissed === null },
        {
          text: [findingWords(finding, format).sentence, dismissalWords(finding, format)]
            .filter((line) => line !== '')
            .join('\n'),
        },
        { text: finding.score === 0 ? '' : String(finding.score) },
      ]),
      { fontSize: 8, note: texts.risk(riskTitle(risk.level, format.language), risk.score) },
    ),
  ];
}

function promiseSection({ promises }: FrozenHandover, format: RegisterFormat): Cell[] {
  const { texts } = format;
  const open = promises.filter(({ decision, standing }) => decision !== null || standing !== 'followed');
  if (open.length === 0) return [];
  return [
    titledTable(
      texts.promises,
      [56, 100, '*', 60, 180],
      [texts.time, texts.customer, texts.said, texts.due, texts.task],
      open.map(({ at, customer, kind, excerpt, dueDay, decision }) => [
        { text: format.day(at) },
        breakable(customer, 20),
        { text: `${promiseTitle(kind, format.language)}：${excerpt}` },
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
      { fontSize: 8 },
    ),
  ];
}
