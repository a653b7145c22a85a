import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { contentOf } from '../support/materials.ts';
import { type TestServer, adminAccount, call, cookiesOf, startTestServer } from '../support/http.ts';
import {
  about,
  addPerson,
  ownPassword,
  publishTemplate,
  stageOf,
  submitMaterial,
} from '../support/reviews.ts';
import { type TestClient, type TestWorld, createClient } from '../support/workspace.ts';

// Reviewers at two computers: each request comes over a connection of its own, and none waits for another.

let server: TestServer;
let world: Pick<TestWorld, 'app' | 'workspace'>;
let editor: TestClient;
const cookies = new Map<string, string>();
const people = ['anna', 'bo', 'chen', 'dai'] as const;

beforeAll(async () => {
  server = await startTestServer();
  await server.signInAsAdmin();
  const entries = await readdir(join(server.directory, 'home'), { withFileTypes: true });
  const name = entries.find((entry) => entry.isDirectory())?.name;
  world = {
    app: server.app as TestWorld['app'],
    workspace: join(server.directory, 'home', name ?? ''),
  };
  const admin = createClient(server.app);
  await admin.call('users.signIn', { userName: adminAccount.userName, password: adminAccount.password });
  editor = await addPerson(world as TestWorld, admin, 'writer', ['editor']);
  for (const userName of people) {
    await addPerson(world as TestWorld, admin, userName, ['reviewer']);
    const signedIn = await call(server.url, 'users.signIn', { userName, password: ownPassword });
    cookies.set(userName, cookiesOf(signedIn));
  }
  await publishTemplate(admin, [stageOf('compliance', { mode: 'quorum', quorum: 2 })]);
});

afterAll(() => server.stop());

async function post(userName: string, name: string, input: unknown) {
  const reply = await call(server.url, name, input, cookies.get(userName));
  return JSON.parse(reply.text) as {
    output?: { state: string };
    error?: { code: string; details: { reason?: string } };
  };
}

describe('two who decide at once', () => {
  test('see one outcome, whichever came first, and one number per approval', async () => {
    const numbers: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const { reviewId, review } = await submitMaterial(world, editor, {
        content: contentOf('moments-post', `第 ${round} 期`, [`第 ${round} 期`]),
      });
      const decision = { ...about(review), decision: 'approve' };
      const other = round % 2 === 0 ? decision : { ...decision, decision: 'reject', reasonCodes: ['facts'] };
      const answers = await Promise.all([
        post('anna', 'reviews.decide', decision),
        post('bo', 'reviews.decide', other),
        post('chen', 'reviews.decide', decision),
        post('dai', 'reviews.decide', other),
      ]);
      const views = await Promise.all(people.map((who) => editorsView(who, reviewId)));
      expect(new Set(views.map((view) => JSON.stringify(view))).size).toBe(1);
      const [view] = views;
      const taken = answers.filter(({ error }) => error === undefined).length;
      expect(view?.decisions).toHaveLength(taken);
      for (const { error } of answers)
        if (error !== undefined) expect(error.details.reason).toBe('not-running');
      const approvals = view?.decisions.filter(({ kind }) => kind === 'approve').length;
      expect(view?.state).toBe(approvals === 2 ? 'approved' : 'rejected');
      if (round % 2 === 0) expect(view?.state).toBe('approved');
      if (view?.approval) numbers.push(view.approval.number);
    }
    expect(numbers.length).toBeGreaterThanOrEqual(4);
    expect(numbers).toEqual(
      numbers.map((_, index) => `〔${numbers[0]?.slice(1, 5)}〕${String(index + 1).padStart(6, '0')}`),
    );
  }, 60_000);
});

interface Seen {
  readonly state: string;
  readonly decisions: readonly { readonly kind: string }[];
  readonly approval: { readonly number: string } | null;
}

async function editorsView(userName: string, id: string): Promise<Seen> {
  const reply = await call(server.url, 'reviews.get', { id }, cookies.get(userName));
  const { output } = JSON.parse(reply.text) as { output: Seen };
  return { state: output.state, decisions: output.decisions, approval: output.approval };
}
