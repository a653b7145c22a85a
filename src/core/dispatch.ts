import { z } from 'zod';

import { AppError, type ErrorBody } from './contract/errors.ts';
import { describeMistake, mistakeOf } from './contract/mistakes.ts';
import type { Caller, Context, DispatchResult, SignedIn } from './contract/handlers.ts';
import type { Access, ContractShape } from './contract/procedure.ts';
import { refusalOf } from './contract/refusal.ts';
import type { Log } from './platform/log.ts';
import { translateDatabaseError } from './platform/workspace.ts';
import { errorFacts } from './platform/error-facts.ts';

type LooseHandler = (input: never, context: Context) => Promise<unknown>;
export type HandlerTable = Readonly<Record<string, LooseHandler>>;

/** Answers who a caller is: signed in, locked, or nobody. */
export type Authenticate = (
  caller: Caller,
) => Promise<
  | { readonly state: 'signed-out'; readonly user: null }
  | { readonly state: 'locked'; readonly user: null }
  | { readonly state: 'signed-in'; readonly user: SignedIn }
>;

/**
 * The only way in: looks the procedure up, checks the permission, parses the input, runs the handler, parses the
 * output. Whatever is thrown becomes an error body; an unexpected error is logged and shown as `internal`.
 */
export function createDispatch(
  contract: ContractShape,
  handlers: HandlerTable,
  authenticate: Authenticate,
  log: Log,
  /** Called when a signed-in user does something; a query is not that, since screens refresh by themselves. */
  active: (user: SignedIn) => Promise<void> = () => Promise.resolve(),
): (name: string, input: unknown, caller: Caller) => Promise<DispatchResult> {
  return async (name, rawInput, caller) => {
    let session: { token: string | null } | undefined;
    const withSession = () => (session === undefined ? {} : { session });
    try {
      // Own keys only: `constructor` or `__proto__` is not a procedure.
      const procedure = Object.hasOwn(contract, name) ? contract[name] : undefined;
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (!procedure || !handler) {
        throw new AppError('unknown-procedure', `There is no procedure of this name.`, {
          name: name.slice(0, 100),
        });
      }
      const who = await authenticate(caller);
      checkAccess(name, procedure.permission, who);
      const parsed = procedure.input.safeParse(rawInput);
      if (!parsed.success) throw refusalOf(parsed.error) ?? badInput(parsed.error, rawInput);
      const context: Context = {
        caller,
        user: who.user,
        setSession(token) {
          session = { token };
        },
      };
      if (procedure.kind !== 'query' && who.user !== null) await active(who.user);
      const output = procedure.output.parse(await handler(parsed.data as never, context));
      return { ok: true, output, ...withSession() };
    } catch (error) {
      return { ok: false, error: toErrorBody(error, name, log), ...withSession() };
    }
  };
}

/** What a user may call whose password an administrator knows: the way out, besides what is public. */
const beforePasswordChange: ReadonlySet<string> = new Set(['users.changeOwnPassword']);

/** Throws unless the caller may do what needs this access. */
export function checkAccess(name: string, access: Access, who: Awaited<ReturnType<Authenticate>>): void {
  if (access === 'public') return;
  if (who.state === 'locked')
    throw new AppError('locked', 'This session is locked. Enter your password to go on.');
  if (who.user === null) throw new AppError('not-signed-in', 'Sign in first.');
  if (who.user.mustChangePassword && !beforePasswordChange.has(name)) {
    throw new AppError('password-change-required', 'Choose a password of your own first.');
  }
  if (access !== 'signed-in' && !who.user.permissions.has(access)) {
    throw new AppError('forbidden', `Your roles don't include the permission ${access}.`, {
      permission: access,
    });
  }
}

function badInput(error: z.ZodError, input: unknown): AppError {
  const first = error.issues[0];
  const path = first?.path.map(String).join('.') ?? '';
  // What a schema's own check says is a sentence of ours already.
  if (first !== undefined && first.code !== 'custom') {
    // Without what was written: it may be a password.
    const mistake = { ...mistakeOf(error.issues, input), found: '' };
    return new AppError('bad-input', `The input: ${describeMistake(mistake)}.`, {
      path: mistake.path,
      problem: mistake.mistake,
    });
  }
  return new AppError('bad-input', `${path === '' ? 'The input' : path}: ${first?.message ?? 'not valid'}`, {
    path,
    problem: first?.message ?? '',
  });
}

/** The error as a caller may see it. */
export function toErrorBody(thrown: unknown, where: string, log: Log): ErrorBody {
  const error = translateDatabaseError(thrown);
  if (error instanceof AppError) return error.toBody();
  // Messages can quote values, zod's on outputs too: of those the log has the paths.
  log.error(
    error instanceof z.ZodError
      ? { where, paths: error.issues.map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`) }
      : { where, ...errorFacts(error) },
    'internal-error',
  );
  return {
    code: 'internal',
    message: 'Something unexpected went wrong; the log has the details.',
    details: {},
  };
}
