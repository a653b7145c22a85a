import { z } from 'zod';

import {
  type DecisionId as DecisionIdType,
  DecisionId,
  type Milliseconds,
  type ReviewId,
  type UserId,
} from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { type Actor, recordAudit } from '../../audit/index.ts';
import { readCalendar } from '../../calendar/index.ts';
import { addWorkingHours } from '../../calendar/model.ts';
import { issueApproval } from './approvals/issue.ts';
import type { TemplateStage } from '../templates/contract.ts';
import { type LoadedReview, loadReview } from './facts.ts';
import { type Standing, type ReviewState, copiesInto, currentVersion, standingOf } from './model.ts';
import { tell, withDelegates } from './notices.ts';
import { approvalRecordOf, validUntilOf } from './record.ts';
import { insertDecisions, insertStage, replaceSeats, selectDeciders, updateReview } from './repository.ts';
import { rosterFor } from './roster.ts';
import { setMaterialState } from '../material/index.ts';

const StageId = z.uuid();

/**
 * After any change of a review: opens the stage whose turn it is, takes over what still holds of the version before, and puts on
 * record where the review now stands, up to its approval. In the transaction of the change, over all of the review's rows as they are by then, so that of
 * two people who decide at once the second sees what the first has done.
 */
export async function settle(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  actor: Actor,
  id: ReviewId,
): Promise<{ readonly loaded: LoadedReview; readonly standing: Standing }> {
  let loaded = await loadReview(writer, id);
  let standing = standingOf(loaded.facts);
  for (;;) {
    const stage = standing.current === null ? undefined : loaded.template.stages[standing.current];
    if (stage === undefined || openedStage(loaded, stage) !== undefined) break;
    await openStage(writer, services, loaded, stage);
    loaded = await loadReview(writer, id);
    standing = standingOf(loaded.facts);
  }
  const before = loaded.row.state;
  const at = services.clock.now();
  const current = standing.current === null ? undefined : loaded.template.stages[standing.current];
  const opened = current === undefined ? undefined : openedStage(loaded, current);
  const open = standing.current === null ? undefined : standing.stages[standing.current];
  await updateReview(writer, id, {
    state: standing.state,
    stage_key: current?.key ?? null,
    stage_opened_at: opened?.opened_at ?? null,
    deadline_at: opened?.deadline_at ?? null,
    stuck: open?.state === 'stuck' ? 1 : 0,
    closed_at: isClosed(standing.state) ? at : null,
    updated_at: at,
  });
  await replaceSeats(writer, id, open?.seats ?? [], at);
  const number = standing.state === 'approved' ? await approve(writer, services, actor, loaded) : '';
  await announce(writer, services, loaded, standing, at, number);
  if (before !== standing.state) {
    await recordAudit(writer, services.clock, actor, {
      action: 'reviews.settled',
      recordKind: 'review',
      recordId: id,
      before: { state: before },
      after: { state: standing.state, versionId: currentVersion(loaded.facts).id },
      details: { from: before, to: standing.state, contentHash: currentVersion(loaded.facts).hash },
    });
  }
  await setMaterialState(writer, loaded.row.material_id, materialStateOf(standing.state));
  return { loaded, standing };
}

const isClosed = (state: ReviewState) =>
  state === 'approved' || state === 'rejected' || state === 'cancelled';

function materialStateOf(state: ReviewState) {
  switch (state) {
    case 'running':
    case 'awaiting':
      return 'in-review';
    case 'returned':
      return 'returned';
    case 'rejected':
      return 'rejected';
    case 'approved':
      return 'approved';
    case 'cancelled':
      return 'draft';
  }
}

/** The stage's row for the version under review, once it was opened. */
export function openedStage(loaded: LoadedReview, stage: Pick<TemplateStage, 'key'>) {
  const { id } = currentVersion(loaded.facts);
  return loaded.stages.find((row) => row.version_id === id && row.stage_key === stage.key);
}

