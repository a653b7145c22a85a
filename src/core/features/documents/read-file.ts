import { createLog } from '../../platform/log.ts';
import { createExtractor } from './extractor.ts';
import type { ExtractedDocument } from './model.ts';

/**
 * Reads a file on disk without a workspace, in a thread of its own: for the command line. What is wrong with the file's content is in
 * `problems`; rejects as an `Extractor` does.
 */
export async function readDocumentFile(path: string): Promise<ExtractedDocument> {
  const extractor = createExtractor({ log: createLog() });
  try {
    return await extractor.document(path);
  } finally {
    await extractor.close();
  }
}
