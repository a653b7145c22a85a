import { AppError } from '../../../contract/errors.ts';
import type { SigningRefusal } from './model.ts';

type Details = Readonly<Record<string, string | number>>;

export function refuse(refusal: SigningRefusal | null, details: Details = {}): void {
  if (refusal !== null) throw refusalError(refusal, details);
}

export function refusalError(reason: SigningRefusal, details: Details = {}): AppError {
  return new AppError('handover-refused', `This can't be done to the handover: ${reason}.`, {
    ...details,
    reason,
  });
}
