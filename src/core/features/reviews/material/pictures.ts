import { AppError } from '../../../contract/errors.ts';
import type { BlobId, MaterialId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import { selectFiles } from './draft-repository.ts';

/** Bytes of a picture that a screen shows; a larger one is opened with a program of the reader's. */
const largestShown = 12 * 2 ** 20;

/** What a browser draws without running anything: no SVG. By the bytes, since the name says what somebody wanted it to say. */
const drawn: readonly { readonly mediaType: string; readonly begins: (head: Buffer) => boolean }[] = [
  {
    mediaType: 'image/png',
    begins: (head) => head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
  },
  { mediaType: 'image/jpeg', begins: (head) => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  { mediaType: 'image/gif', begins: (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6)) },
  {
    mediaType: 'image/webp',
    begins: (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP',
  },
  { mediaType: 'image/bmp', begins: (head) => head.toString('latin1', 0, 2) === 'BM' },
];

/**
 * A picture among a material's files, as base64. Throws `not-found` where the material has no such file, whatever else of the
 * workspace has that hash; `file-too-large` beyond 12 MiB; `file-not-recognised` for what is no PNG, JPEG, GIF, WebP or BMP.
 */
export async function loadPicture(
  reader: Reader,
  blobs: Services['blobs'],
  { id, blobId }: { readonly id: MaterialId; readonly blobId: BlobId },
): Promise<{ readonly mediaType: string; readonly base64: string }> {
  const file = (await selectFiles(reader, id)).find((each) => each.blob_id === blobId);
  if (file === undefined) throw new AppError('not-found', 'The material has no such file.', { blob: blobId });
  if (file.size > largestShown) {
    throw new AppError('file-too-large', `A picture of more than ${largestShown} bytes is not shown here.`, {
      limit: largestShown,
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of await blobs.read(blobId)) chunks.push(Buffer.from(chunk));
  const bytes = Buffer.concat(chunks);
  const format = drawn.find(({ begins }) => begins(bytes));
  if (format === undefined)
    throw new AppError('file-not-recognised', 'The file is no picture that can be shown.');
  return { mediaType: format.mediaType, base64: bytes.toString('base64') };
}
