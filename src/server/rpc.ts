import type { FastifyInstance } from 'fastify';

import type { ErrorBody, ErrorCode } from '../core/contract/errors.ts';
import type { App } from '../core/contract/handlers.ts';
import type { SessionCookie } from './session.ts';

/** Contract inputs are small (the largest: a material's content, `maxContentLength`); files go through uploads.ts. */
const bodyLimit = 4 * 2 ** 20;

/** The procedures that try a password. The core throttles per account; this bounds what one machine can make it compute. */
const passwordProcedures: ReadonlySet<string> = new Set([
  'users.signIn',
  'users.unlock',
  'users.changeOwnPassword',
  'handovers.sign',
  'handovers.recordAbsence',
]);

const statusByCode: Readonly<Record<ErrorCode, number>> = {
  'bad-input': 400,
  'unknown-procedure': 404,
  'not-found': 404,
  forbidden: 403,
  'not-signed-in': 401,
  locked: 423,
  throttled: 429,
  'wrong-credentials': 401,
  'account-disabled': 403,
  conflict: 409,
  'changed-meanwhile': 409,
  'name-taken': 409,
  'year-unknown': 422,
  'template-invalid': 422,
  'no-template': 409,
  'template-differs': 409,
  'version-not-newer': 409,
  'version-decided': 409,
  'review-closed': 409,
  'review-moved-on': 409,
  'decision-refused': 409,
  'handover-refused': 409,
  'reassign-leaves-nobody': 409,
  'must-fix-by-reviewer': 403,
  'suggestion-lost': 409,
  'approval-not-valid': 409,
  'handover-exists': 409,
  'handover-frozen': 409,
  'last-admin': 409,
  'password-too-weak': 422,
  'password-change-required': 403,
  'no-workspace': 409,
  'workspace-exists': 409,
  'workspace-in-use': 409,
  'workspace-newer': 409,
  'workspace-damaged': 409,
  'workspace-read-only': 409,
  'disk-full': 507,
  'file-unreadable': 422,
  'file-empty': 422,
  'file-is-directory': 422,
  'file-not-recognised': 422,
  'file-truncated': 422,
  'file-too-large': 413,
  'archive-bomb': 422,
  'wrong-encoding': 422,
  'lexicon-invalid': 422,
  'lexicon-nothing-to-publish': 409,
  'lexicon-published': 409,
  'examples-failed': 422,
  'draft-conflict': 409,
  'text-too-long': 422,
  'too-many-paragraphs': 422,
  'content-too-large': 422,
  'material-retired': 409,
  'material-in-review': 409,
  'nothing-approved': 409,
  'nothing-to-screen': 409,
  'nothing-to-undo': 409,
  'job-not-running': 409,
  cancelled: 409,
  internal: 500,
};

/** Says which count of changes an answer is not older than: transport.ts spells the same name. */
const changesHeader = 'countersign-changes';

/** The HTTP status of an error; the body says the rest. */
export function statusOf(error: ErrorBody): number {
  return statusByCode[error.code];
}

/** Every answer of the API has this shape, so that the renderer's client is the same over HTTP and IPC. */
export function failure(error: ErrorBody): { readonly ok: false; readonly error: ErrorBody } {
  return { ok: false, error };
}

/** `POST /api/:name` calls the procedure of that name; nothing about any procedure is known here. */
export function registerRpc(
  server: FastifyInstance,
  options: {
    readonly app: App;
    readonly session: SessionCookie;
    readonly passwordsPerMinute: number;
    /** Called when a browser's session token changed from the given one: its event streams are out of date. */
    readonly onSessionChange: (previousToken: string | null) => void;
  },
): void {
  const { app, session } = options;
  const limitPasswords = server.createRateLimit({ max: options.passwordsPerMinute, timeWindow: 60_000 });

  server.post<{ Params: { name: string } }>('/api/:name', { bodyLimit }, async (request, reply) => {
    const { name } = request.params;
    if (passwordProcedures.has(name)) {
      const limit = await limitPasswords(request);
      if (!limit.isAllowed && limit.isExceeded) {
        return reply
          .code(429)
          .header('retry-after', String(limit.ttlInSeconds))
          .send(
            failure({
              code: 'throttled',
              message: `Too many attempts. Try again in ${limit.ttlInSeconds} seconds.`,
              details: { seconds: limit.ttlInSeconds },
            }),
          );
      }
    }
    const caller = session.caller(request);
    const result = await app.dispatch(name, request.body, caller);
    if (result.session !== undefined) {
      session.keep(reply, result.session.token);
      options.onSessionChange(caller.sessionToken);
    }
    if (result.changes !== undefined) void reply.header(changesHeader, String(result.changes));
    if (result.ok) return reply.send({ ok: true, output: result.output });
    return reply.code(statusOf(result.error)).send(failure(result.error));
  });
}
