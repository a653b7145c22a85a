import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type LocalApp, createApp } from '../../src/core/app.ts';
import { CalendarDay } from '../../src/core/contract/ids.ts';
import { type ProcedureName, contract } from '../../src/core/contract/index.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { verifyAudit } from '../../src/core/features/audit/index.ts';
import { contentOf, materialWithVersion } from '../support/materials.ts';
import { importChat } from '../support/publication.ts';
import { addPerson, blockFinding, decide, markChecked, submitMaterial } from '../support/reviews.ts';
import {
  type TestClient,
  type TestWorld,
  cheapPasswords,
  createClient,
  createTestWorkspace,
  resources,
  startTestWorld,
  testPassword,
} from '../support/workspace.ts';

// Every mutation leaves an event that names its user. A new one without a scenario here fails the first test.

interface Act {
  /** Whom the event must name. */
  readonly by: string;
  /** Where the audit log lies: the folder of the workspace that it changes. */
  readonly directory: string;
  readonly act: () => Promise<unknown>;
}

let world: TestWorld;
/** Holds every role that changes things. */
let everything: TestClient;
/** Only edits, so that `everything` may decide about what it wrote. */
let writer: TestClient;
let home: LocalApp;

beforeAll(async () => {
  world = await startTestWorld();
  everything = await world.signIn('everything');
  writer = await addPerson(world, everything, 'writer', ['editor']);
  await createTestWorkspace(join(world.folder, 'home', 'branch'));
  home = await createApp({
    home: join(world.folder, 'home'),
    resources,
    version: '',
    log: createLog('silent'),
    passwordCost: cheapPasswords,
  });
});

afterAll(async () => {
  await home.close();
  await world.close();
});

// What a job records at its end must not pass for the event of the mutation that comes next.
afterEach(async () => {
  await world.app.idle();
});

const here = (by: string, act: () => Promise<unknown>): Act => ({ by, directory: world.workspace, act });
const mine = (act: () => Promise<unknown>): Act => here('everything', act);

async function storeFile(text: string) {
  const upload = await world.app.prepareUpload(everything.caller());
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.from(text));
  }
  return (await createBlobStore(upload.blobDirectory).write(bytes())).id;
}

const line = (index: number) =>
  JSON.stringify({
    msgid: `coverage-${index}`,
    action: 'send',
    from: 'zhanglan',
    tolist: ['wmkehu1'],
    roomid: '',
    msgtime: 1_767_225_600_000 + index,
    msgtype: 'text',
    text: { content: `第 ${index} 天，我们的蓝湖计划收益可观` },
  });

let counter = 0;
const unique = (stem: string) => `${stem}-${(counter += 1)}`;

async function draft() {
  const lexicon = await everything.call('lexicons.create', { name: unique('lexicon'), description: '' });
  const started = await everything.call('lexicons.startDraft', { lexiconId: lexicon.id });
  if (started.draft === null) throw new Error('no draft');
  return { lexiconId: lexicon.id, versionId: started.draft.id };
}

const term = { text: '蓝湖计划', category: '测试', severity: 'high' as const };

async function suppression() {
  return everything.call('lexicons.addSuppression', {
    suppression: { phrase: '蓝湖计划不承诺收益' },
    reason: '标准提示语',
    expiresAt: Date.now() + 86_400_000,
  });
}

async function product() {
  const code = unique('P');
  return everything.call('products.save', { product: { code, name: code, type: 'wealth-management' } });
}

async function published() {
  const { lexiconId, versionId } = await draft();
  await everything.call('lexicons.saveTerm', { versionId, id: null, term });
  await everything.call('lexicons.publish', { lexiconId, versionId });
  return lexiconId;
}

async function importMessages() {
  const blobId = await storeFile(`${line((counter += 1))}\n${line((counter += 1))}\n`);
  await everything.call('archive.startImport', { files: [{ blobId, name: 'chat.jsonl' }] });
  await world.app.idle();
}

