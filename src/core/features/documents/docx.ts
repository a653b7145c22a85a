import mammoth from 'mammoth';
import sanitizeHtml from 'sanitize-html';

import type { CodeReader } from './codes.ts';
import { type ReadHtml, readHtml } from './html.ts';
import type { ZipParts } from './zip-parts.ts';

/** Beyond mammoth's own: headings as Chinese templates call them, and marks that it leaves out by default. */
const styles = [
  ...[1, 2, 3, 4, 5, 6].flatMap((level) => [
    `p[style-name='标题 ${level}'] => h${level}:fresh`,
    `p[style-name='标题${level}'] => h${level}:fresh`,
  ]),
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='标题'] => h1:fresh",
  "p[style-name='Quote'] => blockquote:fresh",
  "p[style-name='引用'] => blockquote:fresh",
  'u => u',
];

/** The body of a DOCX as blocks, with its links; footnotes stand at its end. */
export async function readDocxBody(bytes: Buffer): Promise<ReadHtml> {
  const { value } = await mammoth.convertToHtml(
    { buffer: bytes },
    {
      styleMap: styles,
      externalFileAccess: false,
      // Pictures are read from the parts: as data addresses they would be held twice.
      convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })),
    },
  );
  return readHtml(value, true);
}

/** Parts that a reader sees and mammoth doesn't: headers, footers, diagrams and charts, each paragraph on a line. */
export async function readSideTexts(parts: ZipParts): Promise<string[]> {
  const lines: string[] = [];
  for (const name of parts.names) {
    if (
      !/^(?:word\/(?:header|footer)\d*|(?:word|xl)\/(?:diagrams\/data|charts\/chart|drawings\/drawing)\d*)\.xml$/.test(
        name,
      )
    )
      continue;
    const bytes = await parts.read(name);
    if (bytes !== null) lines.push(...paragraphsOfXml(Buffer.from(bytes).toString('utf8')));
  }
  return lines;
}

/** The texts of DrawingML and WordprocessingML: `t` in `p`. A text box stands there twice, as it is and for old readers. */
function paragraphsOfXml(xml: string): string[] {
  const text = sanitizeHtml(xml.replaceAll(/<mc:Fallback\b[\s\S]*?<\/mc:Fallback>/g, ''), {
    allowedTags: ['w:p', 'a:p', 'w:t', 'a:t', 'w:tab', 'w:br', 'a:br'],
    allowedAttributes: {},
    // Field codes, figures of charts and the like are text as well, but not a reader's.
    exclusiveFilter: () => false,
    textFilter: (written, tag) => (tag === 'w:t' || tag === 'a:t' ? written : ''),
    parser: { xmlMode: true },
  });
  return text
    .split(/<\/?[wa]:p>/)
    .map((part) =>
      part
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .trim(),
    )
    .filter((line) => line !== '');
}

/** Looks for codes in the pictures of a DOCX or XLSX; its pages are unknown, so pictures are numbered. */
export async function readZipPictures(parts: ZipParts, reader: CodeReader): Promise<void> {
  let number = 0;
  for (const name of parts.names) {
    if (!/^(?:word|xl)\/media\/[^/]+\.(?:png|jpe?g|gif|bmp)$/i.test(name)) continue;
    number += 1;
    const bytes = await parts.read(name);
    if (bytes !== null) await reader.readImage(bytes, number);
  }
}
