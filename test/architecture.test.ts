import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';

import { describe, expect, test } from 'vitest';

// The table of docs/architecture.md, "who may import whom", over the imports of every source file. Lint holds parts of it
// too, at the line where somebody breaks it; this test sees the whole, cycles between features included.

const root = join(import.meta.dirname, '..');

interface Import {
  /** The importing file, from the repository's root, with `/`. */
  readonly from: string;
  /** The imported file likewise, or a package's name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourceFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx|mts)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

const statement =
  /^\s*(import|export)\s+(type\s+)?(?:([\w*$\s{},]+?)\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** The imports of one file's text. */
function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  for (const match of code.matchAll(statement)) {
    const [whole, , typeKeyword, names, specifier, dynamic] = match;
    const target = specifier ?? dynamic;
    if (target === undefined) continue;
    const braces = names === undefined ? null : /^\{([\s\S]*)\}$/.exec(names.trim());
    const allTypes =
      braces?.[1]
        ?.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .every((name) => name.startsWith('type ')) ?? false;
    // `import('…').Name` in the place of a type is a type.
    const inType = dynamic !== undefined && /^[).]*\./.test(code.slice((match.index ?? 0) + whole.length));
    found.push({
      from: file,
      to: target.startsWith('.') ? posix.normalize(posix.join(posix.dirname(file), target)) : target,
      typeOnly: typeKeyword !== undefined || allTypes || inType,
    });
  }
  return found;
}

const featureOf = (file: string) => /^src\/core\/features\/([^/]+)\//.exec(file)?.[1] ?? null;
const isContractOrModel = (file: string) => /\/(contract|model)\.ts$/.test(file);
const isBrowserSafe = (file: string) =>
  file.startsWith('src/core/contract/') || (featureOf(file) !== null && isContractOrModel(file));
const isScreeningEngine = (file: string) =>
  file.startsWith('src/core/features/screening/') && !/\/(scan-worker|scan-pool)\.ts$/.test(file);
const isRepository = (file: string) => /(^|-)repository\.ts$/.test(posix.basename(file));
const isLocal = (target: string) => target.startsWith('src/');
const isNode = (target: string) => target.startsWith('node:');
const hosts = ['main', 'server', 'cli', 'preload', 'renderer'] as const;
const hostOf = (file: string) => hosts.find((host) => file.startsWith(`src/${host}/`)) ?? null;

