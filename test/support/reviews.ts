import { join } from 'node:path';

import type { MaterialId, MaterialVersionId, ReviewId } from '../../src/core/contract/ids.ts';
import type { ProcedureInput } from '../../src/core/contract/index.ts';
import type { MaterialContent } from '../../src/core/features/reviews/material/contract.ts';
import type { PrecheckFinding } from '../../src/core/features/reviews/precheck/model.ts';
import type { TemplateStage, TemplateView } from '../../src/core/features/reviews/templates/contract.ts';
import type { ReviewView } from '../../src/core/features/reviews/workflow/contract.ts';
import type { Role } from '../../src/core/features/users/model.ts';
import { openDatabase } from '../../src/core/platform/database/connection.ts';
import { contentOf, createMaterial, editDraft, saveVersion } from './materials.ts';
import { type TestClient, type TestWorld, createClient } from './workspace.ts';

// Reviews as people run them: through dispatch, each person with a session of their own.

export const ownPassword = 'Meihua-shan-xia-3';

/** A person of that name, signed in. */
export async function addPerson(
  world: TestWorld,
  admin: TestClient,
  userName: string,
  roles: readonly Role[],
  branch = '',
): Promise<TestClient & { readonly id: ReviewView['material']['preparer']['id'] }> {
  const password = 'Yunduan-shang-9';
  const { id } = await admin.call('users.create', {
    userName,
    displayName: userName,
    password,
    roles: [...roles],
    branch,
  });
  const client = createClient(world.app);
  await client.call('users.signIn', { userName, password });
  await client.call('users.changeOwnPassword', { current: password, next: ownPassword });
  return { ...client, id };
}

/** A stage that any reviewer may decide, unless `rest` says otherwise. */
export function stageOf(key: string, rest: Partial<TemplateStage> = {}): TemplateStage {
  return {
    key,
    name: key,
    kind: 'decide',
    assignees: { users: [], roles: ['reviewer'], branch: 'any' },
    mode: 'any',
    quorum: 1,
    deadlineHours: null,
    remindHours: null,
    escalateTo: { users: [], roles: [] },
    questions: [],
    distinct: false,
    copyCondition: 'never',
    ...rest,
  };
}

let templates = 0;

/** A published template of these stages; the most specific for its type and risk. */
export async function publishTemplate(
  admin: TestClient,
  stages: readonly TemplateStage[],
  appliesTo: ProcedureInput<'templates.create'>['content']['appliesTo'] = {},
): Promise<TemplateView> {
  const created = await admin.call('templates.create', {
    content: {
      name: `template ${(templates += 1)}`,
      appliesTo,
      stages: [...stages],
      validityMonths: 12,
    },
  });
  return admin.call('templates.publish', { id: created.id, expectedUpdatedAt: created.updatedAt });
}

/** Stores what a pre-check of the version would have found, where none has run. */
export async function markChecked(
  world: Pick<TestWorld, 'workspace'>,
  versionId: MaterialVersionId,
  findings: readonly PrecheckFinding[] = [],
): Promise<void> {
  const connection = openDatabase(join(world.workspace, 'workspace.sqlite'));
  const count = (level: string) => findings.filter((finding) => finding.level === level).length;
  connection.handle
    .prepare(
      `UPDATE material_versions SET findings = ?, blocks = ?, warns = ?, notes = ?, precheck_at = 1
       WHERE id = ? AND precheck_at IS NULL`,
    )
    .run(JSON.stringify(findings), count('block'), count('warn'), count('note'), versionId);
  await connection.close();
}

/** A finding that blocks. */
export function blockFinding(key: string): PrecheckFinding {
  return {
    key,
    level: 'block',
    rule: 'lexicon',
    subject: '最佳',
    basis: '广告法 §9(3)',
    part: 'body',
    start: 0,
    end: 2,
    text: '最佳',
    params: {},
    suggestion: '',
    steps: [],
    exemptible: true,
  };
}

export interface Submitted {
  readonly materialId: MaterialId;
  readonly reviewId: ReviewId;
  readonly review: ReviewView;
}

/** A new material, its first version, checked and submitted. */
export async function submitMaterial(
  world: Pick<TestWorld, 'workspace'>,
  editor: TestClient,
  options: {
    readonly content?: MaterialContent;
    readonly risk?: 'low' | 'medium' | 'high';
    readonly findings?: readonly PrecheckFinding[];
    readonly exemptions?: ProcedureInput<'materials.saveDraft'>['exemptions'];
  } = {},
): Promise<Submitted> {
  const content = options.content ?? contentOf('moments-post', '稳健理财月报', ['产品有风险，投资须谨慎。']);
  const { id } = await createMaterial(editor, content);
  const { exemptions } = options;
  if (exemptions !== undefined) await editDraft(editor, id, () => ({ exemptions: [...exemptions] }));
  const review = await submitVersion(world, editor, id, options);
  return { materialId: id, reviewId: review.id, review };
}

/** Saves the draft as a version, has it checked, and submits it. */
export async function submitVersion(
  world: Pick<TestWorld, 'workspace'>,
  editor: TestClient,
  materialId: MaterialId,
  options: {
    readonly risk?: 'low' | 'medium' | 'high';
    readonly findings?: readonly PrecheckFinding[];
    readonly meets?: ProcedureInput<'reviews.submit'>['meets'];
  } = {},
): Promise<ReviewView> {
  const { version } = await saveVersion(editor, materialId);
  await markChecked(world, version.id, options.findings);
  return editor.call('reviews.submit', {
    materialId,
    versionId: version.id,
    risk: options.risk ?? 'low',
    meets: options.meets ?? [],
  });
}

/** What a decision about the review as it stands has to name. */
export function about(review: ReviewView) {
  return {
    reviewId: review.id,
    versionId: review.version.id,
    hash: review.version.hash,
    stageKey: review.stages[review.currentStage ?? 0]?.key ?? '',
  };
}

/** Decides about the review as it is now. */
export async function decide(
  client: TestClient,
  reviewId: ReviewId,
  decision: ProcedureInput<'reviews.decide'>['decision'],
  rest: Partial<ProcedureInput<'reviews.decide'>> = {},
): Promise<ReviewView> {
  const review = await client.call('reviews.get', { id: reviewId });
  return client.call('reviews.decide', { ...about(review), decision, ...rest });
}

/** The error's code and reason, or `ok`. */
export async function refusal(client: TestClient, name: string, input: unknown): Promise<string> {
  const answer = await client.try(name, input);
  if (answer.ok) return 'ok';
  const { code, details } = answer.error;
  return code === 'decision-refused' ? String(details['reason']) : code;
}
