import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { z } from 'zod';

import { AppError } from '../../contract/errors.ts';
import type { Context, Handlers } from '../../contract/handlers.ts';
import type { Milliseconds, UserId } from '../../contract/ids.ts';
import type { Procedure } from '../../contract/procedure.ts';
import type { Clock } from '../../platform/clock.ts';
import { createIdSource } from '../../platform/ids.ts';
import type { JobContext } from '../../platform/jobs/protocol.ts';
import type { Services } from '../../platform/services.ts';
import { createDocumentsFeature } from '../documents/index.ts';
import { handoversContract } from '../handovers/contract.ts';
import { createHandoversFeature } from '../handovers/index.ts';
import { productsContract } from '../products/contract.ts';
import { createProductsFeature } from '../products/index.ts';
import { reviewsContract } from '../reviews/contract.ts';
import { createReviewsFeature, isMaterialFile } from '../reviews/index.ts';
import { findAccount, usualPasswordCost } from '../users/index.ts';
import { permissionsOf } from '../users/model.ts';

/** The demo's people by user name. */
export type DemoPerson =
  | 'editor'
  | 'editor2'
  | 'reviewer'
  | 'branch'
  | 'brand'
  | 'approver'
  | 'legal'
  | 'admin'
  | 'leaver';

/** A clock that stands where it is put. */
export interface SetClock extends Clock {
  set(at: Milliseconds): void;
}

export function createSetClock(at: Milliseconds): SetClock {
  let now = at;
  return {
    now: () => now,
    set(next) {
      now = next;
    },
  };
}

const contract = { ...productsContract, ...reviewsContract, ...handoversContract };
type Contract = typeof contract;
type Handler = (input: never, context: Context) => Promise<unknown>;

/** The app's own use cases of materials, products and handovers, in the hands of the demo's people, at the clock's time. */
export type DemoHands = Awaited<ReturnType<typeof createHands>>;

export async function createHands(context: JobContext, clock: Clock) {
  const services: Services = {
    ...context,
    clock,
    ids: createIdSource(clock, context.random),
    // Nobody gets a password here, and what is done starts no job.
    passwordCost: usualPasswordCost,
    jobs: noJobs,
    emit: () => undefined,
  };
  const documents = createDocumentsFeature(services, isMaterialFile);
  const reviews = createReviewsFeature(services, documents);
  const products = createProductsFeature(services);
  const handovers = createHandoversFeature(services);
  const contexts = new Map<DemoPerson, Context>();
  for (const person of [...people, 'leaver'] as const) contexts.set(person, await contextOf(context, person));

  function as(person: DemoPerson): Context {
    const found = contexts.get(person);
    if (found === undefined) throw new Error(`the demo has no ${person}`);
    return found;
  }

  const handlers: Handlers<Contract> = {
    ...products.handlers,
    ...reviews.handlers,
    ...handovers.handlers,
  };

  /** As dispatch does it: permission, input, handler, output. */
  async function call<Name extends keyof Contract>(
    person: DemoPerson,
    name: Name,
    input: z.input<Contract[Name]['input']>,
  ): Promise<z.output<Contract[Name]['output']>> {
    const procedure: Procedure = contract[name];
    const handler: Handler = handlers[name];
    const by = as(person);
    const { permission } = procedure;
    if (
      permission !== 'signed-in' &&
      (permission === 'public' || by.user?.permissions.has(permission) !== true)
    )
      throw new Error(`${person} may not ${name}`);
    const parsed: unknown = procedure.input.parse(input);
    // oxlint-disable-next-line typescript/consistent-type-assertions -- the handler of this name takes what its own schema answers
    const output: unknown = await handler(parsed as never, by);
    // oxlint-disable-next-line typescript/consistent-type-assertions -- parsed by this very schema, whose type a name can't tell
    return procedure.output.parse(output) as z.output<Contract[Name]['output']>;
  }

  return {
    call,
    idOf(person: DemoPerson): UserId {
      const { user } = as(person);
      if (user === null) throw new Error(`${person} is not signed in`);
      return user.userId;
    },
    now: () => clock.now(),
    settleDeadlines: () => reviews.settleDeadlines(),
    /** Stores a file of `resources/demo`; answers the blob. */
    async store(file: string) {
      const bytes = await readFile(join(context.resources, 'demo', file));
      return (await context.blobs.write(oneChunk(bytes))).id;
    },
    async close() {
      await handovers.close();
      await reviews.close();
      await documents.close();
    },
  };
}

/** Something that was done in the past, beside the stories of materials; the audit event says that it was. */
export interface OtherStep {
  readonly at: number;
  readonly event: string;
  run(hands: DemoHands): Promise<void>;
}

/** Those of the demo's accounts that have a hand in materials. */
export const people = [
  'editor',
  'editor2',
  'reviewer',
  'branch',
  'brand',
  'approver',
  'legal',
  'admin',
] as const satisfies readonly DemoPerson[];

async function contextOf(context: JobContext, userName: DemoPerson): Promise<Context> {
  const account = await findAccount(context.connection.query, userName);
  if (account === undefined) {
    throw new AppError(
      'not-found',
      `The demo workspace has no account "${userName}". Delete it and open the demo again.`,
    );
  }
  return {
    caller: { host: 'cli', sessionToken: null },
    user: {
      userId: account.id,
      userName: account.userName,
      displayName: account.displayName,
      host: 'system',
      permissions: new Set(permissionsOf(account.roles)),
      sessionKey: '',
      mustChangePassword: false,
    },
    setSession: () => undefined,
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const noJobs: Services['jobs'] = {
  enqueue() {
    throw new Error('the demo starts no jobs of its own');
  },
  has: () => false,
  cancel: () => Promise.resolve(false),
  idle: () => Promise.resolve(),
  close: () => Promise.resolve(),
};
