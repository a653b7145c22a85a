import { AppError } from '../../../contract/errors.ts';
import { type Handlers, requireUser } from '../../../contract/handlers.ts';
import type { Services } from '../../../platform/services.ts';
import { partiesOf, targetOf } from '../record/index.ts';
import type { HandoverWorker } from '../worker-client.ts';
import type { signingContract } from './contract.ts';
import { freezeRequest, requireIntact, requireSnapshot } from './load.ts';
import { refusalOfCertificate, refusalOfTable } from './model.ts';
import { recordExport } from './record-export.ts';
import { refuse, refusalError } from './refuse.ts';
import type { RegisterRequest } from './register/register-protocol.ts';
import { registerTexts } from './register/register-texts.ts';
import type { RegisterMaker } from './register/register.ts';
import { factsOf } from './views.ts';

const mediaTypes = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly base64: string;
}

/** Registers and certificates. Each one that is made is on record: it takes customers' names out of the workspace. */
export function createExport(
  services: Services,
  worker: HandoverWorker,
  registers: RegisterMaker,
): Handlers<typeof signingContract>['handovers.export'] {
  const { connection, clock, blobs } = services;
  const reader = connection.query;
  return async ({ target, snapshotId, kind, format, language }, context) => {
    const user = requireUser(context);
    const printedAt = clock.now();
    const form = { kind, format, language, printedAt } as const;
    const found = await targetOf(reader, user, target);
    if ('row' in found && format === 'xlsx') refuse(refusalOfTable(partiesOf(found), user.userId));

    const record = (details: Readonly<Record<string, string | number | null>>) =>
      recordExport(services, user, found, { kind, format, language, ...details });

    if (snapshotId === null) {
      if (kind === 'certificate') throw refusalError('not-signed');
      const { bytes } = await worker.ask('freeze', await freezeRequest(reader, found, user, printedAt));
      await record({ snapshot: null });
      return exportDocument(registers, { content: { bytes }, snapshot: null, ...form });
    }
    const { row, loaded, snapshot } = await requireSnapshot(reader, user, snapshotId);
    if (!('row' in found) || row.handover_id !== found.row.id)
      throw new AppError('not-found', 'There is no such frozen sheet.', { id: snapshotId });
    if (kind === 'certificate') refuse(refusalOfCertificate(factsOf(loaded, snapshot)));
    const path = await blobs.path(row.blob_id);
    await record({ snapshot: snapshot.number, hash: snapshot.hash });
    return exportDocument(registers, { content: { path }, snapshot, ...form });
  };
}

/** The file whose hash the parties signed, as it lies in the workspace. */
export function createFrozenFile(
  services: Services,
): Handlers<typeof signingContract>['handovers.frozenFile'] {
  const { connection, blobs } = services;
  return async ({ snapshotId, language }, context) => {
    const user = requireUser(context);
    const { row, loaded, snapshot } = await requireSnapshot(connection.query, user, snapshotId);
    refuse(refusalOfTable(partiesOf(loaded), user.userId));
    await requireIntact(blobs, row);
    await recordExport(services, user, loaded, {
      kind: 'frozen',
      format: 'json',
      language,
      snapshot: snapshot.number,
      hash: snapshot.hash,
    });
    const pieces: Uint8Array[] = [];
    for await (const piece of await blobs.read(row.blob_id))
      if (piece instanceof Uint8Array) pieces.push(piece);
    const { fileName } = registerTexts[language];
    const { leaver, last_day: lastDay } = loaded.row;
    return {
      fileName: `${nameOf([fileName.frozen, leaver, lastDay, `v${snapshot.number}`])}.json`,
      mediaType: 'application/json',
      base64: Buffer.concat(pieces).toString('base64'),
    };
  };
}

/** A register or certificate as a file that a host can hand to its user. */
async function exportDocument(registers: RegisterMaker, request: RegisterRequest): Promise<ExportedFile> {
  const { bytes, leaver, lastDay } = await registers.make(request);
  const { fileName } = registerTexts[request.language];
  const version = request.snapshot === null ? fileName.draft : `v${request.snapshot.number}`;
  return {
    fileName: `${nameOf([fileName[request.kind], leaver, lastDay ?? '', version])}.${request.format}`,
    mediaType: mediaTypes[request.format],
    base64: Buffer.from(bytes).toString('base64'),
  };
}

/** A userid is whatever a bank's directory has; a file's name is not. */
const nameOf = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => part.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_'))
    .join('-');
