// `npm run bench [-- NAME…]`: runs test/benchmarks/*/*.bench.ts one after another, since each wants the whole machine.
// A benchmark is a program that prints Markdown; NAME picks those whose path contains it.
import { requireNode } from './node-version.mjs';

await requireNode();
const { spawnSync } = await import('node:child_process');
const { globSync } = await import('node:fs');
const { fileURLToPath } = await import('node:url');

const root = fileURLToPath(new URL('..', import.meta.url));
const names = process.argv.slice(2);
const all = globSync('test/benchmarks/**/*.bench.ts', { cwd: root }).toSorted();
const picked = names.length === 0 ? all : all.filter((file) => names.some((name) => file.includes(name)));

if (picked.length === 0) {
  process.stderr.write(`No benchmark matches ${names.join(', ')}. There are:\n${all.join('\n')}\n`);
  process.exitCode = 2;
}
for (const file of picked) {
  process.stderr.write(`Running ${file}…\n`);
  // The garbage collector by hand: a benchmark empties the heap between its measurements.
  const { status } = spawnSync(process.execPath, ['--expose-gc', file], { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    process.stderr.write(`${file} failed.\n`);
    process.exitCode = 1;
  }
}
