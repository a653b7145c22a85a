import { createRequire } from 'node:module';

import { carryOutTask } from '../../../../platform/threads/serve.ts';
import { type SheetDocument, sheetDocument } from './sheet-document.ts';
import type { SheetRequest } from './sheet-protocol.ts';

// Lays out one approval sheet and ends.

/** What we use of pdfmake. Its own types bring the browser's into every file of core. */
interface PdfMake {
  addFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  setUrlAccessPolicy(allows: (url: string) => boolean): void;
  setLocalAccessPolicy(allows: (path: string) => boolean): void;
  createPdf(document: SheetDocument): { getBuffer(): Promise<Uint8Array> };
}

// Not called `require`: the build declares a name of its own like that.
const fromPackages = createRequire(import.meta.url);
const pdfmake: PdfMake = fromPackages('pdfmake');
const fonts = {
  normal: fromPackages.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
  bold: fromPackages.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
};

// Nothing in a record makes the sheet fetch or read a thing.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === fonts.normal || path === fonts.bold);
pdfmake.addFonts({ NotoSansSC: { ...fonts, italics: fonts.normal, bolditalics: fonts.bold } });

carryOutTask(
  async (request: SheetRequest) =>
    new Uint8Array(await pdfmake.createPdf(sheetDocument(request)).getBuffer()),
);
