import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { docxParts, paragraph, zipOf } from '../support/document-fixtures.ts';
import { approve, importChat, loan, loanText, storeBytes } from '../support/publication.ts';
import { addPerson, publishTemplate, stageOf } from '../support/reviews.ts';
import {
  type TestClient,
  type TestClock,
  type TestWorld,
  startTestWorld,
  testClock,
} from '../support/workspace.ts';

const day = 86_400_000;
/** The test's first day: what is approved is approved then. */
const start = Date.UTC(2026, 2, 1, 2);

let world: TestWorld;
let clock: TestClock;
let everything: TestClient;
let editor: TestClient;
let writer: TestClient;
let approval: Awaited<ReturnType<typeof approve>>;

beforeAll(async () => {
  clock = testClock(start);
  world = await startTestWorld({ clock });
  everything = await world.signIn('everything');
  editor = await world.signIn('editor');
  writer = await addPerson(world, everything, 'writer', ['editor']);
  await publishTemplate(everything, [stageOf('compliance')]);
  approval = await approve(world, writer, everything, loan);
});

afterAll(() => world.close());

const check = (text: string, publishedAt: number | null = null) =>
  editor.call('publication.check', { source: { kind: 'text', text }, publishedAt });

describe('checking a text', () => {
  test('says which approved version it is, and what that was worth', async () => {
    const result = await check(loanText);
    expect(result.verdict).toBe('identical');
    expect(result.matches).toEqual([
      expect.objectContaining({
        verdict: 'identical',
        relation: 'whole',
        part: 'whole',
        title: loan.title,
        versionId: approval.versionId,
        approvalId: approval.id,
        number: approval.number,
        standing: 'valid',
      }),
    ]);
    expect(result.compared?.diff.change).toBe('identical');
    expect((await check(loanText, start - 1)).matches[0]?.standing).toBe('not-yet');
    expect((await check(loanText, start + 500 * day)).matches[0]?.standing).toBe('expired');
  });

  test('tells width and white space from words, and shows what was altered', async () => {
    expect((await check(loanText.replaceAll('。', '。\n').replace('3.45%', '３．４５％'))).verdict).toBe(
      'trivially-different',
    );
    const altered = await check(loanText.replace('3.45%', '2.45%'));
    expect(altered.verdict).toBe('altered');
    expect(altered.compared?.approved).toBe(loanText);
    const spans = altered.compared?.diff.rows.flatMap((row) => row.spans) ?? [];
    expect(spans.filter((span) => span.kind !== 'same').length).toBeGreaterThan(0);
    expect((await check('周末亲子阅读会，欢迎带孩子来网点参加，名额三十个。')).verdict).toBe('no-approval');
  });

  test('sees at once what is approved and withdrawn meanwhile', async () => {
    const other = {
      title: '安心存上新',
      paragraphs: ['安心存三年期利率2.15%，五万元起存，可提前支取，每周二上新。'],
    };
    expect((await check(other.paragraphs[0] ?? '')).verdict).toBe('no-approval');
    const { id } = await approve(world, writer, everything, other);
    expect((await check(other.paragraphs[0] ?? '')).matches[0]).toMatchObject({
      verdict: 'identical',
      part: 'body',
      standing: 'valid',
    });
    clock.advance(1_000);
    await everything.call('approvals.withdraw', { id, reason: '利率已调整' });
    expect((await check(other.paragraphs[0] ?? '')).matches[0]?.standing).toBe('withdrawn');
    expect((await check(other.paragraphs[0] ?? '', start)).matches[0]?.standing).toBe('valid');
  });

  test.each([
    [
      'a.docx',
      async () => zipOf(docxParts([loan.title, ...loan.paragraphs].map((text) => paragraph(text)).join(''))),
    ],
    [
      'a.html',
      () =>
        `<h1>${loan.title}</h1>${loan.paragraphs.map((text) => `<p>${text}</p>`).join('')}<script>x</script>`,
    ],
    ['a.txt', () => loanText],
  ] as const)('reads %s', async (name, content) => {
    const bytes = Buffer.from(await content());
    const blobId = await storeBytes(world.app, writer, bytes);
    const result = await editor.call('publication.check', { source: { kind: 'file', blobId, name } });
    expect(result.problems).toEqual([]);
    expect(['identical', 'trivially-different']).toContain(result.verdict);
    expect(result.matches[0]?.approvalId).toBe(approval.id);
  });

  test('says what is wrong with a file, and refuses one of the archive to who may not read that', async () => {
    const broken = await storeBytes(world.app, writer, Buffer.from('%PDF-1.7 nothing'));
    const result = await editor.call('publication.check', {
      source: { kind: 'file', blobId: broken, name: 'a.pdf' },
    });
    expect(result).toMatchObject({ verdict: 'no-approval', matches: [], compared: null });
    expect(result.problems.length).toBeGreaterThan(0);
    await importChat(world, everything, [{ at: start + day, text: '在吗' }]);
    const messages = { kind: 'message', messageId: 1 };
    expect(await editor.code('publication.check', { source: messages })).toBe('forbidden');
    expect(await everything.code('publication.check', { source: messages })).toBe('ok');
  });

  test('keeps a check with the hash of what was checked', async () => {
    const text = loanText.replace('30万元', '50万元');
    const kept = await editor.call('publication.record', {
      source: { kind: 'text', text },
      note: '朋友圈截图转写',
    });
    expect(kept).toMatchObject({
      verdict: 'altered',
      number: approval.number,
      note: '朋友圈截图转写',
      by: 'editor',
    });
    expect(kept.contentHash).toBe((await check(text)).contentHash);
    expect((await editor.call('publication.checks'))[0]).toEqual(kept);
  });
});