async function openHits() {
  await importMessages();
  const lexiconId = await published();
  await everything.call('supervision.startScreening', { lexiconIds: [lexiconId] });
  await world.app.idle();
  const { ids } = await everything.call('supervision.hitIds', { filter: { states: ['open'] } });
  const [first] = ids;
  if (first === undefined) throw new Error('no hits');
  return [first];
}

async function openFindings() {
  await importChat(world, everything, [
    { at: 1_767_225_600_000 + (counter += 1), link: { title: unique('新品上市'), description: '点击预约' } },
  ]);
  await everything.call('publication.startRun');
  await world.app.idle();
  const { ids } = await everything.call('findings.ids', { filter: { states: ['open'] } });
  const [first] = ids;
  if (first === undefined) throw new Error('no findings');
  return [first];
}

async function account() {
  const userName = unique('user');
  return everything.call('users.create', {
    userName,
    displayName: userName,
    password: 'Yunduan-shang-9',
    roles: ['reviewer'],
  });
}

async function material() {
  const { id } = await everything.call('materials.create', { type: 'poster' });
  const { content, revision } = await everything.call('materials.draft', { id });
  const changed = { ...content, title: unique('poster') };
  return { id, baseRevision: revision, content: changed };
}

async function changedMaterial() {
  const { id, baseRevision, content } = await material();
  const { revision } = await everything.call('materials.saveDraft', { id, baseRevision, content });
  return { id, baseRevision: revision };
}

async function template() {
  const content = {
    name: unique('template'),
    validityMonths: 12,
    stages: [
      {
        key: 'a',
        name: 'a',
        kind: 'decide' as const,
        mode: 'any' as const,
        assignees: { roles: ['reviewer' as const] },
      },
    ],
  };
  const { id, updatedAt } = await everything.call('templates.create', { content });
  return { id, content, expectedUpdatedAt: updatedAt };
}

async function publishedTemplate() {
  const { id, expectedUpdatedAt, content } = await template();
  const { updatedAt } = await everything.call('templates.publish', { id, expectedUpdatedAt });
  return { id, content, expectedUpdatedAt: updatedAt };
}

/** A review that the editor's material waits in, for anybody who reviews. */
async function review(options: Parameters<typeof submitMaterial>[2] = {}) {
  await publishedTemplate();
  const text = unique('moments');
  return submitMaterial(world, writer, {
    content: contentOf('moments-post', text, [text]),
    ...options,
  });
}

async function thread(rest: { readonly mustFix?: boolean; readonly suggestion?: string } = {}) {
  const submitted = await review();
  const { id, version, material } = submitted.review;
  const { title } = material;
  const begun = await everything.call('reviews.comment', {
    reviewId: id,
    versionId: version.id,
    anchor: {
      kind: 'text',
      part: 'title',
      quote: { exact: title, prefix: '', suffix: '' },
      position: { start: 0, end: title.length },
    },
    text: '请修改',
    ...rest,
  });
  return { ...submitted, threadId: begun.id };
}

async function approval() {
  const { reviewId } = await review();
  const approved = await decide(everything, reviewId, 'approve');
  if (approved.approval === null) throw new Error('not approved');
  return everything.call('approvals.get', { id: approved.approval.id });
}

async function delegation() {
  const people = await everything.call('reviews.reviewers');
  const other = people.find(({ name }) => name === 'reviewer');
  if (other === undefined) throw new Error('no other reviewer');
  const beginsAt = Date.now();
  return everything.call('delegations.add', {
    to: other.id,
    beginsAt,
    endsAt: beginsAt + 3_600_000,
    reason: '休假',
  });
}

/** A leaver whose account has written a material: a row of the sheet without any feed. */
async function handover() {
  const id = await userId('writer');
  const opened = await everything.call('handovers.open', {
    leaver: unique('leaver'),
    leaverUser: id,
    lastDay: CalendarDay.parse('2026-03-31'),
  });
  return { handoverId: opened.id, revision: opened.revision };
}

