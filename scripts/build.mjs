// `npm run build`: builds every host and the screens into out/; prints nothing unless it fails.
import { requireNode } from './node-version.mjs';

await requireNode();
const { build } = await import('./lib/build.ts');
try {
  await build();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
