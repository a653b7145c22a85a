import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import type { BlobId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { isFrozenSheet, isImportedFile } from './import-repository.ts';

/**
 * Throws `forbidden` where the file was imported as an archive of chats and the user may not read these, and to everybody where it is
 * the frozen sheet of a handover, which its parties read there and nobody passes on as a file: its id is the hash that they are shown.
 * Whatever takes a blob's id from a caller and shows what is in it asks this first: the blob store doesn't know whose a file is.
 */
export async function requireOpenFile(reader: Reader, user: SignedIn, blobId: BlobId): Promise<void> {
  if (await isFrozenSheet(reader, blobId))
    throw new AppError(
      'forbidden',
      'This is the frozen sheet of a handover, which is read there only. Choose another file.',
    );
  if (user.permissions.has('archive:read') || !(await isImportedFile(reader, blobId))) return;
  throw new AppError('forbidden', 'Your roles do not let you read the archive.', {
    permission: 'archive:read',
  });
}
