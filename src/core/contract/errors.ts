/**
 * Every error that crosses the contract has one of these codes. The renderer has a sentence for each, in both
 * languages, under `errors.<code>`; a test compares the two lists. `message` is the English sentence for logs and CLI.
 */
export const errorCodes = [
  'bad-input',
  'unknown-procedure',
  'not-found',
  'forbidden',
  'not-signed-in',
  'locked',
  'throttled',
  'wrong-credentials',
  'account-disabled',
  'conflict',
  'changed-meanwhile',
  'name-taken',
  'year-unknown',
  'template-invalid',
  'no-template',
  'template-differs',
  'version-not-newer',
  'version-decided',
  'review-closed',
  'review-moved-on',
  'decision-refused',
  'handover-refused',
  'reassign-leaves-nobody',
  'must-fix-by-reviewer',
  'suggestion-lost',
  'approval-not-valid',
  'handover-exists',
  'handover-frozen',
  'last-admin',
  'password-too-weak',
  'password-change-required',
  'no-workspace',
  'workspace-exists',
  'workspace-in-use',
  'workspace-newer',
  'workspace-damaged',
  'workspace-read-only',
  'disk-full',
  'file-unreadable',
  'file-empty',
  'file-is-directory',
  'file-not-recognised',
  'file-truncated',
  'file-too-large',
  'archive-bomb',
  'wrong-encoding',
  'lexicon-invalid',
  'lexicon-nothing-to-publish',
  'lexicon-published',
  'examples-failed',
  'draft-conflict',
  'text-too-long',
  'too-many-paragraphs',
  'content-too-large',
  'material-retired',
  'material-in-review',
  'nothing-approved',
  'nothing-to-screen',
  'nothing-to-undo',
  'job-not-running',
  'cancelled',
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What a caller sees of an error: never a stack, never a path, never message text. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

/** An error with a code that people and scripts can act on. Anything else thrown becomes `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorBody['details'];

  constructor(code: ErrorCode, message: string, details: ErrorBody['details'] = {}, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  toBody(): ErrorBody {
    return { code: this.code, message: this.message, details: this.details };
  }
}
