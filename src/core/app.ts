import { contract } from './contract/index.ts';
import { AppError } from './contract/errors.ts';
import type { AppEvent } from './contract/events.ts';
import type { App, Caller } from './contract/handlers.ts';
import { type Authenticate, type HandlerTable, createDispatch } from './dispatch.ts';
import { createArchiveFeature } from './features/archive/index.ts';
import { createAuditFeature } from './features/audit/index.ts';
import { createJobsFeature } from './features/jobs/index.ts';
import { createLexiconsFeature } from './features/lexicons/index.ts';
import { createSettingsFeature } from './features/settings/index.ts';
import { createSupervisionFeature } from './features/supervision/index.ts';
import { createUsersFeature } from './features/users/index.ts';
import { createWorkspacesFeature } from './features/workspaces/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { type RandomBytes, createIdSource, systemRandom } from './platform/ids.ts';
import type { JobRunner } from './platform/jobs/runner.ts';
import { type Log, createLog } from './platform/log.ts';
import type { Audience, Services } from './platform/services.ts';
import { type OpenWorkspace, type WorkspaceMode, openWorkspace } from './platform/workspace.ts';

export interface AppOptions {
  /** The folder that holds the workspaces of this computer's user; the first screen offers what it finds there. */
  readonly home: string;
  /** One workspace's folder: opened at once, and the only one (`serve`, the command line). */
  readonly workspace?: string;
  /** `shared` takes no lock and runs no jobs: for commands that only look. */
  readonly mode?: WorkspaceMode;
  /** The folder of starter packs and other files that ship with the app. */
  readonly resources: string;
  readonly version: string;
  readonly clock?: Clock;
  readonly random?: RandomBytes;
  readonly log?: Log;
}

/** The largest file that a host accepts for the blob store, in bytes: a year's archive of a large branch. */
const uploadLimit = 64 * 2 ** 30;

/** An app whose parts the command line may also reach: it waits for its jobs before it exits. */
export interface LocalApp extends App {
  /** Resolves when no job runs or waits. */
  idle(): Promise<void>;
  /** The folder of the open workspace's blobs, or null. */
  readonly openDirectory: () => string | null;
}

/**
 * Builds the application: opens the workspace where one is named or was open last, and answers what hosts need.
 * Rejects with an AppError where the named workspace can't be opened.
 */
export async function createApp(options: AppOptions): Promise<LocalApp> {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const log = options.log ?? createLog();
  const ids = createIdSource(clock, random);
  const mode = options.mode ?? 'exclusive';

  const listeners = new Set<{ caller: Caller; listener: (event: AppEvent) => void; tail: Promise<void> }>();
  let current: OpenState | null = null;

  interface OpenState {
    readonly workspace: OpenWorkspace;
    readonly handlers: HandlerTable;
    readonly authenticate: Authenticate;
    readonly jobs: JobRunner;
    close(): Promise<void>;
  }

  const authenticate: Authenticate = async (caller) =>
    current === null ? { state: 'signed-out', user: null } : current.authenticate(caller);

  function emit(event: AppEvent, audience: Audience = {}): void {
    for (const entry of listeners) {
      // One after another per subscriber, so that events arrive in the order they happened.
      entry.tail = entry.tail.then(async () => {
        const who = await authenticate(entry.caller);
        if (audience.access === 'public') entry.listener(event);
        else if (who.user === null) return;
        else if (audience.sessionKey !== undefined && audience.sessionKey !== who.user.sessionKey) return;
        else if (
          audience.access !== undefined &&
          audience.access !== 'signed-in' &&
          !who.user.permissions.has(audience.access)
        )
          return;
        else entry.listener(event);
      });
    }
  }

  async function open(workspace: OpenWorkspace): Promise<void> {
    await closeCurrent();
    const base: Omit<Services, 'jobs'> = {
      connection: workspace.connection,
      blobs: workspace.blobs,
      directory: workspace.directory,
      resources: options.resources,
      clock,
      ids,
      random,
      log,
      emit,
    };
    const jobs = createJobsFeature(base);
    const services: Services = { ...base, jobs: jobs.runner };
    const users = createUsersFeature(services);
    const archive = createArchiveFeature(services);
    const lexicons = createLexiconsFeature(services);
    const supervision = createSupervisionFeature(services);
    current = {
      workspace,
      authenticate: users.authenticate,
      jobs: jobs.runner,
      handlers: {
        ...users.handlers,
        ...createSettingsFeature(services).handlers,
        ...createAuditFeature(services).handlers,
        ...jobs.handlers,
        ...archive.handlers,
        ...lexicons.handlers,
        ...supervision.handlers,
      },
      async close() {
        archive.close();
        await jobs.runner.close();
        await workspace.close();
      },
    };
    if (mode === 'exclusive') await jobs.resume();
  }

  async function closeCurrent(): Promise<void> {
    const closing = current;
    current = null;
    await closing?.close();
  }

  const workspaces = createWorkspacesFeature({
    home: options.home,
    fixed: options.workspace !== undefined,
    resources: options.resources,
    version: options.version,
    clock,
    ids,
    random,
    log,
    open,
    close: closeCurrent,
    current: () => current,
  });

  if (options.workspace === undefined) await workspaces.reopenLast();
  else await open(await openWorkspace(options.workspace, { mode, clock }));

  const dispatchTo = (handlers: HandlerTable) =>
    createDispatch(contract, { ...handlers, ...workspaces.handlers }, authenticate, log);
  const whileClosed = createDispatch(
    contract,
    { ...workspaces.handlers, ...noWorkspaceHandlers() },
    authenticate,
    log,
  );
  const dispatchers = new WeakMap<HandlerTable, ReturnType<typeof createDispatch>>();

  return {
    async dispatch(name, input, caller) {
      const state = current;
      if (state === null) return whileClosed(name, input, caller);
      let dispatch = dispatchers.get(state.handlers);
      if (dispatch === undefined) {
        dispatch = dispatchTo(state.handlers);
        dispatchers.set(state.handlers, dispatch);
      }
      return dispatch(name, input, caller);
    },
    subscribe(caller, listener) {
      const entry = { caller, listener, tail: Promise.resolve() };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    async prepareUpload(caller) {
      const who = await authenticate(caller);
      if (current === null) throw new AppError('no-workspace', 'No workspace is open.');
      if (who.user === null) throw new AppError('not-signed-in', 'Sign in first.');
      const may = who.user.permissions;
      if (!may.has('archive:import') && !may.has('lexicons:edit')) {
        throw new AppError('forbidden', 'Your roles include no permission to bring files in.');
      }
      return { blobDirectory: current.workspace.blobDirectory, limit: uploadLimit };
    },
    idle: () => current?.jobs.idle() ?? Promise.resolve(),
    openDirectory: () => current?.workspace.directory ?? null,
    async close() {
      listeners.clear();
      await closeCurrent();
    },
  };
}

/** While no workspace is open, every other procedure says so; `users.me` answers "signed out", so that the first screen works. */
function noWorkspaceHandlers(): HandlerTable {
  const refuse = () =>
    Promise.reject(new AppError('no-workspace', 'No workspace is open. Create or open one first.'));
  const table: Record<string, HandlerTable[string]> = {};
  for (const name of Object.keys(contract)) {
    if (!name.startsWith('workspaces.')) table[name] = refuse;
  }
  table['users.me'] = () => Promise.resolve({ state: 'signed-out', user: null, idleLockAfter: 0 });
  return table;
}
