import type { MaterialId } from '../../../contract/ids.ts';
import type { MaterialContent } from '../../reviews/material/contract.ts';
import type { ReviewView } from '../../reviews/workflow/contract.ts';
import type { DemoHands, DemoPerson } from '../hands.ts';
import type { Act } from './acts.ts';
import { anchorOf, withWords } from './content.ts';
import type { DemoItem } from './items.ts';

/** Does what the act says, in that person's name, to what is there by now. A new material is answered. */
export async function perform(
  hands: DemoHands,
  item: DemoItem,
  act: Exclude<Act, { do: 'materials.create' }>,
  id: MaterialId,
): Promise<void> {
  const { call } = hands;
  switch (act.do) {
    case 'materials.saveDraft':
      return save(hands, act.by, id, (content) => withWords(content, act.replace));
    case 'materials.attach': {
      const attached = await call(act.by, 'materials.attach', {
        id,
        blobId: await hands.store(act.file),
        name: act.name,
      });
      return save(hands, act.by, id, (content) => ({ ...content, attachments: [attached] }));
    }
    case 'claim': {
      const { findings } = await call(act.by, 'materials.precheck', { id, content: null });
      const exemptions = findings
        .filter(({ level, exemptible }) => level === 'block' && exemptible)
        .map(({ key }) => ({ findingKey: key, code: act.code, reason: act.reason }));
      const draft = await call(act.by, 'materials.draft', { id });
      await call(act.by, 'materials.saveDraft', {
        id,
        content: draft.content,
        exemptions,
        baseRevision: draft.revision,
      });
      return;
    }
    case 'materials.saveVersion': {
      const { revision } = await call(act.by, 'materials.draft', { id });
      await call(act.by, 'materials.saveVersion', { id, baseRevision: revision, note: act.note });
      return;
    }
    case 'materials.retire':
      await call(act.by, 'materials.retire', { id, reason: act.reason });
      return;
    case 'reviews.submit': {
      const { latestVersionId } = await call(act.by, 'materials.get', { id });
      if (latestVersionId === null) throw new Error(`material ${item.number} has no version`);
      await call(act.by, 'reviews.submit', {
        materialId: id,
        versionId: latestVersionId,
        risk: item.text.risk,
        meets: [],
      });
      return;
    }
    case 'approvals.recordUse': {
      const approval = await newestApproval(hands, id);
      await call(act.by, 'approvals.recordUse', {
        id: approval,
        channel: act.channel,
        place: act.place,
        usedAt: hands.now(),
      });
      return;
    }
    case 'approvals.withdraw':
      await call(act.by, 'approvals.withdraw', { id: await newestApproval(hands, id), reason: act.reason });
      return;
    case 'reviews.reassign':
    case 'reviews.decide':
    case 'reviews.comment':
    case 'reviews.reply':
    case 'reviews.resolveThread':
    case 'reviews.acceptSuggestion':
    case 'reviews.acceptExemption':
    case 'reviews.tickCondition':
    case 'reviews.cancel':
      return inReview(hands, act, await newestReview(hands, id));
  }
}

/** What is done within a review. */
type ReviewAct = Extract<
  Act,
  {
    do:
      | 'reviews.reassign'
      | 'reviews.decide'
      | 'reviews.comment'
      | 'reviews.reply'
      | 'reviews.resolveThread'
      | 'reviews.acceptSuggestion'
      | 'reviews.acceptExemption'
      | 'reviews.tickCondition'
      | 'reviews.cancel';
  }
>;

