import { AppError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/handlers.ts';
import type { BlobId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import type { documentsContract } from './contract.ts';
import type { ImportedBlocks } from './extract.ts';
import { createExtractor } from './extractor.ts';
import { type ExtractedDocument, extractorVersion } from './model.ts';
import { selectDocument, storeDocument } from './repository.ts';

export interface DocumentsFeature {
  readonly handlers: Handlers<typeof documentsContract>;
  /**
   * What stands in a stored file: read in a thread of its own the first time, once for however many ask, then kept. Rejects with
   * `not-found`, and `cancelled` when the workspace closes; whatever is wrong with the file is in `problems`.
   */
  extractDocument(blobId: BlobId): Promise<ExtractedDocument>;
  /** A stored DOCX, HTML or text file as the blocks of a draft; not kept. Rejects as `extractDocument`. */
  blocksFromDocument(blobId: BlobId): Promise<ImportedBlocks>;
  close(): Promise<void>;
}

/** What was read of a blob, or null where it was not read yet by this version of the extractor. */
export function loadDocument(reader: Reader, blobId: BlobId): Promise<ExtractedDocument | null> {
  return selectDocument(reader, blobId, extractorVersion);
}

/** `isOpen` says whether whoever reads materials may ask about a file: the blob store also holds archives of chats. */
export function createDocumentsFeature(
  services: Services,
  isOpen: (reader: Reader, blobId: BlobId) => Promise<boolean>,
): DocumentsFeature {
  const { connection, blobs, clock, log } = services;
  const extractor = createExtractor(services);
  const reading = new Map<BlobId, Promise<ExtractedDocument>>();
  /** A busy machine is no property of the file: what took too long is kept until the workspace closes, then tried again. */
  const unfinished = new Map<BlobId, ExtractedDocument>();

  async function read(blobId: BlobId): Promise<ExtractedDocument> {
    const known = unfinished.get(blobId) ?? (await loadDocument(connection.query, blobId));
    if (known !== null) return known;
    const document = await extractor.document(await blobs.path(blobId));
    if (document.problems.includes('time-out')) unfinished.set(blobId, document);
    else await keep(blobId, document);
    return document;
  }

  async function keep(blobId: BlobId, document: ExtractedDocument): Promise<void> {
    try {
      await storeDocument(connection.query, blobId, document, extractorVersion, clock.now());
    } catch (error) {
      // A read-only workspace is read all the same, and reads its files again.
      log.warn({ name: error instanceof Error ? error.name : 'unknown' }, 'document-not-kept');
    }
  }

  function extractDocument(blobId: BlobId): Promise<ExtractedDocument> {
    const current = reading.get(blobId);
    if (current !== undefined) return current;
    const started = read(blobId).finally(() => reading.delete(blobId));
    reading.set(blobId, started);
    return started;
  }

  return {
    handlers: {
      async 'documents.get'({ blobId }) {
        if (!(await isOpen(connection.query, blobId)))
          throw new AppError('not-found', 'No material has that file.', { blob: blobId });
        const known = unfinished.get(blobId) ?? (await loadDocument(connection.query, blobId));
        if (known !== null) return { state: 'done', result: viewOf(known) };
        await blobs.path(blobId);
        if (!reading.has(blobId)) void announce(extractDocument(blobId));
        return { state: 'reading', result: null };
      },
    },
    extractDocument,
    async blocksFromDocument(blobId) {
      return extractor.blocks(await blobs.path(blobId));
    },
    close: () => extractor.close(),
  };

  async function announce(work: Promise<ExtractedDocument>): Promise<void> {
    try {
      await work;
      services.emit({ type: 'changed', topics: ['materials'] }, { access: 'materials:read' });
    } catch (error) {
      log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'document-not-read');
    }
  }
}

function viewOf(document: ExtractedDocument) {
  return {
    ...document,
    codes: [...document.codes],
    links: [...document.links],
    problems: [...document.problems],
  };
}
