import type { ConversationId, MessageId } from '../../../contract/ids.ts';
import type { FoundPromise } from '../promises/index.ts';
import type { WordKind } from './diversion.ts';

// What the archive shows of a leaver, before anybody judges it: plain values, all that the detectors see.

export interface ObservedMessage {
  readonly messageId: MessageId;
  readonly conversationId: ConversationId;
  readonly at: number;
}

export interface SaidWords extends ObservedMessage {
  readonly kind: WordKind;
  readonly strength: number;
  /** As written, personal data masked, as in the excerpts of all of these. */
  readonly words: string;
  readonly excerpt: string;
}

export interface SentCard extends ObservedMessage {
  /** Whose card it is; empty where the message doesn't say. */
  readonly userid: string;
  readonly corp: string;
  /** An employee whom the archive or a roster knows. */
  readonly known: boolean;
}

export interface SentFile extends ObservedMessage {
  readonly name: string;
}

export interface Revocation extends ObservedMessage {
  /** The message that was revoked. */
  readonly revokes: MessageId | null;
}

/** A day on which so many single customers were written to. */
export interface ContactDay {
  /** Place among the window's days. */
  readonly day: number;
  readonly people: number;
  /** To how many of them the same was written; 0: to none. */
  readonly same: number;
  readonly words: string;
  /** The first that says it; where nothing was written to several, the day's first. */
  readonly messageId: MessageId | null;
}

export interface ObservedPromise extends ObservedMessage {
  readonly found: FoundPromise;
  /** The sentence. */
  readonly excerpt: string;
  readonly followedAt: number | null;
}

export interface ObservedComplaint extends ObservedMessage {
  readonly sender: Person;
  readonly words: string;
  readonly start: number;
  readonly excerpt: string;
  readonly followedAt: number | null;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface ObservedConversation {
  readonly kind: 'single' | 'group';
  /** A group's chat_id; null for a single one. */
  readonly group: Person | null;
  /** Whom it reaches, the leaver and other employees left out. */
  readonly customers: readonly Person[];
}

export interface Observed {
  readonly messages: number;
  readonly words: readonly SaidWords[];
  readonly cards: readonly SentCard[];
  readonly files: readonly SentFile[];
  readonly revocations: readonly Revocation[];
  /** In order of days; those on which nobody was written to are left out. */
  readonly contactDays: readonly ContactDay[];
  readonly afterLeaving: { readonly count: number; readonly first: readonly ObservedMessage[] };
  readonly promises: readonly ObservedPromise[];
  readonly complaints: readonly ObservedComplaint[];
  /** Of those that any of the above names. */
  readonly conversations: ReadonlyMap<ConversationId, ObservedConversation>;
}

/** Nothing at all. */
export const nothingObserved: Observed = {
  messages: 0,
  words: [],
  cards: [],
  files: [],
  revocations: [],
  contactDays: [],
  afterLeaving: { count: 0, first: [] },
  promises: [],
  complaints: [],
  conversations: new Map(),
};
