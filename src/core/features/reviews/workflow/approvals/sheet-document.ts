import type { SheetRequest } from './sheet-protocol.ts';
import { type SheetTexts, sheetTexts } from './sheet-texts.ts';

type Cell = Readonly<Record<string, unknown>>;

/** The parts of a pdfmake document that a sheet has. */
export interface SheetDocument {
  readonly info: Readonly<Record<string, string>>;
  readonly pageSize: 'A4';
  readonly pageMargins: readonly number[];
  readonly defaultStyle: Cell;
  readonly styles: Readonly<Record<string, Cell>>;
  readonly footer: (page: number, pages: number) => Cell;
  readonly content: readonly Cell[];
}

/** The sheet that an approval is printed on: who said what about which hash, and how long it holds. */
export function sheetDocument(request: SheetRequest): SheetDocument {
  const { approval, language, timeZone, workspaceTitle, printedAt } = request;
  const texts = sheetTexts[language];
  const format = new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const time = (at: number) => format.format(at);
  const { record } = approval;
  const fields: readonly (readonly [string, string])[] = [
    [texts.number, approval.number],
    [texts.stateLabel, texts.state[approval.state]],
    [texts.material, approval.title],
    [texts.version, String(record.versionNumber)],
    [texts.hash, approval.hash],
    [texts.riskLabel, texts.risk[record.risk]],
    [texts.template, `${record.templateName} v${record.templateVersion}`],
    [texts.preparer, record.preparer.name],
    [texts.submittedBy, record.submittedBy.name],
    [texts.editors, record.editors.map(({ name }) => name).join('、') || texts.none],
    [texts.chartSource, record.chartSource || texts.none],
    [texts.approvedAt, time(approval.approvedAt)],
    // It holds up to this moment: the last minute is on the day before.
    [texts.validUntil, time(approval.expiresAt - 60_000)],
    [texts.firstUse, approval.firstUsedAt === null ? texts.none : time(approval.firstUsedAt)],
    [texts.lastUse, approval.lastUsedAt === null ? texts.none : time(approval.lastUsedAt)],
  ];
  return {
    info: { title: `${texts.title} ${approval.number}`, creator: 'Countersign' },
    pageSize: 'A4',
    pageMargins: [48, 56, 48, 56],
    defaultStyle: { font: 'NotoSansSC', fontSize: 10, lineHeight: 1.3 },
    styles: {
      title: { fontSize: 18, bold: true },
      heading: { fontSize: 12, bold: true, margin: [0, 14, 0, 6] },
    },
    footer: (page, pages) => ({
      columns: [
        { text: texts.printed(time(printedAt)) },
        { text: texts.page(page, pages), alignment: 'right' },
      ],
      margin: [48, 16],
      fontSize: 8,
    }),
    content: [
      { text: workspaceTitle, fontSize: 9 },
      { text: texts.title, style: 'title', margin: [0, 4, 0, 12] },
      {
        table: {
          widths: [120, '*'],
          body: fields.map(([label, value]) => [{ text: label, bold: true }, breakable(value)]),
        },
        layout: 'lightHorizontalLines',
      },
      { text: texts.decisions, style: 'heading' },
      decisionTable(request, texts, time),
      ...section(
        texts.conditions,
        record.conditions.map(
          ({ text, setBy, metBy, note }) => `${text}（${setBy.name}） — ${texts.metBy(metBy.name)} ${note}`,
        ),
      ),
      ...section(
        texts.exemptions,
        record.exemptions.map(
          ({ text, code, reason, acceptedBy }) =>
            `${text === '' ? '' : `「${text}」`}${texts.exemption[code] ?? code}：${reason} — ${texts.acceptedBy}: ${acceptedBy.map(({ name }) => name).join('、') || texts.none}`,
        ),
      ),
      ...section(
        texts.uses,
        approval.uses.map(
          ({ usedAt, channel, place, recordedBy }) =>
            `${time(usedAt)} · ${texts.channel[channel]} · ${place} · ${recordedBy.name}`,
        ),
      ),
      ...(approval.withdrawal === null
        ? []
        : section(texts.withdrawal, [
            `${time(approval.withdrawal.at)} · ${approval.withdrawal.by.name} · ${approval.withdrawal.reason}`,
          ])),
    ],
  };
}

function section(heading: string, lines: readonly string[]): Cell[] {
  if (lines.length === 0) return [];
  // A heading stays with its first line.
  const [first = '', ...rest] = lines;
  return [
    { stack: [{ text: heading, style: 'heading' }, { ul: [breakable(first)] }], unbreakable: true },
    ...(rest.length === 0 ? [] : [{ ul: rest.map((line) => breakable(line)) }]),
  ];
}

function decisionTable({ approval }: SheetRequest, texts: SheetTexts, time: (at: number) => string): Cell {
  const header = [texts.stage, texts.person, texts.opinion, texts.time].map((text): Cell => ({
    text,
    bold: true,
  }));
  const rows = approval.record.decisions.map((decision): Cell[] => [
    breakable(decision.stageName, 14),
    breakable(
      decision.onBehalfOf === null
        ? decision.by.name
        : `${decision.by.name}\n${texts.onBehalfOf(decision.onBehalfOf.name)}`,
      12,
    ),
    breakable(
      [
        texts.kind[decision.kind],
        decision.copied ? texts.copied : '',
        ...decision.answers.map(({ question, answer }) => `${question} ${texts.answer[answer] ?? answer}`),
        decision.note,
      ]
        .filter((line) => line !== '')
        .join('\n'),
      36,
    ),
    { text: time(decision.at) },
  ]);
  return {
    table: { headerRows: 1, widths: [90, 80, '*', 90], body: [header, ...rows] },
    layout: 'lightHorizontalLines',
  };
}

/** Long addresses and hashes have no place to break: so many characters of them are a line. */
function breakable(text: string, length = 64): { text: string } {
  const long = new RegExp(`[\\x21-\\x7e]{${length}}(?=[\\x21-\\x7e])`, 'g');
  return { text: text.replaceAll(long, '$&\n') };
}
