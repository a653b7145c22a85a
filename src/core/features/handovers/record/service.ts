import { AppError } from '../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import { HandoverId, type UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import { type HandoverParties, judgesOwn, maySee, rolesOf } from '../model.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { HandoverInput, HandoverView, recordContract } from './contract.ts';
import { checkParties } from './parties.ts';
import { sheetQueryOf } from './query.ts';
import {
  type HandoverFilter,
  insertHandover,
  replaceTakers,
  selectAccountNamed,
  selectAccounts,
  selectActiveAccounts,
  selectEmployees,
  selectHandoverOf,
  selectHandovers,
  selectTakers,
  updateHandover,
  upsertDismissal,
} from './repository.ts';
import { type LoadedHandover, ownHandover, partiesOf, requireHandover, requireManaged } from './require.ts';
import { accountView, employeeView, handoverViews } from './views.ts';

/** Who hands over to whom: opening, changing, and the overview. */
export function createRecordHandlers(
  services: Services,
  worker: HandoverWorker,
): Handlers<typeof recordContract> {
  const { connection, clock } = services;
  const reader = connection.query;

  async function change(user: SignedIn, run: (writer: Writer) => Promise<HandoverId>): Promise<HandoverView> {
    const view = await reader.transaction().execute(async (writer) => {
      const id = await run(writer);
      return oneView(writer, user, await requireHandover(writer, user, id));
    });
    services.emit({ type: 'changed', topics: ['handovers', 'audit'] });
    return view;
  }

  async function oneView(from: Reader, user: SignedIn, loaded: LoadedHandover): Promise<HandoverView> {
    const [view] = await handoverViews(from, user, [loaded], clock.now());
    if (view === undefined) throw new Error('a handover has no view');
    return view;
  }

  return {
    async 'handovers.list'(filter, context) {
      const user = requireUser(context);
      const loaded = await loadVisible(reader, user, filter);
      const handovers = await handoverViews(reader, user, loaded, clock.now());
      const everywhere =
        filter.branch === null ? loaded : await loadVisible(reader, user, { ...filter, branch: null });
      const branches = new Set(everywhere.map(({ row }) => row.leaver_branch ?? ''));
      return { handovers, branches: [...branches].toSorted() };
    },
    async 'handovers.get'({ id }, context) {
      const user = requireUser(context);
      return oneView(reader, user, await requireHandover(reader, user, id));
    },
    async 'handovers.figures'({ ids }, context) {
      const user = requireUser(context);
      const now = clock.now();
      const queries = [];
      for (const id of ids) queries.push(sheetQueryOf(await requireHandover(reader, user, id), now));
      const answers = await worker.ask('figures', queries);
      return answers.flatMap((figures, index) => {
        const id = ids[index];
        return id === undefined ? [] : [{ id, ...figures }];
      });
    },
    'handovers.open': (input, context) => {
      const user = requireUser(context);
      return change(user, (writer) => openHandover(writer, services, user, input));
    },
    'handovers.update': ({ id, revision, change: input }, context) => {
      const user = requireUser(context);
      return change(user, async (writer) => {
        await changeHandover(writer, services, user, { id, revision, input });
        return id;
      });
    },
    async 'handovers.suggestions'(_input, context) {
      // Who leaves is seen by whoever may see every handover.
      return requireUser(context).permissions.has('archive:read') ? worker.ask('suggestions', null) : [];
    },
    async 'handovers.dismissSuggestion'({ leaver, reason }, context) {
      const user = requireUser(context);
      if (user.userName === leaver) throw ownHandover();
      await reader.transaction().execute(async (writer) => {
        await upsertDismissal(writer, {
          leaver,
          reason,
          dismissed_by: user.userId,
          dismissed_at: clock.now(),
        });
        await recordAudit(writer, clock, user, {
          action: 'handovers.dismissSuggestion',
          recordKind: 'handover-suggestion',
          recordId: leaver,
          after: { leaver, reason },
        });
      });
      services.emit({ type: 'changed', topics: ['handovers', 'audit'] });
      return {};
    },
    'handovers.employees': async ({ query }) =>
      (await selectEmployees(reader, query.trim())).map(employeeView),
    'handovers.accounts': async () => (await selectActiveAccounts(reader)).map(accountView),
  };
}

async function loadVisible(
  reader: Reader,
  user: SignedIn,
  filter: HandoverFilter,
): Promise<LoadedHandover[]> {
  const rows = await selectHandovers(reader, { ...filter, query: filter.query.trim() });
  const takers = Map.groupBy(
    await selectTakers(
      reader,
      rows.map((row) => row.id),
    ),
    (row) => row.handover_id,
  );
  return rows
    .map((row) => ({ row, takers: takers.get(row.id) ?? [] }))
    .filter((loaded) => maySee(partiesOf(loaded), user));
}

