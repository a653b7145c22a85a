import { createChangeCount } from './change-count.ts';
import { contract } from './contract/index.ts';
import { AppError } from './contract/errors.ts';
import type { AppEvent } from './contract/events.ts';
import type { App, Caller, SignedIn } from './contract/handlers.ts';
import type { JobId } from './contract/ids.ts';
import type { Access } from './contract/procedure.ts';
import { type Authenticate, type HandlerTable, checkAccess, createDispatch } from './dispatch.ts';
import { createArchiveFeature, settleImports } from './features/archive/index.ts';
import { createAuditFeature, recordAudit } from './features/audit/index.ts';
import { createCalendarFeature } from './features/calendar/index.ts';
import { createDocumentsFeature } from './features/documents/index.ts';
import { createFeedsFeature } from './features/feeds/service.ts';
import { createHandoversFeature } from './features/handovers/index.ts';
import { JobView } from './features/jobs/contract.ts';
import { type JobsFeature, createJobsFeature } from './features/jobs/index.ts';
import { createLexiconsFeature } from './features/lexicons/index.ts';
import { createProductsFeature } from './features/products/index.ts';
import { createReviewsFeature, isMaterialFile } from './features/reviews/index.ts';
import { maxAttachmentBytes } from './features/reviews/material/model.ts';
import { createSettingsFeature } from './features/settings/index.ts';
import { createSupervisionFeature } from './features/supervision/index.ts';
import { createUsersFeature, sessionKeyOf, usualPasswordCost } from './features/users/index.ts';
import type { Permission } from './features/users/model.ts';
import {
  type BackupReport,
  type CheckReport,
  type CurrentWorkspace,
  type DemoAccount,
  type FirstAdministrator,
  type WorkspaceInfo,
  backupWorkspace,
  checkWorkspace,
  createDemoWorkspace,
  createWorkspaceWithAdmin,
  createWorkspacesFeature,
  demoAccounts,
  startDemoJob,
  workspaceInfo,
} from './features/workspaces/index.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { type RandomBytes, createIdSource, systemRandom } from './platform/ids.ts';
import { type Log, createLog } from './platform/log.ts';
import type { Audience, PasswordCost, Services } from './platform/services.ts';
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
  /** The host's name, for whoever finds the workspace in use by it. */
  readonly program?: string;
  readonly clock?: Clock;
  /** When to look for what falls due: reminders, deadlines, approvals that end. */
  readonly schedule?: Schedule;
  readonly random?: RandomBytes;
  /** No host sets it: tests do, which sign in hundreds of times, at a fifth of a second each. */
  readonly passwordCost?: PasswordCost;
  readonly log?: Log;
}

/**
 * Who may bring files in, and the largest that a host accepts of them for the blob store, in bytes. An archive may be a year's
 * of a large branch; what is attached to a material is limited by the material.
 */
const uploadLimits = [
  ['archive:import', 64 * 2 ** 30],
  ['lexicons:edit', 64 * 2 ** 30],
  ['products:edit', 64 * 2 ** 30],
  ['materials:edit', maxAttachmentBytes],
] as const satisfies readonly (readonly [Permission, number])[];

const queries: ReadonlySet<string> = new Set(
  Object.entries(contract).flatMap(([name, { kind }]) => (kind === 'query' ? [name] : [])),
);

/** Calls the work now and then until the returned function is called. */
export type Schedule = (work: () => void) => () => void;

/** Deadlines are counted in hours: a minute late is on time. */
const everyMinute: Schedule = (work) => {
  const timer = setInterval(work, 60_000).unref();
  return () => clearInterval(timer);
};

