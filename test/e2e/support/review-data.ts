import { join } from 'node:path';

import type { ApprovalId, MaterialId, ReviewId } from '../../../src/core/contract/ids.ts';
import { contentOf, createMaterial, saveVersion } from '../../support/materials.ts';
import { decide, markChecked } from '../../support/reviews.ts';
import type { TestClient } from '../../support/workspace.ts';
import type { World } from './world.ts';

// Materials on their way to an approval, beside the browser.

export interface SubmittedMaterial {
  readonly materialId: MaterialId;
  readonly reviewId: ReviewId;
}

/** A new Moments post, checked and submitted for review. */
export async function submitPost(
  world: World,
  editor: TestClient,
  title: string,
  paragraphs: readonly string[] = ['夏日好时光，网点晚间延时服务至二十点。', '详情请到网点咨询。'],
): Promise<SubmittedMaterial> {
  const content = contentOf('moments-post', title, paragraphs, {
    fields: {
      channels: ['moments'],
      audience: '个人客户',
      productId: null,
      productName: '',
      productType: null,
      facts: [],
      validFrom: null,
      validUntil: null,
      landingUrl: '',
      sources: [],
      chartSource: '本行统计，截至二〇二六年六月末',
      branch: '',
      campaign: '',
    },
  });
  const { id: materialId } = await createMaterial(editor, content);
  const { version } = await saveVersion(editor, materialId);
  await markChecked({ workspace: join(world.home, 'test') }, version.id);
  const { id: reviewId } = await editor.call('reviews.submit', {
    materialId,
    versionId: version.id,
    risk: 'low',
  });
  return { materialId, reviewId };
}

/** The same, approved by these people in turn. */
export async function approvePost(
  world: World,
  editor: TestClient,
  reviewers: readonly TestClient[],
  title: string,
): Promise<SubmittedMaterial & { readonly approvalId: ApprovalId; readonly number: string }> {
  const submitted = await submitPost(world, editor, title);
  for (const [stage, reviewer] of reviewers.entries()) {
    await decide(reviewer, submitted.reviewId, 'approve', {
      note: '同意发布',
      // The first stage of the starter template asks this.
      answers: stage === 0 ? [{ key: 'sources', answer: 'yes' }] : [],
    });
  }
  const { approval } = await editor.call('reviews.get', { id: submitted.reviewId });
  if (approval === null) throw new Error(`${title} was not approved`);
  return { ...submitted, approvalId: approval.id, number: approval.number };
}
