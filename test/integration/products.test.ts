import { writeXlsx } from 'hucre';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { ProcedureInput } from '../../src/core/contract/index.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { type TestClient, type TestWorld, startTestWorld } from '../support/workspace.ts';

let world: TestWorld;
let approver: TestClient;
let admin: TestClient;

beforeAll(async () => {
  world = await startTestWorld();
  approver = await world.signIn('approver');
  admin = await world.signIn('admin');
});

afterAll(() => world.close());

async function store(bytes: Uint8Array) {
  const upload = await world.app.prepareUpload(approver.caller());
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytes);
  }
  return (await createBlobStore(upload.blobDirectory).write(pieces())).id;
}

const text = (content: string) => store(Buffer.from(content));

/** 产品代码,产品名称,类型 \n G1,安心债,基金 in GBK. */
const gbk = Buffer.from(
  'b2fac6b7b4fac2eb2cb2fac6b7c3fbb3c62cc0e0d0cd0a47312cb0b2d0c4d5ae2cbbf9bdf00a',
  'hex',
);

const sample = (code: string): ProcedureInput<'products.save'>['product'] => ({
  code,
  name: `安心${code}`,
  type: 'wealth-management',
  facts: [{ kind: 'rate', label: '业绩比较基准', value: '3.1', unit: '%' }],
});

describe('the register', () => {
  test('adds, changes, finds, retires and takes up again, counting revisions', async () => {
    const added = await approver.call('products.save', { product: sample('A1') });
    expect(added).toMatchObject({ revision: 1, state: 'active', currency: 'CNY', updatedBy: 'approver' });
    const changed = await admin.call('products.save', {
      id: added.id,
      revision: 1,
      product: { ...sample('A1'), aliases: ['小安'] },
    });
    expect(changed).toMatchObject({ revision: 2, aliases: ['小安'], updatedBy: 'admin' });
    expect((await approver.call('products.list', { query: '小安' })).products).toMatchObject([
      { code: 'A1' },
    ]);
    expect((await approver.call('products.list', { query: 'a1', types: ['loan'] })).total).toBe(0);
    const retired = await approver.call('products.retire', { id: added.id, revision: 2 });
    expect(retired).toMatchObject({ state: 'retired', revision: 3 });
    expect((await approver.call('products.list', { query: 'A1', state: 'active' })).total).toBe(0);
    await approver.call('products.retire', { id: added.id, revision: 3, retired: false });
    expect(await approver.call('products.get', { id: added.id })).toMatchObject({
      state: 'active',
      revision: 4,
    });
  });

  test('tells the second of two who changed the same product, and loses nothing', async () => {
    const { id } = await approver.call('products.save', { product: sample('B1') });
    await approver.call('products.save', {
      id,
      revision: 1,
      product: { ...sample('B1'), sheet: '2026年第1版' },
    });
    const late = await admin.try('products.save', {
      id,
      revision: 1,
      product: { ...sample('B1'), sheet: '另一版' },
    });
    expect(late).toMatchObject({
      ok: false,
      error: { code: 'conflict', details: { by: 'approver', revision: 2 } },
    });
    expect(await admin.call('products.get', { id })).toMatchObject({ sheet: '2026年第1版', revision: 2 });
    expect(await admin.code('products.retire', { id, revision: 1 })).toBe('conflict');
  });

  test('a save that changes nothing makes no revision', async () => {
    const { id } = await approver.call('products.save', { product: sample('B2') });
    const again = await approver.call('products.save', { id, revision: 1, product: sample('B2') });
    expect(again.revision).toBe(1);
  });

  test.each([
    ['a code that is taken', { ...sample('A1') }, 'name-taken'],
    [
      'days the wrong way round',
      { ...sample('C1'), onSaleFrom: '2026-05-02', onSaleUntil: '2026-05-01' },
      'bad-input',
    ],
    ['a day that does not exist', { ...sample('C1'), onSaleFrom: '2026-02-30' }, 'bad-input'],
    ['a blank name', { ...sample('C1'), name: '  ' }, 'bad-input'],
  ])('refuses %s', async (_name, product, code) => {
    expect(await approver.code('products.save', { product })).toBe(code);
  });
});