async function openHandover(
  writer: Writer,
  services: Pick<Services, 'ids' | 'clock'>,
  user: SignedIn,
  input: HandoverInput,
): Promise<HandoverId> {
  const id = services.ids.next(HandoverId);
  if (judgesOwn(await checkInput(writer, id, input), user.userId)) throw ownHandover();
  await requireNone(writer, input, null);
  const now = services.clock.now();
  await insertHandover(writer, {
    id,
    leaver: input.leaver,
    ...columnsOf(input),
    state: 'open',
    revision: 1,
    opened_by: user.userId,
    opened_at: now,
    updated_at: now,
    signed_at: null,
  });
  await replaceTakers(writer, id, input.takers);
  await recordAudit(writer, services.clock, user, {
    action: 'handovers.open',
    recordKind: 'handover',
    recordId: id,
    after: input,
    details: { leaver: input.leaver, lastDay: input.lastDay, takers: input.takers.length },
  });
  return id;
}

async function changeHandover(
  writer: Writer,
  services: Pick<Services, 'clock'>,
  user: SignedIn,
  request: {
    readonly id: HandoverId;
    readonly revision: number;
    readonly input: Omit<HandoverInput, 'leaver'>;
  },
): Promise<void> {
  const { id, revision } = request;
  const before = await requireManaged(writer, user, id);
  const input = { ...request.input, leaver: before.row.leaver };
  const after = rolesOf(await checkInput(writer, id, input), user.userId);
  // Nobody leaves a role, nor takes one in which they would judge themselves: another manager enters that.
  if (after.join() !== rolesOf(partiesOf(before), user.userId).join()) throw ownHandover();
  await requireNone(writer, input, id);
  const change = { ...columnsOf(input), updated_at: services.clock.now() };
  if (!(await updateHandover(writer, id, revision, change))) {
    throw new AppError(
      'conflict',
      'Somebody changed this handover meanwhile. Look at it again, then repeat the change.',
      { id, revision: before.row.revision, at: before.row.updated_at },
    );
  }
  await replaceTakers(writer, id, input.takers);
  await recordAudit(writer, services.clock, user, {
    action: 'handovers.update',
    recordKind: 'handover',
    recordId: id,
    before: inputOf(before),
    after: input,
    details: { leaver: input.leaver, lastDay: input.lastDay, takers: input.takers.length },
  });
}

/** Throws `bad-input` where it can't be entered; the parties that it names. */
async function checkInput(reader: Reader, id: HandoverId, input: HandoverInput): Promise<HandoverParties> {
  const leaverNamed = await selectAccountNamed(reader, input.leaver);
  checkParties({ ...input, leaverNamed });
  if (input.openingDay !== null && input.openingDay > input.lastDay) {
    throw new AppError('bad-input', 'The opening day is after the last day. Choose an earlier one.', {
      path: 'openingDay',
      problem: 'dates-reversed',
    });
  }
  const named = [input.leaverUser, input.supervisorUser, ...input.takers.map((one) => one.userId)];
  const ids = [...new Set(named.filter((id): id is UserId => id !== null))];
  if ((await selectAccounts(reader, ids)).length < ids.length) {
    throw new AppError('bad-input', 'An account that was chosen doesn’t exist. Choose another.', {
      path: 'accounts',
      problem: 'no-such-account',
    });
  }
  return { ...input, id, leaverNamed };
}

async function requireNone(
  reader: Reader,
  { leaver, lastDay }: HandoverInput,
  except: HandoverId | null,
): Promise<void> {
  const found = await selectHandoverOf(reader, leaver, lastDay);
  if (found === undefined || found.id === except) return;
  throw new AppError(
    'handover-exists',
    `${leaver} has a handover with the last day ${lastDay} already. Open that one.`,
    { id: found.id, leaver, lastDay },
  );
}

function columnsOf(input: Omit<HandoverInput, 'leaver'>) {
  return {
    leaver_user: input.leaverUser,
    supervisor_user: input.supervisorUser,
    last_day: input.lastDay,
    opening_day: input.openingDay,
    reason: input.reason,
  };
}

/** What an audit event hashes of a handover: all that people entered. */
function inputOf({ row, takers }: LoadedHandover): HandoverInput {
  return {
    leaver: row.leaver,
    leaverUser: row.leaver_user,
    takers: takers.map(({ taker, user_id }) => ({ taker, userId: user_id })),
    supervisorUser: row.supervisor_user,
    lastDay: row.last_day,
    openingDay: row.opening_day,
    reason: row.reason,
  };
}
