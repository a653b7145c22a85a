import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { type Caller, type Handlers, requireUser } from '../../contract/handlers.ts';
import { JobId } from '../../contract/ids.ts';
import type { Clock } from '../../platform/clock.ts';
import type { IdSource, RandomBytes } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { PasswordCost, Services } from '../../platform/services.ts';
import { type OpenWorkspace, listWorkspaces, openWorkspace, slugOf } from '../../platform/workspace.ts';
import { type AuditEvent, recordAudit } from '../audit/index.ts';
import { findNewestJob, insertJob } from '../jobs/index.ts';
import { defaultSettings, readSettings } from '../settings/index.ts';
import type { UsersFeature } from '../users/index.ts';
import { WorkspaceName, WorkspaceSummary, type workspacesContract } from './contract.ts';
import { createDemoWorkspace, createWorkspaceWithAdmin } from './create.ts';
import { demoAccounts } from './demo-accounts.ts';

/** What this feature needs of the workspace that is open. */
export interface CurrentWorkspace {
  readonly workspace: OpenWorkspace;
  readonly services: Services;
  readonly users: UsersFeature;
}

export interface WorkspacesDependencies {
  readonly home: string;
  /** True where the host serves one workspace only. */
  readonly fixed: boolean;
  /** The folder of starter packs, which a new workspace gets. */
  readonly resources: string;
  readonly version: string;
  /** The host's name, for whoever finds the workspace in use. */
  readonly program: string | undefined;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly random: RandomBytes;
  readonly passwordCost: PasswordCost;
  readonly log: Log;
  /** Makes this workspace the open one, in place of the one before. */
  open(workspace: OpenWorkspace): Promise<CurrentWorkspace>;
  close(): Promise<void>;
  current(): CurrentWorkspace | null;
}

export interface WorkspacesFeature {
  readonly handlers: Handlers<typeof workspacesContract>;
  /** Opens what was open when the app was closed; when that can't be, the first screen says why. */
  reopenLast(): Promise<void>;
}

const lastFile = 'last.json';
const demoName = 'demo';

