import { parentPort, workerData } from 'node:worker_threads';

import { extractBlocks, extractFile } from './extract.ts';
import type { ExtractReply, ExtractStart } from './extract-protocol.ts';

// Reads one file and ends, so that what libraries keep of it ends too.

const { path, want } = workerData as ExtractStart;
const reply: ExtractReply =
  want === 'document'
    ? { want, document: await extractFile(path) }
    : { want, imported: await extractBlocks(path) };
parentPort?.postMessage(reply);
