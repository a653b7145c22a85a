import type { SignedIn } from '../../../contract/handlers.ts';
import type { HandoverId, Milliseconds } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { type LoadedHandover, handoverViews, partiesOf } from '../record/index.ts';
import { permissionsOf, roles } from '../../users/model.ts';
import type { Signature, SigningView, SnapshotView } from './contract.ts';
import {
  type SeatSignature,
  type Signer,
  type SigningFacts,
  refusalOfAbsence,
  refusalOfCertificate,
  refusalOfFreeze,
  refusalOfReopening,
  refusalOfSignature,
  refusalOfTable,
  seatsOf,
} from './model.ts';
import {
  type SignatureRow,
  type SnapshotRow,
  selectActiveWithRole,
  selectSignatures,
  selectSnapshots,
} from './repository.ts';

/** Standing for a reason where only whether somebody may is asked. */
const someReason = '-';

export function signerOf(user: SignedIn): Signer {
  return { user: user.userId, manages: user.permissions.has('handovers:manage') };
}

const signingRoles = roles.filter((role) => permissionsOf([role]).includes('handovers:sign'));

/** The accounts of parties that can't sign: disabled, or without a role that may. */
export async function unableAccounts(
  reader: Reader,
  { row, takers }: LoadedHandover,
): Promise<ReadonlySet<string>> {
  const bound = [row.leaver_user, row.supervisor_user, ...takers.map(({ user_id }) => user_id)];
  const ids = bound.filter((id) => id !== null);
  const able = await selectActiveWithRole(reader, ids, signingRoles);
  return new Set(ids.filter((id) => !able.has(id)));
}

export function factsOf(
  loaded: LoadedHandover,
  newest: SnapshotView | undefined,
  unable: ReadonlySet<string> = new Set(),
): SigningFacts {
  return {
    unable,
    parties: partiesOf(loaded),
    state: loaded.row.state,
    snapshot:
      newest === undefined
        ? null
        : {
            hash: newest.hash,
            reopened: newest.reopened !== null,
            signatures: newest.signatures.map(seatSignature),
          },
  };
}

function seatSignature({ role, party, by, absence }: Signature): SeatSignature {
  return { role, party, user: by.id, absence };
}

/** All frozen sheets of a handover with their signatures, newest first. */
export async function loadSnapshots(reader: Reader, id: HandoverId): Promise<SnapshotView[]> {
  const signatures = await selectSignatures(reader, id);
  return (await selectSnapshots(reader, id)).map((row) =>
    snapshotView(
      row,
      signatures.filter((signature) => signature.snapshot_id === row.id),
    ),
  );
}

export function snapshotView(row: SnapshotRow, signatures: readonly SignatureRow[]): SnapshotView {
  return {
    id: row.id,
    number: row.number,
    hash: row.hash,
    unexplained: row.unexplained,
    frozenBy: { id: row.frozen_by, name: row.freezer_name },
    frozenAt: row.frozen_at,
    reopened:
      row.reopened_at === null || row.reopened_by === null
        ? null
        : {
            by: { id: row.reopened_by, name: row.reopener_name ?? '' },
            at: row.reopened_at,
            reason: row.reopened_reason ?? '',
          },
    signatures: signatures.map((signature) => ({
      role: signature.role,
      party: signature.party,
      by: { id: signature.user_id, name: signature.name },
      hash: signature.hash,
      reservations: signature.reservations,
      absence: signature.absence,
      signedAt: signature.signed_at,
    })),
  };
}

/** Where a handover's signing stands, and what that user may do about it. */
export async function loadSigning(
  reader: Reader,
  user: SignedIn,
  loaded: LoadedHandover,
  now: Milliseconds,
): Promise<SigningView> {
  const [newest] = await loadSnapshots(reader, loaded.row.id);
  const [view] = await handoverViews(reader, user, [loaded], now);
  const facts = factsOf(loaded, newest, await unableAccounts(reader, loaded));
  const signer = signerOf(user);
  const hash = newest?.hash ?? '';
  const signs = user.permissions.has('handovers:sign');
  const nameOf = (employee: { readonly userid: string; readonly name: string } | undefined) =>
    employee === undefined || employee.name === '' ? (employee?.userid ?? '') : employee.name;
  return {
    id: loaded.row.id,
    state: loaded.row.state,
    current: newest === undefined || newest.reopened !== null ? null : newest,
    seats: seatsOf(facts.parties).map((seat) => {
      const taker = view?.takers.find(({ employee }) => employee.userid === seat.party);
      const account =
        seat.role === 'leaver' ? view?.leaverUser : seat.role === 'taker' ? taker?.user : view?.supervisor;
      return {
        ...seat,
        name:
          seat.role === 'leaver'
            ? nameOf(view?.leaver)
            : seat.role === 'taker'
              ? nameOf(taker?.employee)
              : (account?.displayName ?? ''),
        account: account == null ? null : { id: account.userId, name: account.displayName },
        signature:
          newest === undefined || newest.reopened !== null
            ? null
            : (newest.signatures.find(({ role, party }) => role === seat.role && party === seat.party) ??
              null),
        refusal: signs ? refusalOfSignature(facts, signer, seat, hash) : 'not-party',
      };
    }),
    may: {
      freeze: refusalOfFreeze(facts, signer, 0),
      recordAbsence: signs ? refusalOfAbsence(facts, signer, hash, someReason) : 'not-supervisor',
      reopen: refusalOfReopening(facts, signer, someReason),
      certificate: refusalOfCertificate(facts),
      table: refusalOfTable(facts.parties, user.userId),
    },
  };
}
