import type { BlobId, Milliseconds } from '../../../contract/ids.ts';
import type { DocumentKind } from '../../../features/documents/model.ts';
import type { Fixed } from './columns.ts';

/** As 0008-documents makes them. */
export interface DocumentTables {
  documents: {
    blob_id: Fixed<BlobId>;
    extractor_version: number;
    kind: DocumentKind;
    media_type: string;
    text: string;
    pages: number | null;
    /** JSON arrays. */
    codes: string;
    links: string;
    problems: string;
    read_at: Milliseconds;
  };
}