/** The rules; each answers why an import may not be, or null. */
const rules: readonly ((entry: Import) => string | null)[] = [
  function coreKnowsNoHost({ from, to }) {
    if (!from.startsWith('src/core/')) return null;
    if (hostOf(to) !== null) return 'core never imports a host';
    return /^(electron|react|react-dom|fastify|antd|commander)(\/|$)|^@fastify\//.test(to)
      ? 'core knows no host and no screen'
      : null;
  },
  function contractsAndModelsAreBrowserSafe({ from, to }) {
    if (!isBrowserSafe(from)) return null;
    if (to === 'zod' || isBrowserSafe(to)) return null;
    // A long model may be split; the parts are then held to the same rule, by `browserSafeParts`.
    if (featureOf(to) !== null && featureOf(to) === featureOf(from) && browserSafeParts.has(to)) return null;
    return 'contracts and models import zod, contracts and models only';
  },
  function theEngineIsPure({ from, to }) {
    if (!isScreeningEngine(from)) return null;
    if (isNode(to)) return 'the screening engine uses nothing of Node';
    // Pure and browser-safe all three: rules are parsed by zod, patterns run on re2js, tldts knows what is a domain.
    const isInRules = from.startsWith('src/core/features/screening/rules/');
    if (!isLocal(to))
      return isInRules && /^(zod|re2js|tldts)$/.test(to)
        ? null
        : 'the screening engine has no such dependency';
    return to.startsWith('src/core/features/screening/') || isContractOrModel(to)
      ? null
      : 'the screening engine imports its own files, contracts and models';
  },
  function repositoriesHoldSqlOnly({ from, to, typeOnly }) {
    if (!isRepository(from) || !isLocal(to)) return null;
    const own = featureOf(from);
    const allowed =
      isContractOrModel(to) ||
      to.startsWith('src/core/contract/') ||
      to.startsWith('src/core/platform/database/') ||
      // Another repository of the same feature, and helpers that shape its rows.
      featureOf(to) === own ||
      (typeOnly && to.startsWith('src/core/platform/'));
    return allowed ? null : 'a repository imports its model and platform/database';
  },
  function featuresMeetAtTheirIndex({ from, to }) {
    const own = featureOf(from);
    const other = featureOf(to);
    if (own === null || other === null || own === other) return null;
    return isContractOrModel(to) || to.endsWith('/index.ts')
      ? null
      : 'another feature is used through its index.ts';
  },
  function platformKnowsNoFeature({ from, to, typeOnly }) {
    if (!from.startsWith('src/core/platform/') || featureOf(to) === null) return null;
    return isContractOrModel(to) || typeOnly ? null : 'the platform knows features by their contracts only';
  },
  function sqlStandsInRepositories({ from, to, typeOnly }) {
    if (!from.startsWith('src/') || typeOnly) return null;
    if (to !== 'kysely' && to !== 'better-sqlite3' && to !== 'kysely/migration') return null;
    return isRepository(from) ||
      from.startsWith('src/core/platform/database/') ||
      from === 'src/core/platform/workspace.ts'
      ? null
      : 'only repositories and platform/database speak SQL';
  },
  function theRendererTakesTypesAndModels({ from, to, typeOnly }) {
    if (!from.startsWith('src/renderer/')) return null;
    if (isNode(to) || /^(electron|kysely|better-sqlite3|zod)$/.test(to))
      return 'the renderer runs in a browser, without zod';
    if (!to.startsWith('src/core/')) return null;
    if (to.endsWith('/model.ts') || browserSafeParts.has(to)) return null;
    return typeOnly && (isContractOrModel(to) || to.startsWith('src/core/contract/'))
      ? null
      : 'the renderer takes contracts as types, and models';
  },
  function hostsAreStrangers({ from, to }) {
    const own = hostOf(from);
    const other = hostOf(to);
    if (own === null || other === null || own === other) return null;
    // The command `serve` starts the server; nothing else of the hosts meets.
    if (own === 'cli' && to === 'src/server/run.ts') return null;
    return 'hosts never import each other';
  },
  function hostsEnterCoreByItsDoors({ from, to, typeOnly }) {
    const own = hostOf(from);
    if (own === null || own === 'renderer' || !to.startsWith('src/core/')) return null;
    if (
      to === 'src/core/app.ts' ||
      to === 'src/core/dispatch.ts' ||
      to.startsWith('src/core/contract/') ||
      to.startsWith('src/core/platform/')
    )
      return null;
    if (typeOnly || isContractOrModel(to)) return null;
    // `scan`, `lexicon test` and `check` need no workspace: they use the readers and the engines directly.
    return own === 'cli' &&
      /^src\/core\/features\/(archive|archive\/scan|documents|lexicons|lexicons\/files|products|reviews\/precheck|screening)\/index\.ts$/.test(
        to,
      )
      ? null
      : 'hosts import core/app.ts, the contract and platform factories';
  },
  function thePreloadImportsTypesOnly({ from, to, typeOnly }) {
    if (!from.startsWith('src/preload/')) return null;
    return typeOnly || to === 'electron' || to.startsWith('src/preload/')
      ? null
      : 'the preload imports types only';
  },
];

/** Files that models are split into: everything that they reach of their feature, when none of it leaves the rule. */
function partsOfModels(imports: readonly Import[]): Set<string> {
  const parts = new Set<string>();
  const visit = (file: string): boolean => {
    if (isBrowserSafe(file) || file === 'zod' || parts.has(file)) return true;
    if (featureOf(file) === null) return false;
    parts.add(file);
    const safe = imports.filter((entry) => entry.from === file).every((entry) => visit(entry.to));
    if (!safe) parts.delete(file);
    return safe;
  };
  for (const { from, to } of imports) if (isBrowserSafe(from)) visit(to);
  return parts;
}

function violations(imports: readonly Import[]): string[] {
  return imports.flatMap((entry) =>
    rules.flatMap((rule) => {
      const reason = rule(entry);
      return reason === null ? [] : [`${entry.from} imports ${entry.to}: ${reason}`];
    }),
  );
}

