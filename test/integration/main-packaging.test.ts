import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';
import { z } from 'zod';

import configuration from '../../electron-builder.config.ts';

const repository = join(import.meta.dirname, '..', '..');

test('every fuse is set, and set shut', () => {
  expect(configuration.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('the code lies in an archive; only the native module lies beside it', () => {
  expect(configuration.asar).toBe(true);
  expect(configuration.asarUnpack).toEqual(['node_modules/better-sqlite3/**']);
});

test('packed are the build and the resources, and no Node of our own', () => {
  const Package = z.object({
    main: z.string(),
    optionalDependencies: z.record(z.string(), z.string()),
    devDependencies: z.looseObject({ electron: z.string() }),
  });
  const manifest = Package.parse(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')));
  expect(manifest.main).toBe('out/main/index.js');
  const excluded = Object.keys(manifest.optionalDependencies).map((name) => `!node_modules/${name}/**`);
  expect(configuration.files).toEqual(expect.arrayContaining(['out/**', 'package.json', ...excluded]));
  // A version that is pinned is the version that was looked at.
  expect(manifest.devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
});

test('the icons that the packages name are there', () => {
  for (const { icon } of [configuration.linux, configuration.win, configuration.mac]) {
    expect(existsSync(join(repository, icon))).toBe(true);
  }
});