/** An app whose parts the command line may also reach: it waits for its jobs before it exits. */
export interface LocalApp extends App {
  /** Resolves when no job runs or waits. */
  idle(): Promise<void>;
  /** Does what falls due by now; resolves when it is done. */
  settleDeadlines(): Promise<void>;
  /** Puts the demo's data into the open workspace, unless it is there; answers the job that does. */
  startDemo(): Promise<JobId | null>;
  /** Copies the open workspace into a new or empty folder, for whoever may manage its settings. Audited. */
  backup(caller: Caller, target: string): Promise<BackupReport>;
  /** Checks the open workspace's database, blobs and audit log, for whoever may read the log. */
  check(caller: Caller): Promise<CheckReport>;
  /** What the open workspace is and holds, for anybody signed in. */
  info(caller: Caller): Promise<WorkspaceInfo>;
}

/**
 * Builds the application: opens the workspace where one is named or was open last, and answers what hosts need.
 * Rejects with an AppError where the named workspace can't be opened.
 */
export async function createApp(options: AppOptions): Promise<LocalApp> {
  const clock = options.clock ?? systemClock;
  const random = options.random ?? systemRandom;
  const passwordCost = options.passwordCost ?? usualPasswordCost;
  const log = options.log ?? createLog();
  const ids = createIdSource(clock, random);
  const mode = options.mode ?? 'exclusive';

  const listeners = new Set<{ caller: Caller; listener: (event: AppEvent) => void; tail: Promise<void> }>();
  const changes = createChangeCount(clock.now());
  let current: OpenState | null = null;

  const authenticate: Authenticate = async (caller) =>
    current === null ? { state: 'signed-out', user: null } : current.users.sessions.authenticate(caller);

  function emit(event: AppEvent, audience: Audience = {}): void {
    changes.note(event);
    for (const entry of listeners) {
      // One after another per subscriber, so that events arrive in the order they happened.
      entry.tail = entry.tail
        .then(async () => {
          if (await maySee(entry.caller, event, audience)) entry.listener(event);
        })
        .catch((error: unknown) =>
          log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'event-not-delivered'),
        );
    }
  }

  async function maySee(caller: Caller, event: AppEvent, audience: Audience): Promise<boolean> {
    if (audience.access === 'public') return true;
    // News of a session's own lock or end reaches it although it is signed in no more.
    if (event.type === 'session') {
      return caller.sessionToken !== null && sessionKeyOf(caller.sessionToken) === audience.sessionKey;
    }
    const { user } = await authenticate(caller);
    if (user === null || user.mustChangePassword) return false;
    if (audience.sessionKey !== undefined && audience.sessionKey !== user.sessionKey) return false;
    const access = audience.access ?? 'signed-in';
    return access === 'signed-in' || user.permissions.has(access);
  }

  async function open(workspace: OpenWorkspace): Promise<OpenState> {
    await closeCurrent();
    const state = createState(workspace, { ...options, clock, random, passwordCost, log, ids, emit });
    current = state;
    if (mode !== 'exclusive') return state;
    try {
      await workspace.blobs.discardIncoming();
      await state.jobs.resume();
      state.startTicking(options.schedule ?? everyMinute);
      return state;
    } catch (error) {
      // Half open is not open: the first screen comes back.
      await closeCurrent();
      throw error;
    }
  }

  async function closeCurrent(): Promise<void> {
    const closing = current;
    current = null;
    await closing?.close();
  }

  const workspaces = createWorkspacesFeature({
    home: options.home,
    fixed: options.workspace !== undefined,
    version: options.version,
    program: options.program,
    clock,
    ids,
    random,
    passwordCost,
    log,
    open,
    close: closeCurrent,
    current: () => current,
    resources: options.resources,
  });

  if (options.workspace === undefined) await workspaces.reopenLast();
  else {
    const workspace = await openWorkspace(options.workspace, { mode, clock, program: options.program });
    try {
      await open(workspace);
    } catch (error) {
      await workspace.close();
      throw error;
    }
  }

  /** What hosts reach besides the procedures is guarded as these are. */
  async function admit(
    caller: Caller,
    name: string,
    access: Access,
  ): Promise<{ readonly state: OpenState; readonly user: SignedIn }> {
    const state = current;
    if (state === null) throw new AppError('no-workspace', 'No workspace is open.');
    const who = await authenticate(caller);
    checkAccess(name, access, who);
    if (who.user === null) throw new AppError('not-signed-in', 'Sign in first.');
    return { state, user: who.user };
  }

  const active = async (user: SignedIn) => current?.users.sessions.touch(user.sessionKey);
  const dispatchTo = (handlers: HandlerTable) =>
    createDispatch(contract, { ...handlers, ...workspaces.handlers }, authenticate, log, active);
  const whileClosed = createDispatch(
    contract,
    { ...workspaces.handlers, ...noWorkspaceHandlers() },
    authenticate,
    log,
  );
  const dispatchers = new WeakMap<HandlerTable, ReturnType<typeof createDispatch>>();

  function dispatcher(): ReturnType<typeof createDispatch> {
    const state = current;
    if (state === null) return whileClosed;
    let dispatch = dispatchers.get(state.handlers);
    if (dispatch === undefined) {
      dispatch = dispatchTo(state.handlers);
      dispatchers.set(state.handlers, dispatch);
    }
    return dispatch;
  }

  return {
    async dispatch(name, input, caller) {
      const before = changes.now();
      const result = await dispatcher()(name, input, caller);
      // A query may have read before another's change; what a mutation changed itself is no news to its caller.
      return { ...result, changes: queries.has(name) ? before : changes.now() };
    },
    subscribe(caller, listener) {
      const entry = { caller, listener, tail: Promise.resolve() };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    async prepareUpload(caller) {
      const { state, user } = await admit(caller, 'prepareUpload', 'signed-in');
      const limit = Math.max(
        0,
        ...uploadLimits.map(([may, bytes]) => (user.permissions.has(may) ? bytes : 0)),
      );
      if (limit === 0) throw new AppError('forbidden', 'Your roles include no permission to bring files in.');
      return { blobDirectory: state.workspace.blobDirectory, limit };
    },
    settleDeadlines: () => current?.tick() ?? Promise.resolve(),
    idle: () => current?.jobs.runner.idle() ?? Promise.resolve(),
    async startDemo() {
      if (current === null) throw new AppError('no-workspace', 'No workspace is open.');
      return startDemoJob(current.services);
    },
    async backup(caller, target) {
      const { state, user } = await admit(caller, 'workspaces.backup', 'settings:manage');
      // Before the copy, so that the copy says how it came to be.
      await state.services.connection.query.transaction().execute((writer) =>
        recordAudit(writer, clock, user, {
          action: 'workspaces.backup',
          recordKind: 'workspace',
          recordId: 'workspace',
        }),
      );
      return backupWorkspace(state.workspace, target);
    },
    async check(caller) {
      const { state } = await admit(caller, 'workspaces.check', 'audit:read');
      return checkWorkspace(state.workspace.directory, clock);
    },
    async info(caller) {
      const { state } = await admit(caller, 'workspaces.info', 'signed-in');
      return workspaceInfo(state.workspace.directory, clock);
    },
    async close() {
      listeners.clear();
      await closeCurrent();
    },
  };
}

