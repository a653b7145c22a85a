import { AppError, type ErrorBody, type ErrorCode } from '../contract/errors.ts';
import type { App, Caller } from '../contract/handlers.ts';
import type { BlobId } from '../contract/ids.ts';
import { createBlobStore } from './blobs/index.ts';
import type { Log } from './log.ts';
import { errorFacts } from './error-facts.ts';

/** The same shape as a procedure's answer, so that the renderer reads both in one way. */
export type UploadAnswer =
  | { readonly ok: true; readonly output: { readonly blobId: BlobId; readonly bytes: number } }
  | { readonly ok: false; readonly error: ErrorBody };

/**
 * `POST api/blobs` of every host: streams a request's body into the open workspace's blob store, when the caller may
 * upload. Never rejects; the bytes go straight to the disk and never through the application's thread.
 */
export async function receiveUpload(
  app: App,
  caller: Caller,
  body: AsyncIterable<Uint8Array>,
  log: Log,
): Promise<{ readonly status: number; readonly answer: UploadAnswer }> {
  try {
    const { blobDirectory, limit } = await app.prepareUpload(caller);
    const { id, bytes } = await createBlobStore(blobDirectory).write(body, limit);
    return { status: 200, answer: { ok: true, output: { blobId: id, bytes } } };
  } catch (thrown) {
    const error = uploadError(thrown, log);
    return { status: statuses[error.code] ?? 500, answer: { ok: false, error } };
  }
}

function uploadError(thrown: unknown, log: Log): ErrorBody {
  if (thrown instanceof AppError) return thrown.toBody();
  log.error({ where: 'upload', ...errorFacts(thrown) }, 'internal-error');
  return {
    code: 'internal',
    message: 'The file could not be taken in; the log has the details. Try again.',
    details: {},
  };
}

/** The HTTP status that goes with an upload's error, 500 where there is none; the body says more. */
const statuses: Readonly<Partial<Record<ErrorCode, number>>> = {
  'not-signed-in': 401,
  forbidden: 403,
  'no-workspace': 409,
  'file-too-large': 413,
  locked: 423,
  'disk-full': 507,
};
