import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { writeXlsx } from 'hucre';

import { carryOutTask } from '../../../../platform/threads/serve.ts';
import { damaged } from '../damaged.ts';
import { FrozenHandover } from '../document.ts';
import { certificateDocument } from './certificate-document.ts';
import { type PdfDocument, printableCell } from './pdf.ts';
import { registerDocument } from './register-document.ts';
import type { RegisterFile, RegisterRequest } from './register-protocol.ts';
import { registerSheets } from './register-table.ts';

// Makes one register or certificate and ends.

/** What we use of pdfmake. Its own types bring the browser's into every file of core. */
interface PdfMake {
  addFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(allows: (url: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(document: PdfDocument): { getBuffer(): Promise<Uint8Array> };
}

async function makePdf(document: PdfDocument): Promise<Uint8Array> {
  // Not called `require`: the build declares a name of its own like that.
  const fromPackages = createRequire(import.meta.url);
  const pdfmake: PdfMake = fromPackages('pdfmake');
  const fonts = {
    normal: fromPackages.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    bold: fromPackages.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
  };
  // Nothing in a sheet makes the register fetch or read a thing.
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path === fonts.normal || path === fonts.bold);
  pdfmake.addFonts({ NotoSansSC: { ...fonts, italics: fonts.normal, bolditalics: fonts.bold } });
  const content = document.content.map((cell) => printableCell(cell));
  return new Uint8Array(await pdfmake.createPdf({ ...document, content }).getBuffer());
}

async function make(request: RegisterRequest): Promise<RegisterFile> {
  const { content, snapshot } = request;
  const bytes = 'path' in content ? await readFile(content.path) : content.bytes;
  if (snapshot !== null && createHash('sha256').update(bytes).digest('hex') !== snapshot.hash)
    // It no longer has the hash that was signed.
    throw damaged();
  const handover = FrozenHandover.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  const named = { leaver: handover.parties.leaver.userid, lastDay: handover.parties.lastDay };
  if (request.format === 'xlsx')
    return { bytes: new Uint8Array(await writeXlsx(registerSheets(handover, request))), ...named };
  const document =
    request.kind === 'certificate'
      ? certificateDocument(handover, request)
      : registerDocument(handover, request);
  return { bytes: await makePdf(document), ...named };
}

carryOutTask(make);
