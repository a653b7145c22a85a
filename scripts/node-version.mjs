// Every entry point starts here. better-sqlite3 crashes under Node 20, so an entry point never goes on with a Node that
// is too old: it picks the project's own Node 24 (node_modules/.bin/node), or says in one line what to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const oldest = 24;

function ownNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const packages = [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`];
  for (const pack of packages) {
    const file = fileURLToPath(new URL(`../node_modules/${pack}/bin/${name}`, import.meta.url));
    if (existsSync(file)) return file;
  }
  return null;
}

/** Goes on under Node 24 or newer: returns when this process is one, otherwise runs the same command in the project's own and exits with its code. */
export function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= oldest) return;
  const own = ownNode();
  if (own === null || process.env.COUNTERSIGN_NODE_CHECKED === '1') {
    process.stderr.write(
      `Countersign needs Node ${oldest} or newer, and this is ${process.versions.node}: run "npm ci" in the project's folder, or install Node ${oldest}.\n`,
    );
    process.exit(2);
  }
  const result = spawnSync(own, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, COUNTERSIGN_NODE_CHECKED: '1' },
  });
  process.exit(result.status ?? 1);
}
