import type { BlobId } from '../../core/contract/ids.ts';
import { ApiError } from './client.ts';
import type { Answer } from './transport.ts';

/**
 * Sends a file's bytes to the host's blob store. XMLHttpRequest, because fetch tells nothing of an upload's progress;
 * it streams the file from disk, so that a file of gigabytes takes no memory here.
 */
export function uploadFile(
  file: File,
  onProgress: (sent: number, total: number) => void,
  signal?: AbortSignal,
): Promise<{ blobId: BlobId }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const cancelled = () => reject(new ApiError('cancelled', 'The upload was cancelled.'));
    if (signal?.aborted) {
      cancelled();
      return;
    }
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded, file.size));
    request.addEventListener('abort', cancelled);
    // A folder dropped on the window looks like a file until its bytes are asked for.
    request.addEventListener('error', () =>
      reject(new ApiError('file-unreadable', 'The file could not be sent.', { name: file.name })),
    );
    request.addEventListener('load', () => {
      try {
        resolve(readUploadAnswer(request.responseText));
      } catch (error) {
        reject(error);
      }
    });
    request.open('POST', './api/blobs');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
}

function readUploadAnswer(text: string): { blobId: BlobId } {
  let answer: Answer;
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    throw new ApiError('unreachable', 'The upload got no answer that can be read.');
  }
  if (!answer.ok) throw new ApiError(answer.error.code, answer.error.message, answer.error.details);
  return answer.output as { blobId: BlobId };
}