async function userId(userName: string) {
  const found = (await everything.call('handovers.accounts')).find((one) => one.userName === userName);
  if (found === undefined) throw new Error(`no account ${userName}`);
  return found.userId;
}

/** A leaver who led a customer elsewhere and promised something. */
async function departure() {
  const leaver = unique('leaver');
  const said = (content: string) =>
    JSON.stringify({
      msgid: unique('said'),
      action: 'send',
      from: leaver,
      tolist: ['wmCoverage'],
      roomid: '',
      msgtime: Date.UTC(2026, 2, 20),
      msgtype: 'text',
      text: { content },
    });
  const lines = [said('加我私人微信'), said('明天给您送合同')].join('\n');
  const blobId = await storeFile(`${lines}\n`);
  await everything.call('archive.startImport', {
    files: [{ blobId, name: `${leaver}.jsonl` }],
    kind: 'chat',
  });
  await world.app.idle();
  return everything.call('handovers.open', { leaver, lastDay: CalendarDay.parse('2026-03-31') });
}

async function rowOfHandover() {
  const created = await writer.call('materials.create', { type: 'script' });
  const { handoverId } = await handover();
  return { handoverId, class: 'materials' as const, items: [created.id] };
}

/** A frozen sheet: `reviewer` takes over, and everything supervises. */
async function frozenSheet() {
  const opened = await everything.call('handovers.open', {
    leaver: unique('leaver'),
    takers: [{ taker: unique('taker'), userId: await userId('reviewer') }],
    supervisorUser: await userId('everything'),
    lastDay: CalendarDay.parse('2026-03-31'),
  });
  const { id, revision } = opened;
  const { current } = await everything.call('handovers.freeze', { id, revision });
  if (current === null) throw new Error('nothing was frozen');
  return { id, snapshotId: current.id, hash: current.hash };
}