describe('a run over the archive', () => {
  const find = async (states: readonly ('open' | 'confirmed' | 'dismissed')[] | null = null) => {
    const { ids } = await everything.call('findings.ids', {
      filter: { states: states === null ? null : [...states] },
    });
    return ids.length === 0 ? [] : everything.call('findings.rows', { ids });
  };
  const idOf = (row: Awaited<ReturnType<typeof find>>[number] | undefined) => {
    if (row === undefined) throw new Error('nothing was found');
    return row.id;
  };
  const run = async (onlyNew = true) => {
    const { id } = await everything.call('publication.startRun', { onlyNew });
    await world.app.idle();
    const done = (await everything.call('publication.runs')).find((each) => each.id === id);
    expect(done?.state).toBe('done');
    return done;
  };

  test('finds what is altered, not approved or out of date, once', async () => {
    const at = start + day;
    const promotion =
      '周周鑫理财今日开放申购，业绩比较基准年化3.1%，一万元起购，名额有限，先到先得，有意向的客户请尽快联系我预约额度，错过今天要等下个月。';
    await importChat(world, everything, [
      { at, text: loanText },
      { at: at + 1, text: `姐，这个您看看：\n${loanText}` },
      { at: at + 2, text: loanText.replace('3.45%', '2.45%') },
      { at: at + 3, text: promotion },
      { at: start - day, text: loanText },
      { at: at + 4, link: { title: loan.title, description: '线上申请，当天审批，提前还款不收违约金。' } },
      { at: at + 5, link: { title: '内部福利', description: '点击领取新客理财礼包' } },
      // Not promotional, not of an employee, not to anybody outside.
      { at: at + 6, text: '好的，您的理财明天到期' },
      { at: at + 7, text: promotion, from: 'wmkehu2', to: 'zhanglan' },
      { at: at + 8, text: promotion, to: 'lisi' },
    ]);
    const done = await run();
    expect(done).toMatchObject({ promotional: 7, findings: 4 });
    const found = await find();
    expect(found.map(({ kind, standing }) => [kind, standing])).toEqual([
      ['no-approval', null],
      ['no-approval', null],
      ['altered', 'valid'],
      ['not-yet', 'not-yet'],
    ]);
    expect(found[2]).toMatchObject({
      number: approval.number,
      state: 'open',
      sender: { externalId: 'zhanglan' },
    });
    const compared = await everything.call('publication.compareFinding', { id: idOf(found[2]) });
    expect(compared.match).toMatchObject({ verdict: 'altered', approvalId: approval.id });
    expect(compared.compared?.approved).toBe(loanText);
    const none = await everything.call('publication.compareFinding', { id: idOf(found[0]) });
    expect(none).toEqual({ match: null, compared: null });

    expect(await run()).toMatchObject({ messages: 0, findings: 0 });
    expect(await run(false)).toMatchObject({ promotional: 7, findings: 0 });
    expect(await find()).toHaveLength(4);
  });

  test('a finding is decided by somebody, with a reason, and taken back', async () => {
    const [first] = await find();
    if (first === undefined) throw new Error('nothing was found');
    const { findings, dispositionIds } = await everything.call('findings.decide', {
      findingIds: [first.id],
      decision: 'confirmed',
      reasonCode: 'violation',
      note: '已约谈',
    });
    expect(findings[0]).toMatchObject({
      state: 'confirmed',
      decidedBy: 'everything',
      reasonCode: 'violation',
    });
    const detail = await everything.call('findings.get', { id: first.id });
    expect(detail.context.some((message) => message.id === first.messageId)).toBe(true);
    expect(detail.history).toEqual([expect.objectContaining({ decision: 'confirmed', note: '已约谈' })]);
    await everything.call('findings.undo', { dispositionIds });
    expect((await everything.call('findings.get', { id: first.id })).finding.state).toBe('open');
    expect(await everything.code('findings.undo', { dispositionIds })).toBe('nothing-to-undo');
    expect(await editor.code('findings.ids')).toBe('forbidden');
  });

  test('a mailing is looked at where one of its copies would not be', async () => {
    const text = '本周六网点举办亲子理财沙龙，欢迎带孩子参加，现场有小礼物和茶点';
    const copies = Array.from({ length: 5 }, (_, index) => ({
      at: start + 2 * day + index,
      text,
      to: `wmmass${index}`,
    }));
    await importChat(world, everything, copies.slice(0, 4));
    expect(await run()).toMatchObject({ promotional: 0 });
    await importChat(world, everything, copies.slice(4));
    // The fifth makes it one; the others are looked at when all are looked at again.
    expect(await run()).toMatchObject({ promotional: 1, findings: 1 });
    expect(await run(false)).toMatchObject({ findings: 4 });
  });
});