/** Cycles between features, by their imports of values from one another. */
function featureCycles(imports: readonly Import[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { from, to, typeOnly } of imports) {
    const [own, other] = [featureOf(from), featureOf(to)];
    if (own === null || other === null || own === other || typeOnly || isContractOrModel(to)) continue;
    edges.set(own, (edges.get(own) ?? new Set()).add(other));
  }
  const cycles: string[] = [];
  const visit = (feature: string, path: readonly string[]): void => {
    const seen = path.indexOf(feature);
    if (seen >= 0) {
      cycles.push([...path.slice(seen), feature].join(' → '));
      return;
    }
    for (const next of edges.get(feature) ?? []) visit(next, [...path, feature]);
  };
  for (const feature of edges.keys()) visit(feature, []);
  return cycles;
}

const everyImport = sourceFiles(join(root, 'src')).flatMap((path) =>
  importsOf(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8')),
);

const browserSafeParts = partsOfModels(everyImport);

describe('the layers', () => {
  test('are seen at all', () => {
    // A pattern that matches nothing would pass everything.
    expect(everyImport.length).toBeGreaterThan(200);
    expect(everyImport).toContainEqual({
      from: 'src/core/app.ts',
      to: 'src/core/features/users/index.ts',
      typeOnly: false,
    });
    expect(new Set(everyImport.map((entry) => dirname(entry.from))).size).toBeGreaterThan(10);
  });

  test('hold in every source file', () => {
    expect(violations(everyImport)).toEqual([]);
  });

  test('have no cycle between features', () => {
    expect(featureCycles(everyImport)).toEqual([]);
  });

  test.each([
    ['src/core/features/users/service.ts', "import { app } from 'electron';"],
    ['src/core/features/users/service.ts', "import { start } from '../../../main/index.ts';"],
    ['src/core/features/users/model.ts', "import { readFileSync } from 'node:fs';"],
    [
      'src/core/features/users/contract.ts',
      "import { openDatabase } from '../../platform/database/connection.ts';",
    ],
    ['src/core/features/screening/folds.ts', "import { createHash } from 'node:crypto';"],
    ['src/core/features/screening/folds.ts', "import { createLog } from '../../platform/log.ts';"],
    ['src/core/features/users/repository.ts', "import { recordAudit } from '../audit/index.ts';"],
    ['src/core/features/users/service.ts', "import { insertEvent } from '../audit/repository.ts';"],
    ['src/core/features/users/service.ts', "import { sql } from 'kysely';"],
    ['src/core/platform/clock.ts', "import { recordAudit } from '../features/audit/index.ts';"],
    ['src/renderer/app.tsx', "import { contract } from '../core/contract/index.ts';"],
    ['src/renderer/app.tsx', "import type { Services } from '../core/platform/services.ts';"],
    ['src/renderer/app.tsx', "import { z } from 'zod';"],
    ['src/server/index.ts', "import { menu } from '../main/menu.ts';"],
    ['src/server/index.ts', "import { addUser } from '../core/features/users/index.ts';"],
    ['src/preload/index.ts', "import { contract } from '../core/contract/index.ts';"],
    ['src/preload/index.ts', "export * from '../core/contract/index.ts';"],
    ['src/server/index.ts', "const menu = await import('../main/menu.ts');"],
  ])('a violation planted in %s is found: %s', (file, text) => {
    expect(violations(importsOf(file, text))).not.toEqual([]);
  });

  test.each([
    ['src/renderer/app.tsx', "import type { UserView } from '../core/features/users/contract.ts';"],
    ['src/renderer/app.tsx', "import { permissionsOf } from '../core/features/users/model.ts';"],
    ['src/preload/index.ts', "import type { AppEvent } from '../core/contract/events.ts';"],
    ['src/core/features/users/service.ts', "import { recordAudit } from '../audit/index.ts';"],
    [
      'src/core/features/users/repository.ts',
      "import type { Reader } from '../../platform/database/connection.ts';",
    ],
  ])('what is allowed in %s passes: %s', (file, text) => {
    expect(violations(importsOf(file, text))).toEqual([]);
  });

  test('a planted cycle between features is found', () => {
    const planted = [
      ...importsOf('src/core/features/users/service.ts', "import { a } from '../audit/index.ts';"),
      ...importsOf('src/core/features/audit/service.ts', "import { b } from '../users/index.ts';"),
    ];
    expect(featureCycles(planted)).not.toEqual([]);
  });
});
