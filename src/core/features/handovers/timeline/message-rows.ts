import type { MessageId } from '../../../contract/ids.ts';
import type { MessageRow } from '../../../platform/database/sqlite/handover-messages.ts';
import type { ObservedMessage } from './observed.ts';

export type { MessageRow } from '../../../platform/database/sqlite/handover-messages.ts';

export function messageOf(row: MessageRow): ObservedMessage {
  return { messageId: row[0], conversationId: row[1], at: row[3] };
}

interface Placed {
  readonly at: number;
  readonly messageId: MessageId;
}

/** By time, then by id. */
export function inOrder(one: Placed, other: Placed): number {
  return one.at - other.at || one.messageId - other.messageId;
}
