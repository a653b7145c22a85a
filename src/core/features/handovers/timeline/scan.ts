import type { ConversationId, MessageId, PersonId } from '../../../contract/ids.ts';
import { momentOf } from '../../calendar/model.ts';
import {
  type ConversationOf,
  type HandoverMessages,
  type MessageRow,
  messageCodes,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { type JoinedText, createSplitJoiner } from '../../screening/index.ts';
import { excerptAround } from '../../supervision/model.ts';
import { type FoundPromise, findPromises } from '../promises/index.ts';
import { plainText } from '../promises/index.ts';
import { findTimes } from '../promises/index.ts';
import type { ComplaintReader } from './complaints.ts';
import { createContactDays } from './contact-days.ts';
import type { DiversionReader, WordHit } from './diversion.ts';
import type {
  Observed,
  ObservedComplaint,
  ObservedConversation,
  ObservedMessage,
  ObservedPromise,
  Person,
  Revocation,
  SaidWords,
  SentCard,
  SentFile,
} from './observed.ts';
import { TextScreen } from './text-screen.ts';
import { type SignWindow, dayIndexOf } from './window.ts';

/** What reads texts, compiled once for all leavers. */
export interface SignReaders {
  readonly diversion: DiversionReader;
  readonly complaints: ComplaintReader;
}

export interface ScanSubject {
  readonly leaver: string;
  readonly window: SignWindow;
  /** Special days, for 工作日 in promises. */
  readonly specialDays: ReadonlyMap<string, 'holiday' | 'workday'>;
}

/** Writing again within ten minutes is the same talk, and keeps no promise. */
const sameTalk = 10 * 60_000;
/** Messages after the last day of which each is kept; the others are counted. */
const mostAfterLeaving = 100;
/** Hits of one kind in one conversation of which each is kept. */
const mostWordsEach = 200;

/**
 * Reads a leaver's conversations of a window, one after another, and gathers what detectors need: some ten numbers for each
 * thing seen, and nothing of the other messages. The texts themselves are held a block at a time.
 */
export function scanMessages(
  messages: HandoverMessages,
  readers: SignReaders,
  subject: ScanSubject,
): Observed {
  const leaver = messages.person(subject.leaver);
  const gathered = createGathered(messages, readers, subject, leaver?.id ?? null);
  if (leaver !== null) {
    const { from, to } = subject.window;
    for (const conversation of messages.conversations(leaver.id, from, to)) {
      gathered.begin(conversation);
      for (const row of messages.read(conversation.id, from, to)) gathered.take(row);
      gathered.end();
    }
  }
  return gathered.finish();
}

/** What the leaver may still follow up by writing again. */
interface Draft {
  followedAt: number | null;
}

interface PromiseDraft extends Draft {
  readonly message: ObservedMessage;
  readonly found: FoundPromise;
  readonly excerpt: string;
  /** From when on a word of the leaver's counts. */
  readonly followFrom: number;
}

function createGathered(
  messages: HandoverMessages,
  { diversion, complaints }: SignReaders,
  { window, specialDays }: ScanSubject,
  leaver: PersonId | null,
) {
  const words: SaidWords[] = [];
  const wordCounts = new Map<string, number>();
  const cards: SentCard[] = [];
  const files: SentFile[] = [];
  const revocations: Revocation[] = [];
  const afterFirst: ObservedMessage[] = [];
  const promises: ObservedPromise[] = [];
  const complained: (Omit<ObservedComplaint, 'followedAt'> & { readonly draft: Draft })[] = [];
  const contactDays = createContactDays(window);
  const isCustomer = new Map<PersonId, boolean>();
  const joiner = createSplitJoiner({ remembered: 1 });
  let count = 0;
  let afterCount = 0;
  let current: ConversationOf | null = null;
  /** Of the conversation in hand: what nobody has followed up, and from when on any of it may be. */
  let open: PromiseDraft[] = [];
  let promised: PromiseDraft[] = [];
  let nextFollow = Infinity;
  /** Of all that customers wrote since the leaver last did. */
  let unanswered: Draft = { followedAt: null };
  /** The day on which a product of this conversation falls due, as far as somebody said it. */
  let maturity: string | null = null;

  const said = new TextScreen<ObservedMessage>(
    diversion.screener,
    diversion.circumstances,
    false,
    (message, found, text) =>
      takeWords(
        message,
        text,
        found.flatMap((each) => diversion.hitOf(each, text) ?? []),
      ),
  );
  const saidJoined = new TextScreen<ObservedMessage>(
    diversion.screener,
    diversion.circumstances,
    true,
    (message, found, text) =>
      takeWords(
        message,
        text,
        found.flatMap((each) => diversion.hitOf(each, text) ?? []),
      ),
  );
  const heard = new TextScreen<{
    readonly message: ObservedMessage;
    readonly sender: PersonId;
    readonly draft: Draft;
  }>(complaints.screener, complaints.circumstances, false, ({ message, sender, draft }, found, text) => {
    const hit = found.find((each) => each.silencedBy === null);
    if (hit === undefined) return;
    complained.push({
      ...message,
      sender: personOf(sender),
      words: text.slice(hit.start, hit.end),
      start: hit.start,
      excerpt: excerptAround(text, hit.start, hit.end, (whole) => whole).excerpt,
      draft,
    });
  });

  function personOf(id: PersonId): Person {
    const person = messages.personById(id);
    return { id: person?.externalId ?? '', name: person?.name ?? '' };
  }

  /** The strongest of each kind stands for the message. */
  function takeWords(message: ObservedMessage, text: string, hits: readonly WordHit[]): void {
    for (const kind of ['diversion', 'off-book'] as const) {
      let best: WordHit | null = null;
      for (const hit of hits)
        if (hit.kind === kind && (best === null || hit.strength > best.strength)) best = hit;
      if (best === null) continue;
      const key = `${message.conversationId} ${kind}`;
      const seen = wordCounts.get(key) ?? 0;
      wordCounts.set(key, seen + 1);
      if (seen >= mostWordsEach || words.at(-1)?.messageId === message.messageId) continue;
      const { start, end, strength } = best;
      const { excerpt } = excerptAround(text, start, end, (whole) => whole);
      words.push({ ...message, kind, strength, words: text.slice(start, end), excerpt });
    }
  }

  function customerWrote(sender: PersonId, message: ObservedMessage, text: string): void {
    if (text === '') return;
    let known = isCustomer.get(sender);
    if (known === undefined) {
      known = messages.personById(sender)?.kind !== 'employee';
      isCustomer.set(sender, known);
    }
    if (!known) return;
    heard.add(text, { message, sender, draft: unanswered });
    noteMaturity(text, message.at);
  }

  function noteMaturity(text: string, at: number): void {
    if (!text.includes('到期')) return;
    const time = findTimes(plainText(text), { at, timeZone: window.timeZone }).find(
      (each) => each.due !== null,
    );
    if (time?.due) maturity = time.due.to;
  }

  function leaverWrote(message: ObservedMessage, code: number, text: string, body: string | null): void {
    const { at, conversationId } = message;
    if (at >= window.lastDayEnd) {
      afterCount += 1;
      if (afterFirst.length < mostAfterLeaving) afterFirst.push(message);
    }
    follow(at);
    if (current?.kind === 'single') contactDays.take(conversationId, dayIndexOf(at, window), text);
    if (code === messageCodes.card) cards.push({ ...message, ...cardOf(body) });
    else if (code === messageCodes.file)
      files.push({ ...message, name: text.replaceAll('\u001E', ' ').trim() });
    if (text === '') return;
    said.add(text, message);
    const joined: JoinedText | null = joiner.join(conversationId, at, text);
    if (joined !== null) saidJoined.addJoined(joined, message);
    if (code === messageCodes.text) takePromises(message, text);
  }

  function takePromises(message: ObservedMessage, text: string): void {
    const found = findPromises(text, { at: message.at, timeZone: window.timeZone, days: specialDays });
    if (found.length === 0) return;
    for (const each of found) {
      const promise = withMaturity(each);
      if (promise.kind === 'maturity' && promise.due !== null) maturity = promise.due.to;
      const earliest = message.at + sameTalk;
      const followFrom =
        promise.due === null ? earliest : Math.max(earliest, momentOf(promise.due.from, 0, window.timeZone));
      const draft = {
        message,
        found: promise,
        excerpt: text.slice(each.start, each.end),
        followFrom,
        followedAt: null,
      };
      promised.push(draft);
      open.push(draft);
      nextFollow = Math.min(nextFollow, followFrom);
    }
  }

  /** 到期后给您转存: on the day that was named before in this conversation. */
  function withMaturity(found: FoundPromise): FoundPromise {
    if (found.kind !== 'maturity' || found.due !== null || maturity === null) return found;
    return { ...found, due: { from: maturity, to: maturity, minute: null, bound: 'after' } };
  }

  function follow(at: number): void {
    unanswered.followedAt = at;
    unanswered = { followedAt: null };
    if (at < nextFollow) return;
    nextFollow = Infinity;
    open = open.filter((draft) => {
      if (draft.followFrom <= at) {
        draft.followedAt = at;
        return false;
      }
      nextFollow = Math.min(nextFollow, draft.followFrom);
      return true;
    });
  }

  function cardOf(body: string | null): Pick<SentCard, 'userid' | 'corp' | 'known'> {
    const value: unknown = body === null ? null : JSON.parse(body);
    const of = (key: string) => {
      const member: unknown =
        typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
      return typeof member === 'string' ? member : '';
    };
    const userid = of('userid');
    return { userid, corp: of('corpname'), known: messages.person(userid)?.kind === 'employee' };
  }

  function conversationOf(id: ConversationId): ObservedConversation | null {
    const members = messages.members(id);
    const found = conversationKinds.get(id);
    if (found === undefined) return null;
    const name = found.roomId === null ? null : messages.person(found.roomId)?.name;
    return {
      kind: found.kind,
      group: found.kind === 'group' ? { id: found.roomId ?? '', name: name ?? '' } : null,
      customers: members
        .filter((member) => member.id !== leaver && member.kind !== 'employee')
        .map((member) => ({ id: member.externalId, name: member.name ?? '' })),
    };
  }
  const conversationKinds = new Map<ConversationId, ConversationOf>();

  return {
    begin(conversation: ConversationOf): void {
      current = conversation;
      conversationKinds.set(conversation.id, conversation);
      open = [];
      promised = [];
      unanswered = { followedAt: null };
      nextFollow = Infinity;
      maturity = null;
    },
    take([id, sender, at, code, text, body, revokes]: MessageRow): void {
      if (current === null || sender === null) return;
      count += 1;
      const message = { messageId: id, conversationId: current.id, at };
      if (sender !== leaver) customerWrote(sender, message, text);
      else if (code === messageCodes.revoke)
        revocations.push({ ...message, revokes: revokes === null ? null : messages.idOf(revokes) });
      else leaverWrote(message, code, text, body);
    },
    end(): void {
      for (const { message, found, excerpt, followedAt } of promised)
        promises.push({ ...message, found, excerpt, followedAt });
    },
    finish(): Observed {
      said.flush();
      saidJoined.flush();
      heard.flush();
      const conversations = new Map<ConversationId, ObservedConversation>();
      const observedComplaints = complained.map(({ draft, ...complaint }) => ({
        ...complaint,
        followedAt: draft.followedAt,
      }));
      for (const { conversationId } of [
        words,
        cards,
        files,
        revocations,
        afterFirst,
        promises,
        observedComplaints,
      ].flat()) {
        if (conversations.has(conversationId)) continue;
        const found = conversationOf(conversationId);
        if (found !== null) conversations.set(conversationId, found);
      }
      return {
        messages: count,
        words: words.toSorted(inOrder),
        cards,
        files,
        revocations,
        contactDays: contactDays.finish((text, from, to) =>
          leaver === null ? { conversations: 0, first: null } : messages.sameWords(leaver, text, from, to),
        ),
        afterLeaving: { count: afterCount, first: afterFirst.toSorted(inOrder) },
        promises,
        complaints: observedComplaints,
        conversations,
      };
    },
  };
}

function inOrder(
  one: { at: number; messageId: MessageId },
  other: { at: number; messageId: MessageId },
): number {
  return one.at - other.at || one.messageId - other.messageId;
}
