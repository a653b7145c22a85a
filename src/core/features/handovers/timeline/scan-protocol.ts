import type { ConversationOf } from '../../../platform/database/sqlite/handover-messages.ts';
import type { ScanSubject, ScannedPart } from './scan.ts';

/** What the thread that reads a part of the conversations is started with; it answers once, and ends. */
export interface ScanHelperStart {
  readonly database: string;
  readonly resources: string;
  readonly subject: ScanSubject;
  readonly conversations: readonly ConversationOf[];
}

export type ScanHelperAnswer = ScannedPart;
