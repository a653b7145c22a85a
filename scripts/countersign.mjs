#!/usr/bin/env node
// The command line. In a checkout it runs from the sources, so that it needs no build; in an installation from the build.
import { requireNode } from './node-version.mjs';

await requireNode();
const { existsSync } = await import('node:fs');

// `countersign hits … | head` closes the pipe early; that is no error.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

// npm runs it in the project's folder, and says from where it was called: paths are meant from there.
const { INIT_CWD, npm_lifecycle_event } = process.env;
if (npm_lifecycle_event === 'countersign' && INIT_CWD !== undefined) process.chdir(INIT_CWD);

const { keepCompiled } = await import('./lib/compile-cache.mjs');
const entries = ['../src/cli/index.ts', '../out/main/cli.js'].map((path) => new URL(path, import.meta.url));
const entry = entries.find((url) => existsSync(url));
if (entry === undefined) {
  process.stderr.write('countersign: neither sources nor a build were found beside it; install it again.\n');
  process.exitCode = 2;
} else {
  await keepCompiled();
  const { main } = await import(entry.href);
  process.exitCode = await main(process.argv.slice(2));
}