async function inReview(hands: DemoHands, act: ReviewAct, review: ReviewView): Promise<void> {
  const { call } = hands;
  const about = { reviewId: review.id, versionId: review.version.id };
  switch (act.do) {
    case 'reviews.reassign':
      await call('admin', 'reviews.reassign', {
        id: review.id,
        users: [hands.idOf(act.to)],
        reason: act.reason,
      });
      return;
    case 'reviews.decide': {
      const stage = review.stages[review.currentStage ?? -1];
      await call(act.by, 'reviews.decide', {
        ...about,
        hash: review.version.hash,
        stageKey: stage?.key ?? '',
        decision: act.decision,
        onBehalfOf: act.onBehalfOf === undefined ? null : hands.idOf(act.onBehalfOf),
        reasonCodes: [...(act.reasonCodes ?? [])],
        answers: (stage?.questions ?? []).map(({ key, kind, accepted }) => ({
          key,
          answer: kind === 'yes-no' ? (accepted ?? 'yes') : basis,
        })),
        conditions: [...(act.conditions ?? [])],
        note: act.note ?? '',
      });
      return;
    }
    case 'reviews.comment': {
      const { content } = await call(act.by, 'materials.version', { id: review.version.id });
      const { quote, text, mustFix = false, suggestion = null } = act.remark;
      await call(act.by, 'reviews.comment', {
        ...about,
        anchor: anchorOf(content, quote),
        text,
        mustFix,
        suggestion,
      });
      return;
    }
    case 'reviews.reply':
      await call(act.by, 'reviews.reply', { threadId: newestThread(review).id, text: act.text });
      return;
    case 'reviews.resolveThread':
      await call(act.by, 'reviews.resolveThread', { threadId: newestThread(review).id, resolved: true });
      return;
    case 'reviews.acceptSuggestion': {
      const { revision } = await call(act.by, 'materials.draft', { id: review.material.id });
      await call(act.by, 'reviews.acceptSuggestion', {
        threadId: newestThread(review).id,
        baseRevision: revision,
      });
      return;
    }
    case 'reviews.acceptExemption': {
      const { claimed } = await call(act.by, 'materials.version', { id: review.version.id });
      const [first] = claimed;
      if (first === undefined) throw new Error(`nothing is claimed for ${review.material.title}`);
      await call(act.by, 'reviews.acceptExemption', {
        ...about,
        findingKey: first.findingKey,
        note: act.note,
      });
      return;
    }
    case 'reviews.tickCondition': {
      const open = review.conditions.find(({ met }) => met === null);
      if (open === undefined) throw new Error(`no condition of ${review.material.title} is open`);
      await call(act.by, 'reviews.tickCondition', { conditionId: open.id, note: act.note });
      return;
    }
    case 'reviews.cancel':
      await call(act.by, 'reviews.cancel', { id: review.id, reason: act.reason });
      return;
  }
}

/** What the demo's reviewers go by, where a stage asks. */
const basis = '《银行业金融机构销售专区录音录像管理暂行规定》及行内营销宣传管理办法。';

async function save(
  { call }: DemoHands,
  by: DemoPerson,
  id: MaterialId,
  change: (content: MaterialContent) => MaterialContent,
): Promise<void> {
  const draft = await call(by, 'materials.draft', { id });
  const content = change(draft.content);
  await call(by, 'materials.saveDraft', {
    id,
    content,
    exemptions: [...draft.exemptions],
    baseRevision: draft.revision,
  });
}

async function newestReview({ call }: DemoHands, materialId: MaterialId): Promise<ReviewView> {
  const [newest] = await call('admin', 'reviews.ofMaterial', { materialId });
  if (newest === undefined) throw new Error(`material ${materialId} has no review`);
  return call('admin', 'reviews.get', { id: newest.id });
}

async function newestApproval({ call }: DemoHands, materialId: MaterialId) {
  const { rows } = await call('admin', 'approvals.list', {
    text: '',
    states: [],
    materialId,
    year: null,
    offset: 0,
    limit: 1,
  });
  const [newest] = rows;
  if (newest === undefined) throw new Error(`material ${materialId} has no approval`);
  return newest.id;
}

function newestThread({ threads }: ReviewView) {
  const newest = threads.toSorted((a, b) => b.at - a.at)[0];
  if (newest === undefined) throw new Error('nobody has commented');
  return newest;
}
