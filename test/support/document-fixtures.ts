import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';

import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { ZipFile } from 'yazl';

// Files for tests, made byte by byte: DOCX and XLSX as zips of XML, PDFs with their cross-reference table, pictures with codes.

export async function zipOf(
  parts: Readonly<Record<string, string | Uint8Array>>,
  compress = true,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(parts))
    zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const officeTypes = 'application/vnd.openxmlformats-officedocument.';
const relationTypes = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const wordNames = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${relationTypes}"`,
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
].join(' ');

/** The parts of a DOCX whose body is the given WordprocessingML. */
export function docxParts(
  body: string,
  more: Readonly<Record<string, string | Uint8Array>> = {},
): Record<string, string | Uint8Array> {
  return {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${officeTypes}wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${relationTypes}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId2" Type="${relationTypes}/hyperlink" Target="https://bank.example/a" TargetMode="External"/><Relationship Id="rId3" Type="${relationTypes}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>`,
    'word/styles.xml': `${xml}<w:styles ${wordNames}><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="a2"><w:name w:val="标题 2"/></w:style></w:styles>`,
    'word/document.xml': `${xml}<w:document ${wordNames}><w:body>${body}</w:body></w:document>`,
    ...more,
  };
}

export const wordPart = (tag: string, body: string) => `${xml}<w:${tag} ${wordNames}>${body}</w:${tag}>`;
export const paragraph = (text: string, properties = '', runProperties = '') =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:rPr>${runProperties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

export function xlsxParts(rows: string, strings: readonly string[] = []): Record<string, string> {
  const sheetNames = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  return {
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${officeTypes}spreadsheetml.sheet.main+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${relationTypes}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook ${sheetNames} xmlns:r="${relationTypes}"><sheets><sheet name="产品" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${relations}"><Relationship Id="rId1" Type="${relationTypes}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relationTypes}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${relationTypes}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `${xml}<styleSheet ${sheetNames}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="10" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${xml}<sst ${sheetNames}>${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet ${sheetNames}><sheetData>${rows}</sheetData></worksheet>`,
  };
}

/** A PDF of the given objects (the first is the catalog, the last ones anything), with a correct table. */
export function pdfOf(objects: readonly (string | Uint8Array)[], trailer = ''): Buffer {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let length = chunks[0]?.length ?? 0;
  const add = (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(length);
    add(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')]));
  }
  const start = length;
  add(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets
        .map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
        .join(
          '',
        )}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF`,
    ),
  );
  return Buffer.concat(chunks);
}

export function streamOf(dictionary: string, content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** One page with lines of Latin text, a link, and optionally a picture of grey bytes. */
export function simplePdf(
  lines: readonly string[],
  picture: { readonly width: number; readonly height: number; readonly data: Uint8Array } | null = null,
  pages = 1,
): Buffer {
  const text = lines
    .map((line, index) => `BT /F1 12 Tf 50 ${700 - index * 16} Td (${line}) Tj ET`)
    .join('\n');
  const content = `${text}\n${picture === null ? '' : 'q 200 0 0 200 50 300 cm /Im1 Do Q'}`;
  const kids = Array.from({ length: pages }, () => '3 0 R').join(' ');
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 5 0 R >> ${picture === null ? '' : '/XObject << /Im1 7 0 R >>'} >> >>`,
    streamOf('', content),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Annot /Subtype /Link /Rect [0 0 10 10] /A << /S /URI /URI (https://bank.example/pdf) >> >>',
    ...(picture === null
      ? []
      : [
          streamOf(
            `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode`,
            deflateSync(picture.data),
          ),
        ]),
  ]);
}

/** A QR code as a PNG, as grey bytes, and as its modules (0 is dark). */
export async function qrCode(text: string): Promise<{
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly symbol: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };
}> {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm'));
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) },
  });
  const { image, symbol, error } = await writeBarcode(text, { format: 'QRCode', scale: 4 });
  if (image === null) throw new Error(error);
  const scale = 4;
  const quiet = 4;
  const width = (symbol.width + 2 * quiet) * scale;
  const height = (symbol.height + 2 * quiet) * scale;
  const data = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < symbol.height * scale; y += 1)
    for (let x = 0; x < symbol.width * scale; x += 1)
      data[(y + quiet * scale) * width + x + quiet * scale] =
        symbol.data[Math.floor(y / scale) * symbol.width + Math.floor(x / scale)] ?? 255;
  return { png: Buffer.from(await image.arrayBuffer()), width, height, data, symbol };
}

/** The beginning of a PNG that claims a size, with nothing behind it. */
export function pngHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.set([8, 2, 0, 0, 0], 24);
  return bytes;
}
