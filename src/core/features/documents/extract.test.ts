import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  docxParts,
  paragraph,
  pdfOf,
  pngHeader,
  qrCode,
  simplePdf,
  streamOf,
  wordPart,
  xlsxParts,
  zipOf,
} from '../../../../test/support/document-fixtures.ts';
import { createLog } from '../../platform/log.ts';
import { Body } from '../reviews/material/contract.ts';
import { extractBlocks, extractFile } from './extract.ts';
import { createExtractor } from './extractor.ts';
import { readHtml } from './html.ts';
import { maxPages } from './limits.ts';
import type { ExtractedDocument } from './model.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-documents-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let last = 0;
async function fileOf(bytes: Uint8Array | string): Promise<string> {
  last += 1;
  // No extension: what a file is, its bytes say.
  const path = join(folder, String(last));
  await writeFile(path, bytes);
  return path;
}
const extract = async (bytes: Uint8Array | string): Promise<ExtractedDocument> =>
  extractFile(await fileOf(bytes));
const blocks = async (bytes: Uint8Array | string) => extractBlocks(await fileOf(bytes));
const address = 'https://bank.example/活动?id=1';

describe('text files', { timeout: 60_000 }, () => {
  test.each<[string, Uint8Array]>([
    ['UTF-8', Buffer.from('理财非存款\r\n有风险')],
    ['UTF-8 with a mark', Buffer.from('\ufeff理财非存款\r\n有风险')],
    [
      'GBK',
      Buffer.from([
        0xc0, 0xed, 0xb2, 0xc6, 0xb7, 0xc7, 0xb4, 0xe6, 0xbf, 0xee, 13, 10, 0xd3, 0xd0, 0xb7, 0xe7, 0xcf,
        0xd5,
      ]),
    ],
    ['UTF-16', Buffer.from('\ufeff理财非存款\r\n有风险', 'utf16le')],
  ])('are read in %s', async (_name, bytes) => {
    expect(await extract(bytes)).toEqual({
      kind: 'text',
      mediaType: 'text/plain',
      text: '理财非存款\n有风险',
      pages: null,
      codes: [],
      links: [],
      problems: [],
    });
  });

  test('say that they are empty, or none, or cut', async () => {
    expect(await extract('')).toMatchObject({ kind: 'text', problems: ['no-text'] });
    expect(await extract(Buffer.from([1, 2, 0, 0xff, 0xfe, 0x81]))).toMatchObject({
      kind: 'other',
      problems: ['unsupported'],
    });
    const cut = await extract('理'.repeat(1_200_000));
    expect(cut.problems).toEqual(['text-cut']);
    expect(cut.text).toHaveLength(1_000_000);
  });
});

