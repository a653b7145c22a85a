import { AppError } from '../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import { ContentHash, HandoverSnapshotId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import { type Reauthenticate, createReauthentication } from '../../users/index.ts';
import { type LoadedHandover, requireHandover, updateHandover } from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { SnapshotView, signingContract } from './contract.ts';
import { createExport, createFrozenFile } from './export.ts';
import { freezeRequest, requireIntact, requireSnapshot } from './load.ts';
import {
  type Seat,
  isComplete,
  refusalOfAbsence,
  refusalOfFreeze,
  refusalOfReopening,
  refusalOfSignature,
} from './model.ts';
import { refuse, refusalError } from './refuse.ts';
import type { RegisterMaker } from './register/register.ts';
import { insertSignature, insertSnapshot, markReopened, selectNewestSnapshot } from './repository.ts';
import { factsOf, loadSigning, loadSnapshots, signerOf, unableAccounts } from './views.ts';

/** Freezing, signing and reopening handovers, and what is printed of them. */
export function createSigningHandlers(
  services: Services,
  worker: HandoverWorker,
  registers: RegisterMaker,
): Handlers<typeof signingContract> {
  const { connection, clock, blobs, ids } = services;
  const reader = connection.query;
  const reauthenticate: Reauthenticate = createReauthentication(services);
  const changed = () => services.emit({ type: 'changed', topics: ['handovers', 'audit'] });

  /** Puts a signature, or the leaver's absence, into its place; the last one makes the handover signed. */
  async function enter(
    writer: Writer,
    user: SignedIn,
    { loaded, snapshot }: { readonly loaded: LoadedHandover; readonly snapshot: SnapshotView },
    entry: Seat & { readonly reservations: string; readonly absence: string | null },
  ): Promise<void> {
    const at = clock.now();
    await insertSignature(writer, {
      snapshot_id: snapshot.id,
      role: entry.role,
      party: entry.party,
      user_id: user.userId,
      name: user.displayName,
      hash: snapshot.hash,
      reservations: entry.reservations,
      absence: entry.absence,
      signed_at: at,
    });
    const { parties, snapshot: standing } = factsOf(loaded, snapshot);
    const signatures = [
      ...(standing?.signatures ?? []),
      { role: entry.role, party: entry.party, user: user.userId, absence: entry.absence },
    ];
    const complete = isComplete(parties, signatures);
    await change(writer, loaded, {
      state: complete ? 'signed' : 'signing',
      signed_at: complete ? at : null,
      updated_at: at,
    });
    await recordAudit(writer, clock, user, {
      action: entry.absence === null ? 'handovers.sign' : 'handovers.recordAbsence',
      recordKind: 'handover',
      recordId: loaded.row.id,
      after: entry,
      details: {
        snapshot: snapshot.number,
        hash: snapshot.hash,
        role: entry.role,
        party: entry.party,
        reservations: entry.reservations !== '',
        complete,
      },
    });
  }

  return {
    async 'handovers.signing'({ id }, context) {
      const user = requireUser(context);
      return loadSigning(reader, user, await requireHandover(reader, user, id), clock.now());
    },

    async 'handovers.freeze'({ id, revision }, context) {
      const user = requireUser(context);
      const before = await requireHandover(reader, user, id);
      // What needs no sheet is said before one is worked out.
      const unable = await unableAccounts(reader, before);
      refuse(refusalOfFreeze(factsOf(before, undefined, unable), signerOf(user), 0));
      const at = clock.now();
      const frozen = await worker.ask('freeze', await freezeRequest(reader, before, user, at));
      refuse(refusalOfFreeze(factsOf(before, undefined, unable), signerOf(user), frozen.left), {
        count: frozen.left,
      });
      const { id: blobId } = await blobs.write(inPieces(frozen.bytes));
      // A blob's name is the SHA-256 of its bytes: what is signed is the hash of exactly what is stored.
      const hash = ContentHash.parse(blobId);
      const signing = await reader.transaction().execute(async (writer) => {
        const loaded = await requireHandover(writer, user, id);
        if (loaded.row.revision !== revision || loaded.row.revision !== before.row.revision) throw moved(id);
        const facts = factsOf(loaded, undefined, await unableAccounts(writer, loaded));
        refuse(refusalOfFreeze(facts, signerOf(user), 0));
        const newest = await selectNewestSnapshot(writer, id);
        const snapshotId = ids.next(HandoverSnapshotId);
        const number = (newest?.number ?? 0) + 1;
        await insertSnapshot(writer, {
          id: snapshotId,
          handover_id: id,
          number,
          hash,
          blob_id: blobId,
          unexplained: frozen.unexplained,
          frozen_by: user.userId,
          frozen_at: at,
          reopened_at: null,
          reopened_by: null,
          reopened_reason: null,
        });
        await change(writer, loaded, { state: 'signing', signed_at: null, updated_at: at });
        await recordAudit(writer, clock, user, {
          action: 'handovers.freeze',
          recordKind: 'handover',
          recordId: id,
          after: { number, hash },
          details: { snapshot: number, hash, unexplained: frozen.unexplained },
        });
        return loadSigning(writer, user, await requireHandover(writer, user, id), at);
      });
      changed();
      return signing;
    },

    async 'handovers.sign'({ snapshotId, hash, role, party, reservations, password }, context) {
      const user = requireUser(context);
      const check = async (from: Reader) => {
        const found = await requireSnapshot(from, user, snapshotId);
        const facts = factsOf(found.loaded, found.snapshot);
        refuse(refusalOfSignature(facts, signerOf(user), { role, party }, hash));
        return found;
      };
      // First what needs no password: a signature that is refused must not count as a failed attempt.
      await requireIntact(blobs, (await check(reader)).row);
      const confirm = await reauthenticate(user, password);
      const signing = await reader.transaction().execute(async (writer) => {
        const found = await check(writer);
        await confirm(writer);
        await enter(writer, user, found, { role, party, reservations, absence: null });
        return loadSigning(
          writer,
          user,
          await requireHandover(writer, user, found.loaded.row.id),
          clock.now(),
        );
      });
      changed();
      return signing;
    },

    async 'handovers.recordAbsence'({ snapshotId, hash, reason, password }, context) {
      const user = requireUser(context);
      const check = async (from: Reader) => {
        const found = await requireSnapshot(from, user, snapshotId);
        refuse(refusalOfAbsence(factsOf(found.loaded, found.snapshot), signerOf(user), hash, reason));
        return found;
      };
      await requireIntact(blobs, (await check(reader)).row);
      const confirm = await reauthenticate(user, password);
      const signing = await reader.transaction().execute(async (writer) => {
        const found = await check(writer);
        await confirm(writer);
        const { id, leaver } = found.loaded.row;
        await enter(writer, user, found, {
          role: 'leaver',
          party: leaver,
          reservations: '',
          absence: reason,
        });
        return loadSigning(writer, user, await requireHandover(writer, user, id), clock.now());
      });
      changed();
      return signing;
    },

    async 'handovers.reopen'({ id, reason }, context) {
      const user = requireUser(context);
      const signing = await reader.transaction().execute(async (writer) => {
        const loaded = await requireHandover(writer, user, id);
        const [newest] = await loadSnapshots(writer, id);
        refuse(refusalOfReopening(factsOf(loaded, newest), signerOf(user), reason));
        if (newest === undefined) throw refusalError('not-frozen');
        const at = clock.now();
        await markReopened(writer, newest.id, { by: user.userId, at, reason });
        await change(writer, loaded, { state: 'open', signed_at: null, updated_at: at });
        await recordAudit(writer, clock, user, {
          action: 'handovers.reopen',
          recordKind: 'handover',
          recordId: id,
          before: { state: loaded.row.state, hash: newest.hash },
          after: { state: 'open', reason },
          details: { snapshot: newest.number, hash: newest.hash, signatures: newest.signatures.length },
        });
        return loadSigning(writer, user, await requireHandover(writer, user, id), at);
      });
      changed();
      return signing;
    },

    async 'handovers.snapshots'({ id }, context) {
      await requireHandover(reader, requireUser(context), id);
      return loadSnapshots(reader, id);
    },

    async 'handovers.snapshot'({ id }, context) {
      const { row, snapshot } = await requireSnapshot(reader, requireUser(context), id);
      const path = await blobs.path(row.blob_id);
      const content = await worker.ask('snapshot', { path, hash: row.hash });
      return { ...snapshot, handoverId: row.handover_id, ...content };
    },

    async 'handovers.snapshotRows'({ id, ...filter }, context) {
      const { row } = await requireSnapshot(reader, requireUser(context), id);
      const path = await blobs.path(row.blob_id);
      return worker.ask('snapshotRows', { path, hash: row.hash, ...filter });
    },

    'handovers.export': createExport(services, worker, registers),
    'handovers.frozenFile': createFrozenFile(services),
  };
}

async function change(
  writer: Writer,
  { row }: LoadedHandover,
  to: Parameters<typeof updateHandover>[3],
): Promise<void> {
  // Read in this very transaction: nobody can have been faster.
  if (!(await updateHandover(writer, row.id, row.revision, to))) throw moved(row.id);
}

function moved(id: string): AppError {
  return new AppError(
    'conflict',
    'This handover was changed meanwhile. Reload it, look at it, then try again.',
    {
      id,
    },
  );
}

/** A large sheet has 14 MB: hashed a piece at a time, others are served in between. */
async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += 1 << 20) yield bytes.subarray(from, from + (1 << 20));
}
