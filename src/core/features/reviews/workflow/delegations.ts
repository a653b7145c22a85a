import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import { DelegationId, type Milliseconds, type UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { DelegationView } from './contract.ts';
import {
  type DelegationRow,
  endDelegation,
  insertDelegation,
  selectDelegation,
  selectDelegations,
} from './delegation-repository.ts';
import { selectDeciders } from './repository.ts';

/** Longer than any absence in which one still holds the office. */
const longestDays = 366;

export async function loadDelegations(
  reader: Reader,
  userId: UserId | null,
  now: Milliseconds,
): Promise<DelegationView[]> {
  return (await selectDelegations(reader, userId)).map((row) => view(row, now));
}

/** Lets somebody decide in the user's place. Throws `not-found`, `bad-input`. */
export async function addDelegation(
  writer: Writer,
  services: Pick<Services, 'clock' | 'ids'>,
  user: SignedIn,
  input: {
    readonly to: UserId;
    readonly beginsAt: Milliseconds;
    readonly endsAt: Milliseconds;
    readonly reason: string;
  },
): Promise<DelegationView> {
  const now = services.clock.now();
  const invalid = (path: string, problem: string) =>
    new AppError('bad-input', `The delegation is not valid: ${problem}.`, { path, problem });
  if (input.to === user.userId) throw invalid('to', 'to oneself');
  if (input.endsAt <= input.beginsAt) throw invalid('endsAt', 'ends before it begins');
  if (input.endsAt <= now) throw invalid('endsAt', 'is over already');
  if (input.endsAt - input.beginsAt > longestDays * 86_400_000) throw invalid('endsAt', 'longer than a year');
  if (!(await selectDeciders(writer)).some(({ id }) => id === input.to)) {
    throw new AppError('not-found', 'This person is not active, or may not decide.', { id: input.to });
  }
  const id = services.ids.next(DelegationId);
  await insertDelegation(writer, {
    id,
    from_user: user.userId,
    to_user: input.to,
    // Never for what was before: what somebody did without a delegation stays without one.
    begins_at: input.beginsAt < now ? now : input.beginsAt,
    ends_at: input.endsAt,
    reason: input.reason,
    created_by: user.userId,
    created_at: now,
    ended_at: null,
    ended_by: null,
  });
  await recordAudit(writer, services.clock, user, {
    action: 'delegations.add',
    recordKind: 'delegation',
    recordId: id,
    after: input,
    details: { to: input.to, beginsAt: input.beginsAt, endsAt: input.endsAt, reason: input.reason },
  });
  return load(writer, id, now);
}

/** Ends it, by whoever gave it or got it. */
export async function closeDelegation(
  writer: Writer,
  services: Pick<Services, 'clock'>,
  user: SignedIn,
  id: DelegationId,
): Promise<DelegationView> {
  const row = await selectDelegation(writer, id);
  const isTheirs = row !== undefined && (row.from_user === user.userId || row.to_user === user.userId);
  if (row === undefined || !(isTheirs || user.permissions.has('reviews:manage'))) {
    throw new AppError('not-found', 'You have no such delegation.', { id });
  }
  const now = services.clock.now();
  if (row.ended_at !== null || row.ends_at <= now) {
    throw new AppError('conflict', 'This delegation is over already.', { id });
  }
  await endDelegation(writer, id, user.userId, now);
  await recordAudit(writer, services.clock, user, {
    action: 'delegations.end',
    recordKind: 'delegation',
    recordId: id,
    before: { endsAt: row.ends_at },
    after: { endedAt: now },
    details: { from: row.from_user, to: row.to_user },
  });
  return load(writer, id, now);
}

async function load(reader: Reader, id: DelegationId, now: Milliseconds): Promise<DelegationView> {
  const row = await selectDelegation(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such delegation.', { id });
  return view(row, now);
}

function view(row: DelegationRow, now: Milliseconds): DelegationView {
  return {
    id: row.id,
    from: { id: row.from_user, name: row.from_name },
    to: { id: row.to_user, name: row.to_name },
    beginsAt: row.begins_at,
    endsAt: row.ends_at,
    reason: row.reason,
    state:
      row.ended_at !== null
        ? 'ended'
        : now < row.begins_at
          ? 'planned'
          : now < row.ends_at
            ? 'active'
            : 'over',
    createdAt: row.created_at,
    endedAt: row.ended_at,
  };
}
