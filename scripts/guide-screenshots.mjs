// `npm run guide:screenshots [-- zh-CN | en]`: makes the pictures of docs/guide again, from the app as it is.
import { requireNode } from './node-version.mjs';

await requireNode();
const { makeGuideScreenshots } = await import('./lib/guide-screenshots.ts');
try {
  await makeGuideScreenshots(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
}
