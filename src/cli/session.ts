import { resolve } from 'node:path';

import type { AppOptions, LocalApp } from '../core/app.ts';
import { type ErrorCode, AppError, errorCodes } from '../core/contract/errors.ts';
import type { AppEvent } from '../core/contract/events.ts';
import type { Caller } from '../core/contract/handlers.ts';
import {
  type ProcedureInput,
  type ProcedureName,
  type ProcedureOutput,
  contract,
} from '../core/contract/index.ts';
import type { JobView } from '../core/features/jobs/contract.ts';
import { resourcesDirectory, version } from './environment.ts';
import type { Terminal } from './output.ts';
import { askPassword, askUserName } from './password.ts';

/** A workspace, open in this process, with a signed-in user. */
export interface Session {
  readonly app: LocalApp;
  readonly caller: Caller;
  /** Calls a procedure as the user. Rejects with its AppError. */
  call<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Promise<ProcedureOutput<Name>>;
  /** Shows a job's progress on stderr until it ends. Rejects where it failed or was cancelled. */
  follow(jobId: JobView['id']): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the workspace and signs in with COUNTERSIGN_USER and COUNTERSIGN_PASSWORD, or what is typed. `shared` is for
 * commands that only look: they also work while the app holds the workspace.
 */
export async function openSession(
  terminal: Terminal,
  workspace: string,
  mode: NonNullable<AppOptions['mode']>,
  program = 'countersign',
): Promise<Session> {
  const userName = await askUserName(terminal);
  const password = await askPassword(terminal, `Password of ${userName}: `);
  const directory = resolve(workspace);
  // Loaded where it is needed: `scan` opens no workspace, and its start counts.
  const { createApp } = await import('../core/app.ts');
  const app = await createApp({
    home: directory,
    workspace: directory,
    mode,
    resources: resourcesDirectory(),
    version: version(),
    program,
  });
  try {
    return await signIn(terminal, app, userName, password);
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function signIn(
  terminal: Terminal,
  app: LocalApp,
  userName: string,
  password: string,
): Promise<Session> {
  let caller: Caller = { host: 'cli', sessionToken: null };

  async function call<Name extends ProcedureName>(
    name: Name,
    input: ProcedureInput<Name>,
  ): Promise<ProcedureOutput<Name>> {
    const result = await app.dispatch(name, input, caller);
    if (result.session !== undefined) caller = { host: 'cli', sessionToken: result.session.token };
    if (!result.ok) throw new AppError(toCode(result.error.code), result.error.message, result.error.details);
    // dispatch has parsed the output already; parsing it again only gives it its type.
    return contract[name].output.parse(result.output) as ProcedureOutput<Name>;
  }

  await call('users.signIn', { userName, password });
  return {
    app,
    get caller() {
      return caller;
    },
    call,
    follow: (jobId) => followJob(terminal, app, caller, call, jobId),
    async close() {
      await call('users.signOut', {}).catch(() => undefined);
      await app.close();
    },
  };
}

function toCode(code: string): ErrorCode {
  return errorCodes.find((known) => known === code) ?? 'internal';
}

async function followJob(
  terminal: Terminal,
  app: LocalApp,
  caller: Caller,
  call: Session['call'],
  jobId: JobView['id'],
): Promise<void> {
  const stop = app.subscribe(caller, (event: AppEvent) => {
    if (event.type === 'job' && event.job.id === jobId) showProgress(terminal, event.job);
  });
  const onInterrupt = () => void call('jobs.cancel', { id: jobId }).catch(() => undefined);
  process.once('SIGINT', onInterrupt);
  try {
    await app.idle();
  } finally {
    stop();
    process.removeListener('SIGINT', onInterrupt);
    if (terminal.stderr.isTTY === true) terminal.stderr.write('\r\u001B[K');
  }
  const job = await call('jobs.get', { id: jobId });
  if (job.state === 'succeeded') return;
  if (job.error !== null) throw new AppError(toCode(job.error.code), job.error.message, job.error.details);
  throw new AppError(
    'cancelled',
    'Stopped before the end. What was done is kept; run the command again to go on.',
  );
}

/** One line that is written over; nothing where stderr is no terminal, so that logs stay short. */
export function showProgress(terminal: Terminal, job: JobView): void {
  const { progress } = job;
  if (terminal.stderr.isTTY !== true || progress === null) return;
  const share =
    progress.total === null || progress.total === 0
      ? ''
      : `${Math.floor((100 * progress.done) / progress.total)} % `;
  const rate = progress.rate > 0 ? `, ${Math.round(progress.rate).toLocaleString('en-US')}/s` : '';
  terminal.stderr.write(
    `\r\u001B[K${progress.phase}: ${share}(${progress.messages.toLocaleString('en-US')} messages${rate})`,
  );
}
