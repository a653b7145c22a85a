import type { ErrorBody, ErrorCode } from '../../core/contract/errors.ts';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../core/contract/index.ts';
import { transport } from './transport.ts';

/** `unreachable` is the renderer's own: the host didn't answer at all. */
export type ApiErrorCode = ErrorCode | 'unreachable';

export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly details: ErrorBody['details'];

  constructor(code: ApiErrorCode, message: string, details: ErrorBody['details'] = {}) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}

/** Calls a procedure of the contract. Rejects with an `ApiError` and nothing else. */
export async function invoke<Name extends ProcedureName>(
  name: Name,
  input: ProcedureInput<Name>,
): Promise<ProcedureOutput<Name>> {
  let answer;
  try {
    answer = await transport.call(name, input);
  } catch {
    throw new ApiError('unreachable', 'The application did not answer.');
  }
  if (!answer.ok) throw new ApiError(answer.error.code, answer.error.message, answer.error.details);
  // dispatch parsed it with the contract's schema; zod stays out of this bundle.
  return answer.output as ProcedureOutput<Name>;
}

/** Anything thrown, as an `ApiError`: what a screen can show. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  return new ApiError('internal', thrown instanceof Error ? thrown.message : String(thrown));
}

/** An error body that came inside an answer (a job's, a file's), as an error that a screen can show. */
export function toClientError(body: {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorBody['details'];
}): ApiError {
  return new ApiError(body.code as ErrorCode, body.message, body.details);
}
