import { Milliseconds } from '../../../contract/ids.ts';
import { maskPersonalData } from '../../archive/model.ts';
import type { Observed, ObservedConversation, ObservedMessage, Person } from '../timeline/index.ts';
import type { DueBound, PromiseKind, PromiseStanding } from './model.ts';

/** A promise as the archive shows it, before anybody has looked at it. */
export interface PromiseItem extends ObservedMessage {
  readonly key: string;
  readonly kind: PromiseKind;
  readonly at: Milliseconds;
  readonly customer: Person | null;
  readonly group: Person | null;
  readonly excerpt: string;
  readonly phrase: string;
  readonly due: {
    readonly from: string;
    readonly to: string;
    readonly minute: number | null;
    readonly bound: DueBound;
  } | null;
  readonly standing: PromiseStanding;
  readonly followedAt: Milliseconds | null;
}

/** More than anybody looks through. */
export const mostPromises = 5_000;

/**
 * What may still be owed when `lastDay` has passed, the most urgent first: what is due later by its day, then what is overdue, what has
 * no day, and what was probably kept, the latest said first.
 */
export function listPromises(observed: Observed, lastDay: string): PromiseItem[] {
  const items: PromiseItem[] = [];
  const keys = new Set<string>();
  for (const promise of observed.promises) {
    const { messageId, conversationId, found, followedAt } = promise;
    const { kind, start, phrase, due } = found;
    const conversation = observed.conversations.get(conversationId);
    // Of two promises in one sentence, the second has its own key.
    const key = uniqueKey(`${messageId}:${start}`, keys);
    items.push({
      key,
      kind,
      messageId,
      conversationId,
      at: Milliseconds.parse(promise.at),
      ...partners(conversation),
      excerpt: masked(promise.excerpt),
      phrase,
      due,
      standing: standingOf(due?.to ?? null, followedAt, lastDay, false),
      followedAt: followedAt === null ? null : Milliseconds.parse(followedAt),
    });
  }
  for (const complaint of observed.complaints) {
    const { messageId, conversationId, sender, words, excerpt, followedAt } = complaint;
    items.push({
      key: `${messageId}:complaint`,
      kind: 'complaint',
      messageId,
      conversationId,
      at: Milliseconds.parse(complaint.at),
      customer: sender,
      group: observed.conversations.get(conversationId)?.group ?? null,
      excerpt: masked(excerpt),
      phrase: masked(words),
      due: null,
      standing: standingOf(null, followedAt, lastDay, true),
      followedAt: followedAt === null ? null : Milliseconds.parse(followedAt),
    });
  }
  return items.toSorted(byUrgency);
}

function uniqueKey(key: string, keys: Set<string>): string {
  let own = key;
  for (let number = 2; keys.has(own); number += 1) own = `${key}:${number}`;
  keys.add(own);
  return own;
}

function partners(conversation: ObservedConversation | undefined): Pick<PromiseItem, 'customer' | 'group'> {
  const group = conversation?.group ?? null;
  return { group, customer: group === null ? (conversation?.customers[0] ?? null) : null };
}

const masked = (text: string) => maskPersonalData(text).replaceAll('\u001E', ' ').trim();

function standingOf(
  due: string | null,
  followedAt: number | null,
  lastDay: string,
  isComplaint: boolean,
): PromiseStanding {
  if (due !== null && due > lastDay) return 'later';
  if (followedAt !== null) return 'followed';
  return due === null && !isComplaint ? 'undated' : 'overdue';
}

/** As the standings are listed. */
const urgency: Readonly<Record<PromiseStanding, number>> = { later: 0, overdue: 1, undated: 2, followed: 3 };

function byUrgency(one: PromiseItem, other: PromiseItem): number {
  return (
    urgency[one.standing] - urgency[other.standing] ||
    (one.standing === 'later' ? compare(one.due?.to ?? '', other.due?.to ?? '') : other.at - one.at) ||
    one.messageId - other.messageId ||
    compare(one.key, other.key)
  );
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