/** The workspaces of this computer's user: making, opening and closing them. */
export function createWorkspacesFeature(dependencies: WorkspacesDependencies): WorkspacesFeature {
  const { home, clock } = dependencies;
  let problem: AppError | null = null;

  /** One change of workspace at a time: two at once would each close what the other opens. */
  let tail: Promise<unknown> = Promise.resolve();
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = tail.then(work, work);
    tail = result.catch(() => undefined);
    return result;
  }

  function refuseFixed(): void {
    if (dependencies.fixed) {
      throw new AppError(
        'forbidden',
        'This server serves one workspace only; it can neither be left nor changed here.',
      );
    }
  }

  async function openFolder(name: string): Promise<CurrentWorkspace> {
    const open = dependencies.current();
    if (open !== null && open.workspace.name === name) return open;
    const workspace = await openWorkspace(join(home, name), {
      mode: 'exclusive',
      clock,
      program: dependencies.program,
    });
    let current: CurrentWorkspace;
    try {
      current = await dependencies.open(workspace);
    } catch (error) {
      await workspace.close();
      throw error;
    }
    problem = null;
    await remember(name);
    return current;
  }

  /** A convenience: where it can't be kept, the workspace is open all the same. */
  async function remember(name: string | null): Promise<void> {
    const temporary = join(home, `${lastFile}.new`);
    try {
      await mkdir(home, { recursive: true });
      await writeFile(temporary, JSON.stringify({ name }));
      await rename(temporary, join(home, lastFile));
    } catch (error) {
      dependencies.log.warn(
        { code: error instanceof Error && 'code' in error ? error.code : 'unknown' },
        'last-workspace-not-remembered',
      );
    }
  }

  /** A folder's name that is free, from the title where that has letters: 风控部 becomes `workspace-1`. */
  async function freeName(title: string): Promise<string> {
    const taken = new Set((await listWorkspaces(home)).map((entry) => entry.name));
    const slug = slugOf(title);
    const reserved = slug === demoName || slug === 'workspace';
    if (!reserved && !taken.has(slug)) return slug;
    const stem = slug === demoName ? 'workspace' : slug;
    for (let number = 1; ; number += 1) {
      if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
    }
  }

  /** The event of a person who has not signed in yet, or who just has. */
  async function record(current: CurrentWorkspace, caller: Caller, event: AuditEvent): Promise<void> {
    const who = await current.users.sessions.authenticate(caller);
    const actor = who.user ?? {
      userId: null,
      userName: 'anonymous',
      displayName: 'Not signed in',
      host: caller.host,
    };
    await current.services.connection.query
      .transaction()
      .execute((writer) => recordAudit(writer, clock, actor, event));
  }

  const opened = (current: CurrentWorkspace): AuditEvent => ({
    action: 'workspaces.open',
    recordKind: 'workspace',
    recordId: 'workspace',
    details: { name: current.workspace.name },
  });

  return {
    async reopenLast() {
      const name = await readLast(home);
      if (name === null) return;
      try {
        await openFolder(name);
      } catch (error) {
        dependencies.log.warn(
          { code: error instanceof AppError ? error.code : 'internal' },
          'last-workspace-not-opened',
        );
        problem =
          error instanceof AppError
            ? error
            : new AppError('internal', 'The last workspace could not be opened.', { name });
      }
    },
    handlers: {
      async 'workspaces.status'() {
        const current = dependencies.current();
        const settings =
          current === null
            ? defaultSettings('Countersign')
            : await readSettings(current.services.connection.query);
        const known = dependencies.fixed
          ? []
          : (await listWorkspaces(home)).map((entry) =>
              WorkspaceSummary.parse({ ...entry.file, name: entry.name }),
            );
        return {
          open: current === null ? null : { ...summary(current), title: settings.workspaceTitle },
          canSwitch: !dependencies.fixed,
          known,
          demoAccounts: current?.workspace.file.demo === true ? [...demoAccounts] : [],
          timeZone: settings.timeZone,
          version: dependencies.version,
          problem: problem?.toBody() ?? null,
        };
      },

      'workspaces.create': ({ title, admin }, context) =>
        inTurn(async () => {
          refuseFixed();
          const name = await freeName(title);
          await createWorkspaceWithAdmin(
            join(home, name),
            { title, admin },
            context.caller.host,
            dependencies,
          );
          const current = await openFolder(name);
          const token = await current.users.signInFirst(admin.userName, context.caller.host);
          context.setSession(token);
          return summary(current);
        }),

      'workspaces.open': ({ name }, { caller }) =>
        inTurn(async () => {
          refuseFixed();
          const current = await openFolder(name);
          await record(current, caller, opened(current));
          return summary(current);
        }),

      'workspaces.openDemo': (_input, { caller }) =>
        inTurn(async () => {
          refuseFixed();
          const there = (await listWorkspaces(home)).find((entry) => entry.name === demoName);
          if (there?.file.demo === false) {
            // Invented messages can't be taken out of an archive again.
            throw new AppError(
              'workspace-exists',
              `The folder ${demoName} holds a workspace that is not the demo. Rename the folder, then open the demo again.`,
              { name: demoName },
            );
          }
          if (there === undefined) await createDemoWorkspace(join(home, demoName), caller.host, dependencies);
          const current = await openFolder(demoName);
          // Of one that was made just now its first event says so; its past is yet to be written, before any event of today.
          if (there !== undefined) await record(current, caller, opened(current));
          return { workspace: summary(current), job: await startDemoJob(current.services) };
        }),

      'workspaces.close': (_input, context) =>
        inTurn(async () => {
          refuseFixed();
          const user = requireUser(context);
          const current = dependencies.current();
          if (current === null) throw new AppError('no-workspace', 'No workspace is open.');
          await current.users.endOwnSession(user, {
            action: 'workspaces.close',
            recordKind: 'workspace',
            recordId: 'workspace',
            details: { name: current.workspace.name },
          });
          context.setSession(null);
          await dependencies.close();
          await remember(null);
          return {};
        }),
    },
  };
}

/**
 * Puts the demo's data in, unless it is there; answers the job that does. One that failed or was given up is started
 * again, and goes on where it stopped.
 */
export async function startDemoJob(services: Services): Promise<JobId | null> {
  const newest = await findNewestJob(services.connection.query, 'demo');
  if (newest?.state === 'succeeded') return null;
  if (newest !== undefined && services.jobs.has(newest.id)) return newest.id;
  const jobId = services.ids.next(JobId);
  await services.connection.query
    .transaction()
    .execute((writer) =>
      insertJob(writer, { id: jobId, kind: 'demo', input: {}, startedBy: null, at: services.clock.now() }),
    );
  services.jobs.enqueue({ jobId, kind: 'demo', input: {} });
  return jobId;
}

function summary(current: CurrentWorkspace): WorkspaceSummary {
  const { name, file } = current.workspace;
  return WorkspaceSummary.parse({ name, title: file.title, createdAt: file.createdAt, demo: file.demo });
}

async function readLast(home: string): Promise<string | null> {
  try {
    const parsed: unknown = JSON.parse(await readFile(join(home, lastFile), 'utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('name' in parsed)) return null;
    const name = WorkspaceName.safeParse(parsed.name);
    return name.success ? name.data : null;
  } catch {
    // None yet, or unreadable: the first screen lists what there is.
    return null;
  }
}
