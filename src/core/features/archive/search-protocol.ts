import type { ConversationId, MessageId, Milliseconds } from '../../contract/ids.ts';
import type { ArchiveFilter } from './contract.ts';

export interface SearchStart {
  readonly database: string;
  readonly text: string;
  readonly filter: ArchiveFilter;
  readonly limit: number;
  /** One Int32: 1 ends the search at its next batch. */
  readonly cancelFlag: SharedArrayBuffer;
}

/** A batch as the worker sends it; the search's id is added on the way. */
export interface SearchProgress {
  readonly results: {
    readonly messageId: MessageId;
    readonly conversationId: ConversationId | null;
    readonly sentAt: Milliseconds;
    readonly sender: string;
    readonly excerpt: string;
    readonly start: number;
    readonly end: number;
  }[];
  readonly scanned: number;
  readonly total: number;
  readonly done: boolean;
  readonly limited: boolean;
}