describe('DOCX files', { timeout: 60_000 }, () => {
  test('give body, tables, header, footer, links and codes', async () => {
    const { png } = await qrCode(address);
    const body = [
      paragraph('第一章', '<w:pStyle w:val="1"/>'),
      paragraph('理财非存款'),
      '<w:p><w:hyperlink r:id="rId2"><w:r><w:t>详情</w:t></w:r></w:hyperlink></w:p>',
      `<w:tbl><w:tr><w:tc>${paragraph('费率')}</w:tc><w:tc>${paragraph('0.2%')}</w:tc></w:tr></w:tbl>`,
    ].join('');
    const docx = await zipOf(
      docxParts(body, {
        'word/header1.xml': wordPart('hdr', paragraph('内部资料 &amp; 草稿')),
        'word/footer1.xml': wordPart('ftr', paragraph('投资须谨慎')),
        'word/media/image1.png': png,
      }),
    );
    expect(await extract(docx)).toEqual({
      kind: 'docx',
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      text: '第一章\n理财非存款\n详情\n费率\t0.2%\n内部资料 & 草稿\n投资须谨慎',
      pages: null,
      codes: [{ text: address, format: 'QRCode', page: 1 }],
      links: ['https://bank.example/a'],
      problems: [],
    });
  });

  test('give text boxes once, in the body and in a header', async () => {
    const box = (text: string) =>
      `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent>${paragraph(text)}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph(text)}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`;
    const names = (part: string) =>
      part.replace(
        'xmlns:w=',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w=',
      );
    const parts = docxParts(box('框内') + paragraph('正文'));
    const docx = await zipOf({
      ...parts,
      'word/document.xml': names(String(parts['word/document.xml'])),
      'word/header1.xml': names(wordPart('hdr', box('页眉框'))),
    });
    expect((await extract(docx)).text).toBe('框内\n正文\n页眉框');
  });

  test('become blocks: headings in English and Chinese, marks, safe links', async () => {
    const body = [
      paragraph('甲', '<w:pStyle w:val="1"/>'),
      paragraph('乙', '<w:pStyle w:val="a2"/>'),
      `<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r><w:r><w:rPr><w:i/><w:u w:val="single"/></w:rPr><w:t>斜</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>删</w:t></w:r></w:p>`,
      '<w:p><w:hyperlink r:id="rId2"><w:r><w:t>好</w:t></w:r></w:hyperlink><w:hyperlink r:id="rId3"><w:r><w:t>坏</w:t></w:r></w:hyperlink></w:p>',
    ].join('');
    const imported = await blocks(await zipOf(docxParts(body)));
    expect(Body.parse(imported.blocks)).toEqual(imported.blocks);
    expect(imported).toEqual({
      problems: [],
      blocks: [
        { kind: 'heading', level: 1, runs: [{ text: '甲', marks: [], href: '' }] },
        { kind: 'heading', level: 2, runs: [{ text: '乙', marks: [], href: '' }] },
        {
          kind: 'paragraph',
          level: 0,
          runs: [
            { text: '粗', marks: ['bold'], href: '' },
            { text: '斜', marks: ['italic', 'underline'], href: '' },
            { text: '删', marks: ['strike'], href: '' },
          ],
        },
        {
          kind: 'paragraph',
          level: 0,
          runs: [
            { text: '好', marks: [], href: 'https://bank.example/a' },
            { text: '坏', marks: [], href: '' },
          ],
        },
      ],
    });
  });

  test('that are encrypted, broken or no DOCX are told apart', async () => {
    const container = Buffer.alloc(4_096);
    container.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    expect(await extract(container)).toMatchObject({ kind: 'other', problems: ['unsupported'] });
    container.write('EncryptedPackage', 1_024, 'utf16le');
    expect(await extract(container)).toMatchObject({ kind: 'other', problems: ['encrypted'] });
    const docx = await zipOf(docxParts(paragraph('甲')));
    expect(await extract(docx.subarray(0, docx.length - 40))).toMatchObject({ problems: ['broken'] });
    expect(await extract(await zipOf(docxParts('<w:p>')))).toMatchObject({
      kind: 'docx',
      problems: ['broken'],
    });
    expect(await extract(await zipOf({ 'a.txt': '甲' }))).toMatchObject({
      kind: 'other',
      problems: ['unsupported'],
    });
    const flipped = Buffer.from(await zipOf(docxParts(paragraph('甲')), false));
    flipped.write('乙', flipped.indexOf('甲'));
    expect(['broken', undefined]).toContain((await extract(flipped)).problems[0]);
  });

  test('that unpack to far more than they are, or than they claim, are refused before anything reads them', async () => {
    const bomb = await zipOf(
      docxParts(paragraph('甲'), { 'word/media/a.bin': new Uint8Array(40 * 2 ** 20) }),
    );
    expect(bomb.length).toBeLessThan(100_000);
    expect(await extract(bomb)).toMatchObject({ problems: ['archive-bomb'] });
    expect(await blocks(bomb)).toEqual({ blocks: [], problems: ['archive-bomb'] });

    // The same, but its directory claims a kilobyte.
    const lying = Buffer.from(bomb);
    for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4))
      if (lying.readUInt32LE(at + 24) === 40 * 2 ** 20) lying.writeUInt32LE(1_024, at + 24);
    expect(await extract(lying)).toMatchObject({ problems: ['archive-bomb'] });

    const many = await zipOf({
      ...docxParts(paragraph('甲')),
      ...Object.fromEntries(Array.from({ length: 5_100 }, (_, index) => [`word/media/${index}.bin`, 'x'])),
    });
    expect(await extract(many)).toMatchObject({ problems: ['archive-bomb'] });
  });

  test('with entities or an outside file in their XML are refused', async () => {
    const parts = docxParts(paragraph('&lol;'));
    const laughs = `<!DOCTYPE w:document [<!ENTITY lol "${'哈'.repeat(9)}"><!ENTITY lol2 "&lol;&lol;&lol;">]>`;
    const document = String(parts['word/document.xml']).replace('<w:document', `${laughs}<w:document`);
    expect(await extract(await zipOf({ ...parts, 'word/document.xml': document }))).toMatchObject({
      text: '',
      problems: ['broken'],
    });
  });

  test('nested beyond all measure end as broken, or are read', async () => {
    const deep =
      '<w:sdt><w:sdtContent>'.repeat(20_000) + paragraph('甲') + '</w:sdtContent></w:sdt>'.repeat(20_000);
    const { problems, text } = await extract(await zipOf(docxParts(deep)));
    expect(text === '甲' || problems.length > 0).toBe(true);
  });
});

