import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { MaterialId } from '../../src/core/contract/ids.ts';
import { hashContent } from '../../src/core/features/reviews/material/index.ts';
import { contentOf, createMaterial } from '../support/materials.ts';
import { type TestClient, type TestWorld, startTestWorld, testClock } from '../support/workspace.ts';

// Whatever several people save, make and discard in whatever order, compared with a model of a few lines.

const clock = testClock();
let world: TestWorld;
let people: readonly (readonly [string, TestClient])[];

beforeAll(async () => {
  world = await startTestWorld({ clock });
  people = [
    ['editor', await world.signIn('editor')],
    ['everything', await world.signIn('everything')],
  ];
});

afterAll(() => world.close());

const person = fc.nat({ max: 1 });
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('save' as const), person, text: fc.nat({ max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('exempt' as const), person, text: fc.nat({ max: 1 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('stale' as const), person, text: fc.nat({ max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('version' as const), person }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('discard' as const), person }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      by: fc.integer({ min: -60_000, max: 60_000 }),
    }),
  },
);

interface Saved {
  readonly text: number | null;
  readonly claims: number;
}

const contentFor = ({ text }: Saved) =>
  text === null ? contentOf('script', '') : contentOf('script', `话术 ${text}`, [`第 ${text} 版的话术。`]);
const exemptionsFor = ({ claims }: Saved) =>
  Array.from({ length: claims }, (_, index) => ({
    findingKey: `finding-${index}`,
    code: 'award' as const,
    reason: '获奖证书',
  }));
const same = (one: Saved | undefined, other: Saved) =>
  one?.text === other.text && one.claims === other.claims;

test('versions count up, hash what they hold, differ from the one before, and name everyone who saved', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const owner = 0;
      const clientOf = (index: number) => {
        const found = people[index];
        if (found === undefined) throw new Error('nobody');
        return found[1];
      };
      const nameOf = (index: number) => people[index]?.[0] ?? '';
      let draft: Saved = { text: 0, claims: 0 };
      let revision = 1;
      let advanced = 0;
      let savers = new Set([owner]);
      const versions: { readonly saved: Saved; readonly editors: ReadonlySet<number> }[] = [];
      const { id } = await createMaterial(clientOf(owner), contentFor(draft));

      const save = async (index: number, next: Saved) => {
        const answer = await clientOf(index).call('materials.saveDraft', {
          id,
          content: contentFor(next),
          exemptions: exemptionsFor(next),
          baseRevision: revision,
        });
        if (!same(draft, next)) {
          revision += 1;
          savers.add(index);
          draft = next;
        }
        expect(answer.revision).toBe(revision);
        expect(answer.differs).toBe(!same(versions.at(-1)?.saved, draft));
      };

      for (const current of steps) {
        switch (current.kind) {
          case 'save':
            await save(current.person, { ...draft, text: current.text });
            break;
          case 'exempt':
            await save(current.person, { ...draft, claims: current.text });
            break;
          case 'stale': {
            const next = { ...draft, text: current.text };
            const code = await clientOf(current.person).code('materials.saveDraft', {
              id,
              content: contentFor(next),
              exemptions: exemptionsFor(next),
              baseRevision: revision - 1,
            });
            expect(code).toBe(same(draft, next) ? 'ok' : 'draft-conflict');
            break;
          }
          case 'version': {
            const answer = await clientOf(current.person).call('materials.saveVersion', {
              id,
              baseRevision: revision,
            });
            const isNew = !same(versions.at(-1)?.saved, draft);
            expect(answer.created).toBe(isNew);
            if (isNew) {
              versions.push({ saved: draft, editors: new Set([...savers, current.person, owner]) });
              savers = new Set();
            }
            expect(answer.version.number).toBe(versions.length);
            break;
          }
          case 'discard': {
            const answer = await clientOf(current.person).call('materials.discardDraft', {
              id,
              baseRevision: revision,
            });
            const back = versions.at(-1)?.saved ?? { text: null, claims: 0 };
            if (!same(draft, back)) {
              revision += 1;
              savers.add(current.person);
              draft = back;
            }
            expect(answer.revision).toBe(revision);
            break;
          }
          case 'clock':
            // Little enough that no session ends.
            clock.advance(current.by);
            advanced += current.by;
            break;
        }
      }
      clock.advance(-advanced);
      await expectVersions(id, versions, nameOf);
      const stored = await clientOf(owner).call('materials.draft', { id });
      expect(stored).toMatchObject({ revision, contentHash: hashContent(contentFor(draft)).hash });
      expect(stored.editors.map((editor) => editor.name)).toEqual([...savers].map(nameOf).toSorted());
    }),
    { numRuns: 40 },
  );
}, 180_000);

async function expectVersions(
  id: MaterialId,
  versions: readonly { readonly saved: Saved; readonly editors: ReadonlySet<number> }[],
  nameOf: (index: number) => string,
): Promise<void> {
  const [, client] = people[0] ?? [];
  if (client === undefined) throw new Error('nobody');
  const { versions: listed } = await client.call('materials.versions', { id, limit: 200 });
  expect(listed.map((version) => version.number)).toEqual(versions.map((_, index) => index + 1).toReversed());
  for (const [index, version] of listed.toReversed().entries()) {
    const expected = versions[index];
    if (expected === undefined) throw new Error('one version too many');
    expect(version.contentHash).toBe(hashContent(contentFor(expected.saved)).hash);
    expect(version.editors.map((editor) => editor.name)).toEqual(
      [...expected.editors].map(nameOf).toSorted(),
    );
    const stored = await client.call('materials.version', { id: version.id });
    expect(hashContent(stored.content).hash).toBe(version.contentHash);
    expect(stored.claimed).toEqual(exemptionsFor(expected.saved));
    const before = versions[index - 1];
    if (before !== undefined) expect(same(before.saved, expected.saved)).toBe(false);
  }
}
