import type { ConversationId, MessageId, PersonId } from '../../../contract/ids.ts';
import { momentOf } from '../../calendar/model.ts';
import {
  type ConversationOf,
  type HandoverMessages,
  type MessageRow,
  messageCodes,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { type JoinedText, joinTexts } from '../../screening/index.ts';
import { excerptAround } from '../../supervision/model.ts';
import { type FoundPromise, findPromises } from '../promises/index.ts';
import { plainText } from '../promises/index.ts';
import { findTimes } from '../promises/index.ts';
import { createContactDays } from './contact-days.ts';
import type { WordHit } from './diversion.ts';
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
import type { SignReaders } from './readers.ts';
import { TextScreen } from './text-screen.ts';
import { type SignWindow, dayIndexOf } from './window.ts';

export interface ScanSubject {
  readonly leaver: string;
  readonly window: SignWindow;
  /** Special days, for 工作日 in promises. */
  readonly specialDays: ReadonlyMap<string, 'holiday' | 'workday'>;
}

/** Messages that one hit may be split over, from the first to the last, and units of each: as screening has it. */
const joinMessages = 5;
const joinMilliseconds = 120_000;
const joinReach = 1_000;
const nothingRecent: readonly Recent[] = [];
/** Writing again within ten minutes is the same talk, and keeps no promise. */
const sameTalk = 10 * 60_000;
/** Messages after the last day of which each is kept; the others are counted. */
const mostAfterLeaving = 100;
/** Hits of one kind in one conversation of which each is kept. */
const mostWordsEach = 200;

/**
 * Reads a leaver's conversations of a window and gathers what detectors need: some ten values for each thing seen, a little for each
 * conversation, and nothing of the other messages. Texts are held a block at a time.
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
    const conversations = messages.conversations(leaver.id, from, to);
    for (const conversation of conversations) gathered.begin(conversation);
    const ids = conversations.map((conversation) => conversation.id);
    for (const rows of messages.read(ids, from, to)) for (const row of rows) gathered.take(row);
  }
  return gathered.finish();
}

/** What the leaver may still follow up by writing again. */
interface Draft {
  followedAt: number | null;
}

/** What is remembered of a conversation while its messages come by. */
interface Talk {
  readonly conversation: ConversationOf;
  /** The day on which the leaver wrote last. */
  day: number;
  /** What nobody has followed up, and from when on any of it may be. */
  open: PromiseDraft[];
  nextFollow: number;
  /** Of all that customers wrote since the leaver last did. */
  unanswered: Draft;
  /** What the leaver wrote last, of the last two minutes. */
  recent: readonly Recent[];
  /** The day on which a product falls due, as far as somebody said it. */
  maturity: string | null;
}

interface Recent {
  readonly at: number;
  readonly text: string;
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
  const words = new Map<string, SaidWords>();
  const wordCounts = new Map<string, number>();
  const cards: SentCard[] = [];
  const files: SentFile[] = [];
  const revocations: Revocation[] = [];
  const afterFirst: ObservedMessage[] = [];
  const promised: PromiseDraft[] = [];
  const complained: (Omit<ObservedComplaint, 'followedAt'> & { readonly draft: Draft })[] = [];
  const contactDays = createContactDays(window);
  const isCustomer = new Map<PersonId, boolean>();
  const talks = new Map<ConversationId, Talk>();
  const midnights = new Map<string, number>();
  let count = 0;
  let afterCount = 0;

  const screenSaid = (joined: boolean) =>
    new TextScreen<MessageRow>(diversion.screener, diversion.circumstances, joined, (row, found, text) =>
      takeWords(
        row,
        text,
        found.flatMap((each) => diversion.hitOf(each, text) ?? []),
      ),
    );
  const said = screenSaid(false);
  const saidJoined = screenSaid(true);
  const heard = new TextScreen<{
    readonly row: MessageRow;
    readonly sender: PersonId;
    readonly draft: Draft;
  }>(complaints.screener, complaints.circumstances, false, ({ row, sender, draft }, found, text) => {
    const hit = found.find((each) => each.silencedBy === null);
    if (hit === undefined) return;
    complained.push({
      ...messageOf(row),
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

  /** The strongest of each kind stands for the message, whether it was read by itself or with those before it. */
  function takeWords(row: MessageRow, text: string, hits: readonly WordHit[]): void {
    for (const { kind, start, end, strength } of hits) {
      const key = `${row[0]} ${kind}`;
      const known = words.get(key);
      if (known !== undefined && known.strength >= strength) continue;
      if (known === undefined) {
        const ofTalk = `${row[1]} ${kind}`;
        const seen = wordCounts.get(ofTalk) ?? 0;
        wordCounts.set(ofTalk, seen + 1);
        if (seen >= mostWordsEach) continue;
      }
      const { excerpt } = excerptAround(text, start, end, (whole) => whole);
      words.set(key, { ...messageOf(row), kind, strength, words: text.slice(start, end), excerpt });
    }
  }

  function customerWrote(talk: Talk, sender: PersonId, row: MessageRow): void {
    const text = row[5];
    if (text === '') return;
    let known = isCustomer.get(sender);
    if (known === undefined) {
      known = messages.personById(sender)?.kind !== 'employee';
      isCustomer.set(sender, known);
    }
    if (!known) return;
    heard.add(text, { row, sender, draft: talk.unanswered });
    if (!text.includes('到期')) return;
    const said = { at: row[3], timeZone: window.timeZone };
    const time = findTimes(plainText(text), said).find((each) => each.due !== null);
    if (time?.due) talk.maturity = time.due.to;
  }

  function leaverWrote(talk: Talk, row: MessageRow): void {
    const [at, code, text] = [row[3], row[4], row[5]];
    if (code === messageCodes.revoke) {
      const revoked = row[7];
      revocations.push({ ...messageOf(row), revokes: revoked === null ? null : messages.idOf(revoked) });
      return;
    }
    if (at >= window.lastDayEnd) {
      afterCount += 1;
      if (afterFirst.length < mostAfterLeaving) afterFirst.push(messageOf(row));
    }
    follow(talk, at);
    if (talk.conversation.kind === 'single') {
      const day = dayIndexOf(at, window);
      contactDays.take(day, day !== talk.day, text, row[0], at);
      talk.day = day;
    }
    if (code === messageCodes.card) cards.push({ ...messageOf(row), ...cardOf(row[6]) });
    else if (code === messageCodes.file)
      files.push({ ...messageOf(row), name: text.replaceAll('\u001E', ' ').trim() });
    if (text === '') return;
    said.add(text, row);
    takeWords(row, text, diversion.accountsIn(text));
    const joined = joinRecent(talk, at, text);
    if (joined !== null) saidJoined.addJoined(joined, row);
    if (code === messageCodes.text) takePromises(talk, row, text);
  }

  function takePromises(talk: Talk, row: MessageRow, text: string): void {
    const found = findPromises(text, { at: row[3], timeZone: window.timeZone, days: specialDays });
    for (const each of found) {
      const message = messageOf(row);
      const promise = withMaturity(each, talk);
      if (promise.kind === 'maturity' && promise.due !== null) talk.maturity = promise.due.to;
      const earliest = message.at + sameTalk;
      const draft: PromiseDraft = {
        message,
        found: promise,
        excerpt: text.slice(each.start, each.end),
        followFrom: promise.due === null ? earliest : Math.max(earliest, midnightOf(promise.due.from)),
        followedAt: null,
      };
      promised.push(draft);
      talk.open.push(draft);
      talk.nextFollow = Math.min(talk.nextFollow, draft.followFrom);
    }
  }

  function midnightOf(day: string): number {
    let midnight = midnights.get(day);
    if (midnight === undefined) {
      midnight = momentOf(day, 0, window.timeZone);
      midnights.set(day, midnight);
    }
    return midnight;
  }

  /** The leaver writes: what was open before is followed up. */
  function follow(talk: Talk, at: number): void {
    talk.unanswered.followedAt = at;
    talk.unanswered = { followedAt: null };
    if (at < talk.nextFollow) return;
    talk.nextFollow = Infinity;
    talk.open = talk.open.filter((draft) => {
      if (draft.followFrom <= at) {
        draft.followedAt = at;
        return false;
      }
      talk.nextFollow = Math.min(talk.nextFollow, draft.followFrom);
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
    const found = talks.get(id)?.conversation;
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

  return {
    begin(conversation: ConversationOf): void {
      talks.set(conversation.id, {
        conversation,
        day: -1,
        open: [],
        nextFollow: Infinity,
        unanswered: { followedAt: null },
        recent: nothingRecent,
        maturity: null,
      });
    },
    take(row: MessageRow): void {
      const talk = talks.get(row[1]);
      if (talk === undefined || row[2] === null) return;
      count += 1;
      if (row[2] === leaver) leaverWrote(talk, row);
      else customerWrote(talk, row[2], row);
    },
    finish(): Observed {
      said.flush();
      saidJoined.flush();
      heard.flush();
      const conversations = new Map<ConversationId, ObservedConversation>();
      const promises = promised.map(({ message, found, excerpt, followedAt }): ObservedPromise => ({
        ...message,
        found,
        excerpt,
        followedAt,
      }));
      const observedComplaints = complained.map(({ draft, ...complaint }) => ({
        ...complaint,
        followedAt: draft.followedAt,
      }));
      for (const { conversationId } of [
        [...words.values()],
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
        words: [...words.values()].toSorted(inOrder),
        cards: cards.toSorted(inOrder),
        files: files.toSorted(inOrder),
        revocations: revocations.toSorted(inOrder),
        contactDays: contactDays.finish((text, from, to) =>
          leaver === null ? { conversations: 0, first: null } : messages.sameWords(leaver, text, from, to),
        ),
        afterLeaving: { count: afterCount, first: afterFirst.toSorted(inOrder) },
        promises: promises.toSorted(inOrder),
        complaints: observedComplaints.toSorted(inOrder),
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

/** The leaver's message with those before it, as screening joins them; null where it stands alone. */
function joinRecent(talk: Talk, at: number, text: string): JoinedText | null {
  const own = { at, text: text.slice(-joinReach) };
  const latest = talk.recent.at(-1);
  if (latest === undefined || at - latest.at > joinMilliseconds) {
    talk.recent = [own];
    return null;
  }
  const before = talk.recent.filter((each) => at - each.at <= joinMilliseconds);
  talk.recent = [...before, own].slice(1 - joinMessages);
  return joinTexts(
    before.map((each) => each.text),
    text,
    joinReach,
  );
}

function messageOf(row: MessageRow): ObservedMessage {
  return { messageId: row[0], conversationId: row[1], at: row[3] };
}

/** 到期后给您转存: on the day that was named before in this conversation. */
function withMaturity(found: FoundPromise, { maturity }: Talk): FoundPromise {
  if (found.kind !== 'maturity' || found.due !== null || maturity === null) return found;
  return { ...found, due: { from: maturity, to: maturity, minute: null, bound: 'after' } };
}
