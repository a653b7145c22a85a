import { z } from 'zod';

import type { BlobId, Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import {
  type DocumentKind,
  type DocumentProblem,
  type ExtractedDocument,
  documentProblems,
} from './model.ts';

const Codes = z.array(z.object({ text: z.string(), format: z.string(), page: z.number() }));
const Links = z.array(z.string());
const Problems = z.array(z.enum(documentProblems)) satisfies z.ZodType<DocumentProblem[]>;

/** What this version of the extractor read of a blob, or null. */
export async function selectDocument(
  reader: Reader,
  blobId: BlobId,
  extractorVersion: number,
): Promise<ExtractedDocument | null> {
  const row = await reader
    .selectFrom('documents')
    .select(['kind', 'media_type', 'text', 'pages', 'codes', 'links', 'problems'])
    .where('blob_id', '=', blobId)
    .where('extractor_version', '=', extractorVersion)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    kind: row.kind satisfies DocumentKind,
    mediaType: row.media_type,
    text: row.text,
    pages: row.pages,
    codes: Codes.parse(JSON.parse(row.codes)),
    links: Links.parse(JSON.parse(row.links)),
    problems: Problems.parse(JSON.parse(row.problems)),
  };
}

/** Keeps what was read. It follows from the blob's bytes alone, so it is no record, and leaves no audit event. */
export async function storeDocument(
  writer: Writer | Reader,
  blobId: BlobId,
  document: ExtractedDocument,
  extractorVersion: number,
  at: Milliseconds,
): Promise<void> {
  const values = {
    extractor_version: extractorVersion,
    kind: document.kind,
    media_type: document.mediaType,
    text: document.text,
    pages: document.pages,
    codes: JSON.stringify(document.codes),
    links: JSON.stringify(document.links),
    problems: JSON.stringify(document.problems),
    read_at: at,
  };
  await writer
    .insertInto('documents')
    .values({ blob_id: blobId, ...values })
    .onConflict((conflict) => conflict.column('blob_id').doUpdateSet(values))
    .execute();
}