interface OpenState extends CurrentWorkspace {
  readonly handlers: HandlerTable;
  readonly jobs: JobsFeature;
  /** Does what falls due; resolves when it is done. */
  tick(): Promise<void>;
  startTicking(schedule: Schedule): void;
  close(): Promise<void>;
}

/** Composes the features over an open workspace. */
function createState(
  workspace: OpenWorkspace,
  parts: Pick<Services, 'resources' | 'clock' | 'ids' | 'random' | 'passwordCost' | 'log' | 'emit'>,
): OpenState {
  const base: Omit<Services, 'jobs'> = {
    connection: workspace.connection,
    blobs: workspace.blobs,
    directory: workspace.directory,
    resources: parts.resources,
    clock: parts.clock,
    ids: parts.ids,
    random: parts.random,
    passwordCost: parts.passwordCost,
    log: parts.log,
    emit: parts.emit,
  };
  const jobs = createJobsFeature(base, (writer, jobId, outcome) =>
    settleImports(writer, parts.clock, jobId, outcome),
  );
  const services: Services = { ...base, jobs: jobs.runner };
  const users = createUsersFeature(services);
  const archive = createArchiveFeature(services);
  const documents = createDocumentsFeature(services, isMaterialFile);
  const feeds = createFeedsFeature(services);
  const lexicons = createLexiconsFeature(services);
  const products = createProductsFeature(services);
  const supervision = createSupervisionFeature(services);
  const reviews = createReviewsFeature(services, documents);
  const handovers = createHandoversFeature(services);
  let ticking: Promise<void> = Promise.resolve();
  let stopTicking = () => {};
  const tick = () => {
    ticking = ticking
      .then(() => reviews.settleDeadlines())
      .catch((error: unknown) =>
        parts.log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'deadlines-not-settled'),
      );
    return ticking;
  };
  return {
    workspace,
    services,
    users,
    jobs,
    handlers: {
      ...users.handlers,
      ...createSettingsFeature(services).handlers,
      ...createAuditFeature(services).handlers,
      ...jobs.handlers,
      ...archive.handlers,
      ...documents.handlers,
      ...feeds.handlers,
      ...lexicons.handlers,
      ...products.handlers,
      ...supervision.handlers,
      ...createCalendarFeature(services).handlers,
      ...reviews.handlers,
      ...handovers.handlers,
    },
    tick,
    startTicking(schedule) {
      void tick();
      stopTicking = schedule(() => void tick());
    },
    async close() {
      archive.close();
      await documents.close();
      await feeds.close();
      await lexicons.close();
      await products.close();
      await supervision.close();
      stopTicking();
      await ticking;
      await reviews.close();
      await handovers.close();
      await jobs.runner.close();
      await workspace.close();
    },
  };
}

