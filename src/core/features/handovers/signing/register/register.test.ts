import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { readXlsx } from 'hucre';
import { afterAll, describe, expect, test } from 'vitest';

import {
  frozenHandover,
  frozenRow,
  frozenSnapshot,
} from '../../../../../../test/support/frozen-handovers.ts';
import { Milliseconds } from '../../../../contract/ids.ts';
import { createLog } from '../../../../platform/log.ts';
import { canonicalJson } from '../../../audit/index.ts';
import { FrozenHandover, type FrozenRow, unexplainedLeft } from '../document.ts';
import { printable } from './pdf.ts';
import { mostRowsInPdf, registerDocument } from './register-document.ts';
import type { RegisterRequest } from './register-protocol.ts';
import { inRegisterOrder } from './register-rows.ts';
import { safeText } from './register-table.ts';
import { createRegisterMaker } from './register.ts';

const printedAt = Milliseconds.parse(Date.UTC(2026, 3, 3));
const maker = createRegisterMaker({ log: createLog('silent') });

afterAll(() => maker.close());

function requestFor(handover: FrozenHandover, rest: Partial<RegisterRequest> = {}): RegisterRequest {
  const bytes = Buffer.from(canonicalJson(handover));
  const hash = createHash('sha256').update(bytes).digest('hex');
  return {
    content: { bytes },
    snapshot: frozenSnapshot(hash),
    kind: 'register',
    format: 'xlsx',
    language: 'zh-CN',
    printedAt,
    ...rest,
  };
}

const manyRows = (count: number) => Array.from({ length: count }, (_, index) => frozenRow(index));

/** All strings of a PDF's document. */
function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (Array.isArray(node)) return node.flatMap((item) => textsOf(item));
  return typeof node === 'object' && node !== null
    ? Object.values(node).flatMap((item) => textsOf(item))
    : [];
}

describe('a frozen sheet', () => {
  test('has one text, whatever the order of its members', () => {
    const handover = frozenHandover(manyRows(50));
    const turned = Object.fromEntries(Object.entries(handover).toReversed());
    expect(canonicalJson(turned)).toBe(canonicalJson(handover));
    expect(FrozenHandover.parse(JSON.parse(canonicalJson(handover)))).toEqual(handover);
  });

  test('counts what nobody has explained', () => {
    const row = (changed: Partial<FrozenRow>) => frozenRow(1, { outcome: 'unexplained', ...changed });
    expect(unexplainedLeft(frozenHandover([row({ explanation: null }), row({})]))).toBe(1);
  });
});

describe('the workbook', () => {
  test('holds every row of 20,000 and the figures', async () => {
    const handover = frozenHandover(manyRows(20_000));
    const { bytes } = await maker.make(requestFor(handover));
    const { sheets } = await readXlsx(bytes);
    expect(sheets.map(({ name }) => name)).toEqual([
      '平衡表',
      '客户',
      '客户群',
      '发现事项',
      '未了承诺',
      '签署',
    ]);
    expect(sheets[1]?.rows).toHaveLength(20_001);
    expect(new Set(sheets[1]?.rows.slice(1).map((row) => row[1])).size).toBe(20_000);
    const figures = sheets[0]?.rows.find((row) => row[0] === '客户');
    expect(figures?.slice(1, 3)).toEqual([20_000, handover.classes.customers.figures.takenOver]);
  }, 60_000);

  test('has no text that a spreadsheet takes for a formula', async () => {
    const name = '=HYPERLINK("http://example.invalid","点击")';
    const { bytes } = await maker.make(
      requestFor(frozenHandover([frozenRow(0, { id: '+wm', name, taker: '@taker' })])),
    );
    const { sheets } = await readXlsx(bytes);
    expect(sheets[1]?.rows[1]?.slice(1, 3)).toEqual(["'+wm", `'${name}`]);
    expect(sheets.flatMap(({ rows }) => rows.flat()).filter((cell) => /^[=+\-@]/.test(String(cell)))).toEqual(
      [],
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => !/^[=+\-@\t\r]/.test(safeText(text))));
  });
});

describe('the PDF', () => {
  test('lists what needs a person first, says how many it left out, and leaves no class out for a large one', () => {
    const handover = frozenHandover(manyRows(20_000));
    const texts = textsOf(registerDocument(handover, requestFor(handover, { format: 'pdf' })).content);
    const urgent = handover.classes.customers.rows.filter(
      (row) => row.outcome === 'unexplained' || row.conflict,
    );
    for (const { id } of urgent) expect(texts).toContain(id);
    for (const { id } of handover.classes.groups.rows) expect(texts).toContain(id);
    expect(texts).toContain(
      `另有 ${20_004 - mostRowsInPdf} 项未在本 PDF 中逐条列出，全部明细见同一定版的 XLSX 清单。`,
    );
    const [first] = inRegisterOrder(handover.classes.customers.rows);
    expect(first?.outcome).toBe('unexplained');
  });

  test('says whose signature is missing, and who recorded an absence', () => {
    const handover = frozenHandover(manyRows(3));
    const request = requestFor(handover, { format: 'pdf' });
    const signed = textsOf(registerDocument(handover, request).content);
    expect(signed).toContain('移交人未签署，由 王鉴 登记：已离行，三次联系未到场。');
    expect(signed).toContain('两位客户尚未见面，一周内补访。');
    const snapshot = { ...frozenSnapshot('a'.repeat(64)), signatures: [] };
    const unsigned = textsOf(registerDocument(handover, { ...request, snapshot }).content);
    expect(unsigned.filter((text) => text === '尚未签署')).toHaveLength(3);
  });

  test.each([
    ['zh-CN', '已排除（沈知微，2026-04-02 20:20）：已电话催办。', '接替超时'],
    ['en-US', 'Dismissed by 沈知微, 2026-04-02 20:20: 已电话催办。', 'Late transfers'],
  ] as const)('says in %s who dismissed a finding of procedure, when and why', (language, words, title) => {
    const handover = frozenHandover(manyRows(3));
    const findings = handover.findings.map((finding) =>
      finding.dismissed === null
        ? finding
        : {
            ...finding,
            key: 'transfer-late',
            kind: 'transfer-late',
            score: 0,
            values: { count: 2 },
            dismissed: { ...finding.dismissed, reason: '已电话催办。' },
          },
    );
    const request = requestFor(handover, { format: 'pdf', language });
    const texts = textsOf(registerDocument({ ...handover, findings }, request).content);
    expect(texts).toContain(title);
    expect(texts.some((text) => text.endsWith(`\n${words}`))).toBe(true);
  });

  test('shows what its font has no sign for', () => {
    expect(printable('加我薇❤️信，v\u200Bx，© 苏𠮷')).toBe('加我薇[U+2764]信，v[U+200B]x，© 苏𠮷');
  });

  test('is refused where its bytes are not those that were frozen', async () => {
    const handover = frozenHandover(manyRows(3));
    const other = { snapshot: frozenSnapshot('b'.repeat(64)), format: 'pdf' as const };
    await expect(maker.make(requestFor(handover, other))).rejects.toMatchObject({
      code: 'workspace-damaged',
    });
  });
});

test('closing stops the register that is being made and starts none of those that wait', async () => {
  const closing = createRegisterMaker({ log: createLog('silent') });
  const request = requestFor(frozenHandover(manyRows(3)));
  const made = Promise.allSettled([1, 2, 3].map(() => closing.make(request)));
  await closing.close();
  const late = Promise.allSettled([closing.make(request)]);
  for (const outcome of [...(await made), ...(await late)])
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
}, 60_000);
