import { carryOutTask } from '../../platform/threads/serve.ts';
import { extractBlocks, extractFile } from './extract.ts';
import type { ExtractReply, ExtractTask } from './extract-protocol.ts';

// Reads one file and ends, so that what libraries keep of it ends too.

carryOutTask(async ({ path, want }: ExtractTask): Promise<ExtractReply> =>
  want === 'document'
    ? { want, document: await extractFile(path) }
    : { want, imported: await extractBlocks(path) },
);
