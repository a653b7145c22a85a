import { extname } from 'node:path';

import { AppError } from '../../../contract/errors.ts';
import type { SignedIn } from '../../../contract/handlers.ts';
import type { BlobId, MaterialId, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { recordAudit } from '../../audit/index.ts';
import type { Attachment, MaterialContent } from './contract.ts';
import { insertFile, selectFileOfAnyMaterial, selectFiles } from './draft-repository.ts';
import { maxAttachmentBytes } from './model.ts';
import { readContent } from './stored.ts';

export type MaterialServices = Pick<Services, 'clock' | 'ids'>;

/** Media types by the name's end, for whoever saves the file again. What a file really is, `documents` tells by its bytes. */
const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['.pdf', 'application/pdf'],
  ['.html', 'text/html'],
  ['.htm', 'text/html'],
  ['.txt', 'text/plain'],
  ['.md', 'text/plain'],
  ['.csv', 'text/csv'],
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.bmp', 'image/bmp'],
  ['.mp4', 'video/mp4'],
  ['.mov', 'video/quicktime'],
]);

/** The name without the folders that some browsers and programs put before it. */
function fileName(path: string): string {
  const name = path.split(/[\\/]/).at(-1)?.trim().slice(-255) ?? '';
  return name === '' ? 'file' : name;
}

/**
 * The file as an attachment names it. Throws `not-found` where the workspace has no such blob, `file-empty` and
 * `file-too-large`.
 */
export async function describeFile(
  blobs: Services['blobs'],
  blobId: BlobId,
  path: string,
): Promise<Attachment> {
  const size = await blobs.size(blobId);
  if (size === 0) throw new AppError('file-empty', 'The file is empty.');
  if (size > maxAttachmentBytes) {
    throw new AppError('file-too-large', `An attachment has at most ${maxAttachmentBytes} bytes.`, {
      limit: maxAttachmentBytes,
    });
  }
  const name = fileName(path);
  const mediaType = mediaTypes.get(extname(name).toLowerCase()) ?? 'application/octet-stream';
  return { blobId, name, mediaType, size };
}

/** Whether some material has the file, so that whoever reads materials may read it. */
export async function isMaterialFile(reader: Reader, blobId: BlobId): Promise<boolean> {
  return (await selectFileOfAnyMaterial(reader, blobId)) !== undefined;
}

/** Lets the material's contents name the file. One that it has already keeps its media type. */
export async function attachFile(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  { id, file }: { readonly id: MaterialId; readonly file: Attachment },
): Promise<Attachment> {
  const known = (await selectFiles(writer, id)).find((other) => other.blob_id === file.blobId);
  if (known !== undefined) return { ...file, mediaType: known.media_type };
  await insertFile(writer, {
    material_id: id,
    blob_id: file.blobId,
    name: file.name,
    media_type: file.mediaType,
    size: file.size,
    added_by: user.userId,
    added_at: services.clock.now(),
  });
  await recordAudit(writer, services.clock, user, {
    action: 'materials.attach',
    recordKind: 'material',
    recordId: id,
    after: file,
    details: { blob: file.blobId, bytes: file.size },
  });
  return file;
}

/**
 * Throws `bad-input` where a content names a file that no material has: the hash of any other file of the workspace, a chat
 * archive's say, opens nothing. A file that was pasted with the text of another material becomes this one's too.
 */
export async function requireFiles(
  writer: Writer,
  services: MaterialServices,
  user: SignedIn,
  { id, content }: { readonly id: MaterialId; readonly content: MaterialContent },
): Promise<void> {
  const blobIds = blobsOf(content);
  if (blobIds.size === 0) return;
  const files = new Map((await selectFiles(writer, id)).map((file) => [file.blob_id, file]));
  for (const blobId of blobIds) {
    if (files.has(blobId)) continue;
    const file = await selectFileOfAnyMaterial(writer, blobId);
    if (file === undefined) {
      throw new AppError('bad-input', 'The content names a file that was not attached.', {
        path: 'content.attachments',
        problem: 'file-not-attached',
        blob: blobId,
      });
    }
    const own = { ...file, material_id: id, added_by: user.userId, added_at: services.clock.now() };
    await insertFile(writer, own);
    files.set(blobId, own);
  }
  for (const attachment of content.attachments) {
    const file = files.get(attachment.blobId);
    if (file?.media_type === attachment.mediaType && file.size === attachment.size) continue;
    throw new AppError('bad-input', 'An attachment is not described as it was when it was attached.', {
      path: 'content.attachments',
      problem: 'file-differs',
      blob: attachment.blobId,
    });
  }
}

/** Who brought in the files that a content names: what stands in a file is theirs, whoever saved the draft with it. */
export async function attachersOf(
  reader: Reader,
  id: MaterialId,
  contentJson: string,
): Promise<readonly UserId[]> {
  const files = await selectFiles(reader, id);
  if (files.length === 0) return [];
  const named = blobsOf(readContent(contentJson));
  return files.filter((file) => named.has(file.blob_id)).map((file) => file.added_by);
}

function blobsOf({ attachments, body, variants }: MaterialContent): ReadonlySet<BlobId> {
  return new Set([
    ...attachments.map((attachment) => attachment.blobId),
    ...[body, ...variants.map((variant) => variant.body)].flatMap((blocks) =>
      blocks.flatMap((block) => (block.kind === 'image' ? [block.blobId] : [])),
    ),
  ]);
}
