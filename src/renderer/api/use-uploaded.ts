import { useEffect, useState } from 'react';

import type { BlobId } from '../../core/contract/ids.ts';
import { type ApiError, toApiError } from './client.ts';
import { uploadFile } from './upload.ts';

export interface Uploaded {
  readonly blobId: BlobId | null;
  readonly error: ApiError | null;
}

const notYet: Uploaded = { blobId: null, error: null };

/** Brings a chosen file's bytes to the host, so that it can be looked at. */
export function useUploaded(file: File | null): Uploaded {
  const [state, setState] = useState<{ readonly file: File | null; readonly uploaded: Uploaded }>({
    file: null,
    uploaded: notYet,
  });
  useEffect(() => {
    if (file === null) return undefined;
    const abort = new AbortController();
    uploadFile(file, () => undefined, abort.signal).then(
      ({ blobId }) => setState({ file, uploaded: { blobId, error: null } }),
      (thrown: unknown) => {
        if (!abort.signal.aborted) setState({ file, uploaded: { blobId: null, error: toApiError(thrown) } });
      },
    );
    return () => abort.abort();
  }, [file]);
  // What is known of the file chosen before must not pass for this one's.
  return state.file === file ? state.uploaded : notYet;
}
