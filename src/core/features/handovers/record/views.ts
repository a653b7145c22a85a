import type { SignedIn } from '../../../contract/handlers.ts';
import type { Milliseconds, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { judgesOwn, rolesOf } from '../model.ts';
import type { AccountView, EmployeeView, HandoverView } from './contract.ts';
import { agingOf } from './model.ts';
import { type AccountRow, type EmployeeRow, selectAccounts, selectPeopleByIds } from './repository.ts';
import { type LoadedHandover, partiesOf } from './require.ts';

const dayLength = 86_400_000;

export function employeeView({ external_id, name, branch }: EmployeeRow): EmployeeView {
  return { userid: external_id, name: name ?? '', branch: branch ?? '' };
}

export function accountView(row: AccountRow): AccountView {
  return { userId: row.id, userName: row.user_name, displayName: row.display_name, branch: row.branch };
}

/** Handovers as screens show them, in their order. */
export async function handoverViews(
  reader: Reader,
  user: SignedIn,
  loaded: readonly LoadedHandover[],
  now: Milliseconds,
): Promise<HandoverView[]> {
  const userids = new Set(
    loaded.flatMap(({ row, takers }) => [row.leaver, ...takers.map((one) => one.taker)]),
  );
  const people = new Map(
    (await selectPeopleByIds(reader, [...userids])).map((row) => [row.external_id, employeeView(row)]),
  );
  const bound = new Set<UserId>();
  for (const { row, takers } of loaded)
    for (const id of [row.leaver_user, row.supervisor_user, ...takers.map((one) => one.user_id)])
      if (id !== null) bound.add(id);
  const accounts = new Map(
    (await selectAccounts(reader, [...bound])).map((row) => [row.id, accountView(row)]),
  );
  const accountOf = (id: UserId | null) => (id === null ? null : (accounts.get(id) ?? null));
  const employeeOf = (userid: string) => people.get(userid) ?? { userid, name: '', branch: '' };
  return loaded.map((one) => {
    const { row, takers } = one;
    const parties = partiesOf(one);
    const daysOpen = Math.max(0, Math.floor(((row.signed_at ?? now) - row.opened_at) / dayLength));
    return {
      id: row.id,
      leaver: employeeOf(row.leaver),
      leaverUser: accountOf(row.leaver_user),
      takers: takers.map(({ taker, user_id }) => ({ employee: employeeOf(taker), user: accountOf(user_id) })),
      supervisor: accountOf(row.supervisor_user),
      lastDay: row.last_day,
      openingDay: row.opening_day,
      reason: row.reason,
      state: row.state,
      revision: row.revision,
      openedAt: row.opened_at,
      openedBy: row.opened_by_name,
      updatedAt: row.updated_at,
      signedAt: row.signed_at,
      daysOpen,
      aging: agingOf(daysOpen),
      roles: [...rolesOf(parties, user.userId)],
      mayChange:
        row.state === 'open' && user.permissions.has('handovers:manage') && !judgesOwn(parties, user.userId),
    };
  });
}
