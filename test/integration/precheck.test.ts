import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Milliseconds } from '../../src/core/contract/ids.ts';
import { createPrechecker } from '../../src/core/features/reviews/precheck/index.ts';
import { installStarterLexicons } from '../../src/core/features/lexicons/index.ts';
import { systemActor } from '../../src/core/features/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../src/core/platform/database/connection.ts';
import { createIdSource, systemRandom } from '../../src/core/platform/ids.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { documentsOf, extracted, material, paragraphs } from '../support/precheck.ts';
import {
  type TestClient,
  type TestClock,
  type TestWorld,
  resources,
  startTestWorld,
  testClock,
} from '../support/workspace.ts';

// The checker as the app has it: a thread of its own over a workspace's database.

let world: TestWorld;
let client: TestClient;
let connection: DatabaseConnection;
let clock: TestClock;
let checker: ReturnType<typeof createPrechecker>;

beforeAll(async () => {
  clock = testClock(Date.UTC(2026, 10, 27, 15));
  world = await startTestWorld({ clock });
  client = await world.signIn('everything');
  connection = openDatabase(`${world.workspace}/workspace.sqlite`);
  await installStarterLexicons(
    { connection, clock, ids: createIdSource(clock, systemRandom), resources },
    systemActor,
  );
  checker = createPrechecker({ connection, clock, log: createLog('silent') });
});

afterAll(async () => {
  await checker.close();
  await connection.close();
  await world.close();
});

async function rules(content: Parameters<typeof material>[0], documents?: ReturnType<typeof documentsOf>) {
  return (await checker.check(material(content), documents)).map(({ rule, subject }) => `${rule} ${subject}`);
}