describe('XLSX files', { timeout: 60_000 }, () => {
  test('give sheets as lines, numbers as they are shown', async () => {
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>' +
      '<row r="2"><c r="A2" t="inlineStr"><is><t>稳健一号</t></is></c><c r="B2" s="1"><v>0.031</v></c></row>';
    expect(await extract(await zipOf(xlsxParts(rows, ['名称', '业绩比较基准'])))).toMatchObject({
      kind: 'xlsx',
      text: '产品\n名称\t业绩比较基准\n稳健一号\t3.10%',
      problems: [],
    });
  });

  test('give what stands in shapes once', async () => {
    const shape =
      '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:sp><xdr:txBody><a:p><a:r><a:t>理财非</a:t></a:r><a:r><a:t>存款</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>';
    const workbook = await zipOf({ ...xlsxParts(''), 'xl/drawings/drawing1.xml': shape });
    expect((await extract(workbook)).text).toBe('产品\n理财非存款');
  });

  test('with two cells at the ends of a sheet cost no more than two cells', async () => {
    const rows =
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>';
    const start = performance.now();
    await extract(await zipOf(xlsxParts(rows)));
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe('PDF files', { timeout: 60_000 }, () => {
  test('give text with wrapped lines joined, links and codes in pictures', async () => {
    const long = `${'word '.repeat(16)}no`;
    const picture = await qrCode(address);
    const document = await extract(simplePdf([long, 't able.', 'Last line.'], picture));
    expect(document).toMatchObject({
      kind: 'pdf',
      mediaType: 'application/pdf',
      pages: 1,
      codes: [{ text: address, format: 'QRCode', page: 1 }],
      links: ['https://bank.example/pdf'],
      problems: [],
    });
    expect(document.text).toBe(`${long} t able.\nLast line.`);
  });

  test.each(['filled squares', 'one filled path', 'strokes'])(
    'give codes that are drawn, not pictured: %s',
    async (way) => {
      const { symbol } = await qrCode(address);
      const size = 3;
      const squares: string[] = [];
      for (let y = 0; y < symbol.height; y += 1)
        for (let x = 0; x < symbol.width; x += 1) {
          if ((symbol.data[y * symbol.width + x] ?? 255) > 127) continue;
          const [left, top] = [100 + x * size, 600 - y * size];
          squares.push(
            way === 'strokes'
              ? `${left} ${top + size / 2} m ${left + size} ${top + size / 2} l`
              : `${left} ${top} ${size} ${size} re`,
          );
        }
      const content =
        way === 'filled squares'
          ? squares.map((square) => `${square} f`).join('\n')
          : way === 'strokes'
            ? `${size} w ${squares.join('\n')} S`
            : `${squares.join('\n')} f`;
      const pdf = pdfOf([
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << >> >>',
        streamOf('', `q 0.9 0 0 0.9 5 5 cm 0 0 0.4 rg 0 0 0.4 RG\n${content}\nQ`),
      ]);
      expect((await extract(pdf)).codes).toEqual([{ text: address, format: 'QRCode', page: 1 }]);
    },
  );

  test('that are encrypted, broken, empty or endless are told apart', async () => {
    const locked = pdfOf(
      [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [] /Count 0 >>',
        `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> >>`,
      ],
      `/Encrypt 3 0 R /ID [<${'43'.repeat(16)}> <${'43'.repeat(16)}>] `,
    );
    expect(await extract(locked)).toMatchObject({ kind: 'pdf', problems: ['encrypted'] });
    expect(await extract('%PDF-1.7\nnothing')).toMatchObject({ kind: 'pdf', problems: ['broken'] });
    expect(await extract(simplePdf([]))).toMatchObject({ kind: 'pdf', problems: ['no-text'] });
    const endless = await extract(simplePdf(['page'], null, maxPages + 5));
    expect(endless).toMatchObject({ pages: maxPages + 5, problems: ['too-many-pages'] });
    expect(endless.text.split('\n')).toHaveLength(maxPages);
  });

  test('with a picture that claims 20,000 × 20,000 pixels are read without it', async () => {
    const pdf = pdfOf([
      '<< /Type /Catalog /Pages 2 0 R >>',
      '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
      '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im1 6 0 R >> >> >>',
      streamOf('', 'BT /F1 12 Tf 50 700 Td (text) Tj ET q 200 0 0 200 50 300 cm /Im1 Do Q'),
      '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
      streamOf(
        '/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8',
        'x',
      ),
    ]);
    expect(await extract(pdf)).toMatchObject({ kind: 'pdf', text: 'text' });
  });
});

describe('pictures', { timeout: 60_000 }, () => {
  test('give their codes', async () => {
    const { png } = await qrCode(address);
    expect(await extract(png)).toMatchObject({
      kind: 'image',
      mediaType: 'image/png',
      codes: [{ text: address, format: 'QRCode', page: 0 }],
      problems: [],
    });
  });

  test.each<[string, Buffer]>([
    ['PNG', pngHeader(20_000, 20_000)],
    [
      'JPEG',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8, 0x4e, 0x20, 0x4e, 0x20, 3]),
    ],
    ['GIF', Buffer.from('GIF89a\x20\x4e\x20\x4e\0\0\0', 'latin1')],
    ['BMP', bitmapHeader(20_000, -20_000)],
  ])('of 20,000 × 20,000 pixels are refused by their header: %s', async (_name, bytes) => {
    const start = performance.now();
    expect(await extract(bytes)).toMatchObject({ kind: 'image', problems: ['image-too-large'] });
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  test('that are broken, or of a kind that is not decoded, say so', async () => {
    expect(await extract(pngHeader(200, 200))).toMatchObject({ kind: 'image', problems: ['broken'] });
    expect(await extract(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toMatchObject({
      kind: 'image',
      problems: ['broken'],
    });
    expect(await extract(Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'))).toMatchObject({
      mediaType: 'image/webp',
      problems: ['unsupported'],
    });
  });
});

function bitmapHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(54);
  bytes.write('BM');
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  return bytes;
}

describe('HTML', { timeout: 60_000 }, () => {
  test('gives what a reader sees, where its links lead, and codes in its own pictures', async () => {
    const { png } = await qrCode(address);
    const html = `<!DOCTYPE html><html><head><title>活动</title><style>p{color:red}</style><script>var 保本 = 1</script></head>
      <body><h1>周年 <b>庆</b></h1><p>理财&nbsp;非存款，<br>有风险</p><ul><li>一<ul><li>二</li></ul></li></ul>
      <table><tr><td><p>费率</p></td><td>0.2%</td></tr></table><a href="/detail">详情</a>
      <form action="https://evil.example/"><button>提交</button></form><img src="data:image/png;base64,${png.toString('base64')}"></body></html>`;
    expect(await extract(html)).toEqual({
      kind: 'html',
      mediaType: 'text/html',
      text: '活动\n周年 庆\n理财\u00a0非存款，\n有风险\n一\n二\n费率\t0.2%\n详情\n提交',
      pages: null,
      codes: [{ text: address, format: 'QRCode', page: 1 }],
      links: ['/detail', 'https://evil.example/'],
      problems: [],
    });
  });

  test('becomes blocks', async () => {
    const html =
      '<html><h2>一</h2><ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol><blockquote><p>引</p></blockquote><p><a href="tel:95588"><em>电话</em></a></p></html>';
    const imported = await blocks(html);
    expect(imported.blocks.map((block) => [block.kind, 'level' in block ? block.level : 0])).toEqual([
      ['heading', 2],
      ['numbered', 0],
      ['numbered', 0],
      ['bullet', 1],
      ['quote', 0],
      ['paragraph', 0],
    ]);
    expect(imported.blocks.at(-1)).toMatchObject({
      runs: [{ text: '电话', marks: ['italic'], href: 'tel:95588' }],
    });
    expect(Body.parse(imported.blocks)).toEqual(imported.blocks);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<svg><script>alert(1)</script></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&#58;alert(1)">x</a>',
    '<a href=" \u0001javascript:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<p style="background:url(javascript:alert(1))">x</p>',
    '<template><script>alert(1)</script></template>',
    '<textarea></textarea><script>alert(1)</script>',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '<!--><img src=x onerror=alert(1)>-->',
    '<a href="https://bank.example/&quot; onmouseover=&quot;alert(1)">x</a>',
    '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
    '<base href="javascript:alert(1)//"><a href="#x">x</a>',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  ])('loses its teeth: %s', (vector) => {
    const { blocks } = readHtml(`<p>前</p>${vector}<p>后</p>`);
    expect(Body.parse(blocks)).toEqual(blocks);
    for (const block of blocks)
      for (const run of block.runs) expect(run.href).toMatch(/^$|^(?:https?:\/\/|mailto:|tel:)[^\s"<>]*/i);
    expect(blocks[0]?.runs[0]?.text).toBe('前');
  });

  test('of 100,000 open tags is read', async () => {
    const document = await extract(`<html>${'<div>'.repeat(100_000)}深${'<b>'.repeat(10_000)}`);
    expect(document).toMatchObject({ kind: 'html', text: '深', problems: [] });
  });
});

describe('the thread of a file', { timeout: 60_000 }, () => {
  const log = createLog('silent');

  test('is ended when it takes too long, and the next file is read', async () => {
    const extractor = createExtractor({ log }, { timeLimit: 1 });
    const patient = createExtractor({ log });
    try {
      const path = await fileOf(simplePdf(['text'], null, 900));
      expect(await extractor.document(path)).toMatchObject({ text: '', problems: ['time-out'] });
      expect(await extractor.blocks(path)).toEqual({ blocks: [], problems: ['time-out'] });
      const [one, two, three] = await Promise.all([
        patient.document(await fileOf('甲')),
        patient.document(await fileOf('乙')),
        patient.blocks(await fileOf('<p>丙</p>')),
      ]);
      expect([one.text, two.text, three.blocks.length]).toEqual(['甲', '乙', 1]);
    } finally {
      await extractor.close();
      await patient.close();
    }
  });

  test('that runs out of memory takes nothing else with it', async () => {
    const extractor = createExtractor({ log }, { heapMegabytes: 32 });
    try {
      const path = await fileOf(`<html>${'<p>理财</p>'.repeat(2_000_000)}`);
      expect((await extractor.document(path)).problems).toEqual(['too-large']);
    } finally {
      await extractor.close();
    }
  });

  test('is not begun for a file that is not there or can’t be read as one', async () => {
    const extractor = createExtractor({ log });
    try {
      await expect(extractor.document(join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(extractor.blocks(folder)).rejects.toMatchObject({ code: 'internal' });
    } finally {
      await extractor.close();
    }
  });

  test('rejects what waits when it closes', async () => {
    const extractor = createExtractor({ log });
    const path = await fileOf('甲');
    const asked = Promise.allSettled([1, 2, 3].map(() => extractor.document(path)));
    await extractor.close();
    for (const result of await asked)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
    await expect(extractor.document(path)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
