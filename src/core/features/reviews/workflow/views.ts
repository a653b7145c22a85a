import { z } from 'zod';

import type { Person } from '../../../contract/common.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { Milliseconds, ReviewId, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { selectApprovalOfReview } from './approvals/repository.ts';
import { readerOf } from './comments/service.ts';
import { loadThreads } from './comments/threads.ts';
import type { ReviewView } from './contract.ts';
import { periodOf } from './decide.ts';
import { selectActiveDelegations } from './delegation-repository.ts';
import { type LoadedReview, loadReview } from './facts.ts';
import {
  type Refusal,
  type Standing,
  authorsOf,
  currentVersion,
  mayTickCondition,
  reasonCodes,
  refusalOfSeat,
  standingOf,
} from './model.ts';
import { answersOf } from './record.ts';
import { selectDeciders } from './repository.ts';
import { openedStage } from './settle.ts';
import { selectVersionEditors } from '../material/index.ts';

const ReasonCodes = z.array(z.enum(reasonCodes));

/** Everything that the screen of one review shows, to that user at that time. */
export async function loadReviewView(
  reader: Reader,
  id: ReviewId,
  user: SignedIn,
  now: Milliseconds,
  lookedAtBy: readonly Person[],
): Promise<ReviewView> {
  const loaded = await loadReview(reader, id);
  const { row, template, templateVersion } = loaded;
  const standing = standingOf(loaded.facts);
  const version = loaded.versions.at(-1);
  if (version === undefined) throw new Error(`the review ${id} has no version`);
  const editors = (await selectVersionEditors(reader, [version.version_id])).get(version.version_id) ?? [];
  const approval = await selectApprovalOfReview(reader, id);
  return {
    id,
    material: {
      id: row.material_id,
      title: row.title,
      type: row.type,
      preparer: { id: row.preparer_id, name: row.preparer_name },
    },
    version: {
      id: version.version_id,
      number: version.number,
      hash: version.hash,
      submittedBy: { id: version.submitted_by, name: version.submitter_name },
      submittedAt: version.at,
      editors: editors.map((editor) => ({ id: editor.id, name: editor.name })),
    },
    versions: loaded.versions.map((each) => ({
      id: each.version_id,
      number: each.number,
      submittedBy: { id: each.submitted_by, name: each.submitter_name },
      at: each.at,
      changeKind: each.change_kind,
    })),
    template: {
      id: templateVersion.template_id,
      versionId: templateVersion.id,
      versionNumber: templateVersion.number,
      name: template.name,
    },
    risk: row.risk,
    // Closed by hand, or as its facts say.
    state: standing.state,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    stages: await stageViews(reader, loaded, standing),
    currentStage: standing.current,
    blockers: [...standing.blockers],
    decisions: decisionViews(loaded),
    conditions: loaded.conditions.map((condition) => ({
      id: condition.id,
      text: condition.text,
      setBy: { id: condition.set_by, name: condition.setter_name },
      at: condition.at,
      met:
        condition.met_by === null || condition.met_at === null
          ? null
          : {
              by: { id: condition.met_by, name: condition.meeter_name ?? '' },
              at: condition.met_at,
              versionNumber: condition.met_version_number,
              note: condition.met_note ?? '',
            },
    })),
    acceptedExemptions: loaded.exemptions
      .filter((accepted) => accepted.version_id === version.version_id)
      .map((accepted) => ({
        findingKey: accepted.finding_key,
        by: { id: accepted.user_id, name: accepted.user_name },
        at: accepted.at,
        note: accepted.note,
      })),
    threads: await loadThreads(reader, id, version.version_id, readerOf(loaded, user)),
    lookedAtBy: lookedAtBy.filter((person) => person.id !== user.userId),
    approval: approval ?? null,
    may: await permitted(reader, loaded, standing, user, now),
  };
}