describe('the pre-check of a workspace', () => {
  test('finds with the published lexicons, and what attachments say', async () => {
    expect(await rules({ text: '保本保息' })).toContain('lexicon 保本保息');
    const documents = documentsOf(extracted({ text: '稳赚不赔' }));
    expect(await rules({ attachments: ['a.docx'] }, documents)).toContain('lexicon 稳赚不赔');
    expect(await rules({ attachments: ['a.docx'] })).toEqual(['attachment-unread a.docx']);
  });

  test('goes by a new version, a switched-off lexicon and a suppression at once', async () => {
    const lexicon = await client.call('lexicons.create', { name: '本行用语' });
    const versionId = lexicon.draft?.id;
    if (versionId === undefined) throw new Error('no draft');
    await client.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: { text: '蓝湖独享', category: '用语', severity: 'low', options: { suggestion: '蓝湖客户' } },
    });
    expect(await rules({ text: '蓝湖独享' })).toEqual([]);
    await client.call('lexicons.publish', { lexiconId: lexicon.id, versionId });
    expect(await checker.check(material({ text: '蓝湖独享' }))).toMatchObject([
      {
        level: 'note',
        rule: 'lexicon',
        subject: '蓝湖独享',
        suggestion: '蓝湖客户',
        params: { lexicon: '本行用语' },
      },
    ]);
    const { id } = await client.call('lexicons.addSuppression', {
      suppression: { phrase: '蓝湖独享礼遇' },
      reason: '已备案的标语',
      expiresAt: Milliseconds.parse(clock.now() + 86_400_000),
    });
    expect(await rules({ text: '蓝湖独享礼遇' })).toEqual([]);
    await client.call('lexicons.endSuppression', { id });
    expect(await rules({ text: '蓝湖独享礼遇' })).toEqual(['lexicon 蓝湖独享']);
    await client.call('lexicons.update', { ...lexicon, active: false });
    expect(await rules({ text: '蓝湖独享' })).toEqual([]);
  });

  test('takes product types as a bank writes them', async () => {
    const lexicon = await client.call('lexicons.create', { name: '存款提示' });
    const versionId = lexicon.draft?.id;
    if (versionId === undefined) throw new Error('no draft');
    const disclosure = { kind: 'words' as const, words: ['存款保险'] };
    const rule = {
      kind: 'required' as const,
      when: { kind: 'words' as const, words: ['存单'] },
      productTypes: ['存款'],
      disclosures: [disclosure],
    };
    await client.call('lexicons.saveTerm', {
      versionId,
      id: null,
      term: { text: '规则：存单', category: '提示', severity: 'medium', options: { rule } },
    });
    await client.call('lexicons.publish', { lexiconId: lexicon.id, versionId });
    const content = { text: '大额存单开售', fields: { productType: 'deposit' } };
    expect(await checker.check(material(content))).toMatchObject([
      { level: 'warn', rule: 'disclosure-missing', params: { disclosure: '存款保险' } },
    ]);
    expect(await rules({ ...content, text: '大额存单开售，受存款保险保障' })).toEqual([]);
    expect(await rules({ ...content, fields: {} })).toEqual([]);
  });

  test('compares with the register as it is now', async () => {
    const product = {
      code: 'L1',
      name: '蓝湖季季享理财',
      type: 'wealth-management' as const,
      facts: [{ kind: 'rate' as const, label: '业绩比较基准', value: '3.1', unit: '%' }],
    };
    const added = await client.call('products.save', { product });
    const content = {
      text: '年化5.2%。理财非存款，产品有风险，投资须谨慎。',
      fields: { productId: added.id, productName: product.name, productType: 'wealth-management' },
    };
    expect(await rules(content)).toEqual(['fact-differs 业绩比较基准']);
    const facts = [{ ...product.facts[0], kind: 'rate' as const, label: '业绩比较基准', value: '5.2' }];
    await client.call('products.save', { id: added.id, revision: 1, product: { ...product, facts } });
    expect(await rules(content)).toEqual([]);
    await client.call('products.retire', { id: added.id, revision: 2 });
    expect(await rules(content)).toEqual(['product-expired 蓝湖季季享理财']);
  });

  test('goes by the list of domains in the settings, which refuses what is none', async () => {
    const settings = await client.call('settings.get');
    expect(settings.allowedDomains).toEqual([]);
    expect(await rules({ text: '见 https://m.lanhubank.com.cn/a' })).toEqual([
      'link-unchecked https://m.lanhubank.com.cn/a',
    ]);
    await client.call('settings.update', {
      ...settings,
      allowedDomains: ['LanhuBank.com.cn', 'lanhubank.com.cn'],
    });
    expect((await client.call('settings.get')).allowedDomains).toEqual(['lanhubank.com.cn']);
    expect(await rules({ text: '见 https://m.lanhubank.com.cn/a' })).toEqual([]);
    expect(await rules({ text: '见 evil.top' })).toEqual(['link-not-allowed evil.top']);
    // Whoever does not speak of them leaves them as they are.
    const { allowedDomains: _kept, ...rest } = settings;
    expect((await client.call('settings.update', rest)).allowedDomains).toEqual(['lanhubank.com.cn']);
    for (const wrong of ['https://a.com', 'a', 'a.com/b', '*.a.com'])
      expect(await client.code('settings.update', { ...settings, allowedDomains: [wrong] }), wrong).toBe(
        'bad-input',
      );
  });

  test('knows the day of the workspace’s own time zone', async () => {
    // 23:00 on the 27th in Shanghai.
    const content = { fields: { validFrom: '2026-11-01', validUntil: '2026-11-27' } };
    expect(await rules(content)).toEqual([]);
    clock.advance(2 * 60 * 60_000);
    expect(await rules(content)).toEqual(['validity-expired validUntil']);
  });

  test('answers many at once, each its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        checker.check(material({ body: paragraphs(index % 2 === 0 ? '保本保息' : '你好') })),
      ),
    );
    expect(answers.map((findings) => findings.length > 0)).toEqual(
      answers.map((_, index) => index % 2 === 0),
    );
  });

  test('ends when it is closed, and says so to whoever asks later', async () => {
    const own = createPrechecker({ connection, clock, log: createLog('silent') });
    const asked = own.check(material({})).then(
      () => 'answered',
      (error: unknown) => error,
    );
    await own.close();
    expect(await asked).toMatchObject({ code: 'cancelled' });
    await expect(own.check(material({}))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