const scenarios: Partial<Record<ProcedureName, () => Promise<Act>>> = {
  'users.signIn': async () =>
    here('reviewer', () =>
      world.anonymous().call('users.signIn', { userName: 'reviewer', password: testPassword }),
    ),
  'users.signOut': async () => {
    const client = await world.signIn('approver');
    return here('approver', () => client.call('users.signOut'));
  },
  'users.lock': async () => {
    const client = await world.signIn('approver');
    return here('approver', () => client.call('users.lock'));
  },
  'users.unlock': async () => {
    const client = await world.signIn('approver');
    await client.call('users.lock');
    return here('approver', () => client.call('users.unlock', { password: testPassword }));
  },
  'users.changeOwnPassword': async () => {
    const client = await world.signIn('editor');
    const change = { current: testPassword, next: 'Meihua-shan-xia-3' };
    return here('editor', () => client.call('users.changeOwnPassword', change));
  },
  'users.create': async () => mine(account),
  'users.update': async () => {
    const user = await account();
    return mine(() =>
      everything.call('users.update', { ...user, displayName: 'Other', expectedUpdatedAt: user.updatedAt }),
    );
  },
  'users.resetPassword': async () => {
    const user = await account();
    return mine(() => everything.call('users.resetPassword', { id: user.id, password: 'Meihua-shan-xia-3' }));
  },
  'settings.update': async () => {
    const settings = await everything.call('settings.get');
    return mine(() => everything.call('settings.update', { ...settings, idleLockMinutes: 33 }));
  },
  'calendar.save': async () => {
    const { officeHours, updatedAt } = await everything.call('calendar.get');
    return mine(() => everything.call('calendar.save', { officeHours, expectedUpdatedAt: updatedAt }));
  },
  'calendar.importYear': async () => mine(() => everything.call('calendar.importYear', { year: 2026 })),
  'templates.create': async () => mine(template),
  'templates.saveDraft': async () => {
    const saved = await template();
    return mine(() => everything.call('templates.saveDraft', saved));
  },
  'templates.discardDraft': async () => {
    const saved = await publishedTemplate();
    await everything.call('templates.saveDraft', saved);
    return mine(() => everything.call('templates.discardDraft', { id: saved.id }));
  },
  'templates.publish': async () => {
    const { id, expectedUpdatedAt } = await template();
    return mine(() => everything.call('templates.publish', { id, expectedUpdatedAt }));
  },
  'templates.setActive': async () => {
    const { id } = await publishedTemplate();
    return mine(() => everything.call('templates.setActive', { id, active: false }));
  },
  'templates.addStarters': async () => mine(() => everything.call('templates.addStarters')),
  'reviews.submit': async () => {
    await publishedTemplate();
    const { id, version } = await materialWithVersion(writer, contentOf('moments-post', unique('moments')));
    await markChecked(world, version.id);
    return here('writer', () =>
      writer.call('reviews.submit', { materialId: id, versionId: version.id, risk: 'low' }),
    );
  },
  'reviews.decide': async () => {
    const { reviewId } = await review();
    return mine(() => decide(everything, reviewId, 'approve'));
  },
  'reviews.acceptExemption': async () => {
    const submitted = await review({
      findings: [blockFinding('k')],
      exemptions: [{ findingKey: 'k', code: 'award', reason: '奖项' }],
    });
    const { id, version } = submitted.review;
    return mine(() =>
      everything.call('reviews.acceptExemption', { reviewId: id, versionId: version.id, findingKey: 'k' }),
    );
  },
  'reviews.tickCondition': async () => {
    const { reviewId } = await review();
    const waiting = await decide(everything, reviewId, 'approve-with-conditions', {
      conditions: ['补充来源'],
    });
    const conditionId = waiting.conditions[0]?.id;
    if (conditionId === undefined) throw new Error('no condition');
    return mine(() => everything.call('reviews.tickCondition', { conditionId }));
  },
  'reviews.cancel': async () => {
    const { reviewId } = await review();
    return here('writer', () => writer.call('reviews.cancel', { id: reviewId, reason: '不发了' }));
  },
  'reviews.reassign': async () => {
    const submitted = await review();
    const [first] = await everything.call('reviews.reviewers');
    if (first === undefined) throw new Error('no reviewer');
    return mine(() =>
      everything.call('reviews.reassign', { id: submitted.reviewId, users: [first.id], reason: '出差' }),
    );
  },
  'reviews.comment': async () => mine(thread),
  'reviews.reply': async () => {
    const { threadId } = await thread();
    return mine(() => everything.call('reviews.reply', { threadId, text: '好的' }));
  },
  'reviews.resolveThread': async () => {
    const { threadId } = await thread();
    return mine(() => everything.call('reviews.resolveThread', { threadId, resolved: true }));
  },
  'reviews.setMustFix': async () => {
    const { threadId } = await thread();
    return mine(() => everything.call('reviews.setMustFix', { threadId, mustFix: true }));
  },
  'reviews.acceptSuggestion': async () => {
    const { threadId, materialId } = await thread({ suggestion: '新标题' });
    const { revision } = await everything.call('materials.draft', { id: materialId });
    return mine(() => everything.call('reviews.acceptSuggestion', { threadId, baseRevision: revision }));
  },
  'delegations.add': async () => mine(delegation),
  'delegations.end': async () => {
    const { id } = await delegation();
    return mine(() => everything.call('delegations.end', { id }));
  },
  'notices.read': async () => mine(() => everything.call('notices.read')),
  'approvals.recordUse': async () => {
    const { id, approvedAt } = await approval();
    return mine(() =>
      everything.call('approvals.recordUse', { id, channel: 'moments', place: '朋友圈', usedAt: approvedAt }),
    );
  },
  'approvals.withdraw': async () => {
    const { id } = await approval();
    return mine(() => everything.call('approvals.withdraw', { id, reason: '产品停售' }));
  },
  'jobs.cancel': async () => {
    // One that waits behind another: it can't have ended by the time it is cancelled.
    const blobId = await storeFile(`${line((counter += 1))}\n`);
    const files = [{ blobId, name: 'chat.jsonl' }];
    await everything.call('archive.startImport', { files });
    const { jobId } = await everything.call('archive.startImport', { files });
    return mine(() => everything.call('jobs.cancel', { id: jobId }));
  },
  'archive.startImport': async () => {
    const blobId = await storeFile(`${line((counter += 1))}\n`);
    return mine(() => everything.call('archive.startImport', { files: [{ blobId, name: 'chat.jsonl' }] }));
  },
  'feeds.saveMapping': async () =>
    mine(() =>
      everything.call('feeds.saveMapping', {
        name: unique('mapping'),
        feed: 'roster',
        columns: { name: '姓名' },
      }),
    ),
  'feeds.deleteMapping': async () => {
    const name = unique('mapping');
    await everything.call('feeds.saveMapping', { name, feed: 'roster', columns: { name: '姓名' } });
    return mine(() => everything.call('feeds.deleteMapping', { name }));
  },
  'lexicons.create': async () => mine(() => everything.call('lexicons.create', { name: unique('lexicon') })),
  'lexicons.update': async () => {
    const { lexiconId } = await draft();
    const change = { id: lexiconId, name: unique('renamed'), description: '', active: false };
    return mine(() => everything.call('lexicons.update', change));
  },
  'lexicons.startDraft': async () => {
    const lexiconId = await published();
    return mine(() => everything.call('lexicons.startDraft', { lexiconId }));
  },
  'lexicons.discardDraft': async () => {
    const lexiconId = await published();
    await everything.call('lexicons.startDraft', { lexiconId });
    return mine(() => everything.call('lexicons.discardDraft', { lexiconId }));
  },
  'lexicons.saveTerm': async () => {
    const { versionId } = await draft();
    return mine(() => everything.call('lexicons.saveTerm', { versionId, id: null, term }));
  },
  'lexicons.removeTerms': async () => {
    const { versionId } = await draft();
    const saved = await everything.call('lexicons.saveTerm', { versionId, id: null, term });
    return mine(() => everything.call('lexicons.removeTerms', { versionId, ids: [saved.term.id] }));
  },
  'lexicons.importTerms': async () => {
    const { lexiconId } = await draft();
    const blobId = await storeFile('蓝湖计划\n# 注释\n金帆计划\n');
    return mine(() => everything.call('lexicons.importTerms', { lexiconId, blobId, fileName: 'terms.txt' }));
  },
  'lexicons.publish': async () => {
    const { lexiconId, versionId } = await draft();
    await everything.call('lexicons.saveTerm', { versionId, id: null, term });
    return mine(() => everything.call('lexicons.publish', { lexiconId, versionId }));
  },
  'lexicons.saveSettings': async () => {
    const { versionId } = await draft();
    return mine(() =>
      everything.call('lexicons.saveSettings', { versionId, revision: 0, settings: { folds: ['width'] } }),
    );
  },
  'products.save': async () => mine(product),
  'products.retire': async () => {
    const { id, revision } = await product();
    return mine(() => everything.call('products.retire', { id, revision }));
  },
  'products.import': async () => {
    const blobId = await storeFile(`产品代码,产品名称,产品类型\n${unique('P')},安心${counter},理财\n`);
    return mine(() => everything.call('products.import', { blobId, fileName: 'products.csv' }));
  },
  'lexicons.addSuppression': async () => mine(suppression),
  'lexicons.endSuppression': async () => {
    const { id } = await suppression();
    return mine(() => everything.call('lexicons.endSuppression', { id }));
  },
  'lexicons.startBacktest': async () => {
    const { versionId } = await draft();
    return mine(() => everything.call('lexicons.startBacktest', { versionId }));
  },
  'supervision.startScreening': async () => {
    await importMessages();
    const lexiconId = await published();
    return mine(() => everything.call('supervision.startScreening', { lexiconIds: [lexiconId] }));
  },
  'supervision.decide': async () => {
    const hitIds = await openHits();
    return mine(() => everything.call('supervision.decide', { hitIds, decision: 'dismissed' }));
  },
  'supervision.undo': async () => {
    const hitIds = await openHits();
    const { dispositionIds } = await everything.call('supervision.decide', { hitIds, decision: 'confirmed' });
    return mine(() => everything.call('supervision.undo', { dispositionIds }));
  },
  'supervision.saveView': async () =>
    mine(() => everything.call('supervision.saveView', { name: unique('view'), filter: {}, sort: {} })),
  'supervision.removeView': async () => {
    const view = await everything.call('supervision.saveView', {
      name: unique('view'),
      filter: {},
      sort: {},
    });
    return mine(() => everything.call('supervision.removeView', { id: view.id }));
  },
  'publication.record': async () =>
    mine(() => everything.call('publication.record', { source: { kind: 'text', text: unique('text') } })),
  'publication.startRun': async () => mine(() => everything.call('publication.startRun')),
  'findings.decide': async () => {
    const findingIds = await openFindings();
    return mine(() => everything.call('findings.decide', { findingIds, decision: 'dismissed' }));
  },
  'findings.undo': async () => {
    const findingIds = await openFindings();
    const { dispositionIds } = await everything.call('findings.decide', {
      findingIds,
      decision: 'confirmed',
    });
    return mine(() => everything.call('findings.undo', { dispositionIds }));
  },
  'materials.create': async () => mine(() => everything.call('materials.create', { type: 'script' })),
  'materials.saveDraft': async () => {
    const change = await material();
    return mine(() => everything.call('materials.saveDraft', change));
  },
  'materials.discardDraft': async () => {
    const changed = await changedMaterial();
    return mine(() => everything.call('materials.discardDraft', changed));
  },
  'materials.saveVersion': async () => {
    const changed = await changedMaterial();
    return mine(() => everything.call('materials.saveVersion', changed));
  },
  'materials.attach': async () => {
    const { id } = await material();
    const blobId = await storeFile(unique('附件'));
    return mine(() => everything.call('materials.attach', { id, blobId, name: 'note.txt' }));
  },
  'materials.retire': async () => {
    const { id } = await material();
    return mine(() => everything.call('materials.retire', { id, reason: '活动取消' }));
  },
  'handovers.open': async () => mine(handover),
  'handovers.update': async () => {
    const { handoverId: id, revision } = await handover();
    const change = { lastDay: CalendarDay.parse('2026-04-30'), reason: '离职' };
    return mine(() => everything.call('handovers.update', { id, revision, change }));
  },
  'handovers.dismissSuggestion': async () =>
    mine(() =>
      everything.call('handovers.dismissSuggestion', { leaver: unique('leaver'), reason: '调岗，不离职' }),
    ),
  'handovers.explain': async () => {
    const row = await rowOfHandover();
    return mine(() => everything.call('handovers.explain', { ...row, text: '已当面交接' }));
  },
  'handovers.assign': async () => {
    const row = await rowOfHandover();
    return mine(() => everything.call('handovers.assign', { ...row, taker: 'wuhao' }));
  },
  'handovers.dismissFinding': async () => {
    const { id } = await departure();
    const [finding] = (await everything.call('handovers.timeline', { id })).findings;
    const input = { id, key: finding?.key ?? '', dismissed: true, reason: '行内工作号' };
    return mine(() => everything.call('handovers.dismissFinding', input));
  },
  'handovers.decidePromise': async () => {
    const { id } = await departure();
    const [promise] = (await everything.call('handovers.promises', { id })).promises;
    const input = { id, key: promise?.key ?? '', decision: 'dismissed' as const, note: '已办' };
    return mine(() => everything.call('handovers.decidePromise', input));
  },
  'handovers.freeze': async () => mine(frozenSheet),
  'handovers.sign': async () => {
    const { snapshotId, hash } = await frozenSheet();
    const place = { role: 'supervisor' as const, party: '' };
    return mine(() =>
      everything.call('handovers.sign', { snapshotId, hash, ...place, password: testPassword }),
    );
  },
  'handovers.recordAbsence': async () => {
    const { snapshotId, hash } = await frozenSheet();
    const absence = { snapshotId, hash, reason: '已离行', password: testPassword };
    return mine(() => everything.call('handovers.recordAbsence', absence));
  },
  'handovers.reopen': async () => {
    const { id } = await frozenSheet();
    return mine(() => everything.call('handovers.reopen', { id, reason: '补录' }));
  },
  'workspaces.create': async () => {
    const admin = { userName: 'mingyue', displayName: '何明月', password: 'Chuangqian-guang-7' };
    return {
      by: 'mingyue',
      directory: join(world.folder, 'home', 'new-one'),
      act: () => createClient(home).call('workspaces.create', { title: 'New one', admin }),
    };
  },
  // Before anybody has signed in there is no name to give.
  'workspaces.open': async () => ({
    by: 'anonymous',
    directory: join(world.folder, 'home', 'branch'),
    act: () => createClient(home).call('workspaces.open', { name: 'branch' }),
  }),
  'workspaces.openDemo': async () => ({
    // Made just now, it begins with the events of its own making: nobody is signed in, and its past is written first.
    by: 'system',
    directory: join(world.folder, 'home', 'demo'),
    act: () => createClient(home).call('workspaces.openDemo'),
  }),
  'workspaces.close': async () => {
    const client = createClient(home);
    await client.call('workspaces.open', { name: 'branch' });
    await client.call('users.signIn', { userName: 'reviewer', password: testPassword });
    return {
      by: 'reviewer',
      directory: join(world.folder, 'home', 'branch'),
      act: () => client.call('workspaces.close'),
    };
  },
};