async function stageViews(
  reader: Reader,
  loaded: LoadedReview,
  standing: Standing,
): Promise<ReviewView['stages']> {
  const names = new Map((await selectDeciders(reader)).map(({ id, name }) => [id, name]));
  return loaded.template.stages.map((stage, index) => {
    const opened = openedStage(loaded, stage);
    const stands = standing.stages[index];
    return {
      key: stage.key,
      name: stage.name,
      kind: stage.kind,
      mode: stage.mode,
      distinct: stage.distinct,
      copyCondition: stage.copyCondition,
      questions: stage.questions,
      state: stands?.state ?? 'waiting',
      needed: stands?.needed ?? 0,
      given: stands?.given ?? 0,
      waitingFor: (stands?.seats ?? []).map((id) => ({ id, name: names.get(id) ?? '' })),
      openedAt: opened?.opened_at ?? null,
      deadlineAt: opened?.deadline_at ?? null,
      assumedYears: (opened?.assumed_years ?? '')
        .split(',')
        .filter((year) => year !== '')
        .map(Number),
      lapsed: opened?.lapsed_at !== null && opened !== undefined,
    };
  });
}

function decisionViews(loaded: LoadedReview): ReviewView['decisions'] {
  const current = currentVersion(loaded.facts);
  const numbers = new Map(loaded.versions.map((row) => [row.version_id, row.number]));
  const names = new Map(loaded.template.stages.map(({ key, name }) => [key, name]));
  return loaded.decisions.map((row) => ({
    id: row.id,
    versionId: row.version_id,
    versionNumber: numbers.get(row.version_id) ?? 0,
    stageKey: row.stage_key,
    stageName: names.get(row.stage_key) ?? row.stage_key,
    kind: row.decision,
    by: { id: row.user_id, name: row.user_name },
    onBehalfOf: row.seat_id === row.user_id ? null : { id: row.seat_id, name: row.seat_name },
    reasonCodes: ReasonCodes.parse(JSON.parse(row.reason_codes)),
    answers: [...answersOf(row.answers)],
    note: row.note,
    copied: row.copied_from !== null,
    stale: row.version_id !== current.id,
    at: row.at,
  }));
}

async function permitted(
  reader: Reader,
  loaded: LoadedReview,
  standing: Standing,
  user: SignedIn,
  now: Milliseconds,
): Promise<ReviewView['may']> {
  const { facts, row } = loaded;
  const closed = row.closed_at !== null;
  const decides = user.permissions.has('reviews:decide');
  const isAuthor = authorsOf(facts, currentVersion(facts)).has(user.userId);
  const delegations = decides ? await selectActiveDelegations(reader, now, user.userId) : [];
  const periods = delegations.map(periodOf);
  const names = new Map<UserId, string>([
    [user.userId, user.displayName],
    ...delegations.map((delegation) => [delegation.from_user, delegation.from_name] as const),
  ]);
  const refusal = (seat: UserId): Refusal | null =>
    refusalOfSeat(facts, periods, { by: user.userId, seat, at: now });
  const seats = decides
    ? [...names].flatMap(([seat, name]) => {
        const reason = refusal(seat);
        // Not asked at all is no seat; asked, but barred, is one that says why.
        if (reason === 'not-running' || reason === 'not-assigned' || reason === 'no-delegation') return [];
        return [
          {
            seat: { id: seat, name },
            own: seat === user.userId,
            decide: { allowed: reason === null, reason },
          },
        ];
      })
    : [];
  return {
    seats,
    reason: seats.length > 0 ? null : decides ? refusal(user.userId) : 'not-assigned',
    comment: !closed && user.permissions.has('reviews:comment'),
    submit: !closed && user.permissions.has('materials:edit'),
    cancel:
      !closed &&
      user.permissions.has('materials:edit') &&
      (user.userId === row.preparer_id || user.userId === row.submitted_by),
    tickConditions: !closed && decides && mayTickCondition(facts, user.userId),
    acceptExemptions: !closed && decides && !isAuthor,
    reassign: !closed && standing.current !== null && user.permissions.has('reviews:manage'),
  };
}
