// `npm run build:fold-tables`: writes the fold data that is made from npm packages, src/core/features/screening/tables/
// generated/*. The files are committed; a unit test fails when they no longer follow from the packages.
import { requireNode } from './node-version.mjs';

await requireNode();
const { writeFileSync } = await import('node:fs');
const { foldTableFiles } = await import('./lib/fold-tables.ts');
for (const [path, text] of foldTableFiles()) writeFileSync(path, text);
