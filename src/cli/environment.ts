import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

/** The folder that holds package.json: two levels up from the sources, as from the build. */
function projectDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json'))) {
    const parent = dirname(directory);
    if (parent === directory)
      throw new Error('package.json is missing: this copy of Countersign is not complete');
    directory = parent;
  }
  return directory;
}

/** The folder of the starter packs. */
export function resourcesDirectory(): string {
  return join(projectDirectory(), 'resources');
}

/** The built renderer, which `serve` hands out. */
export function rendererDirectory(): string {
  return join(projectDirectory(), 'out', 'renderer');
}

/** The server's program, beside this one: a source file from sources, a bundle from a build. */
export function serverEntry(): string {
  const source = join(projectDirectory(), 'src', 'server', 'index.ts');
  return import.meta.url.endsWith('.ts') ? source : join(projectDirectory(), 'out', 'main', 'server.js');
}

const PackageFile = z.object({ version: z.string() });

export function version(): string {
  return PackageFile.parse(JSON.parse(readFileSync(join(projectDirectory(), 'package.json'), 'utf8')))
    .version;
}
