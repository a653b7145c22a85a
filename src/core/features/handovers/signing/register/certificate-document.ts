import { handoverClasses } from '../../model.ts';
import type { FrozenHandover } from '../document.ts';
import { type PdfDocument, commonStyles, fieldTable, footerOf, header, lines } from './pdf.ts';
import { signatureTable } from './register-document.ts';
import type { RegisterRequest } from './register-protocol.ts';
import { registerFormat } from './register-rows.ts';

/** The exit certificate: one page that says what was handed over, by which signed register. */
export function certificateDocument(handover: FrozenHandover, request: RegisterRequest): PdfDocument {
  const { snapshot, language, printedAt } = request;
  if (snapshot === null) throw new Error('a certificate is of a signed snapshot');
  const format = registerFormat(handover, language);
  const { texts, words } = format;
  const { parties, classes } = handover;
  const total = (name: 'opening' | 'takenOver' | 'explained') =>
    handoverClasses.reduce((sum, key) => sum + classes[key].figures[name], 0);
  const signedAt = Math.max(...snapshot.signatures.map((signature) => signature.signedAt));
  const number = (value: number) => ({ text: String(value), alignment: 'right' });
  return {
    info: { title: `${texts.certificate} ${format.person(parties.leaver.userid)}`, creator: 'Countersign' },
    pageSize: 'A4',
    pageOrientation: 'portrait',
    pageMargins: [56, 64, 56, 56],
    defaultStyle: { font: 'NotoSansSC', fontSize: 10, lineHeight: 1.4 },
    styles: commonStyles,
    footer: footerOf(texts.printed(format.time(printedAt)), texts.page, 56),
    content: [
      { text: handover.workspaceTitle, style: 'small', alignment: 'center' },
      { text: texts.certificate, style: 'title', alignment: 'center', margin: [0, 10, 0, 24] },
      {
        text: texts.certificateText({
          name: parties.leaver.name || parties.leaver.userid,
          userid: parties.leaver.userid,
          branch: parties.branch,
          lastDay: parties.lastDay ?? texts.none,
          total: total('opening'),
          takenOver: total('takenOver'),
          explained: total('explained'),
          number: snapshot.number,
          signedAt: format.time(signedAt),
        }),
        lineHeight: 1.7,
        margin: [0, 0, 0, 12],
      },
      {
        table: {
          headerRows: 1,
          widths: ['*', 40, 50, 60, 56, 50, 62],
          body: [
            header(
              [
                texts.kind,
                words.figure.opening,
                words.figure.takenOver,
                words.figure.invalid,
                texts.otherOutcomes,
                words.figure.unexplained,
                words.figure.explained,
              ],
              1,
            ),
            ...handoverClasses.map((key) => {
              const { opening, takenOver, invalid, unexplained, explained } = classes[key].figures;
              return [
                { text: words.class[key] },
                number(opening),
                number(takenOver),
                number(invalid),
                number(opening - takenOver - invalid - unexplained),
                number(unexplained),
                number(explained),
              ];
            }),
          ],
        },
        fontSize: 9,
        layout: lines,
      },
      { text: texts.certificateScope, margin: [0, 12, 0, 8] },
      { text: texts.signatures, style: 'heading' },
      signatureTable(handover, snapshot, format),
      { text: '', margin: [0, 8] },
      fieldTable([
        [
          texts.snapshot,
          texts.snapshotValue(snapshot.number, format.time(snapshot.frozenAt), snapshot.frozenBy.name),
        ],
        [texts.hash, snapshot.hash],
      ]),
      { text: texts.verify, style: 'small', margin: [0, 6, 0, 0] },
    ],
  };
}
