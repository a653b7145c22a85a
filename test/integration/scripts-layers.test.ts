import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterAll, beforeAll, expect, test } from 'vitest';

// The layer rules of .oxlintrc.json, each tried on a file that breaks it: a rule whose pattern no longer matches would
// otherwise pass in silence.

let tree: string;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'countersign-layers-'));
  await cp('.oxlintrc.json', join(tree, '.oxlintrc.json'));
});
afterAll(() => rm(tree, { recursive: true, force: true }));

/** What lint says of a file that holds this one line, as the rule's names. */
async function lint(
  path: string,
  line: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string> {
  for (const [file, text] of Object.entries({ [path]: line, ...others })) {
    await mkdir(join(tree, dirname(file)), { recursive: true });
    await writeFile(join(tree, file), text);
  }
  const { stdout } = spawnSync(
    process.execPath,
    [resolve('node_modules/oxlint/bin/oxlint'), '-c', '.oxlintrc.json', '--format', 'unix', path],
    { cwd: tree, encoding: 'utf8' },
  );
  await rm(join(tree, 'src'), { recursive: true });
  return stdout;
}

const breaches: readonly (readonly [path: string, imported: string])[] = [
  // core knows no host and no screen
  ['src/core/app.ts', 'electron'],
  ['src/core/features/users/service.ts', 'fastify'],
  ['src/core/features/users/service.ts', 'react'],
  ['src/core/platform/log.ts', 'commander'],
  ['src/core/app.ts', '../server/index.ts'],
  ['src/core/features/users/service.ts', '../../../main/index.ts'],
  ['src/core/app.ts', '../renderer/main.tsx'],
  ['src/core/app.ts', '../cli/index.ts'],
  // contracts, models and the engine are browser-safe
  ['src/core/features/users/contract.ts', 'node:fs'],
  ['src/core/features/users/model.ts', 'kysely'],
  ['src/core/features/users/model.ts', 'better-sqlite3'],
  ['src/core/features/users/model.ts', 'electron'],
  ['src/core/features/users/model.ts', '../../platform/clock.ts'],
  ['src/core/features/users/model.ts', './service.ts'],
  ['src/core/contract/errors.ts', './repository.ts'],
  ['src/core/features/screening/automaton.ts', 'node:worker_threads'],
  ['src/core/features/screening/folds.ts', '../../platform/ids.ts'],
  // features use each other through index.ts
  ['src/core/features/supervision/service.ts', '../archive/repository.ts'],
  ['src/core/features/supervision/service.ts', '../users/service.ts'],
  // hosts don't know each other
  ['src/main/index.ts', '../server/index.ts'],
  ['src/server/index.ts', '../main/index.ts'],
  ['src/cli/index.ts', '../server/index.ts'],
  ['src/server/index.ts', 'electron'],
  ['src/main/index.ts', '../core/features/users/service.ts'],
  ['src/cli/commands/scan.ts', '../../core/features/users/repository.ts'],
  // the renderer
  ['src/renderer/main.tsx', 'node:path'],
  ['src/renderer/main.tsx', 'electron'],
  ['src/renderer/features/hits/view.tsx', 'zod'],
  ['src/renderer/features/hits/view.tsx', '../../../core/platform/clock.ts'],
  ['src/renderer/features/hits/view.tsx', '../../../core/features/users/service.ts'],
  ['src/renderer/features/hits/view.tsx', '../../../core/features/users/contract.ts'],
  // preload
  ['src/preload/index.ts', 'node:fs'],
  ['src/preload/index.ts', '../core/app.ts'],
];

test.each(breaches)('%s may not import %s', async (path, imported) => {
  expect(await lint(path, `import { thing } from '${imported}';\n\nexport const other = thing;\n`)).toContain(
    'no-restricted-imports',
  );
});

test('what the layers allow passes', async () => {
  for (const [path, line] of [
    [
      'src/renderer/features/hits/view.tsx',
      "import type { Hit } from '../../../core/features/supervision/contract.ts';",
    ],
    ['src/renderer/features/hits/view.tsx', "import { thing } from '../../../core/features/users/model.ts';"],
    ['src/core/features/supervision/service.ts', "import { thing } from '../archive/index.ts';"],
    ['src/core/features/supervision/model.ts', "import { thing } from '../archive/contract.ts';"],
    ['src/server/index.ts', "import { thing } from '../core/app.ts';"],
    ['src/preload/index.ts', "import type { App } from '../core/contract/handlers.ts';"],
  ] as const) {
    expect(await lint(path, `${line}\n`), path).not.toContain('no-restricted-imports');
  }
});

test('a cycle of modules is an error', async () => {
  const output = await lint(
    'src/core/first.ts',
    "import { second } from './second.ts';\nexport const first = () => second;\n",
    {
      'src/core/second.ts': "import { first } from './first.ts';\nexport const second = () => first;\n",
    },
  );
  expect(output).toContain('no-cycle');
});