describe('importing', () => {
  const table =
    '\ufeff产品目录,,,,,,,\n' +
    '产品代码,产品名称,产品类型,风险等级,业绩比较基准,管理费（%）,销售截止日,颜色\n' +
    'X1,鑫享周周盈,理财,中低风险,3.0%-3.5%,0.3,2026年12月31日,红\n' +
    'X2,,理财,R2,3%,0.3,,\n' +
    ',无码,理财,R2,3%,0.3,,\n' +
    'X3,坏类型,期货,R2,3%,0.3,,\n' +
    'X4,坏日期,基金,R2,3%,0.3,明年,\n' +
    'X1,重复,基金,R2,3%,0.3,,\n' +
    'X5,坏风险,基金,R9,,,,\n' +
    'X6,消费贷,loan,,3.6%,,,\n';

  test('previews what was understood, names refused rows by line and reason, and changes nothing', async () => {
    const blobId = await text(table);
    const { report, samples } = await approver.call('products.previewImport', { blobId, fileName: 'p.csv' });
    expect(report.columns.map(({ meaning }) => meaning)).toEqual([
      'code',
      'name',
      'type',
      'risk',
      'fact.rate',
      'fact.fee',
      'onSaleUntil',
      null,
    ]);
    expect(report).toMatchObject({ rows: 8, added: 2, updated: 0, unchanged: 0, refusedTotal: 6 });
    expect(report.refused.map(({ line, reason }) => [line, reason])).toEqual([
      [4, 'no-name'],
      [5, 'no-code'],
      [6, 'unknown-type'],
      [7, 'bad-date'],
      [8, 'same-code'],
      [9, 'unknown-risk'],
    ]);
    expect(samples[0]).toMatchObject({
      code: 'X1',
      type: 'wealth-management',
      risk: 'R2',
      onSaleUntil: '2026-12-31',
      facts: [
        { kind: 'rate', label: '业绩比较基准', value: '3.0%-3.5%', unit: '' },
        { kind: 'fee', label: '管理费', value: '0.3', unit: '%' },
      ],
    });
    expect((await approver.call('products.list', { query: '鑫享' })).total).toBe(0);
  });

  test('takes them once: a second time everything is unchanged', async () => {
    const blobId = await text(table);
    expect(await approver.call('products.import', { blobId, fileName: 'p.csv' })).toMatchObject({ added: 2 });
    expect(await approver.call('products.import', { blobId, fileName: 'p.csv' })).toMatchObject({
      added: 0,
      updated: 0,
      unchanged: 2,
    });
    const changed = await text(table.replace('3.0%-3.5%', '2.8%'));
    expect(await approver.call('products.import', { blobId: changed, fileName: 'p.csv' })).toMatchObject({
      updated: 1,
      unchanged: 1,
    });
  });

  test('reads GBK, and a workbook whose percentages and dates are numbers', async () => {
    expect(
      (await approver.call('products.previewImport', { blobId: await store(gbk), fileName: 'g.csv' }))
        .samples,
    ).toMatchObject([{ code: 'G1', name: '安心债', type: 'fund' }]);
    const workbook = await writeXlsx({
      sheets: [
        {
          name: '产品',
          rows: [
            ['产品代码', '产品名称', '产品类型', '业绩比较基准', '到期日'],
            ['W1', '鑫享月月盈', '理财', 0.031, new Date(Date.UTC(2027, 5, 30))],
          ],
          cells: new Map([['1,3', { value: 0.031, type: 'number', style: { numFmt: '0.00%' } }]]),
        },
      ],
    });
    const { samples } = await approver.call('products.previewImport', {
      blobId: await store(workbook),
      fileName: 'w.xlsx',
    });
    expect(samples[0]?.facts).toEqual([
      { kind: 'rate', label: '业绩比较基准', value: '3.10%', unit: '' },
      { kind: 'date', label: '到期日', value: '2027-06-30', unit: '' },
    ]);
  });

  test.each([
    ['nothing', '', 'file-empty'],
    ['no header', 'a,b\n1,2\n', 'file-not-recognised'],
    ['a damaged workbook', 'PK\u0003\u0004 not really', 'file-not-recognised'],
    ['bytes of no encoding', '\u0000\u0001\u0002', 'wrong-encoding'],
  ])('refuses %s', async (_name, content, code) => {
    const blobId = await text(content);
    expect(await approver.code('products.import', { blobId, fileName: 'p' })).toBe(code);
  });

  test('an editor may read the register and neither change nor import', async () => {
    const editor = await world.signIn('editor');
    expect(await editor.code('products.list')).toBe('ok');
    expect(await editor.code('products.save', { product: sample('E1') })).toBe('forbidden');
    expect(await editor.code('products.import', { blobId: '0'.repeat(64), fileName: 'x' })).toBe('forbidden');
  });
});
