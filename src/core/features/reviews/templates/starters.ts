import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { TemplateContent } from './contract.ts';

/** The templates that ship with the app, from `resources/workflow-templates.json`. */
export async function readStarterTemplates(resources: string): Promise<readonly TemplateContent[]> {
  const text = await readFile(join(resources, 'workflow-templates.json'), 'utf8');
  return z.array(TemplateContent).parse(JSON.parse(text));
}