async function openStage(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  loaded: LoadedReview,
  stage: TemplateStage,
): Promise<void> {
  const at = services.clock.now();
  const version = currentVersion(loaded.facts);
  const users = rosterFor(stage.assignees, await selectDeciders(writer), loaded.row.branch);
  const due = await deadlinesOf(writer, stage, at);
  await insertStage(writer, {
    id: services.ids.next(StageId),
    review_id: loaded.row.id,
    version_id: version.id,
    stage_key: stage.key,
    roster: JSON.stringify(users),
    opened_at: at,
    ...due,
  });
  const change = loaded.versions.at(-1)?.change_kind ?? 'text';
  const facts = {
    ...loaded.facts,
    rosters: [...loaded.facts.rosters, { versionId: version.id, stageKey: stage.key, users, lapsed: false }],
  };
  const copies = copiesInto(facts, stage.key, change);
  const rows = new Map(loaded.decisions.map((row) => [row.id, row] as const));
  await insertDecisions(
    writer,
    copies.flatMap((copied, index) => {
      const row = rows.get(copied.id);
      if (row === undefined) return [];
      const { user_name: _user, seat_name: _seat, ...columns } = row;
      return [
        {
          ...columns,
          id: services.ids.next<typeof DecisionId>(DecisionId),
          sequence: nextSequence(loaded) + index,
          version_id: version.id,
          hash: version.hash,
          copied_from: copied.id satisfies DecisionIdType,
          at,
        },
      ];
    }),
  );
}

/** The place of the next decision in the review's order. */
export function nextSequence({ decisions }: Pick<LoadedReview, 'decisions'>): number {
  return (decisions.at(-1)?.sequence ?? 0) + 1;
}

async function deadlinesOf(writer: Writer, stage: TemplateStage, at: Milliseconds) {
  if (stage.deadlineHours === null) return { deadline_at: null, remind_at: null, assumed_years: '' };
  const calendar = await readCalendar(writer);
  const due = addWorkingHours(at, stage.deadlineHours, calendar);
  return {
    deadline_at: due.at,
    remind_at:
      stage.remindHours === null
        ? null
        : addWorkingHours(at, Math.max(0, stage.deadlineHours - stage.remindHours), calendar).at,
    assumed_years: due.assumedYears.join(','),
  };
}

async function approve(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  actor: Actor,
  loaded: LoadedReview,
): Promise<string> {
  const version = currentVersion(loaded.facts);
  const record = await approvalRecordOf(writer, loaded);
  const { number } = await issueApproval(writer, services, actor, {
    reviewId: loaded.row.id,
    materialId: loaded.row.material_id,
    versionId: version.id,
    hash: version.hash,
    validityMonths: loaded.template.validityMonths,
    validUntil: await validUntilOf(writer, version.id),
    record,
  });
  return number;
}

/** Tells whom it concerns what changed: once each, since a notice's key names the stage or version that it is about. */
async function announce(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  loaded: LoadedReview,
  standing: Standing,
  at: Milliseconds,
  number: string,
): Promise<void> {
  const { id, submitted_by: submitter, preparer_id: preparer } = loaded.row;
  const authors: readonly UserId[] = [submitter, preparer];
  const about = `${id}:${currentVersion(loaded.facts).id}`;
  const say = (kind: Parameters<typeof tell>[2]['kind'], to: readonly UserId[], key = about) =>
    tell(
      writer,
      services,
      { about: key, kind, to, reviewId: id, params: number === '' ? {} : { number } },
      at,
    );
  const current = standing.current === null ? undefined : loaded.template.stages[standing.current];
  const open = standing.current === null ? undefined : standing.stages[standing.current];
  switch (standing.state) {
    case 'running': {
      const opened = current === undefined ? undefined : openedStage(loaded, current);
      if (open === undefined || opened === undefined) return;
      await say('assigned', await withDelegates(writer, open.seats, at), opened.id);
      if (open.state === 'stuck') await say('stuck', authors, opened.id);
      return;
    }
    case 'returned':
    case 'rejected':
    case 'awaiting':
    case 'approved':
      await say(standing.state, authors);
      return;
    case 'cancelled':
      return;
  }
}