/** Makes a workspace with its first administrator in an empty or missing folder: `countersign workspace create`. */
export async function createWorkspaceAt(
  directory: string,
  options: { readonly title: string; readonly admin: FirstAdministrator },
  environment: Pick<AppOptions, 'resources' | 'clock' | 'random' | 'passwordCost'>,
): Promise<void> {
  await createWorkspaceWithAdmin(directory, options, 'cli', creationParts(environment));
}

/**
 * Makes the demo workspace in an empty or missing folder, with its accounts, which it answers, and its data: `countersign
 * demo create`. Rejects with the error that the job met.
 */
export async function createDemoWorkspaceAt(
  directory: string,
  environment: Pick<AppOptions, 'resources' | 'clock' | 'random' | 'passwordCost' | 'log'>,
  onProgress: (job: JobView) => void,
): Promise<readonly DemoAccount[]> {
  await createDemoWorkspace(directory, 'cli', creationParts(environment));
  const app = await createApp({
    ...environment,
    home: directory,
    workspace: directory,
    version: '',
    program: 'countersign demo',
  });
  try {
    // The demo's job is public: nobody is signed in here.
    const nobody: Caller = { host: 'cli', sessionToken: null };
    app.subscribe(nobody, (event) => {
      if (event.type === 'job') onProgress(event.job);
    });
    const id = await app.startDemo();
    await app.idle();
    const result = await app.dispatch('jobs.get', { id }, nobody);
    if (!result.ok) throw new AppError(result.error.code, result.error.message, result.error.details);
    const job = JobView.parse(result.output);
    if (job.state !== 'succeeded') {
      throw new AppError(
        'internal',
        job.error?.message ?? `The demo's job ended as ${job.state}.`,
        job.error?.details,
      );
    }
  } finally {
    await app.close();
  }
  return demoAccounts;
}

function creationParts({
  resources,
  clock = systemClock,
  random = systemRandom,
  passwordCost = usualPasswordCost,
}: Pick<AppOptions, 'resources' | 'clock' | 'random' | 'passwordCost'>) {
  return { resources, clock, random, passwordCost, ids: createIdSource(clock, random) };
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
