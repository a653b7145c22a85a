import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import {
  type ConditionId,
  type MaterialId,
  type MaterialVersionId,
  ReviewId,
} from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import { placeThreads } from './comments/threads.ts';
import { changeKindOf } from '../diff/index.ts';
import type { MaterialContent } from '../material/contract.ts';
import type { Risk } from '../material/model.ts';
import { templateFor } from '../templates/index.ts';
import { type LoadedReview, loadReview } from './facts.ts';
import { currentVersion } from './model.ts';
import {
  insertReview,
  insertReviewVersion,
  meetCondition,
  selectOpenReview,
  updateReview,
  wasTurnedDown,
} from './repository.ts';
import { settle } from './settle.ts';
import { readContent, requireEditable, selectVersion } from '../material/index.ts';

interface Submission {
  readonly materialId: MaterialId;
  readonly versionId: MaterialVersionId;
  readonly risk: Risk;
  readonly meets: readonly ConditionId[];
}

/**
 * Opens a review of the version, or brings it into the one that is open. Throws `not-found`, `material-retired`,
 * `version-not-newer`, `version-decided`, `no-template`, `template-differs`.
 */
export async function submitVersion(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  submission: Submission,
): Promise<ReviewId> {
  const { materialId, versionId } = submission;
  await requireEditable(writer, materialId);
  const version = await selectVersion(writer, versionId);
  if (version === undefined || version.material_id !== materialId) {
    throw new AppError('not-found', 'This material has no such version.', { id: versionId });
  }
  const turnedDown = { hash: version.content_hash, exemptions: version.exemptions };
  if (await wasTurnedDown(writer, materialId, turnedDown)) {
    throw new AppError(
      'version-decided',
      'Somebody has returned or rejected this very content. Change it, then submit the new version.',
      { version: version.number },
    );
  }
  const content = readContent(version.content);
  const openId = await selectOpenReview(writer, materialId);
  const before = openId === null ? null : await loadReview(writer, openId);
  if (before !== null) requireNewer(before, version.number);
  const last = before?.versions.at(-1);
  const previous = last === undefined ? undefined : await selectVersion(writer, last.version_id);
  const previousContent = previous === undefined ? null : readContent(previous.content);
  if (before !== null && previousContent !== null)
    await requireSameTemplate(writer, before, previousContent, content);
  const id = openId ?? (await openReview(writer, services, user, submission, content));
  const at = services.clock.now();
  await insertReviewVersion(writer, {
    review_id: id,
    version_id: versionId,
    ordinal: (last?.ordinal ?? 0) + 1,
    hash: version.content_hash,
    change_kind: previousContent === null ? 'text' : changeKindOf(previousContent, content),
    submitted_by: user.userId,
    at,
  });
  await updateReview(writer, id, {
    version_id: versionId,
    branch: content.fields.branch,
    submitted_by: user.userId,
    updated_at: at,
  });
  await meet(writer, services, user, before, submission);
  await placeThreads(writer, id, versionId, content);
  await recordAudit(writer, services.clock, user, {
    action: 'reviews.submit',
    recordKind: 'review',
    recordId: id,
    after: { materialId, versionId, contentHash: version.content_hash },
    details: {
      materialId,
      version: version.number,
      contentHash: version.content_hash,
      conditionsMet: submission.meets.length,
    },
  });
  await settle(writer, services, user, id);
  return id;
}

async function openReview(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  { materialId, versionId, risk }: Submission,
  content: MaterialContent,
): Promise<ReviewId> {
  const { channels, branch } = content.fields;
  const template = await templateFor(writer, { type: content.type, channels, branch, risk });
  if (template === null) {
    throw new AppError(
      'no-template',
      'No workflow template applies to this material. Ask an administrator to publish one for its type, channel, branch and risk.',
      { type: content.type, risk },
    );
  }
  const id = services.ids.next(ReviewId);
  const at = services.clock.now();
  await insertReview(writer, {
    id,
    material_id: materialId,
    template_version_id: template.id,
    risk,
    branch,
    state: 'running',
    version_id: versionId,
    stage_key: null,
    stage_opened_at: null,
    deadline_at: null,
    submitted_by: user.userId,
    opened_at: at,
    closed_at: null,
    updated_at: at,
  });
  return id;
}

function requireNewer({ versions }: LoadedReview, number: number): void {
  const current = versions.at(-1);
  if (current === undefined || number > current.number) return;
  throw new AppError(
    'version-not-newer',
    `Version ${current.number} is under review. Submit a version that was saved after it.`,
    { version: current.number },
  );
}

/**
 * A running review keeps its template, but only for what the template was chosen for: else a text that goes to the public could
 * begin as one for a channel with an easier template. Throws `template-differs`.
 */
async function requireSameTemplate(
  writer: Writer,
  { row, templateVersion }: LoadedReview,
  before: MaterialContent,
  content: MaterialContent,
): Promise<void> {
  const { channels, branch } = content.fields;
  const isSame =
    branch === before.fields.branch &&
    channels.length === before.fields.channels.length &&
    channels.every((channel) => before.fields.channels.includes(channel));
  if (isSame) return;
  const chosen = await templateFor(writer, { type: content.type, channels, branch, risk: row.risk });
  if (chosen?.templateId === templateVersion.template_id) return;
  throw new AppError(
    'template-differs',
    'With these channels or this branch the material takes another template than its review began with. Take the review back, then submit the version anew.',
    { id: row.id, template: chosen?.content.name ?? '' },
  );
}

async function meet(
  writer: Writer,
  services: Pick<Services, 'clock'>,
  user: SignedIn,
  before: LoadedReview | null,
  { meets, versionId }: Submission,
): Promise<void> {
  for (const conditionId of new Set(meets)) {
    const condition = before?.conditions.find(({ id }) => id === conditionId);
    if (condition === undefined || condition.met_at !== null) {
      throw new AppError('not-found', 'This review has no such open condition.', { id: conditionId });
    }
    await meetCondition(writer, conditionId, {
      versionId,
      by: user.userId,
      at: services.clock.now(),
      note: '',
    });
  }
}

/** Throws `review-closed` for one that is over. */
export function requireOpen({ row }: LoadedReview): void {
  if (row.closed_at === null) return;
  throw new AppError('review-closed', 'This review is over; nothing in it changes any more.', {
    id: row.id,
    state: row.state,
  });
}

/** Throws `stale` where another version came under review meanwhile. */
export function requireCurrent(loaded: LoadedReview, versionId: MaterialVersionId): void {
  if (currentVersion(loaded.facts).id === versionId) return;
  throw new AppError(
    'review-moved-on',
    'A newer version came under review meanwhile. Look at it, then go on.',
    { version: loaded.versions.at(-1)?.number ?? 0 },
  );
}
