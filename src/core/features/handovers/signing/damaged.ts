import { AppError } from '../../../contract/errors.ts';

/** A stored sheet was altered outside the app: what was signed can't be shown from it. */
export function damaged(): AppError {
  return new AppError(
    'workspace-damaged',
    'The frozen sheet is not what was signed: its bytes have another hash. Restore the workspace from a backup.',
  );
}
