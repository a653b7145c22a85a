import { AppError } from '../../contract/errors.ts';

/** The file system's and zlib's errors as ours. */
export function translateReadError(error: unknown, fileName: string): unknown {
  if (error instanceof AppError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const details = { file: fileName };
  if (code === 'ENOENT') return new AppError('not-found', `There is no file ${fileName}.`, details, error);
  if (code === 'EISDIR') {
    return new AppError(
      'file-is-directory',
      `${fileName} is a folder. Name the files in it.`,
      details,
      error,
    );
  }
  if (code === 'Z_BUF_ERROR') {
    return new AppError(
      'file-truncated',
      `${fileName} ends too early: what was there has been read. Copy or download it again and import it once more; nothing is imported twice.`,
      details,
      error,
    );
  }
  return new AppError(
    'file-unreadable',
    `${fileName} can't be read: it is damaged or not accessible.`,
    details,
    error,
  );
}
