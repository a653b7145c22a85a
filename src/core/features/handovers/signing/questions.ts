import type { z } from 'zod';

import type { ContentHash } from '../../../contract/ids.ts';
import type { SheetQuery } from '../protocol.ts';
import type { SnapshotDetail, signingContract } from './contract.ts';
import type { FrozenRow } from './document.ts';

/** What a frozen sheet says beside what the records say. */
export interface FreezeRequest {
  readonly query: SheetQuery;
  readonly workspaceTitle: string;
  readonly timeZone: string;
  /** The account's name; empty while nobody supervises. */
  readonly supervisor: string;
  readonly reason: string;
}

/** A stored sheet: the file, and the hash that it was frozen with. */
interface StoredSheet {
  readonly path: string;
  readonly hash: ContentHash;
}

type RowQuery = Omit<z.output<(typeof signingContract)['handovers.snapshotRows']['input']>, 'id'>;

export interface SigningQuestions {
  freeze: {
    readonly request: FreezeRequest;
    readonly answer: {
      /** Canonical JSON of the `FrozenHandover`. */
      readonly bytes: Uint8Array;
      readonly unexplained: number;
      /** Unexplained rows of which nobody has written why. */
      readonly left: number;
    };
  };
  snapshot: {
    readonly request: StoredSheet;
    readonly answer: Pick<
      z.output<typeof SnapshotDetail>,
      'intact' | 'parties' | 'classes' | 'risk' | 'findings' | 'promises'
    >;
  };
  snapshotRows: {
    readonly request: StoredSheet & RowQuery;
    readonly answer: { readonly rows: FrozenRow[]; readonly total: number };
  };
}
