import { Readable } from 'node:stream';

import type { ProcedureOutput } from '../../../src/core/contract/index.ts';
import { createBlobStore } from '../../../src/core/platform/blobs/index.ts';
import { type TestClient, createClient, testPassword } from '../../support/workspace.ts';
import type { World } from './world.ts';

/** Signed in beside the browser, to prepare what a test needs. */
export async function signedIn(world: World, userName: string): Promise<TestClient> {
  const client = createClient(world.app);
  await client.call('users.signIn', { userName, password: testPassword });
  return client;
}

/** Imports a text as a file and waits for the import's end. */
export async function importText(
  world: World,
  client: TestClient,
  name: string,
  text: string,
): Promise<ProcedureOutput<'archive.import'>> {
  const started = await startImport(world, client, name, text);
  await jobEnd(world, client, started.jobId);
  return client.call('archive.import', { id: started.id });
}

async function startImport(world: World, client: TestClient, name: string, text: string) {
  const { blobDirectory } = await world.app.prepareUpload(client.caller());
  const { id: blobId } = await createBlobStore(blobDirectory).write(
    Readable.from([Buffer.from(text, 'utf8')]),
  );
  return client.call('archive.startImport', { files: [{ blobId, name }] });
}

/** Imports a text and stops that as soon as its first messages are counted. */
export async function stopImport(
  world: World,
  client: TestClient,
  name: string,
  text: string,
): Promise<ProcedureOutput<'archive.import'>> {
  const counted = Promise.withResolvers<ProcedureOutput<'jobs.get'>['id']>();
  const end = world.app.subscribe(client.caller(), (event) => {
    if (event.type === 'job' && event.job.kind === 'import' && (event.job.progress?.messages ?? 0) > 0)
      counted.resolve(event.job.id);
  });
  const started = await startImport(world, client, name, text);
  await client.call('jobs.cancel', { id: await counted.promise });
  end();
  await jobEnd(world, client, started.jobId);
  return client.call('archive.import', { id: started.id });
}

/** Screens everything and waits for the run's end. */
export async function screenAll(world: World, client: TestClient): Promise<void> {
  const run = await client.call('supervision.startScreening', {});
  await jobEnd(world, client, run.jobId);
}

async function jobEnd(
  world: World,
  client: TestClient,
  id: ProcedureOutput<'archive.import'>['jobId'],
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const ended = (state: string) => state !== 'queued' && state !== 'running';
    const end = world.app.subscribe(client.caller(), (event) => {
      if (event.type !== 'job' || event.job.id !== id || !ended(event.job.state)) return;
      end();
      resolve();
    });
    // It may have ended before anybody listened.
    client.call('jobs.get', { id }).then((job) => {
      if (!ended(job.state)) return;
      end();
      resolve();
    }, reject);
  });
}
