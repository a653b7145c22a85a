import { z } from 'zod';

import { AppError, type ErrorCode, errorCodes } from './errors.ts';

const Refusal = z.object({
  refusal: z.enum(errorCodes),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/**
 * For the check of an input's schema: what it refuses crosses the contract as this error instead of `bad-input`, for what has
 * more to say than which field it was.
 */
export function refuse(
  context: z.RefinementCtx,
  code: ErrorCode,
  message: string,
  details: AppError['details'],
): void {
  context.addIssue({
    code: 'custom',
    message,
    params: { refusal: code, details } satisfies z.input<typeof Refusal>,
  });
}

/** The error that a schema's check asked for by `refuse`, if one did. */
export function refusalOf(error: z.ZodError): AppError | null {
  for (const issue of error.issues) {
    if (issue.code !== 'custom') continue;
    const parsed = Refusal.safeParse(issue.params);
    if (parsed.success) return new AppError(parsed.data.refusal, issue.message, parsed.data.details);
  }
  return null;
}