/** The log's events from a sequence on, read beside the app: what counts is what is stored. */
async function eventsFrom(directory: string, sequence: number) {
  const connection = openDatabase(join(directory, 'workspace.sqlite'), { readonly: true });
  try {
    return connection.handle
      .prepare<[number], { sequence: number; body: string }>(
        'SELECT sequence, body FROM audit_events WHERE sequence >= ? ORDER BY sequence',
      )
      .all(sequence);
  } finally {
    await connection.close();
  }
}

const names = (Object.keys(contract) as ProcedureName[]).filter((name) => contract[name].kind !== 'query');

test('every mutation of the contract has a scenario, and no scenario is left over', () => {
  expect(Object.keys(scenarios).toSorted()).toEqual(names.toSorted());
});

describe('leaves an event that names its user:', () => {
  test.each(names)('%s', async (name) => {
    const scenario = scenarios[name];
    if (scenario === undefined) throw new Error(`${name} has no scenario`);
    const { by, directory, act } = await scenario();
    // A workspace that the act makes has no log yet.
    const before = await eventsFrom(directory, 0).catch(() => []);
    await act();
    const after = await eventsFrom(directory, before.length);
    const actors = after.map(
      (event) => (JSON.parse(event.body) as { actor: { userName: string } }).actor.userName,
    );
    expect(actors).toContain(by);
  });

  test('and all of it is one unbroken log', async () => {
    await world.app.idle();
    const connection = openDatabase(join(world.workspace, 'workspace.sqlite'), { readonly: true });
    expect(await verifyAudit(connection.query)).toMatchObject({ ok: true, problems: [] });
    await connection.close();
  });
});
