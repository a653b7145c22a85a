import { MaterialId } from '../../src/core/contract/ids.ts';
import { createApp } from '../../src/core/app.ts';
import { createLog } from '../../src/core/platform/log.ts';
import { draftText } from './draft-text.ts';
import { contentOf } from './materials.ts';
import { cheapPasswords, createClient, resources, testPassword } from './workspace.ts';

// `node draft-child.ts WORKSPACE MATERIAL`: saves a draft again and again, and prints each revision once it was acknowledged,
// until somebody kills it.

const [workspace = '', material = ''] = process.argv.slice(2);
const id = MaterialId.parse(material);
const app = await createApp({
  home: workspace,
  workspace,
  resources,
  version: '',
  log: createLog('silent'),
  passwordCost: cheapPasswords,
});
const client = createClient(app);
await client.call('users.signIn', { userName: 'editor', password: testPassword });
let { revision } = await client.call('materials.draft', { id });
for (;;) {
  const saved = await client.call('materials.saveDraft', {
    id,
    content: contentOf('article', '早报', [draftText(revision + 1)]),
    baseRevision: revision,
  });
  revision = saved.revision;
  process.stdout.write(`${revision}\n`);
}
