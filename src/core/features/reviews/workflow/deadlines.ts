import { Milliseconds } from '../../../contract/ids.ts';
import type { Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit, systemActor } from '../../audit/index.ts';
import { selectExpiring } from './approvals/repository.ts';
import { restMaterial } from './approvals/resting-state.ts';
import { type DeadlineKind, deadlineKinds, selectDueStages } from './deadline-repository.ts';
import { loadReview } from './facts.ts';
import { standingOf } from './model.ts';
import { markFired } from './notice-repository.ts';
import { tell, withDelegates } from './notices.ts';
import { selectDeciders, selectOpenReview, updateStage } from './repository.ts';
import { escalationOf } from './roster.ts';
import { openedStage, settle } from './settle.ts';

/** Whoever prepared an item is told so long before its approval ends. */
const expiryWarning = 30 * 86_400_000;

type Parts = Pick<Services, 'connection' | 'clock' | 'ids' | 'log'>;

/**
 * Does what falls due: reminders, overdue notices with their escalation, comment stages whose time is over, approvals that end. Each is put on record in the transaction
 * that tells of it, so that it fires once, whatever is restarted and wherever the clock is set. Answers how many fired.
 */
export async function settleDeadlines(services: Parts): Promise<number> {
  const { connection, clock, log } = services;
  let fired = 0;
  /** One that can't be settled must not hold up the others: it is tried again in the next pass. */
  const fire = async (run: (writer: Writer) => Promise<boolean>) => {
    try {
      if (await connection.query.transaction().execute(run)) fired += 1;
    } catch (error) {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'deadline-not-settled');
    }
  };
  for (const kind of deadlineKinds) {
    for (const due of await selectDueStages(connection.query, kind, clock.now()))
      await fire((writer) => fireStage(writer, services, kind, due));
  }
  for (const kind of ['expiring', 'expired'] as const) {
    const until = kind === 'expired' ? clock.now() : Milliseconds.parse(clock.now() + expiryWarning);
    for (const approval of await selectExpiring(connection.query, kind, until))
      await fire((writer) => fireExpiry(writer, services, kind, approval));
  }
  return fired;
}

async function fireStage(
  writer: Writer,
  services: Parts,
  kind: DeadlineKind,
  due: Awaited<ReturnType<typeof selectDueStages>>[number],
): Promise<boolean> {
  const at = services.clock.now();
  const loaded = await loadReview(writer, due.review_id);
  const { current, stages, state } = standingOf(loaded.facts);
  const stage = current === null ? undefined : loaded.template.stages[current];
  // Somebody decided between the look and this transaction.
  if (state !== 'running' || stage === undefined || openedStage(loaded, stage)?.id !== due.stage_id)
    return false;
  if (!(await markFired(writer, `${due.stage_id}:${kind}`, at))) return false;
  const seats = stages[current ?? 0]?.seats ?? [];
  const say = (as: Parameters<typeof tell>[2]['kind'], to: readonly (typeof seats)[number][]) =>
    tell(
      writer,
      services,
      { about: due.stage_id, kind: as, to, reviewId: due.review_id, params: { stage: stage.name } },
      at,
    );
  await say(kind, await withDelegates(writer, seats, at));
  if (kind === 'overdue') {
    const above = escalationOf(stage.escalateTo, await selectDeciders(writer));
    await say(
      'escalated',
      above.filter((user) => !seats.includes(user)),
    );
  }
  await recordAudit(writer, services.clock, systemActor, {
    action: `reviews.${kind}`,
    recordKind: 'review',
    recordId: due.review_id,
    details: { stage: stage.key, waitingFor: seats.length },
  });
  if (kind === 'overdue' && stage.kind === 'comment-only') {
    await updateStage(writer, due.stage_id, { lapsed_at: at });
    await say('stage-lapsed', seats);
    await settle(writer, services, systemActor, due.review_id);
  }
  return true;
}

async function fireExpiry(
  writer: Writer,
  services: Parts,
  kind: 'expiring' | 'expired',
  approval: Awaited<ReturnType<typeof selectExpiring>>[number],
): Promise<boolean> {
  const at = services.clock.now();
  if (!(await markFired(writer, `${approval.id}:${kind}`, at))) return false;
  // An end that came while nobody looked needs no warning any more.
  if (kind === 'expiring' && approval.expires_at <= at) return false;
  await tell(
    writer,
    services,
    {
      about: approval.id,
      kind: kind === 'expired' ? 'approval-expired' : 'approval-expiring',
      to: [approval.preparer_id],
      reviewId: null,
      approvalId: approval.id,
      params: { number: approval.number },
    },
    at,
  );
  await recordAudit(writer, services.clock, systemActor, {
    action: `approvals.${kind}`,
    recordKind: 'approval',
    recordId: approval.id,
    details: { number: approval.number, expiresAt: approval.expires_at },
  });
  if (kind === 'expired' && (await selectOpenReview(writer, approval.material_id)) === null) {
    await restMaterial(writer, approval.material_id, at, 'draft');
  }
  return true;
}
