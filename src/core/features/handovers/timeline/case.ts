import type { ConversationId, MessageId } from '../../../contract/ids.ts';
import { Milliseconds } from '../../../contract/ids.ts';
import { maskPersonalData } from '../../archive/model.ts';
import type { Fact, FactSource } from '../../feeds/model.ts';
import type { FindingEvidence, HandoverFinding } from '../model.ts';
import type { SignKind } from './kinds.ts';
import { mostEvidence } from './kinds.ts';
import type { Observed, ObservedConversation, ObservedMessage, Person } from './observed.ts';
import { type SignWindow, dayAt } from './window.ts';

export type SourcedFact = Fact & FactSource;

/** All that detectors know of one leaver. */
export interface SignCase {
  readonly leaver: string;
  readonly takers: readonly string[];
  readonly window: SignWindow;
  readonly observed: Observed;
  /** Of the leaver and of the leaver's customers and groups, in order of time. */
  readonly facts: readonly SourcedFact[];
  /** The name of a customer, group or employee; empty while only the id is known. */
  readonly nameOf: (id: string) => string;
  readonly msgidOf: (id: MessageId) => string;
}

/** From thirty days before the last day on, a sign weighs more: before, the leaver may not have known. */
export const nearDays = 30;

export function isNear(at: number, { window }: SignCase): boolean {
  return at >= window.lastDayEnd - (nearDays + 1) * 86_400_000;
}

export function isInside(at: number, { window }: SignCase): boolean {
  return at >= window.from && at <= window.to;
}

/** So much for the first, and so much more for each doubling. */
export function grown(base: number, perDoubling: number, count: number, most: number): number {
  return Math.round(Math.min(most, base + perDoubling * Math.log2(Math.max(1, count))));
}

const longestShown = 60;

/** Words as a sentence names them: masked, in one line, not too long. */
export function shown(text: string): string {
  const line = maskPersonalData(text)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length > longestShown ? `${Array.from(line).slice(0, longestShown).join('')}…` : line;
}

export function messageEvidence(
  message: Pick<ObservedMessage, 'messageId' | 'at'>,
  excerpt: string,
  { msgidOf }: SignCase,
): FindingEvidence {
  return {
    type: 'message',
    messageId: message.messageId,
    msgid: msgidOf(message.messageId),
    at: Milliseconds.parse(message.at),
    excerpt: maskPersonalData(excerpt).replaceAll('\u001E', ' '),
  };
}

export function factEvidence({ feed, file, line, at, item }: SourcedFact): FindingEvidence {
  return { type: 'fact', feed, file, line, at, item };
}

/** Whom a conversation reaches, as a sentence names them, and by what its findings are told apart. */
export function partnerOf(id: ConversationId, { observed }: SignCase): Person {
  const conversation = observed.conversations.get(id);
  const person = conversation === undefined ? undefined : reached(conversation);
  return person ?? { id: `conversation-${id}`, name: '' };
}

function reached({ group, customers }: ObservedConversation): Person | undefined {
  return group ?? customers[0];
}

export const labelOf = ({ id, name }: Person) => (name === '' ? id : name);

interface FindingDraft {
  readonly kind: SignKind;
  /** Beside the kind: whom or which day it is about; empty where there is one finding of the kind. */
  readonly about?: string;
  readonly at: number;
  readonly score: number;
  readonly values: Readonly<Record<string, string | number>>;
  readonly evidence: readonly FindingEvidence[];
}

export function finding({ kind, about = '', at, score, values, evidence }: FindingDraft): HandoverFinding {
  return {
    key: about === '' ? kind : `${kind}:${about}`,
    kind,
    at: Milliseconds.parse(at),
    score: Math.max(1, Math.min(100, Math.round(score))),
    values,
    evidence: evidence.slice(0, mostEvidence),
  };
}

/** The first day and the last of what happened, as a sentence names them. */
export function stretchOf(times: readonly { readonly at: number }[], { window }: SignCase) {
  let [first, last] = [Infinity, -Infinity];
  // Not Math.min(...): a hundred thousand arguments are more than the stack holds.
  for (const { at } of times) {
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return { first: dayAt(first, window), last: dayAt(last, window) };
}

export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [item]);
    else own.push(item);
  }
  return groups;
}
