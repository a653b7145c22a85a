import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The layer rules of .oxlintrc.json, each tried on a file that breaks it: a rule whose pattern no longer matches would
// otherwise pass in silence.

let tree: string;
beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), 'countersign-layers-'));
  await cp('.oxlintrc.json', join(tree, '.oxlintrc.json'));
});
afterAll(() => rm(tree, { recursive: true, force: true }));

type Line = readonly [path: string, text: string];

/**
 * What lint says of each of these lines, as the rules' names: one run over files that hold the lines of one path, one
 * below the other. A line is named by its path and its text.
 */
async function lint(lines: readonly Line[]): Promise<(line: Line) => string> {
  const files = Map.groupBy(lines, ([path]) => path);
  for (const [path, held] of files) {
    await mkdir(join(tree, dirname(path)), { recursive: true });
    await writeFile(join(tree, path), `${held.map(([, text]) => text).join('\n')}\n`);
  }
  const { stdout } = spawnSync(
    process.execPath,
    [resolve('node_modules/oxlint/bin/oxlint'), '-c', '.oxlintrc.json', '--format', 'unix', 'src'],
    { cwd: tree, encoding: 'utf8' },
  );
  await rm(join(tree, 'src'), { recursive: true });
  return ([path, text]) => {
    const number = (files.get(path) ?? []).findIndex((line) => line[1] === text) + 1;
    if (number === 0) throw new Error(`${path} holds no line: ${text}`);
    return stdout
      .split('\n')
      .filter((line) => line.startsWith(`${path}:${number}:`))
      .join('\n');
  };
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

describe('a layer', () => {
  const lines = breaches.map(([path, imported], index): Line => [
    path,
    `import { thing as thing${index} } from '${imported}';`,
  ]);
  let said: (line: Line) => string;
  beforeAll(async () => {
    said = await lint(lines);
  });

  test.each(breaches.map((breach, index) => [...breach, lines[index]] as const))(
    '%s may not import %s',
    (path, _imported, line = [path, '']) => {
      expect(said(line)).toContain('no-restricted-imports');
    },
  );
});

test('what the layers allow passes', async () => {
  const allowed: readonly Line[] = [
    [
      'src/renderer/features/hits/view.tsx',
      "import type { Hit } from '../../../core/features/supervision/contract.ts';",
    ],
    ['src/renderer/features/hits/view.tsx', "import { thing } from '../../../core/features/users/model.ts';"],
    ['src/core/features/supervision/service.ts', "import { thing } from '../archive/index.ts';"],
    ['src/core/features/supervision/model.ts', "import { thing } from '../archive/contract.ts';"],
    ['src/server/index.ts', "import { thing } from '../core/app.ts';"],
    ['src/preload/index.ts', "import type { App } from '../core/contract/handlers.ts';"],
  ];
  const said = await lint(allowed);
  for (const line of allowed) expect(said(line), line.join(': ')).not.toContain('no-restricted-imports');
});

test('a cycle of modules is an error', async () => {
  const first: Line = [
    'src/core/first.ts',
    "import { second } from './second.ts'; export const first = () => second;",
  ];
  const second: Line = [
    'src/core/second.ts',
    "import { first } from './first.ts'; export const second = () => first;",
  ];
  const said = await lint([first, second]);
  expect(said(first)).toContain('no-cycle');
});
