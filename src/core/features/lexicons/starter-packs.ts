import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { TermInput } from './contract.ts';

const BothLanguages = z.object({ zh: z.string().min(1), en: z.string().min(1) });

/** A lexicon that ships with the app: resources/rule-packs/<id>.json. */
const PackFile = z.object({
  id: z.string().regex(/^[a-z-]+$/),
  name: BothLanguages,
  description: BothLanguages,
  terms: z.array(TermInput).min(1),
});
export type PackFile = z.output<typeof PackFile>;

/** All starter packs, by the name of their files. */
export async function readStarterPacks(resources: string): Promise<PackFile[]> {
  const folder = join(resources, 'rule-packs');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted();
  return Promise.all(
    names.map(async (name) => PackFile.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
}
