import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { writeXlsx } from 'hucre';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';

import { AppError } from '../../../contract/errors.ts';
import { parseTables } from './parse-table.ts';

const codeOf = async (bytes: Uint8Array) =>
  parseTables(bytes, 'x').then(
    () => 'ok',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('a workbook', () => {
  test('gives each sheet’s rows as they are shown, with their numbers', async () => {
    const bytes = await writeXlsx({
      sheets: [
        { name: '空', rows: [] },
        {
          name: '一',
          rows: [
            ['编号', '日期', '时刻', '启用'],
            [null],
            [42, new Date('2026-03-02T00:00:00Z'), new Date('2026-03-02T09:30:00Z'), true],
          ],
        },
      ],
    });
    const [table, ...others] = await parseTables(bytes, 'x.xlsx');
    expect(others).toEqual([]);
    expect(table?.sheet).toBe('一');
    expect(table?.rows.map(({ line, cells }) => [line, ...cells.slice(0, 4)])).toEqual([
      [1, '编号', '日期', '时刻', '启用'],
      [3, '42', '2026-03-02', '2026-03-02 09:30:00', 'true'],
    ]);
  });

  test('that unpacks to more than a table needs is refused before it is read', async () => {
    const zip = new ZipFile();
    const piece = Buffer.alloc(2 ** 20, 0x20);
    zip.addReadStream(Readable.from(Array.from({ length: 201 }, () => piece)), 'xl/worksheets/sheet1.xml');
    zip.end();
    expect(await codeOf(await buffer(zip.outputStream))).toBe('archive-bomb');
  });

  test('that is damaged is no table', async () => {
    const whole = await writeXlsx({ sheets: [{ name: '一', rows: [['a']] }] });
    expect(await codeOf(whole.subarray(0, whole.length / 2))).toBe('file-not-recognised');
    expect(await codeOf(Buffer.from('PK nothing of the kind'))).toBe('file-not-recognised');
  });
});

describe('a CSV', () => {
  test.each([
    ['commas', 'a,b\n1,"2, 3"\n'],
    ['semicolons', 'a;b\n1;2, 3\n'],
    ['tabs', 'a\tb\r\n1\t2, 3\r\n'],
    ['a mark', '\uFEFFa,b\n\n1,"2, 3"\n'],
  ])('with %s', async (_what, text) => {
    const [table] = await parseTables(Buffer.from(text), 'x.csv');
    expect(table?.rows.map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2, 3'],
    ]);
  });

  test('whose quotation mark stays open, or that is no text, is refused', async () => {
    expect(await codeOf(Buffer.from(`a,b\n1,"2${'x'.repeat(1_100_000)}`))).toBe('file-not-recognised');
    expect(await codeOf(Uint8Array.of(0xff, 0x00, 0x9f, 0xff))).toBe('wrong-encoding');
  });
});
