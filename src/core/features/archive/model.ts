import type { Milliseconds } from '../../contract/ids.ts';
import { type FeedKind, feedKinds, feedRefusals } from '../feeds/model.ts';
import type { MessageField } from './contract.ts';

export { fieldsOf, locate } from './fields.ts';
export { maskPersonalData } from './masking.ts';
export { searchPattern } from './search-pattern.ts';

/** One message of an archive, as its file has it: ids of WeCom, not ours. */
export interface ArchivedMessage {
  readonly msgid: string;
  /** The room's id, or the ids of sender and recipients in order, joined by a space; empty for a `switch`. */
  readonly conversationKey: string;
  readonly roomId: string | null;
  readonly from: string | null;
  readonly recipients: readonly string[];
  readonly msgtime: Milliseconds;
  readonly action: string;
  /** The msgtype; `switch` for action switch. */
  readonly kind: string;
  readonly fields: readonly MessageField[];
  /** Digits: a uint64 goes beyond a JavaScript number. */
  readonly seq: string | null;
  /** The msgid that a `revoke` takes back. */
  readonly revokes: string | null;
  /** JSON text below the msgtype's key; null where `fields` says it all. */
  readonly body: string | null;
}

/** What a file can be said to be when it is imported. */
export const importKinds = ['auto', 'chat', ...feedKinds] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a file turned out to be; `mixed`: more than one of them, as a zip may hold. */
export type FileKind = 'chat' | FeedKind | 'mixed' | 'unknown';

/** Why an entry went to quarantine: a key below `imports.reason.` in the i18n files. */
export const quarantineReasons = [
  'broken-json',
  'no-msgid',
  'invalid-utf8',
  'too-long',
  'too-deep',
  'undecryptable',
  ...feedRefusals,
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** One entry of a file that was read: a message, or what could not be read and why. */
export type ArchiveEntry =
  | { readonly kind: 'message'; readonly line: number; readonly message: ArchivedMessage }
  | {
      readonly kind: 'quarantined';
      readonly line: number;
      readonly reason: QuarantineReason;
      readonly detail: string;
      /** The entry's full length in bytes. */
      readonly size: number;
    };

export type PersonKind = 'employee' | 'customer' | 'partner';

/** Who stands behind a WeCom id: `wm…` is a WeChat customer, `wo…` another company's member, the rest are employees. */
export function personKindOf(externalId: string): PersonKind {
  if (externalId.startsWith('wm')) return 'customer';
  if (externalId.startsWith('wo')) return 'partner';
  return 'employee';
}

/**
 * The key of a conversation: the room's id, or its people's ids in order. Empty where there is nobody to talk with (a
 * `switch`). Ids hold no space.
 */
export function conversationKeyOf(
  roomId: string | null,
  from: string | null,
  recipients: readonly string[],
): string {
  if (roomId !== null) return roomId;
  const people = new Set(from === null ? recipients : [from, ...recipients]);
  return people.size < 2 ? '' : [...people].toSorted().join(' ');
}
